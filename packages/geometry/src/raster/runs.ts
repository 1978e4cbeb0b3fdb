/** Rows as they are, within a box. */
import type { VoxelBox } from './grid.ts'
import type { Emit } from './shape.ts'

/** Numbers in a row: z, y, x0, x1. */
export const ROW = 4

/** The first row that does not lie before line (z, y); rows are in order. */
function firstFrom(rows: Int32Array, z: number, y: number): number {
  let low = 0
  let high = rows.length / ROW
  while (low < high) {
    const middle = (low + high) >>> 1
    const dz = (rows[ROW * middle] as number) - z
    if (dz < 0 || (dz === 0 && (rows[ROW * middle + 1] as number) < y)) low = middle + 1
    else high = middle
  }
  return ROW * low
}

export function clipRows(rows: Int32Array, clip: VoxelBox, emit: Emit): void {
  let at = firstFrom(rows, clip.z0, clip.y0)
  while (at < rows.length) {
    const z = rows[at] as number
    const y = rows[at + 1] as number
    if (z >= clip.z1) return
    if (y >= clip.y1) at = firstFrom(rows, z + 1, clip.y0)
    else if (y < clip.y0) at = firstFrom(rows, z, clip.y0)
    else {
      const x0 = Math.max(rows[at + 2] as number, clip.x0)
      const x1 = Math.min(rows[at + 3] as number, clip.x1)
      if (x0 < x1) emit(z, y, x0, x1)
      at += ROW
    }
  }
}
