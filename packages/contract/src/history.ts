/**
 * The past of a document over the wire: all its revisions in little room (timeline), the bytes to play them (film), who made what
 * (blame), what differs between two moments, the life of one entry, and the names that people gave to moments.
 */
import { CHANGES, type MeasureDifference } from '@consilium/crdt-schema/compare'
import { PHASES } from '@consilium/crdt-schema/policy'
import { z } from 'zod'
import { RoleIfAny } from './people.ts'
import { Author, Root } from './revisions.ts'

/** Somebody as they were when they wrote. */
export const Writer = z
  .object({ author: Author, role: RoleIfAny, credential: z.string() })
  .meta({ id: 'Writer' })
export type Writer = z.infer<typeof Writer>

/** Rows `from`+1 and following, as columns: one number per row, in order. */
export const Timeline = z
  .object({
    head: z.number().int().describe('Newest revision there was'),
    from: z.number().int().describe('The rows begin after this revision'),
    at: z.array(z.number().int()).describe('ms since 1970 of the first row, then ms since the row before'),
    by: z.array(z.number().int()).describe('Index into writers'),
    act: z.array(z.number().int()).describe('1 edit, 2 lease, 3 role, 4 phase, 5 name, 6 restore, 7 redact'),
    touched: z
      .array(z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]))
      .describe(
        'Row (index), entry (index into entries), kind (1 create, 2 change, 4 remove), fields (bits)',
      ),
    writers: z.array(Writer),
    entries: z.array(z.object({ root: Root, id: z.string() })),
    next: z.number().int().nullable().describe('Pass as `from` for the rows after these; null at the head'),
  })
  .meta({ id: 'Timeline' })
export type Timeline = z.infer<typeof Timeline>

/*
 * Film: `GET /documents/{name}/film/{from}` gives at most FILM_ROWS rows after `from` as bytes: for each row in order an int32 (big-endian)
 * with the length of its update, then the update (Yjs, format 1). Rows that change nothing in the document have length 0.
 *
 * Blame index: `GET /documents/{name}/blame` gives, in unsigned LEB128 numbers: how many clientIDs; for each its clientID, how many ranges;
 * for each range, ascending: clocks left out since the range before, length, and the revision less that of the range before (zigzag).
 * The item (client, clock) was made in the revision of the range it lies in.
 */

const Difference = z.object({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  words: z.array(z.object({ op: z.enum(['same', 'added', 'removed']), text: z.string() })).nullable(),
})
const Point = z.tuple([z.number(), z.number(), z.number()]).meta({ id: 'Point' })
const Vertex = z.object({ key: z.string(), at: Point }).meta({ id: 'Vertex' })
const BeforeAfter = z
  .object({ before: z.number().nullable(), after: z.number().nullable() })
  .meta({ id: 'BeforeAfter' })

export const EntryDifference = z
  .object({
    root: Root,
    entry: z.string(),
    change: z.enum(CHANGES),
    fields: z.array(Difference),
    geometry: z
      .object({
        added: z.array(Vertex),
        removed: z.array(Vertex),
        moved: z.array(z.object({ key: z.string(), before: Point, after: Point, byMm: z.number() })),
        areaMm2: BeforeAfter.nullable(),
        lengthMm: BeforeAfter.nullable(),
        /** Told here and not in the description of the interface: MeasureDifference. */
        measures: z.array(z.unknown() as unknown as z.ZodType<MeasureDifference>),
      })
      .nullable(),
  })
  .meta({ id: 'EntryDifference' })
export type EntryDifference = z.infer<typeof EntryDifference>

/** What became of the voxels of a segment. */
export interface PaintDifference {
  readonly segment: string
  /** Voxels. */
  readonly gained: number
  readonly lost: number
  readonly gainedMl: number
  readonly lostMl: number
}

export const Comparison = z
  .object({
    a: z.number().int(),
    b: z.number().int(),
    differences: z.array(EntryDifference),
    /** Told here and not in the description of the interface: PaintDifference. */
    painting: z.array(z.unknown() as unknown as z.ZodType<PaintDifference>),
  })
  .meta({ id: 'Comparison' })
export type Comparison = z.infer<typeof Comparison>

/** A revision that touched the entry, and what it made of it. */
export const EntryRevision = z
  .object({
    seq: z.number().int(),
    at: z.number(),
    writer: Writer,
    difference: EntryDifference.nullable().describe(
      'Null where no field changed: another change won, or it was painted',
    ),
  })
  .meta({ id: 'EntryRevision' })
export type EntryRevision = z.infer<typeof EntryRevision>

/** Newest first. */
export const EntryHistory = z
  .object({ items: z.array(EntryRevision), next: z.number().int().nullable().describe('Pass as `before`') })
  .meta({ id: 'EntryHistory' })
export type EntryHistory = z.infer<typeof EntryHistory>

export const Credit = z
  .object({ seq: z.number().int(), at: z.number(), writer: Writer })
  .meta({ id: 'Credit' })
export type Credit = z.infer<typeof Credit>

/** Who made what one sees of an entry. */
export const Blame = z
  .object({
    fields: z.record(z.string(), Credit),
    vertices: z.record(z.string(), Credit).describe('By vertex key'),
    texts: z
      .record(z.string(), z.array(Credit.extend({ length: z.number().int() })))
      .describe('By field: runs of UTF-16 code units in reading order'),
  })
  .meta({ id: 'Blame' })
export type Blame = z.infer<typeof Blame>

/** A moment somebody gave a name to, or at which the case entered another phase. Both are rows of the journal. */
export const NamedMoment = z
  .object({
    seq: z.number().int().describe('The moment'),
    title: z.string(),
    phase: z.enum(PHASES).optional().describe('Where nobody named it: the case entered this phase'),
    named: z.number().int().describe('The revision in which it was named'),
    at: z.number().describe('When it was named'),
    writer: Writer,
  })
  .meta({ id: 'NamedMoment' })
export type NamedMoment = z.infer<typeof NamedMoment>
export const NamedMoments = z.object({ items: z.array(NamedMoment) }).meta({ id: 'NamedMoments' })
export type NamedMoments = z.infer<typeof NamedMoments>
export const NewName = z.object({ seq: z.number().int().positive(), title: z.string().trim().min(1).max(80) })
export type NewName = z.infer<typeof NewName>

export const NewRestore = z.object({
  to: z.number().int().nonnegative().describe('What it was after this revision, it is to be again'),
  entry: z
    .object({ root: Root, id: z.string() })
    .optional()
    .describe('This one only; absent: all annotations and painting. What was said stands'),
})
export type NewRestore = z.infer<typeof NewRestore>
export const Restored = z
  .object({ seq: z.number().int().nullable().describe('The new revision; null where nothing differed') })
  .meta({ id: 'Restored' })
export type Restored = z.infer<typeof Restored>

/**
 * Takes words out of the record for good: a patient's name that was typed into a comment. What was written goes from every place where
 * it was kept; that it was taken out, when, by whom and why stays, and everything still verifies.
 */
export const NewRedaction = z.object({
  root: Root,
  id: z.string().describe('The entry that holds the words'),
  field: z.string().describe('The text of it that goes, e.g. "text", "note", "reason"'),
  reason: z.string().trim().min(1).max(500).describe('Kept in the record; without the words'),
})
export type NewRedaction = z.infer<typeof NewRedaction>
export const Redacted = z
  .object({
    seq: z.number().int().describe('The revision that records it'),
    rows: z.number().int().describe('Rows of the journal that held the words'),
  })
  .meta({ id: 'Redacted' })
export type Redacted = z.infer<typeof Redacted>
