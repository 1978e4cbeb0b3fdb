/** What lies under the pointer: the place, and the rescaled value of the pixel there. Pure. */
import { toPlane } from '@consilium/geometry/plane'
import type { SeriesFrames } from '../panes/series.ts'
import { rescaledOf } from '../panes/window.ts'
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
  const word = inside ? series.stored(frame)?.[row * columns + column] : undefined
  return { at, frame, value: word === undefined ? null : rescaledOf(word, series.meta) }
}

export const sameProbe = (a: Probe | null, b: Probe | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.frame === b.frame &&
    a.value === b.value &&
    a.at.every((n, axis) => n === b.at[axis]))
