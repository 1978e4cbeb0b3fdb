/**
 * Where words on the picture go: tags beside their shape, inside the pane, over no other tag and, where it can be, over no other shape; pins
 * on their place, but not on the letters at the edges; names beside their cursor, and over no other name. Pure; CSS pixels.
 */
import type { ScreenPoint, ScreenRect } from '../stage/camera.ts'

export interface Placement {
  readonly id: string
  /** What the tag belongs to. */
  readonly beside: ScreenRect
  readonly width: number
  readonly height: number
  /** Shown even where it has to lie over something: what one has chosen or points at. */
  readonly must?: boolean
}

const GAP = 8

/**
 * Earlier ones choose first. A tag without any free place is left out, because of tags that lie over one another none can be read; one that
 * must be there is pushed into the pane. A shape out of sight has none.
 */
export function placeTags(
  wanted: readonly Placement[],
  pane: { readonly width: number; readonly height: number },
  taken: readonly ScreenRect[] = [],
): ReadonlyMap<string, ScreenRect> {
  const placed = new Map<string, ScreenRect>()
  const used = [...taken]
  const inPane: ScreenRect = { x: 0, y: 0, ...pane }
  for (const one of wanted) {
    if (!overlaps(one.beside, inPane)) continue
    const places = candidates(one).map((at) => ({ ...at, width: one.width, height: one.height }))
    const free = places.filter(
      (rect) => contains(inPane, rect) && !used.some((other) => overlaps(rect, other)),
    )
    const first = places[0]
    if (!first) continue
    // Better over no other shape either; a tag that hides a shape is worse than one farther round.
    const clear = free.find((rect) => !wanted.some((other) => other !== one && overlaps(rect, other.beside)))
    const rect = clear ?? free[0] ?? (one.must ? pushedInto(first, inPane) : null)
    if (!rect) continue
    placed.set(one.id, rect)
    used.push(rect)
  }
  return placed
}

/** The corners of a pin that may stand on its place, in the order in which they are tried. */
export const FEET = ['bottom-left', 'bottom-right', 'top-left', 'top-right'] as const
export type Foot = (typeof FEET)[number]

/** With its lower left corner on its place; with another one where it would lie on what has to be read there, or leave the pane. */
export function placePin(
  at: ScreenPoint,
  { width, height }: { readonly width: number; readonly height: number },
  pane: { readonly width: number; readonly height: number },
  taken: readonly ScreenRect[],
): { readonly rect: ScreenRect; readonly foot: Foot } {
  const places = FEET.map((foot) => ({
    foot,
    rect: {
      x: foot.endsWith('left') ? at.x : at.x - width,
      y: foot.startsWith('top') ? at.y : at.y - height,
      width,
      height,
    },
  }))
  const inPane: ScreenRect = { x: 0, y: 0, ...pane }
  const free = places.find(
    ({ rect }) => contains(inPane, rect) && !taken.some((other) => overlaps(rect, other)),
  )
  return free ?? (places[0] as (typeof places)[number])
}

/** The plate of a cursor's name, how far it keeps from the edge, and the arrow, which hangs from its tip. */
const NAME = { height: 18, edge: 2, left: 4, right: 12, below: 15, above: 4 } as const
const ARROW = { width: 14, height: 14 } as const

/** A cursor whose tip is at a place, and the width of its name's plate. */
export interface Pointing {
  readonly at: ScreenPoint
  readonly width: number
}

export const isInSight = ({ x, y }: ScreenPoint, pane: { width: number; height: number }): boolean =>
  x >= 0 && y >= 0 && x <= pane.width && y <= pane.height

/** What the arrows cover. */
export const arrowsOf = (
  cursors: readonly Pointing[],
  pane: { readonly width: number; readonly height: number },
): readonly ScreenRect[] =>
  cursors.filter(({ at }) => isInSight(at, pane)).map(({ at }) => ({ ...at, ...ARROW }))

/**
 * Where each name stands: below its arrow at the right, or where another name or an arrow is in the way at the left, above, or farther off.
 * Earlier ones choose first. Of a hand out of sight the name stays at the edge.
 */
