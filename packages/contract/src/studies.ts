/** Studies: bringing files in, what became of each, and series with their frames. */
import { z } from 'zod'
import { Author } from './revisions.ts'
import { KNOWN_AT_ONCE } from './travel.ts'

/**
 * stored: new pictures. already-here: this project has them. held: kept apart until a person has looked whether text in the picture names
 * somebody. left-out: no picture, but something we know (a report, a plan, a disc's directory). refused: it cannot be read.
 */
export const FILE_STATUSES = ['stored', 'already-here', 'held', 'left-out', 'refused'] as const
const FileStatus = z.enum(FILE_STATUSES).meta({ id: 'FileStatus' })
export type FileStatus = (typeof FILE_STATUSES)[number]

export const FileOutcome = z
  .object({
    name: z.string().describe('As given, inside an archive “archive › path”; never stored'),
    status: FileStatus,
    reason: z.string().nullable().describe('One sentence where held, left out or refused'),
  })
  .meta({ id: 'FileOutcome' })
export type FileOutcome = z.infer<typeof FileOutcome>

/** What became of one file that was sent; of an archive also what became of each file in it. */
export const FileAnswer = FileOutcome.extend({ inside: z.array(FileOutcome) }).meta({ id: 'FileAnswer' })
export type FileAnswer = z.infer<typeof FileAnswer>

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** SHA-256 of whole files, asked before they are sent: what is here need not travel again. */
export const KnownQuery = z.object({ files: z.array(Sha256).min(1).max(KNOWN_AT_ONCE) })
export type KnownQuery = z.infer<typeof KnownQuery>

export const KnownFile = z.object({
  status: z
    .enum(FILE_STATUSES)
    .nullable()
    .describe('What became of it when it came; null where it never came whole'),
  reason: z.string().nullable(),
  received: z.number().int().describe('Bytes of it that came in parts and wait for the rest'),
})
export type KnownFile = z.infer<typeof KnownFile>
export const KnownAnswer = z.object({ files: z.array(KnownFile) }).meta({ id: 'KnownAnswer' })
export type KnownAnswer = z.infer<typeof KnownAnswer>

/** After a part: how much is here, and when all is, what became of the file. */
export const PartAnswer = z
  .object({ received: z.number().int(), answer: FileAnswer.nullable() })
  .meta({ id: 'PartAnswer' })
export type PartAnswer = z.infer<typeof PartAnswer>

const Cosines = z.array(z.number()).length(9).describe('Row, column, normal (LPS)')

