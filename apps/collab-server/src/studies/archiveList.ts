/**
 * The list of an archive (its central directory), read whole and judged before anything is unpacked: how many entries, how large they say
 * they are, and whether each has bytes of its own. Two entries that share bytes are how small archives unpack to petabytes (42.zip's
 * successors); no honest archiver makes them.
 */
import { open } from 'node:fs/promises'
import { type Entry, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { ArchiveFault, type ArchiveLimits } from './archiveLimits.ts'

export interface Listed {
  /** For showing only. */
  readonly name: string
  /** Unpacked, as the list says. */
  readonly bytes: number
  /** Why it is not given; null where it is a file to be read. */
  readonly reason: string | null
  readonly entry: Entry
}

/** Signature of an entry in the list, and the bytes of it that have a fixed length (APPNOTE 4.3.12). */
const LIST_ENTRY = 0x02014b50
const LIST_ENTRY_BYTES = 46
/** The same before the bytes of an entry (APPNOTE 4.3.7). */
const LOCAL_HEADER_BYTES = 30

export async function listOf(zip: ZipFile, path: string, limits: ArchiveLimits): Promise<Listed[]> {
  if (!(zip.entryCount <= limits.entries))
    throw new ArchiveFault(`Too large: an archive may hold at most ${limits.entries} files.`)
  // yauzl's typings call this offset a boolean.
  const listStart = zip.readEntryCursor as unknown as number
  const entries = await entriesOf(zip, limits)
  await assertComplete(path, zip.readEntryCursor as unknown as number)
  const said = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (said > limits.totalBytes)
    throw new ArchiveFault(`Too large: an archive may unpack to at most ${limits.totalBytes / 2 ** 30} GiB.`)
  if (said > limits.ratioFloor && said > zip.fileSize * limits.ratio)
    throw new ArchiveFault('Too large: the archive unpacks to far more than pictures can be packed into it.')
  await assertApart(zip, entries, listStart)
  return entries.flatMap((entry, k) => {
    const name = nameOf(entry)
    if (isPassedOver(entry, name)) return []
    const reason = refusalOf(entry, limits)
    return [{ name: shown(name, k), bytes: entry.uncompressedSize, reason, entry }]
  })
}

async function entriesOf(zip: ZipFile, limits: ArchiveLimits): Promise<Entry[]> {
  const entries: Entry[] = []
  let listBytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      listBytes += LIST_ENTRY_BYTES + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
      if (listBytes > limits.listBytes)
        throw new ArchiveFault('Too large: the list of what is in the archive.')
      entries.push(entry)
    }
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause
    throw new ArchiveFault('Damaged: the list of what is in the archive cannot be read.', { cause })
  }
  return entries
}

/** The number of entries stands at the end of an archive in 16 bits; a list that goes on after it hides the others. */
async function assertComplete(path: string, at: number): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, at)
    if (bytesRead === 4 && buffer.readUInt32LE() === LIST_ENTRY)
      throw new ArchiveFault('Damaged: the archive holds more files than it says.')
  } finally {
    await file.close()
  }
}

/** Each entry's bytes end before the next entry, or the list, begins. How long a name stands before them only its own header says. */
async function assertApart(zip: ZipFile, entries: readonly Entry[], listStart: number): Promise<void> {
  let next = listStart
  for (const entry of entries.toSorted(
    (a, b) => b.relativeOffsetOfLocalHeader - a.relativeOffsetOfLocalHeader,
  )) {
    if (entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES > next) throw new ArchiveFault(SHARED)
    const { fileDataStart } = await zip
      .readLocalFileHeaderPromise(entry, { minimal: true })
      .catch((cause: unknown) => {
        throw new ArchiveFault('Damaged: a file is not where the archive says.', { cause })
      })
    if (fileDataStart + entry.compressedSize > next) throw new ArchiveFault(SHARED)
    next = entry.relativeOffsetOfLocalHeader
  }
}

const SHARED = 'Damaged: files in the archive share their bytes, as in archives made to do harm.'

/* One entry */

/** Type of a file in the upper half of the external attributes, where a Unix made the entry (stat.h). */
const UNIX = 3
const TYPE = 0o170000
const REGULAR = 0o100000
const DIRECTORY = 0o040000
const DOS_DIRECTORY = 0x10

const unixType = (entry: Entry): number =>
  entry.versionMadeBy >>> 8 === UNIX ? (entry.externalFileAttributes >>> 16) & TYPE : 0

function isPassedOver(entry: Entry, name: string): boolean {
  if (name.endsWith('/') || unixType(entry) === DIRECTORY) return true
  if ((entry.externalFileAttributes & DOS_DIRECTORY) !== 0 && entry.uncompressedSize === 0) return true
  return name.startsWith('__MACOSX/') || /(^|\/)\.DS_Store$/.test(name)
}

function refusalOf(entry: Entry, { entryBytes }: ArchiveLimits): string | null {
  const type = unixType(entry)
  if (type !== 0 && type !== REGULAR) return 'Not an image: it is a link or a device, not a file.'
  if (entry.isEncrypted()) return 'Not supported: an encrypted file; bring the archive without a password.'
  if (!entry.canDecodeFileData())
    return 'Not supported: a file packed in another way than deflate; pack the archive anew as a plain zip.'
  if (entry.uncompressedSize > entryBytes)
    return `Too large: a file may have at most ${entryBytes / 2 ** 30} GiB.`
  return null
}

/** With slashes, in its own encoding; not yet for showing. */
const nameOf = (entry: Entry): string =>
  getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)

const NAME_MOST = 400
/** Control characters, and those that turn the direction of writing. */
const UNSHOWN = /[\p{Cc}\p{Bidi_Control}\p{Cs}]/gu

/** Without what leads out of the archive; a name that says nothing is counted. */
function shown(name: string, k: number): string {
  const parts = name
    .replace(/^[A-Za-z]:/, '')
    .replace(UNSHOWN, '\u{fffd}')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.join('/').slice(-NAME_MOST) || `file ${k + 1}`
}
