/** Strokes on the picture. Each wears a dark casing, so that it is seen on any tissue (visual.md §2). CSS pixels. */
import type { ScreenPoint } from '../stage/camera.ts'
import { CASING, CASING_UNDER_DASHES } from '../stage/theme.ts'
import { type Item, type Outline, SYMBOL_REACH } from './item.ts'
import { type Drawn, together } from './together.ts'

export type Paint = CanvasRenderingContext2D

export interface Stroke {
  readonly colour: string
  readonly width: number
  readonly dash?: readonly number[] | undefined
  /** Opacity of the fill of closed ones; 0 for none. */
  readonly fill?: number
  /** Of all of it; absent: in full. */
  readonly opacity?: number | undefined
}

/** One upon the other. */
export function drawItems(paint: Paint, drawn: readonly Drawn[]): void {
  for (const group of together(drawn)) {
    const [first] = group
    if (!first) continue
    if (group.length === 1) drawItem(paint, first.item, first.stroke)
    else drawAsOne(paint, group, first.stroke)
  }
}

function drawAsOne(paint: Paint, group: readonly Drawn[], stroke: Stroke): void {
  begin(paint, stroke)
  const outlines = group.flatMap(({ item }) => item.outlines)
  for (const closed of [true, false]) {
    const line = new Path2D()
    const alike = outlines.filter((outline) => outline.closed === closed)
    for (const outline of alike) trace(line, outline)
    if (alike.length > 0) drawLine(paint, line, closed, stroke)
  }
  paint.restore()
}

function begin(paint: Paint, { opacity }: Stroke): void {
  paint.save()
  paint.globalAlpha = opacity ?? 1
  paint.lineJoin = 'round'
  paint.lineCap = 'round'
}

export function drawItem(paint: Paint, item: Item, stroke: Stroke): void {
  begin(paint, stroke)
  if (item.symbol === 'cross' || item.symbol === 'flag') {
    for (const { points } of item.outlines) for (const p of points) drawSymbol(paint, item.symbol, p, stroke)
  } else {
    for (const outline of item.outlines)
      drawOutline(paint, outline, outline.helping ? helping(stroke) : stroke)
    if (item.symbol === 'dot') for (const { points } of item.outlines) drawDot(paint, points, stroke)
    if (item.symbol === 'ticks')
      for (const outline of item.outlines) if (!outline.helping) drawTicks(paint, outline, stroke)
  }
  paint.restore()
}

const helping = (stroke: Stroke): Stroke => ({ ...stroke, width: 1, dash: [2, 4] })

function drawOutline(paint: Paint, outline: Outline, stroke: Stroke): void {
  drawLine(paint, pathOf(outline), outline.closed, stroke)
}

function drawLine(paint: Paint, line: Path2D, closed: boolean, stroke: Stroke): void {
  if (stroke.fill && closed) {
    paint.save()
    paint.globalAlpha *= stroke.fill
    paint.fillStyle = stroke.colour
    paint.fill(line)
    paint.restore()
  }
  cased(paint, line, stroke)
}

/** The casing first, whole under dashes, then the stroke. */
function cased(paint: Paint, line: Path2D, { colour, width, dash }: Stroke): void {
  paint.setLineDash([])
  paint.strokeStyle = dash ? CASING_UNDER_DASHES : CASING
  paint.lineWidth = width + 2
  paint.stroke(line)
  paint.setLineDash(dash ? [...dash] : [])
  paint.strokeStyle = colour
  paint.lineWidth = width
  paint.stroke(line)
}

function pathOf(outline: Outline): Path2D {
  const line = new Path2D()
  trace(line, outline)
  return line
}

function trace(line: Path2D, { points, closed }: Outline): void {
  points.forEach((p, i) => (i === 0 ? line.moveTo(p.x, p.y) : line.lineTo(p.x, p.y)))
  if (closed) line.closePath()
}

