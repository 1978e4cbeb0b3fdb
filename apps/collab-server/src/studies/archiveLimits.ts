/** What an archive may ask for, and the one error that it can cause. */
import { FILE_LIMIT_BYTES } from '@consilium/contract/travel'

export interface ArchiveLimits {
  readonly entries: number
  /** Names, comments and extra fields of all entries together. */
  readonly listBytes: number
  /** Of one entry, unpacked. */
  readonly entryBytes: number
  /** Of all entries together, unpacked. */
  readonly totalBytes: number
  /** All entries unpacked, per byte of the archive; asked only past `ratioFloor`. */
  readonly ratio: number
  readonly ratioFloor: number
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 20_000,
  listBytes: 16 * 2 ** 20,
  entryBytes: FILE_LIMIT_BYTES,
  totalBytes: 8 * 2 ** 30,
  ratio: 200,
  ratioFloor: 64 * 2 ** 20,
}

/** An archive, or the bytes of an entry, are not what they should be. The message is a sentence for whoever brought it; it quotes nothing. */
export class ArchiveFault extends Error {}
