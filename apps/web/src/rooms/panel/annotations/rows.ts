/**
 * Which rows of a long list are on the page: those in view and a few around them, and those somebody is at. The others are room left free, so
 * that ten thousand rows scroll like forty. All rows are of one height, but for the one that is open. Pure; CSS pixels.
 */
export interface List {
  readonly count: number
  /** Height of a row. */
  readonly row: number
  /** The open row, and by how much it is taller. */
  readonly open: { readonly index: number; readonly extra: number } | null
}

export interface Row {
  readonly index: number
  /** Left free above it. */
  readonly before: number
}

export interface Rows {
  readonly rows: readonly Row[]
  /** Left free below the last. */
  readonly after: number
}

/** Rows beyond the edges of the view: one who goes on by key or wheel never comes to an end before the next ones are there. */
const AROUND = 6
/** Lists as short as this are there as a whole. */
const SHORT = 60

/** `from` and `to`: what is in view, from the top of the list. `kept`: rows that stay wherever one looks. */
export function rowsOf(list: List, from: number, to: number, kept: readonly number[]): Rows {
  return placed(list, indicesOf(list, from, to, kept))
}

/** Which rows are to be there, from the top. */
export function indicesOf(list: List, from: number, to: number, kept: readonly number[]): readonly number[] {
  const { count } = list
  const all = count <= SHORT
  const inView = to > 0 && from < heightOf(list)
  const first = all ? 0 : inView ? Math.max(0, indexAt(list, from) - AROUND) : 0
  const end = all ? count : inView ? Math.min(count, indexAt(list, to) + 1 + AROUND) : 0
  const indices = new Set(kept.filter((index) => index >= 0 && index < count))
  for (let index = first; index < end; index++) indices.add(index)
  return [...indices].sort((a, b) => a - b)
}

/** These rows in their places, whichever of the others are there. */
export function placed(list: List, indices: readonly number[]): Rows {
  let bottom = 0
  const rows = indices.map((index): Row => {
    const before = topOf(list, index) - bottom
    bottom = topOf(list, index + 1)
    return { index, before }
  })
  return { rows, after: heightOf(list) - bottom }
}

export const heightOf = (list: List): number => topOf(list, list.count)

const topOf = ({ row, open }: List, index: number): number =>
  index * row + (open && open.index < index ? open.extra : 0)

function indexAt({ count, row, open }: List, y: number): number {
  const index = Math.floor(y / row)
  const shifted =
    open && index > open.index ? Math.max(open.index, Math.floor((y - open.extra) / row)) : index
  return Math.min(count - 1, Math.max(0, shifted))
}
