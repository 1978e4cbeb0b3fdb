/**
 * How files travel to the server: how much goes together. Numbers and arithmetic alone, so that whoever only sends need not load what every
 * answer looks like.
 */
import type { BatchFile, BatchHead } from './batches.ts'

/** A larger one is refused. */
export const FILE_LIMIT_BYTES = 1_073_741_824
/** Files asked for at once with `POST /imports/{id}/known`. */
export const KNOWN_AT_ONCE = 500
/** Larger files travel in parts of at most so many bytes, so that a broken connection costs one part. */
export const PART_BYTES = 8 * 1024 * 1024
/** Of all files in one body (batches.ts). */
export const BATCH_BYTES = 8 * 1024 * 1024
export const BATCH_FILES = 64
/** Longer names are cut: they are for the sender's eyes only. */
export const NAME_LIMIT = 1_024

/** What the bytes of these files are put behind. */
export function batchHead(files: readonly BatchFile[]): Uint8Array<ArrayBuffer> {
  const head: BatchHead = {
    files: files.map(({ name, bytes, sha256 }) => ({ name: name.slice(0, NAME_LIMIT), bytes, sha256 })),
  }
  return new TextEncoder().encode(`${JSON.stringify(head)}\n`)
}

/** How many of the first of these go into one body together; a file by itself always does. */
export function fitting(sizes: readonly number[]): number {
  let bytes = 0
  const end = sizes.findIndex((size, k) => {
    bytes += size
    return k === BATCH_FILES || (k > 0 && bytes > BATCH_BYTES)
  })
  return end === -1 ? sizes.length : end
}
