/** What sorting found out, written down: a series, its frames, and the case that it belongs to. */
import type { Report } from '@consilium/deidentify/profile'
import type { Slice, Volume } from '@consilium/imaging/series'
import { Breather } from '../breather.ts'
import { and, eq, sql as statement } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import { importSeries, type SeriesAbout, series, studies } from '../db/studies.ts'
import type { Projects } from '../projects/projects.ts'
import { keyOf, studyKeyOf } from './slices.ts'

export type Transaction = Parameters<Parameters<Database['orm']['transaction']>[0]>[0]

/** Of the JSON in one statement; a value of PostgreSQL takes 255 MB. */
const STATEMENT_LENGTH = 32 * 2 ** 20

/** A series of the project that shows some of the incoming pictures, or may grow by them. */
export interface Relative {
  readonly id: string
  readonly case: string
  readonly fingerprint: string
  readonly keys: ReadonlySet<string>
  readonly slices: readonly Slice[]
  readonly report: Report
  /** What its readers are told of somebody who looked at it before (lookedAt.ts). */
  readonly lookedAt: readonly string[]
}

export interface Prepared {
  readonly volume: Volume
  /** The series that shows exactly this already. */
  readonly known: string | null
  readonly report: Report
  readonly relatives: readonly Relative[]
}

/** Returns the id of the series that shows exactly this volume, made now where there was none; the import brought it in any case. */
export async function writeSeries(
  tx: Transaction,
  projectsOf: Projects,
  { importId, project }: { readonly importId: string; readonly project: string },
  prepared: Prepared,
): Promise<string> {
  const { volume, relatives, known } = prepared
  const brought = (id: string) =>
    tx.insert(importSeries).values({ import: importId, series: id }).onConflictDoNothing()
  if (known !== null) {
    await brought(known)
    return known
  }
  const relative = relatives[0]?.case
  const place =
    relative === undefined
      ? await caseOf(tx, projectsOf, project, studyKeyOf(volume))
      : { id: relative, isNew: false }
  const caseId = place.id
  // Another import may have brought it since this one was prepared.
  const [meanwhile] = place.isNew
    ? []
    : await tx
        .select({ id: series.id })
        .from(series)
        .where(and(eq(series.case, caseId), eq(series.fingerprint, volume.fingerprint)))
  if (meanwhile) {
    await brought(meanwhile.id)
    return meanwhile.id
  }
  const id = newId()
  // How large a blob is stands in its row once it is compressed (tightening.ts).
  const rows: string[] = []
  const breather = new Breather()
  for (const [number, slice] of volume.slices.entries()) {
    rows.push(JSON.stringify({ number, key: keyOf(slice), sha256: slice.sha256, slice }))
    if (breather.isDue) await breather.take()
  }
  const framesIn = (some: readonly string[]) =>
    tx.execute(statement`
      insert into frames (series, number, key, sha256, slice)
      select ${id}, number, key, sha256, slice
      from jsonb_to_recordset(${`[${some.join()}]`}::jsonb) as t(number int, key text, sha256 text, slice jsonb)`)
  // One after the other over one connection; none is waited for before the next is said.
  const [first = [], ...more] = together(rows)
  await Promise.all([tx.insert(series).values(rowOf(id, caseId, prepared)), framesIn(first), brought(id)])
  for (const some of more) await framesIn(some)
  return id
}

/** As many in one statement as may be: one with a parameter for every value of thousands takes longer to build than to carry out. */
function* together(rows: readonly string[]): Generator<readonly string[]> {
  let [first, length] = [0, 0]
  for (const [k, row] of rows.entries()) {
    if (k > first && length + row.length > STATEMENT_LENGTH) {
      yield rows.slice(first, k)
      ;[first, length] = [k, 0]
    }
    length += row.length
  }
  yield rows.slice(first)
}

async function caseOf(
  tx: Transaction,
  projectsOf: Projects,
  project: string,
  key: string,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const [known] = await tx
    .select({ case: studies.case })
    .from(studies)
    .where(and(eq(studies.project, project), eq(studies.key, key)))
  if (known) return { id: known.case, isNew: false }
  const { id } = await projectsOf.addCase(project, tx)
  await tx.insert(studies).values({ case: id, project, key })
  return { id, isNew: true }
}

function rowOf(
  id: string,
  caseId: string,
  { volume, report, relatives }: Prepared,
): typeof series.$inferInsert {
  const grown =
    relatives.length > 0
      ? ['Slices of this series came at different times; what was imported first is kept as its own series.']
      : []
  const looked = relatives.flatMap((one) => one.lookedAt)
  return {
    id,
    case: caseId,
    fingerprint: volume.fingerprint,
    uid: volume.series,
    modality: volume.modality,
    bodyPart: volume.bodyPart,
    slices: volume.slices.length,
    sliceSpacing: volume.spacing.slice,
    about: {
      ...aboutOf(volume),
      warnings: [...new Set([...grown, ...looked, ...volume.warnings])],
      ...report,
    },
    createdAt: Date.now(),
  }
}

/** What is said of the series as a whole; the lists of its frames are rows. */
function aboutOf({
  slices: _slices,
  duplicates: _duplicates,
  frameSha256: _hashes,
  positions: _positions,
  study: _study,
  series: _series,
  fingerprint: _fingerprint,
  ...about
}: Volume): Omit<SeriesAbout, keyof Report> {
  return about
}
