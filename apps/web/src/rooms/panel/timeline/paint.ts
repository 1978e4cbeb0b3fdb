/** The lanes on a canvas: bars in people's colours, those after the moment dimmed. CSS pixels; drawn anew when the moment reaches another bar. */
import type { Lanes } from './lanes.ts'

export interface Picture {
  readonly lanes: Lanes
  readonly width: number
  readonly laneHeight: number
  readonly colourOf: (person: string) => string
  /** Bars after it are dimmed. */
  readonly lastBright: number
  readonly line: string
}

/** A bar and the gap behind it, CSS pixels. */
export const BAR_STEP = 4
const BAR_WIDTH = 3
/** What lies after the moment shown. */
const DIMMED = 0.35

export function paintLanes(canvas: HTMLCanvasElement, picture: Picture): void {
  const paint = canvas.getContext('2d')
  if (!paint) return
  const { lanes, width, laneHeight } = picture
  const ratio = globalThis.devicePixelRatio || 1
  const height = Math.max(1, lanes.lanes.length * laneHeight)
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.height = `${height}px`
  paint.scale(ratio, ratio)
  lanes.lanes.forEach(({ person, bars }, place) => {
    const floor = (place + 1) * laneHeight - 1
    paint.globalAlpha = 1
    paint.fillStyle = picture.line
    paint.fillRect(0, floor, width, 1)
    paint.fillStyle = picture.colourOf(person)
    bars.forEach((rows, bar) => {
      if (rows === 0) return
      const x = (bar / bars.length) * width
      paint.globalAlpha = bar <= picture.lastBright ? 1 : DIMMED
      // The square root, so that one row beside a hundred is still seen.
      const tall = Math.max(2, Math.sqrt(rows / lanes.most) * (laneHeight - 5))
      paint.fillRect(x, floor - tall, BAR_WIDTH, tall)
    })
  })
}
