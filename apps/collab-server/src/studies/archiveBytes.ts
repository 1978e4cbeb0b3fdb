/** The bytes of one entry, unpacked while they are read, counted and summed up against what the archive says of them. */
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { ArchiveFault } from './archiveLimits.ts'
import type { Listed } from './archiveList.ts'

/** Bytes of a file that isArchive looks at. */
export const ARCHIVE_HEAD = 4

/** A zip archive that begins with its first entry, or an empty one. */
export const isArchive = (head: Uint8Array): boolean =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

interface Body {
  /** The first bytes of the entry. */
  readonly head: Uint8Array
  /** All of them. */
  readonly body: ReadableStream<Uint8Array>
  /** Lets go of the archive, whether the body was read or not. */
  readonly give: () => void
}

export async function bodyOf(zip: ZipFile, listed: Listed): Promise<Body> {
  const packed = await zip.openReadStreamPromise(listed.entry)
  const chunks = counted(packed, listed)
  // An entry that is broken from its first byte on fails like any other: in its body.
  const first = await chunks.next().catch((fault: unknown) => ({ fault }))
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if ('fault' in first) throw first.fault
    if (first.done) return
    yield first.value
    yield* chunks
  }
  const body = Readable.from(all())
  return {
    head: 'fault' in first || first.done ? new Uint8Array(0) : first.value,
    body: Readable.toWeb(body) as ReadableStream<Uint8Array>,
    give: () => {
      body.destroy()
      packed.destroy()
    },
  }
}

/** @throws ArchiveFault as soon as more comes than was said, or when the end shows that it was not what was packed */
async function* counted(packed: Readable, { bytes, entry }: Listed): AsyncGenerator<Uint8Array, undefined> {
  let seen = 0
  let sum = 0
  try {
    for await (const chunk of packed as AsyncIterable<Buffer>) {
      seen += chunk.length
      if (seen > bytes) throw new ArchiveFault('Damaged: the file in the archive is larger than it says.')
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause
    throw new ArchiveFault('Damaged: the file in the archive cannot be unpacked.', { cause })
  }
  if (seen < bytes) throw new ArchiveFault('Truncated: the file in the archive is smaller than it says.')
  if (sum !== entry.crc32) throw new ArchiveFault('Damaged: the file in the archive is not what was packed.')
}
