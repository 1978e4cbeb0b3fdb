/**
 * A set of voxels in memory: one byte each within a box, x fastest, then y, then z. That is what the operations in this folder take and
 * give; what is recorded and sent is rows (`Runs`). Nothing changes a region that it was given.
 */
import type { VoxelBox } from '../raster/grid.ts'
import type { Emit, Runs } from '../raster/shape.ts'
import { boxSize, boxVoxels, clipped, NO_BOX } from './box.ts'
import { grouped, VOXEL_LIMITS, VoxelLimit } from './limit.ts'
import { RowList } from './rows.ts'

export interface Region {
  readonly box: VoxelBox
  /** 1 in the region, 0 not. */
  readonly bits: Uint8Array<ArrayBuffer>
}

export const NOTHING: Region = { box: NO_BOX, bits: new Uint8Array(0) }

export function blank(box: VoxelBox): Region {
  const voxels = boxVoxels(box)
  if (voxels > VOXEL_LIMITS.box)
    throw new VoxelLimit(
      `A region of ${boxSize(box).map(grouped).join(' × ')} voxels is more than the ${grouped(VOXEL_LIMITS.box)} that can be worked on at once.`,
    )
  return { box, bits: new Uint8Array(voxels) }
}

/** What `paint` emits, as far as it lies in the box: `regionOf(box, (emit) => rasterise(shape, box, emit))`. */
export function regionOf(box: VoxelBox, paint: (emit: Emit) => void): Region {
  const { bits } = blank(box)
  const [width, height] = boxSize(box)
  paint((z, y, x0, x1) => {
    if (z < box.z0 || z >= box.z1 || y < box.y0 || y >= box.y1) return
    const row = ((z - box.z0) * height + (y - box.y0)) * width - box.x0
    const [from, to] = [Math.max(x0, box.x0), Math.min(x1, box.x1)]
    if (from < to) bits.fill(1, row + from, row + to)
  })
  return { box, bits }
}

/** @param box that of the rows, where none is given; what lies outside of it is left out */
export const regionOfRuns = ({ rows }: Runs, box: VoxelBox = boxOfRows(rows)): Region =>
  regionOf(box, (emit) => {
    for (let at = 0; at < rows.length; at += 4)
      emit(rows[at] as number, rows[at + 1] as number, rows[at + 2] as number, rows[at + 3] as number)
  })

export function runsOf({ box, bits }: Region): Runs {
  const [width, height] = boxSize(box)
  const rows = new RowList()
  for (let at = bits.indexOf(1); at >= 0; at = bits.indexOf(1, at)) {
    const row = Math.floor(at / width)
    const end = (row + 1) * width
    const from = at
    while (at < end && bits[at] === 1) at++
    const x = box.x0 - row * width
    rows.push(box.z0 + Math.floor(row / height), box.y0 + (row % height), from + x, at + x)
  }
  return rows.runs()
}

export function boxOfRows(rows: Int32Array): VoxelBox {
  if (rows.length === 0) return NO_BOX
  let [x0, x1, y0, y1] = [rows[2] as number, rows[3] as number, rows[1] as number, rows[1] as number]
  for (let at = 0; at < rows.length; at += 4) {
    y0 = Math.min(y0, rows[at + 1] as number)
    y1 = Math.max(y1, rows[at + 1] as number)
    x0 = Math.min(x0, rows[at + 2] as number)
    x1 = Math.max(x1, rows[at + 3] as number)
  }
  return { x0, x1, y0, y1: y1 + 1, z0: rows[0] as number, z1: (rows.at(-4) as number) + 1 }
}

/** The smallest box around what is in the region. */
export function tightBox({ box, bits }: Region): VoxelBox {
  const [width, height] = boxSize(box)
  let [x0, x1, y0, y1] = [width, 0, height, 0]
  let [first, last] = [-1, -1]
  for (let row = 0, at = bits.indexOf(1); at >= 0; at = bits.indexOf(1, (row + 1) * width)) {
    row = Math.floor(at / width)
    const y = row % height
    last = Math.floor(row / height)
    if (first < 0) first = last
    x0 = Math.min(x0, at - row * width)
    x1 = Math.max(x1, bits.lastIndexOf(1, (row + 1) * width - 1) + 1 - row * width)
    y0 = Math.min(y0, y)
    y1 = Math.max(y1, y + 1)
  }
  if (first < 0) return NO_BOX
  return {
    x0: box.x0 + x0,
    x1: box.x0 + x1,
    y0: box.y0 + y0,
    y1: box.y0 + y1,
    z0: box.z0 + first,
    z1: box.z0 + last + 1,
  }
}

/** The same region in another box; what lies outside of it is left out. */
export function within(region: Region, box: VoxelBox): Region {
  const out = blank(box)
  const common = clipped(region.box, box)
  const [width, height] = boxSize(region.box)
  const [outWidth, outHeight] = boxSize(box)
  for (let z = common.z0; z < common.z1; z++) {
    for (let y = common.y0; y < common.y1; y++) {
      const from = ((z - region.box.z0) * height + (y - region.box.y0)) * width - region.box.x0
      const to = ((z - box.z0) * outHeight + (y - box.y0)) * outWidth - box.x0
      out.bits.set(region.bits.subarray(from + common.x0, from + common.x1), to + common.x0)
    }
  }
  return out
}

/** In the smallest box that holds it. */
export const trimmed = (region: Region): Region => within(region, tightBox(region))

export function holds({ box, bits }: Region, x: number, y: number, z: number): boolean {
  if (x < box.x0 || x >= box.x1 || y < box.y0 || y >= box.y1 || z < box.z0 || z >= box.z1) return false
  const [width, height] = boxSize(box)
  return bits[((z - box.z0) * height + (y - box.y0)) * width + (x - box.x0)] === 1
}
