/**
 * Rows as a person would tell them. What somebody did to one thing without a pause is one act, however many rows it took; what others did
 * meanwhile does not break it. Pure: no words here, only which rows belong together.
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Row } from './chronicle.ts'

/** A pause longer than this ends an act, ms. */
const PAUSE_MS = 5_000
/** However busy somebody is: after this long a new act begins, ms. */
const LONGEST_MS = 60_000

export interface Act {
  /** Its rows, ascending; others' rows may lie between them. */
  readonly rows: readonly Row[]
  readonly first: number
  readonly last: number
}

/** In the order of their last rows. */
export function actsOf(rows: Iterable<Row>): readonly Act[] {
  const acts: Row[][] = []
  /** What each person is at. */
  const current = new Map<string, Row[]>()
  for (const row of rows) {
    const who = `${row.writer.author.id} ${row.writer.author.name}`
    const act = current.get(who)
    if (act && belongs(act, row)) {
      act.push(row)
      continue
    }
    const begun = [row]
    acts.push(begun)
    current.set(who, begun)
  }
  return acts
    .map((of) => ({ rows: of, first: of[0]?.seq ?? 0, last: of.at(-1)?.seq ?? 0 }))
    .sort((a, b) => a.last - b.last)
}

function belongs(act: readonly Row[], row: Row): boolean {
  const [first] = act
  const last = act.at(-1)
  if (!first || !last || row.act !== ACTS.edit || last.act !== ACTS.edit) return false
  if (row.at - last.at > PAUSE_MS || row.at - first.at > LONGEST_MS) return false
  return row.touched.length > 0 && subject(row) === subject(last)
}

/** Of rows of a chronicle, which stay the same objects: asked again and again while one moves along. */
const subjects = new WeakMap<Row, string>()

function subject(row: Row): string {
  const known = subjects.get(row)
  if (known !== undefined) return known
  const made = row.touched
    .map(({ root, entry }) => `${root} ${entry}`)
    .sort()
    .join()
  subjects.set(row, made)
  return made
}

/** The act that the row belongs to, by bisection over `last`, then backwards: few acts overlap. */
export function actAt(acts: readonly Act[], seq: number): Act | null {
  let low = 0
  let high = acts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((acts[middle]?.last ?? 0) < seq) low = middle + 1
    else high = middle
  }
  for (let n = low; n < acts.length && n < low + 64; n++)
    if (acts[n]?.rows.some((row) => row.seq === seq)) return acts[n] ?? null
  return null
}
