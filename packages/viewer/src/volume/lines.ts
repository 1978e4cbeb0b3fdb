/** Above the volume: the outlines of shapes and the place that all panes show. They are seen through it, as a pin on a map is. */
import type { Vec3 } from '@consilium/geometry/vec3'
import { type Camera, toScreen } from '../stage/camera.ts'
import { CASING, type Theme } from '../stage/theme.ts'

export interface VolumeLine {
  readonly points: readonly Vec3[]
  readonly closed: boolean
  /** CSS colour. */
  readonly colour: string
}

export interface Above {
  readonly lines: readonly VolumeLine[]
  readonly crosshair: Vec3 | null
}

const WIDTH_PX = 1.5
const PLACE_PX = 6

export function drawAbove(
  canvas: HTMLCanvasElement,
  camera: Camera | null,
  { lines, crosshair }: Above,
  theme: Theme,
  pixelRatio: number,
): void {
  const size = (length: number): number => Math.max(1, Math.round(length * pixelRatio))
  canvas.width = size(camera?.width ?? 0)
  canvas.height = size(camera?.height ?? 0)
  const paint = canvas.getContext('2d')
  if (!paint || !camera) return
  paint.scale(pixelRatio, pixelRatio)
  paint.lineJoin = 'round'
  for (const { points, closed, colour } of lines) {
    paint.beginPath()
    for (const at of points) {
      const { x, y } = toScreen(camera, at)
      paint.lineTo(x, y)
    }
    if (closed) paint.closePath()
    stroke(paint, colour)
  }
  if (!crosshair) return
  const { x, y } = toScreen(camera, crosshair)
  paint.beginPath()
  paint.arc(x, y, PLACE_PX, 0, 2 * Math.PI)
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    paint.moveTo(x + dx * PLACE_PX, y + dy * PLACE_PX)
    paint.lineTo(x + dx * PLACE_PX * 2, y + dy * PLACE_PX * 2)
  }
  stroke(paint, theme.accent)
}

function stroke(paint: CanvasRenderingContext2D, colour: string): void {
  paint.strokeStyle = CASING
  paint.lineWidth = WIDTH_PX + 2
  paint.stroke()
  paint.strokeStyle = colour
  paint.lineWidth = WIDTH_PX
  paint.stroke()
}
