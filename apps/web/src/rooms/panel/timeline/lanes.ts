/**
 * The rows of a record as bars: one lane per person, so many of their rows in each stretch of the width. Bars instead of rows, because a
 * hundred thousand rows are no more than the bars that fit side by side. Pure; the canvas draws what comes out.
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Chronicle, Row } from '../../../session/film/chronicle.ts'

/** Along revisions, or along time. */
export type Scale = 'activity' | 'clock'

export interface Lane {
  readonly person: string
  readonly name: string
  readonly initials: string
  /** Rows per bar. */
  readonly bars: Uint32Array
  readonly rows: number
}

export interface Lanes {
  readonly lanes: readonly Lane[]
  /** The highest bar of all. */
  readonly most: number
}

/** Whether the row is one that people see as a change. Joining is not, nor what the server notes for itself. */
export const isTold = (row: Row): boolean =>
  row.act !== ACTS.lease && (row.act !== ACTS.edit || row.touched.length > 0)

/** Who the row is by; erased people have no id but a name of their own. */
export const personOf = ({ writer: { author } }: Row): string => author.id || author.name

/** In the order of their first rows. `counts` says which rows have a bar; whoever has only others keeps an empty lane. */
export function lanesOf(
  chronicle: Chronicle,
  { scale, bars, counts }: { scale: Scale; bars: number; counts: (row: Row) => boolean },
): Lanes {
  const place = placer(chronicle, scale)
  const lanes = new Map<string, { name: string; initials: string; bars: Uint32Array; rows: number }>()
  let most = 0
  for (const row of chronicle.rows()) {
    if (!isTold(row)) continue
    const person = personOf(row)
    let lane = lanes.get(person)
    if (!lane) {
      const { name, initials } = row.writer.author
      lane = { name, initials, bars: new Uint32Array(bars), rows: 0 }
      lanes.set(person, lane)
    }
    lane.rows += 1
    if (!counts(row)) continue
    const bar = Math.min(bars - 1, Math.floor(place(row.seq) * bars))
    const height = (lane.bars[bar] ?? 0) + 1
    lane.bars[bar] = height
    most = Math.max(most, height)
  }
  return { lanes: [...lanes].map(([person, lane]) => ({ person, ...lane })), most }
}

/** At most `most` of them: the busiest keep their own, in their order; the others share the last one. */
export function mergedLanes({ lanes, most }: Lanes, limit: number): Lanes {
  if (lanes.length <= limit) return { lanes, most }
  const kept = new Set(lanes.toSorted((a, b) => b.rows - a.rows).slice(0, limit - 1))
  const others = lanes.filter((lane) => !kept.has(lane))
  const bars = new Uint32Array(others[0]?.bars.length ?? 0)
  for (const lane of others) lane.bars.forEach((rows, bar) => (bars[bar] = (bars[bar] ?? 0) + rows))
  const shared: Lane = {
    person: '',
    name: `${others.length} others`,
    initials: `+${others.length}`,
    bars,
    rows: others.reduce((sum, { rows }) => sum + rows, 0),
  }
  return { lanes: [...lanes.filter((lane) => kept.has(lane)), shared], most: Math.max(most, ...bars) }
}

/** Where a revision lies, 0 to 1: after its row has been written. */
export function placer(chronicle: Chronicle, scale: Scale): (seq: number) => number {
  const { head } = chronicle
  if (head === 0) return () => 0
  if (scale === 'activity') return (seq) => (seq - 0.5) / head
  const from = chronicle.row(1)?.at ?? 0
  const span = (chronicle.row(head)?.at ?? from) - from
  return (seq) => (span === 0 ? 0.5 : ((chronicle.row(seq)?.at ?? from) - from) / span)
}

/** The revision that lies at this part of the width. */
export function revisionAt(chronicle: Chronicle, scale: Scale, part: number): number {
  const { head } = chronicle
  const inside = Math.min(1, Math.max(0, part))
  if (scale === 'activity') return Math.min(head, Math.max(1, Math.ceil(inside * head)))
  const from = chronicle.row(1)?.at ?? 0
  const span = (chronicle.row(head)?.at ?? from) - from
  return Math.max(1, chronicle.seqAt(from + inside * span))
}
