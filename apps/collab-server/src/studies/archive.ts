/**
 * A zip archive, read entry by entry as streams: nothing of it is unpacked onto the disk here, and no name in it ever becomes a path.
 * What it says of itself is held against limits before the first byte is unpacked (archiveList.ts), and against what really comes while it
 * is (archiveBytes.ts): an archive that lies costs no more than what it said. Whatever makes the list of entries doubtful refuses the
 * whole; what is wrong with one entry costs that entry.
 */
import type { ReadableStream } from 'node:stream/web'
import { openPromise } from 'yauzl'
import { bodyOf, isArchive } from './archiveBytes.ts'
import { ARCHIVE_LIMITS, ArchiveFault, type ArchiveLimits } from './archiveLimits.ts'
import { listOf } from './archiveList.ts'

export { ARCHIVE_HEAD, isArchive } from './archiveBytes.ts'
export { ARCHIVE_LIMITS, ArchiveFault, type ArchiveLimits } from './archiveLimits.ts'

/** One entry: its bytes, or the sentence that says why they are not given. The name is for showing, below that of the archive. */
export type ArchivedFile = { readonly name: string } & (
  | { readonly bytes: number; readonly body: ReadableStream<Uint8Array> }
  | { readonly reason: string }
)

/** 'scan.zip' and 'a/b.dcm' as shown together. */
export const insideOf = (archive: string, name: string): string => `${archive} › ${name}`

/**
 * The entries that are files, one after the other; directories and what an archiver adds of its own are passed over. A body is read to its
 * end, or left, before the next entry is asked for; it fails with an ArchiveFault where its bytes are not as many, or not those, that were
 * packed, and then only that entry is lost.
 * @throws ArchiveFault where the whole archive is refused
 */
export async function* filesIn(
  path: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<ArchivedFile> {
  const zip = await openPromise(path, {
    autoClose: false,
    decodeStrings: false,
    validateEntrySizes: false,
  }).catch((cause: unknown) => {
    throw new ArchiveFault('Damaged: the list of what is in the archive cannot be found.', { cause })
  })
  // Errors are told to whoever waits for an entry; one that comes when nobody does must not end the process.
  zip.on('error', () => {})
  try {
    for (const listed of await listOf(zip, path, limits)) {
      if (listed.reason !== null) {
        yield { name: listed.name, reason: listed.reason }
        continue
      }
      const { head, body, give } = await bodyOf(zip, listed)
      try {
        if (isArchive(head)) yield { name: listed.name, reason: NESTED }
        else yield { name: listed.name, bytes: listed.bytes, body }
      } finally {
        give()
      }
    }
  } finally {
    zip.close()
  }
}

const NESTED = 'Not supported: an archive inside an archive; unpack it first, or bring it by itself.'