export function placeNames(
  cursors: readonly Pointing[],
  pane: { readonly width: number; readonly height: number },
): readonly ScreenRect[] {
  const arrows = arrowsOf(cursors, pane)
  const names: ScreenRect[] = []
  for (const one of cursors) {
    const places = namePlaces(one, pane, cursors.length)
    const free = places.filter((rect) => !names.some((other) => overlaps(rect, other)))
    const clear = free.find((rect) => !arrows.some((arrow) => overlaps(rect, arrow)))
    names.push(clear ?? free[0] ?? (places[0] as ScreenRect))
  }
  return names
}

/** Each name stands in the way of two steps at most, so that among as many others there is a free one if the pane is high enough. */
function namePlaces(
  { at, width }: Pointing,
  pane: { readonly width: number; readonly height: number },
  among: number,
): readonly ScreenRect[] {
  const inside = {
    x: NAME.edge,
    y: NAME.edge,
    width: pane.width - 2 * NAME.edge,
    height: pane.height - 2 * NAME.edge,
  }
  const tip = {
    x: Math.max(0, Math.min(at.x, pane.width)),
    y: Math.max(0, Math.min(at.y, pane.height)),
  }
  const sides = [tip.x + NAME.right, tip.x - NAME.left - width]
  return Array.from({ length: 2 * among }, (_, step) => step * (NAME.height + NAME.edge)).flatMap((off) =>
    [tip.y + NAME.below + off, tip.y - NAME.above - NAME.height - off].flatMap((y) =>
      sides.map((x) => pushedInto({ x, y, width, height: NAME.height }, inside)),
    ),
  )
}

export const SIDES = ['right', 'left', 'below', 'above'] as const
export type Side = (typeof SIDES)[number]

/** The side of a ring around `at` where words of this size lie over nothing that is taken, and in the pane; right where there is none. */
export function placeSize(
  { at, radius }: { readonly at: ScreenPoint; readonly radius: number },
  { width, height }: { readonly width: number; readonly height: number },
  taken: readonly ScreenRect[],
  pane: { readonly width: number; readonly height: number },
): Side {
  const off = radius + GAP
  const [left, top] = [at.x - width / 2, at.y - height / 2]
  const corners: Record<Side, ScreenPoint> = {
    right: { x: at.x + off, y: top },
    left: { x: at.x - off - width, y: top },
    below: { x: left, y: at.y + off },
    above: { x: left, y: at.y - off - height },
  }
  const isFree = (side: Side): boolean => {
    const rect = { ...corners[side], width, height }
    return contains({ x: 0, y: 0, ...pane }, rect) && !taken.some((other) => overlaps(rect, other))
  }
  return SIDES.find(isFree) ?? 'right'
}

/** Right of the upper end first, as a reader expects a caption; then around the shape. */
function candidates({ beside, width, height }: Placement): readonly { x: number; y: number }[] {
  const right = beside.x + beside.width
  const bottom = beside.y + beside.height
  const middle = beside.x + (beside.width - width) / 2
  return [
    { x: right + GAP, y: beside.y - height / 2 },
    { x: middle, y: beside.y - height - GAP },
    { x: right + GAP, y: beside.y + (beside.height - height) / 2 },
    { x: right + GAP, y: bottom - height / 2 },
    { x: middle, y: bottom + GAP },
    { x: beside.x - width - GAP, y: beside.y - height / 2 },
    { x: beside.x - width - GAP, y: beside.y + (beside.height - height) / 2 },
    { x: beside.x - width - GAP, y: bottom - height / 2 },
    { x: right + GAP, y: beside.y - height * 2 },
    { x: right + GAP, y: bottom + height },
  ]
}

const pushedInto = (rect: ScreenRect, pane: ScreenRect): ScreenRect => ({
  ...rect,
  x: Math.max(pane.x, Math.min(rect.x, pane.x + pane.width - rect.width)),
  y: Math.max(pane.y, Math.min(rect.y, pane.y + pane.height - rect.height)),
})

const contains = (outer: ScreenRect, inner: ScreenRect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const overlaps = (a: ScreenRect, b: ScreenRect): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
