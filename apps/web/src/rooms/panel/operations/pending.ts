/**
 * Slices that were computed and that nobody has confirmed yet: they lie over what is painted on this screen alone, hatched, and are no part
 * of the record. Pure.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Axis, Shape } from '@consilium/geometry/raster/shape'

const ENDS = [
  ['x0', 'x1'],
  ['y0', 'y1'],
  ['z0', 'z1'],
] as const

/** The slices across an axis in which any of the shapes lies, neighbours as one box. */
export function computedBoxes(shapes: readonly Shape[], axis: Axis, grid: Grid): VoxelBox[] {
  const has = new Uint8Array(grid.size[axis])
  const rasterise = createRasteriser(grid)
  for (const shape of shapes)
    rasterise(shape, wholeGrid(grid), (z, y, x0, x1) => {
      if (axis === 0) has.fill(1, x0, x1)
      else has[axis === 1 ? y : z] = 1
    })
  const boxes: VoxelBox[] = []
  const [low, high] = ENDS[axis]
  for (let from = has.indexOf(1); from >= 0; from = has.indexOf(1, from)) {
    const end = has.indexOf(0, from)
    const to = end < 0 ? has.length : end
    boxes.push({ ...wholeGrid(grid), [low]: from, [high]: to })
    from = to
  }
  return boxes
}

/** Writes `label` where a shape lies in the box, and nothing elsewhere; x runs fastest, then y. */
export function overlaid(
  shapes: readonly Shape[],
  grid: Grid,
): (box: VoxelBox, target: Uint8Array, label: number) => void {
  const rasterise = createRasteriser(grid)
  return (box, target, label) => {
    const [width, height] = [box.x1 - box.x0, box.y1 - box.y0]
    for (const shape of shapes)
      rasterise(shape, box, (z, y, x0, x1) => {
        const line = ((z - box.z0) * height + (y - box.y0)) * width - box.x0
        target.fill(label, line + x0, line + x1)
      })
  }
}
