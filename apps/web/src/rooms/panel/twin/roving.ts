/**
 * Which row of the tree the keys are on, as in the treegrid of the ARIA Authoring Practices: one row is in the tab order, arrows go from row to
 * row. A row is kept by its id, so that whatever others change the focus stays where it was. Pure.
 */

export interface Item {
  readonly id: string
  /** The group it belongs to; null: it is a group. */
  readonly group: string | null
}

export type Way = 'next' | 'before' | 'first' | 'last' | 'parent'

const WAYS: Readonly<Record<string, Way>> = {
  ArrowDown: 'next',
  ArrowUp: 'before',
  Home: 'first',
  End: 'last',
  ArrowLeft: 'parent',
}

export const wayOf = (key: string): Way | null => WAYS[key] ?? null

/** The row to go to; the one it stands on where there is none that way. */
export function rowAlong(items: readonly Item[], from: string | null, way: Way): string | null {
  const at = items.findIndex(({ id }) => id === from)
  const here = items[at]
  if (way === 'first' || at < 0) return items[0]?.id ?? null
  if (way === 'last') return items.at(-1)?.id ?? null
  if (way === 'parent') return here?.group ?? here?.id ?? null
  return items[at + (way === 'next' ? 1 : -1)]?.id ?? here?.id ?? null
}

/** Which row is in the tab order: the one the keys were on, or what stands in its place now that it is gone. */
export function restingOn(
  items: readonly Item[],
  before: readonly Item[],
  wanted: string | null,
): string | null {
  if (items.some(({ id }) => id === wanted)) return wanted
  const at = before.findIndex(({ id }) => id === wanted)
  return items[Math.max(0, Math.min(at, items.length - 1))]?.id ?? null
}
