/** A slice of the grid as a sheet: a pixel for each voxel, u and v being the two other axes in the order x, y, z. */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { AXES_IN } from '@consilium/geometry/raster/planes'
import { blankLike } from './marked.ts'
import type { MaskPlane } from './maskPlane.ts'
import { isEmpty, type Rect } from './rect.ts'
import type { Sheet } from './sheet.ts'

const LOW = ['x0', 'y0', 'z0'] as const
const HIGH = ['x1', 'y1', 'z1'] as const
const NOTHING: Rect = { x0: 0, y0: 0, x1: 0, y1: 0 }

export function sliceSheet(slice: NonNullable<MaskPlane['slice']>, grid: Grid): Sheet {
  const { axis, index, sheet: plane } = slice
  const [u, v] = AXES_IN[axis]
  const width = grid.size[u]
  const height = grid.size[v]
  const boxOf = ({ x0, y0, x1, y1 }: Rect): VoxelBox => {
    const box = { x0: 0, x1: 0, y0: 0, y1: 0, z0: 0, z1: 0 }
    for (const [of, from, to] of [
      [u, x0, x1] as const,
      [v, y0, y1] as const,
      [axis, index, index + 1] as const,
    ]) {
      box[LOW[of]] = from
      box[HIGH[of]] = to
    }
    return box
  }
  return {
    plane,
    width,
    height,
    copy(from, rect, marks) {
      if (isEmpty(rect)) return
      const columns = rect.x1 - rect.x0
      // The order of a box with one voxel across is that of the sheet, whichever axis that is.
      if (columns === width)
        return from(boxOf(rect), marks.subarray(rect.y0 * width, rect.y1 * width) as typeof marks)
      const part = blankLike(marks, columns * (rect.y1 - rect.y0))
      from(boxOf(rect), part)
      for (let y = rect.y0, at = 0; y < rect.y1; y++, at += columns) {
        const to = y * width + rect.x0
        for (let x = 0; x < columns; x++) if (part[at + x] !== 0) marks[to + x] = part[at + x] as number
      }
    },
    rectOf: (box) =>
      index >= box[LOW[axis]] && index < box[HIGH[axis]]
        ? { x0: box[LOW[u]], x1: box[HIGH[u]], y0: box[LOW[v]], y1: box[HIGH[v]] }
        : NOTHING,
  }
}
