/**
 * Tables: imports on their way, studies (which case a study became), series, the frames and packs of each. Times are ms since 1970.
 * Everything here has passed de-identification: UIDs are mapped, texts come from closed lists. File names are never in the database.
 * Pixel values are not here either: `sha256` names a blob on disk (studies/storage.ts), which exists before its row does.
 */

import type { FileStatus, IMPORT_STATES } from '@consilium/contract/studies'
import type { Report } from '@consilium/deidentify/profile'
import type { Slice, Volume } from '@consilium/imaging/series'
import type { Column, SQL } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  unique,
} from './drizzle.ts'
import { people } from './people.ts'
import { cases, projects } from './projects.ts'

const ms = (name: string) => bigint(name, { mode: 'number' })

export type ImportState = (typeof IMPORT_STATES)[number]

export const imports = pgTable('imports', {
  id: text().primaryKey(),
  project: text()
    .notNull()
    .references(() => projects.id),
  person: integer()
    .notNull()
    .references(() => people.id),
  state: text().notNull().$type<ImportState>(),
  /** Counts of files. */
  stored: integer().notNull().default(0),
  alreadyHere: integer('already_here').notNull().default(0),
  refused: integer().notNull().default(0),
  held: integer().notNull().default(0),
  leftOut: integer('left_out').notNull().default(0),
  createdAt: ms('created_at').notNull(),
  /** Of the last file; an import left alone is given up after a while. */
  touchedAt: ms('touched_at').notNull(),
})

/** Whole files that came in an import under way, so that none need come twice. Gone when it ends. */
export const importFiles = pgTable(
  'import_files',
  {
    import: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** studies/marks.ts */
    mark: text().notNull(),
    /** Mark of the archive that it came in. */
    within: text(),
    status: text().notNull().$type<FileStatus>(),
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.import, table.mark] })],
)

/** Which slices a file brought, so that it is known again while they are here. An archive brought what the files in it did. */
export const fileSlices = pgTable(
  'file_slices',
  {
    project: text()
      .notNull()
      .references(() => projects.id),
    mark: text().notNull(),
    key: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.mark, table.key] })],
)

/**
 * Imports of which the database has lost nothing. What comes in is written without waiting for the disk (studies/register.ts); this table
 * is UNLOGGED, so PostgreSQL empties it when it was cut off before it had written everything.
 */
export const unbrokenImports = pgTable('unbroken_imports', { import: text().primaryKey() })

/** Slices of an import that is not finished. Deleted with it. */
export const stagedSlices = pgTable(
  'staged_slices',
  {
    import: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** studies/slices.ts: equal for equal slices. */
    key: text().notNull(),
    /** Blob in `frames`. */
    sha256: text().notNull(),
    /** Of the blob. */
    bytes: integer().notNull(),
    slice: jsonb().notNull().$type<Slice>(),
    report: jsonb().notNull().$type<Report>(),
    /** Why text in the picture may name somebody, in sentences; empty where nothing speaks for it. */
    suspicions: jsonb().notNull().$type<readonly string[]>(),
    /** Of the file that brought it. */
    mark: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.import, table.key] }),
    index('staged_slices_sha256').on(table.sha256),
  ],
)

/** One study is one case of a project. */
export const studies = pgTable(
  'studies',
  {
    case: text()
      .primaryKey()
      .references(() => cases.id),
    project: text()
      .notNull()
      .references(() => projects.id),
    /** `uid:<mapped study UID>`, or by frame of reference or content where a study has no UID. */
    key: text().notNull(),
  },
  (table) => [unique('studies_key').on(table.project, table.key)],
)

/** What is known of a series as a whole; the lists of its frames and packs are rows. */
export type SeriesAbout = Omit<
  Volume,
  'slices' | 'duplicates' | 'frameSha256' | 'positions' | 'study' | 'series' | 'fingerprint'
> &
  Report