/** A ring where a plane cuts a line. */
function drawDot(paint: Paint, points: readonly ScreenPoint[], stroke: Stroke): void {
  const [at] = points
  if (points.length !== 1 || !at) return
  const ring = new Path2D()
  ring.arc(at.x, at.y, 4, 0, 2 * Math.PI)
  cased(paint, ring, { ...stroke, dash: undefined })
}

function drawTicks(paint: Paint, { points }: Outline, stroke: Stroke): void {
  const a = points[0]
  const b = points.at(-1)
  if (!a || !b) return
  const size = Math.hypot(b.x - a.x, b.y - a.y)
  if (size === 0) return
  const across = { x: ((a.y - b.y) / size) * 5, y: ((b.x - a.x) / size) * 5 }
  const line = new Path2D()
  for (const end of [a, b]) {
    line.moveTo(end.x - across.x, end.y - across.y)
    line.lineTo(end.x + across.x, end.y + across.y)
  }
  cased(paint, line, { ...stroke, dash: undefined })
}

function drawSymbol(paint: Paint, symbol: 'cross' | 'flag', p: ScreenPoint, stroke: Stroke): void {
  const line = new Path2D()
  if (symbol === 'cross') {
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      line.moveTo(p.x + dx * 3, p.y + dy * 3)
      line.lineTo(p.x + dx * SYMBOL_REACH, p.y + dy * SYMBOL_REACH)
    }
    cased(paint, line, stroke)
    return
  }
  // A flag whose foot stands on the place.
  const top = p.y - 2 * SYMBOL_REACH
  const cloth = new Path2D(`M${p.x} ${top} l12 4.5 l-12 4.5 z`)
  line.moveTo(p.x, p.y)
  line.lineTo(p.x, top)
  cased(paint, line, stroke)
  cased(paint, cloth, stroke)
  paint.fillStyle = stroke.colour
  paint.fill(cloth)
}

export function drawHandles(paint: Paint, item: Item, colour: string, heldOrHovered: string | null): void {
  paint.save()
  paint.setLineDash([])
  for (const grip of item.handles) {
    const strong = grip.id === heldOrHovered
    paint.beginPath()
    paint.arc(grip.x, grip.y, strong ? 5 : 3.5, 0, 2 * Math.PI)
    paint.fillStyle = strong ? colour : '#121214'
    paint.strokeStyle = CASING
    paint.lineWidth = 4
    paint.stroke()
    paint.fill()
    paint.strokeStyle = colour
    paint.lineWidth = 1.8
    paint.stroke()
  }
  paint.restore()
}

/** Dashed rings around it, one per person who has it selected. */
export function drawRings(paint: Paint, item: Item, colours: readonly string[]): void {
  paint.save()
  paint.lineJoin = 'round'
  colours.forEach((colour, rank) => {
    const stroke = { colour, width: 2, dash: [4, 4] }
    cased(paint, pathOf(ringAround(item, 6 + rank * 5)), stroke)
  })
  paint.restore()
}

/** The hull's points pushed outwards from the middle; a rounded box around what has no area. */
function ringAround(item: Item, by: number): Outline {
  const outline = item.outlines.find((one) => one.closed && one.points.length > 2)
  const { x, y, width, height } = item.bounds
  const middle = { x: x + width / 2, y: y + height / 2 }
  if (!outline) return ellipse(middle, width / 2 + by, height / 2 + by)
  return {
    closed: true,
    points: outline.points.map((p) => {
      const away = Math.hypot(p.x - middle.x, p.y - middle.y) || 1
      // The corners of a square lie farther out than its sides: push along both, not only away.
      const share = (away + by * 1.2) / away
      return { x: middle.x + (p.x - middle.x) * share, y: middle.y + (p.y - middle.y) * share }
    }),
  }
}

function ellipse(middle: ScreenPoint, across: number, down: number): Outline {
  const points = Array.from({ length: 48 }, (_, i) => {
    const angle = (i / 48) * 2 * Math.PI
    return { x: middle.x + across * Math.cos(angle), y: middle.y + down * Math.sin(angle) }
  })
  return { closed: true, points }
}
