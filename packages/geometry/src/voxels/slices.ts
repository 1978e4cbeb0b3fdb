/** A slice of a region across one of the axes, as a flat picture of bits; u and v are the two other axes in the order x, y, z. */
import type { VoxelBox } from '../raster/grid.ts'
import type { Axis } from '../raster/shape.ts'
import { boxSize } from './box.ts'
import { blank, type Region } from './region.ts'

/** Bits in rows of v, u fastest. */
export interface Bitmap {
  readonly u0: number
  readonly v0: number
  readonly width: number
  readonly height: number
  readonly bits: Uint8Array<ArrayBuffer>
}

/** From voxel to voxel along u, along v and across, and how many there are. */
function steps(box: VoxelBox, axis: Axis) {
  const size = boxSize(box)
  const strides = [1, size[0], size[0] * size[1]] as const
  const low = [box.x0, box.y0, box.z0] as const
  const [u, v] = axis === 0 ? ([1, 2] as const) : axis === 1 ? ([0, 2] as const) : ([0, 1] as const)
  return {
    u0: low[u],
    v0: low[v],
    width: size[u],
    height: size[v],
    du: strides[u],
    dv: strides[v],
    first: low[axis],
    count: size[axis],
    across: strides[axis],
  }
}

/** As large as the region's box; blank outside of it. */
export function sliceOf({ box, bits }: Region, axis: Axis, slice: number): Bitmap {
  const { u0, v0, width, height, du, dv, first, count, across } = steps(box, axis)
  const out = new Uint8Array(width * height)
  const k = slice - first
  if (k >= 0 && k < count) {
    for (let v = 0, to = 0; v < height; v++) {
      let from = k * across + v * dv
      for (let u = 0; u < width; u++, from += du) out[to++] = bits[from] as number
    }
  }
  return { u0, v0, width, height, bits: out }
}

/** Writes a bitmap of the region's own size into it. */
export function putSlice(region: Region, axis: Axis, slice: number, bitmap: Uint8Array): void {
  const { width, height, du, dv, first, across } = steps(region.box, axis)
  for (let v = 0, from = 0; v < height; v++) {
    let to = (slice - first) * across + v * dv
    for (let u = 0; u < width; u++, to += du) region.bits[to] = bitmap[from++] as number
  }
}

/** What is painted in one slice, as it would lie in another: "copy to the next slice". */
export function sliceCopied(region: Region, axis: Axis, from: number, to: number): Region {
  const { u0, v0, width, height, bits } = sliceOf(region, axis, from)
  const box =
    axis === 0
      ? { x0: to, x1: to + 1, y0: u0, y1: u0 + width, z0: v0, z1: v0 + height }
      : axis === 1
        ? { x0: u0, x1: u0 + width, y0: to, y1: to + 1, z0: v0, z1: v0 + height }
        : { x0: u0, x1: u0 + width, y0: v0, y1: v0 + height, z0: to, z1: to + 1 }
  const copy = blank(box)
  putSlice(copy, axis, to, bits)
  return copy
}
