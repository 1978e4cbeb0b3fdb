/**
 * A plane between voxels as a sheet: a pixel for each pixel of the pane's picture, which shows the voxel nearest to it. Voxels are asked for
 * box by box, each around so few pixels that little of it is for nothing.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { add, cross, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { InGrid, MaskPlane } from './maskPlane.ts'
import type { Rect } from './rect.ts'
import type { CopyBox, Sheet } from './sheet.ts'

/** Pixels to either side that share a box of voxels. */
const BLOCK = 16

export function obliqueSheet({ plane, inGrid }: MaskPlane, grid: Grid, width: number, height: number): Sheet {
  const pixelOf = inverse(inGrid)
  return {
    plane,
    width,
    height,
    copy(from, rect, bits) {
      for (let y0 = rect.y0; y0 < rect.y1; y0 += BLOCK)
        for (let x0 = rect.x0; x0 < rect.x1; x0 += BLOCK) {
          const block = { x0, y0, x1: Math.min(x0 + BLOCK, rect.x1), y1: Math.min(y0 + BLOCK, rect.y1) }
          copyBlock(inGrid, grid, from, block, bits, width)
        }
    },
    rectOf(box) {
      const corners = cornersOf(box).map(pixelOf)
      const xs = corners.map(([x]) => x)
      const ys = corners.map(([, y]) => y)
      return {
        x0: Math.max(0, Math.floor(Math.min(...xs))),
        y0: Math.max(0, Math.floor(Math.min(...ys))),
        x1: Math.min(width, Math.ceil(Math.max(...xs)) + 1),
        y1: Math.min(height, Math.ceil(Math.max(...ys)) + 1),
      }
    },
  }
}

function copyBlock(
  { origin, across, down }: InGrid,
  { size }: Grid,
  from: CopyBox,
  block: Rect,
  bits: Uint8Array,
  width: number,
): void {
  const at = (x: number, y: number): Vec3 => add(origin, add(scale(across, x), scale(down, y)))
  const [right, bottom] = [block.x1 - 1, block.y1 - 1]
  const corners = [at(block.x0, block.y0), at(right, block.y0), at(block.x0, bottom), at(right, bottom)]
  const low = [0, 1, 2].map((axis) =>
    Math.max(0, Math.round(Math.min(...corners.map((corner) => corner[axis] as number)))),
  ) as [number, number, number]
  const high = [0, 1, 2].map((axis) =>
    Math.min(
      size[axis] as number,
      1 + Math.round(Math.max(...corners.map((corner) => corner[axis] as number))),
    ),
  ) as [number, number, number]
  const [columns, rows, slices] = [high[0] - low[0], high[1] - low[1], high[2] - low[2]]
  if (columns <= 0 || rows <= 0 || slices <= 0) return
  const part = new Uint8Array(columns * rows * slices)
  from({ x0: low[0], x1: high[0], y0: low[1], y1: high[1], z0: low[2], z1: high[2] }, part)
  if (!part.includes(1)) return
  for (let y = block.y0; y < block.y1; y++)
    for (let x = block.x0; x < block.x1; x++) {
      const i = Math.round(origin[0] + across[0] * x + down[0] * y) - low[0]
      const j = Math.round(origin[1] + across[1] * x + down[1] * y) - low[1]
      const k = Math.round(origin[2] + across[2] * x + down[2] * y) - low[2]
      const isInside = i >= 0 && j >= 0 && k >= 0 && i < columns && j < rows && k < slices
      if (isInside && part[(k * rows + j) * columns + i] !== 0) bits[y * width + x] = 1
    }
}

/** From a place in voxels to the pixel it is seen at along the normal of the plane. */
function inverse({ origin, across, down }: InGrid): (voxel: Vec3) => readonly [x: number, y: number] {
  const normal = cross(across, down)
  const volume = dot(normal, normal)
  const [forX, forY] = [cross(down, normal), cross(normal, across)]
  return (voxel) => {
    const d = subtract(voxel, origin)
    return [dot(d, forX) / volume, dot(d, forY) / volume]
  }
}

/** Outer corners of its outermost voxels. */
const cornersOf = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): Vec3[] =>
  [x0, x1].flatMap((x) => [y0, y1].flatMap((y) => [z0, z1].map((z): Vec3 => [x - 0.5, y - 0.5, z - 0.5])))
