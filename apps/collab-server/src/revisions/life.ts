/** What each of its rows made of an entry: the entry is made of its rows, one after the other, and looked at after each. */
import { readEntry } from '@consilium/crdt-schema/changes'
import { type AxesOf, differenceOf } from '@consilium/crdt-schema/compare'
import { Projection } from './project.ts'
import type { EntryName } from './questions.ts'

/** Row, column and normal of the pictures, nine cosines in a row, by series. */
export type Directions = Readonly<Record<string, readonly number[]>>

export const axesIn =
  (directions: Directions): AxesOf =>
  (series) => {
    const known = Object.hasOwn(directions, series) ? directions[series] : undefined
    if (!known) return null
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = known
    return { row: [a, b, c], column: [d, e, f] }
  }

/** `rows`: all that touched it. For each after the first `from`, in order, its EntryDifference or null, as JSON. */
export function lifeIn(
  rows: Iterable<Uint8Array>,
  { root, id }: EntryName,
  from: number,
  directions: Directions,
): Uint8Array[] {
  const projection = new Projection()
  const axesOf = axesIn(directions)
  const differences: Uint8Array[] = []
  let before: ReturnType<typeof readEntry> = null
  let seen = 0
  projection.each(rows, () => {
    seen += 1
    // The last one before those that are asked for is what they begin with.
    if (seen < from) return
    const after = readEntry(projection.ydoc, root, id)
    if (seen > from) differences.push(asJson(differenceOf(root, before, after, axesOf)))
    before = after
  })
  return differences
}

const asJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