/** One value per pixel in the named type, little endian; `uint8x3` three: red, green, blue. */
export const SAMPLE_KINDS = ['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'uint8x3'] as const

const Range = z.object({ min: z.number(), max: z.number() }).meta({ id: 'Range' })

const Packs = z
  .array(z.object({ first: z.number().int(), count: z.number().int(), bytes: z.number().int() }))
  .meta({ id: 'Packs' })

/** Part of an ultrasound picture in which lengths hold: its first and last column and row, counted from 0, and its spacing in mm. */
const Region = z
  .object({
    left: z.number().int(),
    top: z.number().int(),
    right: z.number().int(),
    bottom: z.number().int(),
    spacing: z.object({ row: z.number(), column: z.number() }),
  })
  .meta({ id: 'Region' })
export type Region = z.infer<typeof Region>

export const Series = z
  .object({
    id: z.string(),
    case: z.string(),
    modality: z.string(),
    bodyPart: z.string(),
    rows: z.number().int(),
    columns: z.number().int(),
    slices: z.number().int().describe('Places; of a film one'),
    moments: z.number().int().describe('Pictures at each place, in time'),
    frames: z.number().int().describe('slices x moments: all of the first moment, then of the next'),
    times: z.array(z.number()).nullable().describe('Of each moment, ms since the first'),
    spacing: z.object({ row: z.number(), column: z.number(), slice: z.number().nullable() }).describe('mm'),
    direction: Cosines,
    firstPosition: z.array(z.number()).length(3).describe('Centre of its first pixel, mm'),
    positions: z.array(z.array(z.number()).length(3)).describe('Of every slice, along the normal'),
    frameOfReference: z.string().nullable(),
    patientOrientation: z.array(z.string()).length(2).nullable(),
    photometric: z.enum(['MONOCHROME1', 'MONOCHROME2', 'RGB']),
    samples: z.enum(SAMPLE_KINDS),
    bits: z.object({ stored: z.number().int(), signed: z.boolean() }),
    padding: z.number().nullable().describe('Stored value: no picture here'),
    lossy: z.boolean().describe('At some time'),
    thickness: z.number().nullable().describe('As stated, mm; places nothing'),
    spacingAt: z.enum(['patient', 'detector']).nullable().describe('Null: unsaid, 1 mm is assumed'),
    regions: z.array(Region).optional().describe('Ultrasound'),
    rescale: z
      .object({ slope: z.number(), intercept: z.number(), unit: z.string() })
      .describe('Of the first frame'),
    rescales: z
      .array(z.object({ slope: z.number(), intercept: z.number() }))
      .nullable()
      .describe('Of each frame, where they differ'),
    stored: Range,
    rescaled: Range,
    windows: z
      .array(z.object({ center: z.number(), width: z.number(), name: z.string() }))
      .describe('From the file'),
    voiFunction: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
    voiLuts: z
      .array(z.object({ first: z.number().int(), bits: z.number().int(), values: z.string() }))
      .describe('From rescaled value to grey: 16 bits, little endian, base64'),
    suv: z
      .object({ how: z.string(), factors: z.record(z.string(), z.number()) })
      .nullable()
      .describe('PET: value × factor is uptake; without any, how says why'),
    frameSha256: z.array(z.string()).describe('Of stored values, little endian'),
    packs: Packs.describe('In the order to fetch: the middle frame, then centre-out'),
    lower: z
      .object({
        factor: z.number().int(),
        rows: z.number().int(),
        columns: z.number().int(),
        packs: Packs,
      })
      .nullable()
      .describe('Means of factor x factor pixels; null: not large or not made yet'),
    warnings: z.array(z.string()),
    kept: z.array(z.string()),
    dropped: z.array(z.string()),
    at: z.number().optional().describe('In lists of a case: when it came'),
    by: Author.optional(),
  })
  .meta({ id: 'Series' })
export type Series = z.infer<typeof Series>

export const IMPORT_STATES = ['receiving', 'sorting', 'done', 'failed', 'cancelled'] as const

export const Import = z
  .object({
    id: z.string(),
    project: z.string(),
    state: z.enum(IMPORT_STATES),
    received: z.number().int().describe('Files, those in archives counted one by one'),
    stored: z.number().int(),
    alreadyHere: z.number().int().describe('Sent, or only asked for with `known`'),
    held: z.number().int(),
    leftOut: z.number().int(),
    refused: z.number().int(),
    progress: z
      .object({ done: z.number().int(), total: z.number().int() })
      .nullable()
      .describe('While it is sorted: frames made ready'),
    notes: z.array(z.string()).describe('Of the whole, e.g. that files of a disc did not come'),
    files: z.array(FileOutcome).describe('Only for who sent them, until the server is started again'),
    series: z.array(Series),
    quarantine: z.array(z.string()).describe('Ids of what it brought that waits for a person'),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>

/** Pictures kept apart because text in them may name somebody. They belong to no case until they are cleared. */
export const HeldPictures = z
  .object({
    id: z.string(),
    project: z.string(),
    by: Author.describe('Who brought them'),
    at: z.number().describe('ms since 1970'),
    modality: z.string(),
    bodyPart: z.string(),
    rows: z.number().int(),
    columns: z.number().int(),
    frames: z.number().int(),
    reasons: z.array(z.string()).describe('Sentences'),
    kept: z.array(z.string()),
    dropped: z.array(z.string()),
  })
  .meta({ id: 'HeldPictures' })
export type HeldPictures = z.infer<typeof HeldPictures>

/** Pixels to be made black in every frame, from the upper left; edges are cut off at the picture's. */
export const Box = z.object({
  column: z.number().int().min(0),
  row: z.number().int().min(0),
  columns: z.number().int().min(1),
  rows: z.number().int().min(1),
})
export type Box = z.infer<typeof Box>
export const Clearance = z.object({ boxes: z.array(Box).max(200) })
export type Clearance = z.infer<typeof Clearance>
