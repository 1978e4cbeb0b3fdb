/** Words on the picture: tags beside shapes, comment pins, and how wide names of peers are. Drawn on canvas; the page's lists say the same to screen readers. */
import type { ScreenPoint, ScreenRect } from '../stage/camera.ts'
import type { ScenePin } from '../stage/scene.ts'
import type { Theme } from '../stage/theme.ts'
import type { Paint } from './draw.ts'
import type { Foot } from './place.ts'

export interface Tag {
  readonly colour: string
  readonly text: string
  readonly disputed: boolean
}

const TAG = { height: 22, pad: 7, swatch: 10, gap: 6, sign: 14 } as const

const tagFont = (theme: Theme): string => `500 12px ${theme.font}`
const nameFont = (theme: Theme): string => `600 11px ${theme.font}`

export function tagSize(paint: Paint, tag: Tag, theme: Theme): { width: number; height: number } {
  paint.font = tagFont(theme)
  const words = paint.measureText(tag.text).width
  const sign = tag.disputed ? TAG.sign + TAG.gap : 0
  return { width: Math.ceil(TAG.pad * 2 + TAG.swatch + TAG.gap + sign + words), height: TAG.height }
}

export function drawTag(paint: Paint, tag: Tag, rect: ScreenRect, theme: Theme): void {
  paint.save()
  paint.setLineDash([])
  plate(paint, rect, 4, 'rgb(11 11 12 / 0.86)')
  let x = rect.x + TAG.pad
  const middle = rect.y + rect.height / 2
  plate(paint, { x, y: middle - 5, width: TAG.swatch, height: TAG.swatch }, 3, tag.colour)
  x += TAG.swatch + TAG.gap
  if (tag.disputed) {
    drawDispute(paint, { x: x + TAG.sign / 2, y: middle }, theme.warn)
    x += TAG.sign + TAG.gap
  }
  words(paint, tag.text, { x, y: middle }, tagFont(theme), theme.text)
  paint.restore()
}

/** A triangle with an exclamation mark: a shape of its own, so that it is not told by colour alone. */
function drawDispute(paint: Paint, at: ScreenPoint, colour: string): void {
  paint.lineJoin = 'round'
  paint.lineCap = 'round'
  paint.strokeStyle = colour
  paint.lineWidth = 1.6
  paint.stroke(new Path2D(`M${at.x} ${at.y - 5.5} l6.5 11 h-13 z`))
  paint.stroke(new Path2D(`M${at.x} ${at.y - 1.5} v3`))
  paint.stroke(new Path2D(`M${at.x} ${at.y + 3.6} v0.01`))
}

const PIN = { height: 24, pad: 8, icon: 13, gap: 5, tail: 2 } as const

export function pinSize(paint: Paint, pin: ScenePin, theme: Theme): { width: number; height: number } {
  paint.font = `600 12px ${theme.font}`
  // A dispute without a word yet has its sign alone.
  const count = pin.count > 0 ? PIN.gap + paint.measureText(String(pin.count)).width : 0
  return { width: Math.ceil(PIN.pad * 2 + PIN.icon + count), height: PIN.height }
}

/** Round but for the corner that stands on the place. */
const cornersOf = (foot: Foot): number[] =>
  (['top-left', 'top-right', 'bottom-right', 'bottom-left'] as const).map((corner) =>
    corner === foot ? PIN.tail : 12,
  )

export function drawPin(
  paint: Paint,
  pin: ScenePin,
  { rect, foot }: { readonly rect: ScreenRect; readonly foot: Foot },
  theme: Theme,
): void {
  const fill = pin.resolved ? 'rgb(34 34 38 / 0.82)' : pin.disputed ? theme.warn : theme.bone
  const ink = pin.resolved ? theme.caption : theme.onBone
  paint.save()
  paint.setLineDash([])
  const bubble = new Path2D()
  bubble.roundRect(rect.x, rect.y, rect.width, rect.height, cornersOf(foot))
  paint.strokeStyle = 'rgb(0 0 0 / 0.6)'
  paint.lineWidth = 3
  paint.stroke(bubble)
  paint.fillStyle = fill
  paint.fill(bubble)
  if (pin.resolved) {
    paint.strokeStyle = theme.caption
    paint.lineWidth = 1
    paint.stroke(bubble)
  }
  const middle = rect.y + rect.height / 2
  const x = rect.x + PIN.pad
  if (pin.disputed && !pin.resolved) drawDispute(paint, { x: x + PIN.icon / 2, y: middle }, ink)
  else drawBubble(paint, { x, y: middle - PIN.icon / 2 }, ink)
  if (pin.count > 0)
    words(paint, String(pin.count), { x: x + PIN.icon + PIN.gap, y: middle }, `600 12px ${theme.font}`, ink)
  paint.restore()
}

function drawBubble(paint: Paint, at: ScreenPoint, ink: string): void {
  const line = new Path2D()
  line.roundRect(at.x + 0.8, at.y + 1, 11.4, 8.6, 2)
  line.addPath(new Path2D(`M${at.x + 3} ${at.y + 9.6} v3 l3 -3`))
  paint.lineJoin = 'round'
  paint.strokeStyle = ink
  paint.lineWidth = 1.6
  paint.stroke(line)
}

const NAME_PAD = 6

/** Width of the plate on which a name stands. */
export function nameWidth(paint: Paint, name: string, theme: Theme): number {
  paint.font = nameFont(theme)
  return Math.ceil(paint.measureText(name).width) + 2 * NAME_PAD
}

function plate(paint: Paint, rect: ScreenRect, radius: number, fill: string): void {
  paint.beginPath()
  paint.roundRect(rect.x, rect.y, rect.width, rect.height, radius)
  paint.fillStyle = fill
  paint.fill()
}

function words(paint: Paint, text: string, at: ScreenPoint, font: string, ink: string): void {
  paint.font = font
  paint.textBaseline = 'middle'
  paint.fillStyle = ink
  paint.fillText(text, Math.round(at.x), Math.round(at.y) + 0.5)
}
