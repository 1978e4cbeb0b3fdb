/** Where a volume lies and what its voxels hold. A value that grows evenly through the patient is known everywhere. */
import { add, cross, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { latticeOf } from '../panes/reformat/lattice.ts'
import { type MadeVolume, madeVolume } from '../testing/volume.ts'
import { boxOf, cornersOf, MOST_VOXELS, type VolumeBox } from './box.ts'
import { fillLayer, framesOfLayer, spanBetween } from './sample.ts'

const field = (at: Vec3): number => 3 * at[0] - 2 * at[1] + 5 * at[2]
const straight: MadeVolume = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [-30, -20, 10],
  columns: 12,
  rows: 10,
  slices: 8,
  columnSpacing: 0.8,
  rowSpacing: 1.1,
  storedAt: (_voxel, at) => field(at),
  meta: {
    samples: 'float32',
    rescaled: { min: -1000, max: 1000 },
    rescale: { slope: 1, intercept: 0, unit: '' },
  },
}
const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]
const row: Vec3 = [cos, sin, 0]
const column: Vec3 = [0, 0, -1]
const oblique: MadeVolume = { ...straight, row, column, step: scale(cross(row, column), 1.7) }
const backwards: MadeVolume = { ...straight, step: [0, 0, -2] }

const filled = (made: MadeVolume, most?: number, moment = 0): { box: VolumeBox; values: Float32Array } => {
  const series = madeVolume(made)
  const lattice = latticeOf(series.meta)
  if (typeof lattice === 'string') throw new Error(lattice)
  const box = boxOf(lattice, most)
  const values = new Float32Array(box.size[0] * box.size[1] * box.size[2])
  for (let layer = 0; layer < box.size[2]; layer++) fillLayer(series, box, layer, moment, values)
  return { box, values }
}

const middleOf = ({ origin, axes, spacing }: VolumeBox, voxel: Vec3): Vec3 =>
  add(
    origin,
    add(
      scale(axes[0], spacing[0] * voxel[0]),
      add(scale(axes[1], spacing[1] * voxel[1]), scale(axes[2], spacing[2] * voxel[2])),
    ),
  )

/** The largest difference between a voxel and the field at its middle; of those that air has no part in. */
function strayOf({ box, values }: { box: VolumeBox; values: Float32Array }): number {
  const [wide, high, deep] = box.size
  let most = 0
  for (let k = 0; k < deep; k++)
    for (let j = 0; j < high; j++)
      for (let i = 0; i < wide; i++) {
        const value = values[(k * high + j) * wide + i] as number
        if (value !== -1000) most = Math.max(most, Math.abs(value - field(middleOf(box, [i, j, k]))))
      }
  return most
}

describe('[V60] a voxel holds what lies at its place in the patient', () => {
  it.each([
    ['along the axes of the patient', straight],
    ['oblique', oblique],
    ['slices in the other order', backwards],
  ])('%s, in full and sampled down', (_, made) => {
    expect(strayOf(filled(made))).toBeLessThan(1e-3)
    const half = filled(made, 130)
    expect([half.box.pixels, half.box.slices]).not.toEqual([1, 1])
    // Numbers that divide the picture: every voxel is the mean of as many.
    expect(strayOf(filled({ ...made, columns: 12, rows: 12, slices: 6 }, 12 * 12 * 6 - 1))).toBeLessThan(1e-3)
  })
  it('the axes are right-handed and square, whatever the order of the slices', () => {
    for (const made of [straight, oblique, backwards]) {
      const [a, b, c] = filled(made).box.axes
      expect(dot(cross(a, b), c)).toBeCloseTo(1, 9)
    }
  })
  it('slices that are shifted against each other lie where they lie, to half a pixel', () => {
    const tilted: MadeVolume = { ...straight, column: [0, cos, sin], step: [0.3, 0, 2.2] }
    const found = filled(tilted)
    // Half a pixel either way, and the field grows by so much along a row and a column.
    const most = 0.5 * 0.8 * 3 + 0.5 * 1.1 * Math.abs(-2 * cos + 5 * sin)
    expect(strayOf(found)).toBeLessThan(most + 1e-3)
    expect(found.values.filter((value) => value !== -1000)).toHaveLength(12 * 10 * 8)
    expect(found.box.size[1]).toBeGreaterThan(10)
  })
  it('corners are the outer edges of the voxels', () => {
    const corners = cornersOf(filled(straight).box)
    expect(corners[0]).toEqual([-30.4, -20.55, 9])
    expect(corners[7]?.map((mm) => Math.round(mm * 1000) / 1000)).toEqual([-20.8, -9.55, 25])
  })
})

describe('[V61] a volume keeps within its bound on memory', () => {
  const lattice = {
    origin: [0, 0, 0] as Vec3,
    row: [1, 0, 0] as Vec3,
    column: [0, 1, 0] as Vec3,
    columnSpacing: 0.7,
    rowSpacing: 0.7,
    step: [0, 0, 1.25] as Vec3,
    columns: 512,
    rows: 512,
    slices: 300,
  }
  const sizeOf = (box: VolumeBox): number => box.size[0] * box.size[1] * box.size[2]

  it('voxels are put together where they lie nearest to each other', () => {
    const box = boxOf(lattice)
    expect([box.pixels, box.slices]).toEqual([2, 2])
    expect(sizeOf(box)).toBeLessThanOrEqual(MOST_VOXELS)
    expect(boxOf({ ...lattice, slices: 60 }).size).toEqual([512, 512, 60])
    expect(boxOf({ ...lattice, step: [0, 0, 5] }).slices).toBe(1)
  })
  it('no edge is longer than graphics cards take', () => {
    const box = boxOf({ ...lattice, columns: 64, rows: 64, slices: 2500 })
    expect(box.size[2]).toBeLessThanOrEqual(2048)
    expect(sizeOf(boxOf({ ...lattice, columns: 4000, rows: 4000 }))).toBeLessThanOrEqual(MOST_VOXELS)
  })
})

describe('what a voxel is made of', () => {
  const stored: MadeVolume = {
    ...straight,
    columns: 2,
    rows: 2,
    slices: 4,
    storedAt: ([i, j, k]) => (i + j === 0 ? -7 : 10 * k),
    meta: {
      padding: -7,
      rescale: { slope: 2, intercept: 1, unit: 'HU' },
      rescaled: { min: -1000, max: 1000 },
    },
  }
  it('padding counts for nothing, and what is not here looks like air', () => {
    const { values } = filled({ ...stored, missing: new Set([2]) })
    expect([...values.subarray(4, 8)]).toEqual([-1000, 21, 21, 21])
    expect([...values.subarray(8, 12)]).toEqual([-1000, -1000, -1000, -1000])
  })
  it('is of one moment', () => {
    const meta = { ...stored.meta, moments: 3, frames: 12 }
    const film: MadeVolume = { ...stored, meta, storedAt: (_voxel, _at, frame) => frame }
    expect(filled(film, undefined, 2).values[0]).toBe(8 * 2 + 1)
    const { box } = filled(film)
    expect(framesOfLayer(madeVolume(film), box, 1, 2)).toEqual([9])
  })
  it('the span of values leaves out the background and the few that stick out', () => {
    const values = Float32Array.from({ length: 2000 }, (_, i) => (i < 1000 ? -5 : i))
    expect(spanBetween(values, 0.01, 0.99)).toEqual({ low: 1009, high: 1989 })
    expect(spanBetween(new Float32Array(4), 0.01, 0.99)).toEqual({ low: 0, high: 1 })
  })
})
