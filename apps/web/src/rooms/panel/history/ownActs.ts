/** One's own acts as they are told where they can be taken back: painting with the figures of the history list, all else by its title. Pure. */
import type { Undoable } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { paintingWords } from '@consilium/crdt-schema/painting/words'
import type { Grid } from '@consilium/geometry/raster/grid'
import { capital, moment } from '../../../format.ts'

export interface OwnActLookups {
  /** In which segment it paints, or painted what it turns. */
  readonly segmentOf: (act: MaskAct) => EntryKey | null
  /** Of a segment; null where it is not known. */
  readonly nameOf: (segment: EntryKey) => string | null
  readonly gridOf: (segment: EntryKey) => Grid | null
}

/** Counting voxels takes a while, and what was painted stays what it is. */
const told = new WeakMap<Undoable, string>()

export function ownActWords(
  one: Undoable,
  { segmentOf, nameOf, gridOf }: OwnActLookups,
  now: number,
): { readonly title: string; readonly detail: string } {
  const when = moment(one.at, now)
  const segments = new Set(one.painted?.map(segmentOf))
  const [first = null] = segments
  const name = first !== null && segments.size === 1 ? nameOf(first) : null
  const grid = first === null ? null : gridOf(first)
  const title = told.get(one) ?? (one.painted && paintingWords(one.painted, grid)) ?? capital(one.title)
  if (grid !== null) told.set(one, title)
  return { title, detail: name ? `${name} · ${when}` : when }
}
