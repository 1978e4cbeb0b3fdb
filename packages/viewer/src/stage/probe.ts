/** What lies under the pointer: the place, and the value of the pixel there, rescaled as its frame says. Pure. */
import { toPlane } from '@consilium/geometry/plane'
import { isColour, rescaledOf, rescaleOf } from '../panes/greys.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { type Camera, type ScreenPoint, toPatientOn } from './camera.ts'
import type { Probe } from './scene.ts'

export function probeAt(series: SeriesFrames, frame: number, camera: Camera, p: ScreenPoint): Probe | null {
  const plane = series.planes[frame]
  if (!plane) return null
  const at = toPatientOn(camera, plane, p)
  const { x, y } = toPlane(plane, at)
  const { columns, rows } = series.meta
  const column = Math.round(x)
  const row = Math.round(y)
  const inside = column >= 0 && row >= 0 && column < columns && row < rows
  return {
    at,
    frame,
    pixel: inside ? [column + 1, row + 1] : null,
    value: inside ? valueAt(series, frame, row * columns + column) : null,
  }
}

function valueAt({ meta, stored }: SeriesFrames, frame: number, pixel: number): Probe['value'] {
  const values = stored(frame)
  if (!values) return null
  if (isColour(meta)) {
    const [red = 0, green = 0, blue = 0] = values.subarray(pixel * 3, pixel * 3 + 3)
    return [red, green, blue]
  }
  const value = values[pixel]
  return value === undefined || value === meta.padding ? null : rescaledOf(value, rescaleOf(meta, frame))
}

export const sameProbe = (a: Probe | null, b: Probe | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.frame === b.frame &&
    String(a.value) === String(b.value) &&
    a.over === b.over &&
    a.at.every((n, axis) => n === b.at[axis]))
