/** Lines where the planes of other panes cut this one, and the place that all panes show. CSS pixels; drawn below the shapes. */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { type Camera, type ScreenPoint, toPatientOn, toScreen } from '../stage/camera.ts'
import type { Paint } from './draw.ts'

/** The plane of another pane. */
export interface Guide {
  readonly pane: number
  readonly plane: Plane
}

export interface Guides {
  readonly planes: readonly Guide[]
  readonly crosshair: Vec3 | null
  readonly colour: string
}

/** Whether the lines of other panes would lie where they do. */
export const sameGuides = (a: readonly Guide[], b: readonly Guide[]): boolean =>
  a.length === b.length && a.every(({ pane, plane }, i) => pane === b[i]?.pane && plane === b[i].plane)

/** Left free around the crosshair, so that what one looks at is not covered. */
const FREE_PX = 12

export function drawGuides(
  paint: Paint,
  { planes, crosshair, colour }: Guides,
  camera: Camera,
  shown: Plane,
): void {
  if (planes.length === 0 && !crosshair) return
  paint.save()
  paint.lineCap = 'butt'
  const at = crosshair && toScreen(camera, crosshair)
  for (const { plane } of planes) {
    const ends = lineOf(plane, camera, shown)
    if (!ends) continue
    for (const [dash, style, width] of [
      [[], 'rgb(0 0 0 / 0.35)', 2],
      [[5, 5], colour, 1],
    ] as const) {
      paint.setLineDash(dash)
      paint.strokeStyle = style
      paint.lineWidth = width
      for (const [from, to] of around(ends, at)) {
        paint.beginPath()
        paint.moveTo(from.x, from.y)
        paint.lineTo(to.x, to.y)
        paint.stroke()
      }
    }
  }
  if (at) drawCross(paint, at, colour)
  paint.restore()
}

/** Where a hand takes hold of such a line: far from its middle it turns the plane, near it it shifts it. */
export interface Grip {
  readonly guide: Guide
  readonly part: 'turn' | 'shift'
  /** About which it turns. */
  readonly pivot: ScreenPoint
}

const REACH_PX = 5
/** Of the pane's smaller side: from here on outwards a line is turned. */
const TURN_SHARE = 0.25

export function gripAt(
  p: ScreenPoint,
  { planes, crosshair }: Pick<Guides, 'planes' | 'crosshair'>,
  camera: Camera,
  shown: Plane,
): Grip | null {
  const cross = crosshair && toScreen(camera, crosshair)
  for (const guide of planes) {
    const ends = lineOf(guide.plane, camera, shown)
    if (!ends || distanceTo(p, ends) > REACH_PX) continue
    const [a, b] = ends
    const pivot =
      cross && distanceTo(cross, ends) <= FREE_PX ? cross : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    const away = Math.hypot(p.x - pivot.x, p.y - pivot.y)
    const part = away > TURN_SHARE * Math.min(camera.width, camera.height) ? 'turn' : 'shift'
    return { guide, part, pivot }
  }
  return null
}

/** From the line through both. */
function distanceTo(p: ScreenPoint, [a, b]: Ends): number {
  const size = Math.hypot(b.x - a.x, b.y - a.y)
  if (size === 0) return Math.hypot(p.x - a.x, p.y - a.y)
  return Math.abs((p.x - a.x) * (b.y - a.y) - (p.y - a.y) * (b.x - a.x)) / size
}

type Ends = readonly [ScreenPoint, ScreenPoint]

/** Where another plane cuts the one in view, from edge to edge of the pane; null where it does not. */
export function lineOf(plane: Plane, camera: Camera, shown: Plane): Ends | null {
  const normal = normalOf(plane)
  const height = (p: ScreenPoint): number =>
    dot(subtract(toPatientOn(camera, shown, p), plane.origin), normal)
  const { width, height: tall } = camera
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: tall },
    { x: 0, y: tall },
  ]
  const heights = corners.map(height)
  const found: ScreenPoint[] = []
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % 4] as ScreenPoint
    const [from, to] = [heights[i] as number, heights[(i + 1) % 4] as number]
    if (from < 0 === to < 0) return
    const part = from / (from - to)
    found.push({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part })
  })
  const [first, second] = found
  return first && second ? [first, second] : null
}

/** In two parts where it passes the crosshair. */
function around([a, b]: Ends, point: ScreenPoint | null): readonly Ends[] {
  const size = Math.hypot(b.x - a.x, b.y - a.y)
  if (!point || size === 0) return [[a, b]]
  const [dx, dy] = [(b.x - a.x) / size, (b.y - a.y) / size]
  const along = (point.x - a.x) * dx + (point.y - a.y) * dy
  const aside = Math.abs((point.x - a.x) * dy - (point.y - a.y) * dx)
  if (aside > FREE_PX || along < 0 || along > size) return [[a, b]]
  const on = (way: number): ScreenPoint => ({ x: a.x + dx * way, y: a.y + dy * way })
  return [
    [a, on(Math.max(0, along - FREE_PX))],
    [on(Math.min(size, along + FREE_PX)), b],
  ]
}

/** Four short strokes round the place. */
function drawCross(paint: Paint, p: ScreenPoint, colour: string): void {
  const cross = new Path2D()
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    cross.moveTo(p.x + dx * 4, p.y + dy * 4)
    cross.lineTo(p.x + dx * FREE_PX, p.y + dy * FREE_PX)
  }
  paint.setLineDash([])
  paint.strokeStyle = 'rgb(0 0 0 / 0.6)'
  paint.lineWidth = 3.5
  paint.stroke(cross)
  paint.strokeStyle = colour
  paint.lineWidth = 1.5
  paint.stroke(cross)
}
