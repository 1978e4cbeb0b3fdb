/**
 * Many small files in one body: one line of JSON says what they are called and how long they are, then their bytes follow, one file after
 * the other (travel.ts). With files of half a megabyte, requests cost more than what is done with the files.
 */
import { z } from 'zod'
import { FileAnswer, Sha256 } from './studies.ts'
import { BATCH_BYTES, BATCH_FILES, NAME_LIMIT } from './travel.ts'

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
