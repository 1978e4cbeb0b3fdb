/**
 * Pictures that wait for a person, because text in them may name somebody. They are of no case and in no series: nobody sees them but
 * who may import, until they are cleared (heldClearing.ts) or discarded. What waits, or was blacked out before it came in, is known and
 * does not come twice.
 * An import is sifted before it is sorted, and what waits is kept in the transaction that finishes it (sorting.ts).
 */
import { Refusal } from '@consilium/contract/refusals'
import { mergeReports, type Report } from '@consilium/deidentify/profile'
import type { Slice, Volume } from '@consilium/imaging/series'
import { and, asc, eq } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import {
  clearedSlices,
  frames,
  hasKeyIn,
  heldPictures,
  heldSlices,
  keyIn,
  series,
  studies,
} from '../db/studies.ts'
import { keyOf } from './slices.ts'

type Reader = Pick<Database['orm'], 'select' | 'selectDistinct'>
type Writer = Reader & Pick<Database['orm'], 'insert'>

/** Rows of one insert: PostgreSQL takes 65 535 parameters. */
const ROWS_AT_ONCE = 5_000

/** A staged slice, as far as it matters here. */
export interface Suspect {
  readonly key: string
  readonly bytes: number
  readonly slice: Slice
  readonly report: Report
  readonly suspicions: readonly string[]
}

/** Which of these slices wait in the project, or waited there and came in blacked out. */
async function holds(orm: Reader, project: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const waiting = await orm
    .selectDistinct({ key: heldSlices.key })
    .from(heldSlices)
    .innerJoin(heldPictures, eq(heldPictures.id, heldSlices.held))
    .where(and(eq(heldPictures.project, project), keyIn(heldSlices.key, keys)))
  const cleared = await orm
    .select({ key: clearedSlices.key })
    .from(clearedSlices)
    .where(and(eq(clearedSlices.project, project), keyIn(clearedSlices.key, keys)))
  return new Set([...waiting, ...cleared].map((row) => row.key))
}

/** What may be sorted, and what must wait. What waits already is in neither; what a series shows was looked at before it came in. */
export async function sift<Row extends Suspect>(
  orm: Reader,
  project: string,
  rows: readonly Row[],
): Promise<{ free: Row[]; waiting: Row[] }> {
  const suspect = rows.filter((row) => row.suspicions.length > 0).map((row) => row.key)
  const known = await holds(orm, project, suspect)
  const shown = await shows(orm, project, suspect)
  const mustWait = (row: Row) => row.suspicions.length > 0 && !shown.has(row.key)
  return {
    free: rows.filter((row) => !mustWait(row)),
    waiting: rows.filter((row) => mustWait(row) && !known.has(row.key)),
  }
}

/** Keeps volumes of an import's waiting slices, each as one set. */
export async function keep(
  tx: Writer,
  from: { readonly import: string; readonly project: string; readonly person: number },
  volumes: readonly Volume[],
  waiting: readonly Suspect[],
): Promise<void> {
  const rows = new Map(waiting.map((row) => [row.key, row]))
  // Another import may have brought them since they were sifted.
  const known = await holds(tx, from.project, [...rows.keys()])
  for (const volume of volumes) {
    const kept = volume.slices.flatMap((slice) => rows.get(keyOf(slice)) ?? [])
    const fresh = kept.filter((row) => !known.has(row.key))
    if (fresh.length > 0) await keepOne(tx, from, volume, fresh)
  }
}

async function keepOne(
  tx: Writer,
  from: { readonly import: string; readonly project: string; readonly person: number },
  { modality, bodyPart, rows, columns }: Volume,
  kept: readonly Suspect[],
): Promise<void> {
  const held = newId()
  await tx.insert(heldPictures).values({
    ...from,
    id: held,
    frames: kept.length,
    about: { modality, bodyPart, rows, columns, ...mergeReports(kept.map((row) => row.report)) },
    reasons: [...new Set(kept.flatMap((row) => row.suspicions))],
    createdAt: Date.now(),
  })
  for (let at = 0; at < kept.length; at += ROWS_AT_ONCE) {
    const some = kept.slice(at, at + ROWS_AT_ONCE)
    await tx.insert(heldSlices).values(
      some.map(({ key, bytes, slice }, k) => ({
        held,
        number: at + k,
        key,
        sha256: slice.sha256,
        bytes,
        slice,
      })),
    )
  }
}

export async function findHeld(orm: Reader, id: string): Promise<typeof heldPictures.$inferSelect | null> {
  const [row] = await orm.select().from(heldPictures).where(eq(heldPictures.id, id))
  return row ?? null
}

/** Oldest first: whoever brought them waits for them longest. */
export const listHeld = (orm: Reader, project: string): Promise<(typeof heldPictures.$inferSelect)[]> =>
  orm
    .select()
    .from(heldPictures)
    .where(eq(heldPictures.project, project))
    .orderBy(asc(heldPictures.createdAt), asc(heldPictures.id))

/** One of them, from 0; null where there are not so many. */
export async function heldSlice(orm: Reader, held: string, number: number): Promise<Slice | null> {
  const [row] = await orm
    .select({ slice: heldSlices.slice })
    .from(heldSlices)
    .where(and(eq(heldSlices.held, held), eq(heldSlices.number, number)))
  return row?.slice ?? null
}

/** They wait no longer. Refuses where they did not: somebody else was first. */
export async function letGo(tx: Pick<Database['orm'], 'delete'>, id: string): Promise<void> {
  const gone = await tx.delete(heldPictures).where(eq(heldPictures.id, id)).returning({ id: heldPictures.id })
  if (gone.length === 0) throw new Refusal('already-decided')
}

async function shows(orm: Reader, project: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await orm
    .selectDistinct({ key: frames.key })
    .from(frames)
    .innerJoin(series, eq(series.id, frames.series))
    .innerJoin(studies, eq(studies.case, series.case))
    .where(and(eq(studies.project, project), hasKeyIn(keys)))
  return new Set(rows.map((row) => row.key))
}
