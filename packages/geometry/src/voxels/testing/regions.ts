/** For tests only: regions of known shape, regions of chance, and the published vectors where they are there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Grid, type VoxelBox, wholeGrid } from '../../raster/grid.ts'
import { boxSize } from '../box.ts'
import type { Picture } from '../picture.ts'
import { blank, type Region } from '../region.ts'

export const gridOf = (size: Grid['size'], spacingUm: Grid['spacingUm'] = [1000, 1000, 1000]): Grid => ({
  size,
  spacingUm,
})

/** Whether each voxel of a box is in a region. */
export function regionWhere(box: VoxelBox, isIn: (x: number, y: number, z: number) => boolean): Region {
  const region = blank(box)
  let at = 0
  for (let z = box.z0; z < box.z1; z++)
    for (let y = box.y0; y < box.y1; y++)
      for (let x = box.x0; x < box.x1; x++) region.bits[at++] = isIn(x, y, z) ? 1 : 0
  return region
}

/** Voxels whose centres are at most `mm` from a place given in voxels. */
export const ballIn = (grid: Grid, [cx, cy, cz]: Grid['size'], mm: number): Region => {
  const [sx, sy, sz] = grid.spacingUm
  return regionWhere(
    wholeGrid(grid),
    (x, y, z) => Math.hypot((x - cx) * sx, (y - cy) * sy, (z - cz) * sz) <= mm * 1000,
  )
}

/** Uniform in [0, 1), the same for a seed everywhere (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function noise(box: VoxelBox, share: number, seed: number): Region {
  const random = chance(seed)
  return regionWhere(box, () => random() < share)
}

export const pictureOf = (
  size: Grid['size'],
  values: Picture['values'],
  rescale = { slope: 1, intercept: 0 },
): Picture => ({ size, values, rescale: () => rescale })

/** As a drawing: a line per row, a blank line between slices, # where painted. */
export function drawn({ box, bits }: Region): string {
  const [width, height] = boxSize(box)
  const lines: string[] = []
  for (let row = 0; row * width < bits.length; row++) {
    if (row > 0 && row % height === 0) lines.push('')
    lines.push(Array.from(bits.subarray(row * width, (row + 1) * width), (bit) => '.#'[bit]).join(''))
  }
  return lines.join('\n')
}

export function regionDrawn(drawing: string): Region {
  const slices = drawing.trim().split('\n\n')
  const lines = slices.map((slice) => slice.trim().split(/\s*\n\s*/))
  const [rows] = lines as [string[]]
  const box = { x0: 0, x1: rows[0]?.length ?? 0, y0: 0, y1: rows.length, z0: 0, z1: lines.length }
  return regionWhere(box, (x, y, z) => lines[z]?.[y]?.[x] === '#')
}

/** Run lengths in turn of 0 and 1, row by row, as in the vectors. */
export function bitsOf(lengths: readonly number[]): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const [k, length] of lengths.entries()) {
    bits.fill(k % 2, at, at + length)
    at += length
  }
  return bits
}

const vectorsAt = (name: string): string =>
  join(import.meta.dirname, '../../../../../../shared/vectors', `${name}.json`)

export const HAVE_VECTORS = existsSync(vectorsAt('interpolation'))

export interface Vector<Input, Expected> {
  readonly id: string
  readonly kind: string
  readonly input: Input
  readonly expected: Expected
  readonly tolerance: number
}

/** None where the folder is not there. */
export const vectorsOf = <Input, Expected>(name: string, kind: string): Vector<Input, Expected>[] =>
  HAVE_VECTORS
    ? (JSON.parse(readFileSync(vectorsAt(name), 'utf8')).cases as Vector<Input, Expected>[]).filter(
        (entry) => entry.kind === kind,
      )
    : []
