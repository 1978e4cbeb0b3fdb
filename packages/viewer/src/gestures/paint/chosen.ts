/** The threshold brush: of what a brush covers, the voxels whose values lie in a range. It is recorded which, not why. */
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import type { Ball, Masked, Rasterise, Stroke } from '@consilium/geometry/raster/shape'
import { rescaledOf, rescaleOf } from '../../panes/greys.ts'
import { frameOf, momentOf } from '../../panes/moments.ts'
import type { SeriesFrames } from '../../panes/series.ts'

/** Whether a voxel of slice z is chosen, by its place in the slice. */
export type Chosen = (z: number) => (at: number) => boolean

/** By rescaled values of the moment that is shown. What is not here yet, and padding, is not chosen. */
export function chosenByValue(
  series: SeriesFrames,
  frame: number,
  { min, max }: { readonly min: number; readonly max: number },
): Chosen {
  const base = series.base ?? series
  const moment = momentOf(frame, series.meta)
  return (z) => {
    const taken = frameOf(z, moment, base.meta)
    const values = base.stored(taken)
    if (!values) return () => false
    const rescale = rescaleOf(base.meta, taken)
    return (at) => {
      const stored = values[at] as number
      const value = rescaledOf(stored, rescale)
      return value >= min && value <= max && stored !== base.meta.padding
    }
  }
}

/** Null where nothing is chosen. */
export function thinnedTo(
  chosen: Chosen,
  base: Stroke | Ball,
  grid: Grid,
  rasterise: Rasterise,
): Masked | null {
  const [columns] = grid.size
  const lengths: number[] = []
  let [keeps, length] = [true, 0]
  let slice: { readonly z: number; readonly isChosen: (at: number) => boolean } | null = null
  rasterise(base, wholeGrid(grid), (z, y, x0, x1) => {
    if (slice?.z !== z) slice = { z, isChosen: chosen(z) }
    for (let at = y * columns + x0, end = y * columns + x1; at < end; at++, length++) {
      if (slice.isChosen(at) === keeps) continue
      lengths.push(length)
      keeps = !keeps
      length = 0
    }
  })
  if (keeps && length > 0) lengths.push(length)
  // A single 0 keeps nothing either: what follows the last length is skipped.
  return (lengths[0] ?? 0) > 0 || lengths.length > 1
    ? { shape: 'masked', base, keep: Int32Array.from(lengths) }
    : null
}
