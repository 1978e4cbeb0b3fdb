/** To where most of a segment lies in a slice, so that it stands in the middle of the pane. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { toPatient } from '@consilium/geometry/plane'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import { planesOf } from '@consilium/viewer/series'
import type { Desk } from '../state/desk.ts'

export function goToSlice(
  { painting, series, view, goToPlace }: Desk,
  segment: EntryKey,
  slice: number,
): void {
  const [current, engine] = [series.current(), painting.canvases.shown()?.engine]
  if (!current || !engine) return
  // Frames of a moment follow one another; the same moment stays in view.
  const moment = Math.floor((view()?.frame ?? 0) / current.slices)
  const frame = moment * current.slices + slice
  const plane = planesOf(current)[frame]
  if (!plane) return
  const box = { ...wholeGrid(engine.grid), z0: slice, z1: slice + 1 }
  const set = new Uint8Array(box.x1 * box.y1)
  engine.copyBox(segment, box, set)
  goToPlace(current.id, toPatient(plane, middleOf(set, box.x1)), frame)
}

/** Mean place of what is set. */
function middleOf(set: Uint8Array, width: number): { readonly x: number; readonly y: number } {
  let [count, x, y] = [0, 0, 0]
  for (let at = 0; at < set.length; at++) {
    if (set[at] === 0) continue
    count += 1
    x += at % width
    y += Math.floor(at / width)
  }
  return count === 0 ? { x: 0, y: 0 } : { x: x / count, y: y / count }
}
