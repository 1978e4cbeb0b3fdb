/**
 * What a lasso holds. In a slice of the grid it is a polygon; in a plane between voxels no act has a form for it, and it becomes the rows of
 * those voxels that the plane passes and the line goes around. Pure.
 */
import { toPlane } from '@consilium/geometry/plane'
import { type Grid, Q } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Runs, Shape } from '@consilium/geometry/raster/shape'
import { cross, dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { pixelOf } from '../../masks/inverse.ts'
import type { InGrid, MaskPlane } from '../../masks/maskPlane.ts'
import { pointsIn } from './brushPlane.ts'

export interface LassoPlane {
  readonly pointOf: (at: Vec3) => readonly [u: number, v: number]
  /** Of three corners or more; null where they hold nothing. */
  readonly shapeOf: (corners: Int32Array) => Shape | null
}

export function lassoPlane(on: MaskPlane, grid: Grid): LassoPlane {
  if (on.slice) {
    const { axis, index } = on.slice
    return {
      pointOf: pointsIn(on, axis, Q),
      shapeOf: (points) => ({ shape: 'polygon', axis, slice: index, points }),
    }
  }
  return {
    pointOf: (at) => {
      const { x, y } = toPlane(on.plane, at)
      return [Math.round(x * Q), Math.round(y * Q)]
    },
    shapeOf: (corners) => rowsWithin(corners, on.inGrid, grid),
  }
}

/** Pixels of the plane that the line goes around. */
function pixelsWithin(corners: Int32Array): (x: number, y: number) => boolean {
  const xs = corners.filter((_, i) => i % 2 === 0)
  const ys = corners.filter((_, i) => i % 2 === 1)
  const [left, top] = [Math.floor(Math.min(...xs) / Q), Math.floor(Math.min(...ys) / Q)]
  const width = Math.ceil(Math.max(...xs) / Q) - left + 1
  const height = Math.ceil(Math.max(...ys) / Q) - top + 1
  const bits = new Uint8Array(width * height)
  const flat: Grid = { size: [width, height, 1], spacingUm: [1, 1, 1] }
  const points = corners.map((n, i) => n - Q * (i % 2 === 0 ? left : top))
  const whole = { x0: 0, x1: width, y0: 0, y1: height, z0: 0, z1: 1 }
  createRasteriser(flat)({ shape: 'polygon', axis: 2, slice: 0, points }, whole, (_z, y, x0, x1) =>
    bits.fill(1, y * width + x0, y * width + x1),
  )
  return (x, y) =>
    x >= left && y >= top && x < left + width && y < top + height && bits[(y - top) * width + x - left] === 1
}

function rowsWithin(corners: Int32Array, inGrid: InGrid, { size }: Grid): Runs | null {
  const isWithin = pixelsWithin(corners)
  const toPixel = pixelOf(inGrid)
  const normal = cross(inGrid.across, inGrid.down)
  // As a slab of one voxel: no further than half a voxel, measured along the normal.
  const half = normal.reduce((sum, n) => sum + Math.abs(n), 0) / 2
  const rows: number[] = []
  for (let z = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++) {
      const rest = dot(subtract([0, y, z], inGrid.origin), normal)
      const [from, to] = between(rest, normal[0], half, size[0])
      let start = -1
      for (let x = from; x <= to; x++) {
        const [px, py] = x < to ? toPixel([x, y, z]) : [Number.NaN, 0]
        const isIn = isWithin(Math.round(px), Math.round(py))
        if (isIn && start < 0) start = x
        if (isIn || start < 0) continue
        rows.push(z, y, start, x)
        start = -1
      }
    }
  return rows.length > 0 ? { shape: 'runs', rows: Int32Array.from(rows) } : null
}

/** The voxels of a row with |rest + x * step| <= half; the end is not one of them. */
function between(
  rest: number,
  step: number,
  half: number,
  size: number,
): readonly [from: number, to: number] {
  if (Math.abs(step) < 1e-12) return Math.abs(rest) <= half ? [0, size] : [0, 0]
  const ends = [(-half - rest) / step, (half - rest) / step]
  const from = Math.max(0, Math.ceil(Math.min(...ends)))
  return [from, Math.max(from, Math.min(size, Math.floor(Math.max(...ends)) + 1))]
}
