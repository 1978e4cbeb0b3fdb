/** Studies: bringing files in, what became of each, and series with their frames. */
import { z } from 'zod'

export const FileOutcome = z
  .object({
    name: z.string().describe('As given by whoever sent it; never stored'),
    status: z.enum(['stored', 'already-here', 'refused']),
    /** One sentence naming the fault, where refused. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'FileOutcome' })
export type FileOutcome = z.infer<typeof FileOutcome>

const Cosines = z
  .array(z.number())
  .length(9)
  .describe('Row, column and normal direction, patient space (LPS)')

export const Series = z
  .object({
    id: z.string(),
    case: z.string(),
    modality: z.string(),
    bodyPart: z.string(),
    rows: z.number().int(),
    columns: z.number().int(),
    slices: z.number().int(),
    frames: z.number().int(),
    spacing: z.object({ row: z.number(), column: z.number(), slice: z.number().nullable() }).describe('mm'),
    direction: Cosines,
    firstPosition: z.array(z.number()).length(3).describe('Centre of the first pixel of the first slice, mm'),
    positions: z.array(z.array(z.number()).length(3)).describe('Of every slice, in order along the normal'),
    frameOfReference: z.string().nullable(),
    photometric: z.enum(['MONOCHROME1', 'MONOCHROME2']),
    bits: z.object({ stored: z.number().int(), signed: z.boolean() }),
    rescale: z.object({ slope: z.number(), intercept: z.number(), unit: z.string() }),
    stored: z.object({ min: z.number(), max: z.number() }),
    rescaled: z.object({ min: z.number(), max: z.number() }),
    windows: z
      .array(z.object({ center: z.number(), width: z.number(), name: z.string() }))
      .describe('From the file'),
    frameSha256: z
      .array(z.string())
      .describe('SHA-256 of each frame’s stored values, little endian, in order'),
    packs: z
      .array(z.object({ first: z.number().int(), count: z.number().int(), bytes: z.number().int() }))
      .describe('In the order to fetch them: the middle frame alone, then centre-out'),
    warnings: z.array(z.string()),
    kept: z.array(z.string()).describe('Names of the attributes that were kept'),
    dropped: z.array(z.string()).describe('Names of the attributes that were left out'),
  })
  .meta({ id: 'Series' })
export type Series = z.infer<typeof Series>

export const Import = z
  .object({
    id: z.string(),
    project: z.string(),
    state: z.enum(['receiving', 'sorting', 'done', 'failed']),
    received: z.number().int(),
    stored: z.number().int(),
    refused: z.number().int(),
    alreadyHere: z.number().int(),
    files: z.array(FileOutcome),
    series: z.array(Series),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>

/** Of one file, at the door. */
export const FILE_LIMIT_BYTES = 1_073_741_824
