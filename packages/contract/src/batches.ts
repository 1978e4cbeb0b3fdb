/**
 * Many small files in one body: one line of JSON says what they are called and how long they are, then their bytes follow, one file after
 * the other. With files of half a megabyte, requests cost more than what is done with the files.
 */
import { z } from 'zod'
import { FileAnswer, Sha256 } from './studies.ts'

/** Of all files in one body; a larger file travels in parts. */
export const BATCH_BYTES = 8 * 1024 * 1024
export const BATCH_FILES = 64
/** Longer names are cut: they are for the sender's eyes only. */
export const NAME_LIMIT = 1_024
/** Of the line with its line feed, whatever characters the names are of. */
export const BATCH_HEAD_BYTES = BATCH_FILES * (NAME_LIMIT * 6 + 256)

/** One file of a batch; it is held against its SHA-256 when it has come. */
export const BatchFile = z.object({
  name: z.string(),
  bytes: z.number().int().min(0).max(BATCH_BYTES),
  sha256: Sha256,
})
export type BatchFile = z.infer<typeof BatchFile>
export const BatchHead = z.object({ files: z.array(BatchFile).min(1).max(BATCH_FILES) })
export type BatchHead = z.infer<typeof BatchHead>

/** In the order sent. */
export const BatchAnswer = z.array(FileAnswer)
export type BatchAnswer = z.infer<typeof BatchAnswer>

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