/** What series of before do not say. */
type Lately =
  | 'samples'
  | 'moments'
  | 'times'
  | 'rescales'
  | 'padding'
  | 'lossy'
  | 'thickness'
  | 'spacingAt'
  | 'patientOrientation'
  | 'voiFunction'
  | 'voiLuts'
  | 'suv'

export const series = pgTable(
  'series',
  {
    id: text().primaryKey(),
    case: text()
      .notNull()
      .references(() => cases.id),
    /** SHA-256 over geometry and pixels: the same pictures are one series of a case. */
    fingerprint: text().notNull(),
    /** Mapped series UID; null where the files have none. */
    uid: text(),
    modality: text().notNull(),
    bodyPart: text('body_part').notNull(),
    slices: integer().notNull(),
    /** mm; null where slices are not evenly spaced. */
    sliceSpacing: doublePrecision('slice_spacing'),
    about: jsonb().notNull().$type<Omit<SeriesAbout, Lately> & Partial<Pick<SeriesAbout, Lately>>>(),
    createdAt: ms('created_at').notNull(),
  },
  (table) => [unique('series_fingerprint').on(table.case, table.fingerprint)],
)

export const frames = pgTable(
  'frames',
  {
    series: text()
      .notNull()
      .references(() => series.id),
    /** Index in the series' order along the normal, from 0. */
    number: integer().notNull(),
    key: text().notNull(),
    sha256: text().notNull(),
    /** Of the blob, once it is compressed (studies/tightening.ts). */
    bytes: integer(),
    /** Blob of the same frame in less detail, and its size; null where there is none, or none yet (studies/lower.ts). */
    lowerSha256: text('lower_sha256'),
    lowerBytes: integer('lower_bytes'),
    slice: jsonb().notNull().$type<Slice>(),
  },
  (table) => [
    primaryKey({ columns: [table.series, table.number] }),
    index('frames_key').on(table.key),
    index('frames_sha256').on(table.sha256),
    index('frames_lower_sha256').on(table.lowerSha256),
  ],
)

/** As one parameter: a file may have more frames than a statement has parameters (65 535). */
export const keyIn = (column: Column, keys: readonly string[]): SQL =>
  sql`${column} = any(${`{${keys.map((key) => JSON.stringify(key)).join()}}`}::text[])`
export const hasKeyIn = (keys: readonly string[]): SQL => keyIn(frames.key, keys)

/** What is known of pictures that wait for a person, for the list of them. */
export type HeldAbout = Pick<Volume, 'modality' | 'bodyPart' | 'rows' | 'columns'> & Report

/** Pictures kept apart because text in them may name somebody: no series, and of no case, until somebody has looked at them. */
export const heldPictures = pgTable('held_pictures', {
  id: text().primaryKey(),
  project: text()
    .notNull()
    .references(() => projects.id),
  import: text()
    .notNull()
    .references(() => imports.id),
  person: integer()
    .notNull()
    .references(() => people.id),
  frames: integer().notNull(),
  about: jsonb().notNull().$type<HeldAbout>(),
  reasons: jsonb().notNull().$type<readonly string[]>(),
  createdAt: ms('created_at').notNull(),
})

export const heldSlices = pgTable(
  'held_slices',
  {
    held: text()
      .notNull()
      .references(() => heldPictures.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    key: text().notNull(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    slice: jsonb().notNull().$type<Slice>(),
  },
  (table) => [
    primaryKey({ columns: [table.held, table.number] }),
    index('held_slices_key').on(table.key),
    index('held_slices_sha256').on(table.sha256),
  ],
)

/** Keys that slices had before somebody blacked out regions of them: so they are known when they come again, and do not wait again. */
export const clearedSlices = pgTable(
  'cleared_slices',
  {
    project: text()
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.key] })],
)

/** Which series an import brought, or found here already. */
export const importSeries = pgTable(
  'import_series',
  {
    import: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    series: text()
      .notNull()
      .references(() => series.id),
  },
  (table) => [primaryKey({ columns: [table.import, table.series] })],
)
