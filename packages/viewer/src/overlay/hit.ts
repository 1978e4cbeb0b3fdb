/** What lies under the hand, by CSS pixels. Pure: the canvas layers listen to nothing, so wheel and drag always reach the stage. */
import type { ScreenPoint, ScreenRect } from '../stage/camera.ts'
import type { Item, Outline } from './item.ts'

/** `line`: its outline, symbol or tag; `inside`: the area a closed one surrounds. */
export type Hit =
  | { readonly what: 'pin'; readonly id: string }
  | { readonly what: 'handle'; readonly id: string; readonly handle: string }
  /** `across`: the plane shown only cuts it. */
  | { readonly what: 'line' | 'inside'; readonly id: string; readonly across?: true }

export const sameHit = (a: Hit | null, b: Hit | null): boolean =>
  a?.what === b?.what &&
  a?.id === b?.id &&
  (a?.what === 'handle' ? a.handle : '') === (b?.what === 'handle' ? b.handle : '')

export interface Targets {
  readonly items: readonly Item[]
  /** Whose handles can be taken. */
  readonly selected: string | null
  readonly pins: readonly { readonly id: string; readonly rect: ScreenRect }[]
  readonly tags: ReadonlyMap<string, ScreenRect>
}

/** CSS pixels within which a handle or a line is meant. */
const HANDLE_REACH = 9
const LINE_REACH = 6

export function hitTest(p: ScreenPoint, { items, selected, pins, tags }: Targets): Hit | null {
  const pin = pins.findLast((one) => within(p, one.rect, 2))
  if (pin) return { what: 'pin', id: pin.id }
  const held = items.find((item) => item.id === selected)
  const handle = held?.handles
    .map((grip) => ({ grip, away: Math.hypot(grip.x - p.x, grip.y - p.y) }))
    .filter(({ away }) => away <= HANDLE_REACH)
    .toSorted((a, b) => a.away - b.away)[0]
  if (held && handle) return { what: 'handle', id: held.id, handle: handle.grip.id }
  for (const [id, rect] of tags)
    if (within(p, rect, 0)) return lineOf(items.find((item) => item.id === id) ?? { id })
  const near = items
    .filter((item) => within(p, item.bounds, LINE_REACH))
    .map((item) => ({ item, away: distanceTo(p, item) }))
    .filter(({ away }) => away <= LINE_REACH)
    .toSorted((a, b) => a.away - b.away)[0]
  if (near) return lineOf(near.item)
  // Of shapes one inside the other the smallest is meant.
  const around = items
    .filter((item) => within(p, item.bounds, 0) && item.outlines.some((outline) => surrounds(outline, p)))
    .toSorted((a, b) => a.bounds.width * a.bounds.height - b.bounds.width * b.bounds.height)[0]
  return around ? { what: 'inside', id: around.id } : null
}

const lineOf = ({ id, across }: Pick<Item, 'id' | 'across'>): Hit => ({
  what: 'line',
  id,
  ...(across ? { across } : {}),
})

function distanceTo(p: ScreenPoint, item: Item): number {
  const first = item.outlines[0]?.points[0]
  if ((item.symbol === 'cross' || item.symbol === 'flag' || item.symbol === 'dot') && first) {
    return Math.max(0, Math.hypot(first.x - p.x, first.y - p.y) - 6)
  }
  return Math.min(...item.outlines.map((outline) => distanceToOutline(p, outline)))
}

function distanceToOutline(p: ScreenPoint, { points, closed }: Outline): number {
  let least = Number.POSITIVE_INFINITY
  const last = closed ? points.length : points.length - 1
  for (let i = 0; i < last; i++) {
    const a = points[i]
    const b = points[(i + 1) % points.length]
    if (a && b) least = Math.min(least, distanceToSegment(p, a, b))
  }
  return least
}

function distanceToSegment(p: ScreenPoint, a: ScreenPoint, b: ScreenPoint): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const squared = dx * dx + dy * dy
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared))
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
}

/** Even-odd. */
function surrounds({ points, closed }: Outline, p: ScreenPoint): boolean {
  if (!closed) return false
  let inside = false
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length]
    if (!b || a.y > p.y === b.y > p.y) return
    if (p.x < a.x + ((p.y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside
  })
  return inside
}

export const within = (p: ScreenPoint, rect: ScreenRect, margin: number): boolean =>
  p.x >= rect.x - margin &&
  p.x <= rect.x + rect.width + margin &&
  p.y >= rect.y - margin &&
  p.y <= rect.y + rect.height + margin
