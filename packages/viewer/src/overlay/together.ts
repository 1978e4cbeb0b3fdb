/**
 * Shapes that look the same and lie apart are stroked as one: a slice with two hundred annotations would otherwise be four times as many
 * strokes with each turn of the wheel. It looks as if each were drawn alone, because none of them lies over another, and no shape passes
 * another one in the order in which they lie upon each other. Pure.
 */
import type { ScreenRect } from '../stage/camera.ts'
import type { Stroke } from './draw.ts'
import type { Item } from './item.ts'

export interface Drawn {
  readonly item: Item
  readonly stroke: Stroke
}

/** How far a stroke and its casing reach beyond the line, and a little more; CSS pixels. */
const REACH = 4
/** Each is held against all others of its group. */
const MOST = 256

/** In their order, one after the other. */
export function together(drawn: readonly Drawn[]): readonly (readonly Drawn[])[] {
  const groups: Drawn[][] = []
  let group: Drawn[] = []
  for (const one of drawn) {
    if (group.length === 0 || group.length === MOST || !joins(one, group)) {
      group = []
      groups.push(group)
    }
    group.push(one)
  }
  return groups
}

function joins(one: Drawn, group: readonly Drawn[]): boolean {
  const [first] = group
  if (!first || !isPlain(one.item) || !isPlain(first.item) || !sameStroke(one.stroke, first.stroke))
    return false
  return !group.some(({ item }) => touch(item.bounds, one.item.bounds))
}

/** Nothing but one line. */
const isPlain = ({ symbol, outlines }: Item): boolean =>
  symbol === 'none' && outlines.length === 1 && !outlines[0]?.helping

const sameStroke = (a: Stroke, b: Stroke): boolean =>
  a.colour === b.colour &&
  a.width === b.width &&
  a.fill === b.fill &&
  a.opacity === b.opacity &&
  a.dash?.join() === b.dash?.join()

const touch = (a: ScreenRect, b: ScreenRect): boolean =>
  a.x - REACH < b.x + b.width + REACH &&
  b.x - REACH < a.x + a.width + REACH &&
  a.y - REACH < b.y + b.height + REACH &&
  b.y - REACH < a.y + a.height + REACH
