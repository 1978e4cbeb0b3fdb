/**
 * Polygons: along line v, at 4v, the voxel u is inside where an odd number of edges cross at or below 4u. An edge crosses where one of its
 * ends lies at or below the line and the other above it, so that a corner counts once.
 */
import { ceilDiv } from './exact.ts'
import { type Grid, Q, type VoxelBox, wholeGrid } from './grid.ts'
import { AXES_IN, emitInPlane, highOf, intersection, isEmpty, lowOf } from './planes.ts'
import type { Emit, Polygon } from './shape.ts'

/** The lowest voxel of a line that lies at or beyond the crossing, of each edge that crosses; in order. */
function crossings(points: Int32Array, line: number): number[] {
  const at = Q * line
  const found: number[] = []
  let ua = points[points.length - 2] as number
  let va = points[points.length - 1] as number
  for (let i = 0; i < points.length; i += 2) {
    const ub = points[i] as number
    const vb = points[i + 1] as number
    if (va <= at !== vb <= at) {
      const height = Math.abs(vb - va)
      const run = vb > va ? (at - va) * (ub - ua) : (at - va) * (ua - ub)
      found.push(ceilDiv(ua * height + run, Q * height))
    }
    ua = ub
    va = vb
  }
  return found.sort((a, b) => a - b)
}

export function fillPolygon(shape: Polygon, grid: Grid, clip: VoxelBox, emit: Emit): void {
  const box = intersection(wholeGrid(grid), clip)
  const { axis, slice, points } = shape
  if (isEmpty(box) || slice < lowOf(box, axis) || slice >= highOf(box, axis)) return
  const [uAxis, vAxis] = AXES_IN[axis]
  const [uLow, uHigh] = [lowOf(box, uAxis), highOf(box, uAxis)]
  for (let v = lowOf(box, vAxis); v < highOf(box, vAxis); v++) {
    const edges = crossings(points, v)
    for (let i = 0; i + 1 < edges.length; i += 2) {
      const begun = edges[i] as number
      // What ends where the next begins is one row.
      while (i + 2 < edges.length && edges[i + 2] === edges[i + 1]) i += 2
      const u0 = Math.max(begun, uLow)
      const u1 = Math.min(edges[i + 1] as number, uHigh)
      if (u0 < u1) emitInPlane(axis, slice, v, u0, u1, emit)
    }
  }
}
