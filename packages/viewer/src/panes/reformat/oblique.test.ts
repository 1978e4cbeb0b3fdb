/** Planes in any direction and slabs. A value that grows evenly through the patient is known everywhere, whatever lies between voxels. */
import { normalOf, toPatient } from '@consilium/geometry/plane'
import { cross, dot, normalize, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { type MadeVolume, madeVolume } from '../../testing/volume.ts'
import { resliceByVtk } from '../../testing/vtkReslice.ts'
import type { SeriesFrames } from '../series.ts'
import type { Slicing } from '../slicing.ts'
import { frameThrough } from './places.ts'
import { slicedAs } from './slicings.ts'

const field = (at: Vec3): number => 3 * at[0] - 2 * at[1] + 5 * at[2]
const FLOATS = {
  samples: 'float32',
  rescaled: { min: -1000, max: 1000 },
  rescale: { slope: 1, intercept: 0, unit: '' },
} as const

const straight: MadeVolume = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [-30, -20, 10],
  columns: 16,
  rows: 14,
  slices: 9,
  columnSpacing: 0.8,
  rowSpacing: 1.1,
  storedAt: (_voxel, at) => field(at),
  meta: FLOATS,
}
const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]
const sheared: MadeVolume = { ...straight, column: [0, cos, sin], step: [0.3, 0, 2.2] }
const turned: MadeVolume = {
  ...straight,
  row: [0.8, 0.6, 0],
  column: [0, 0, -1],
  step: scale(cross([0.8, 0.6, 0], [0, 0, -1]), 3),
}
const NORMALS: readonly Vec3[] = [
  [0.48, 0.6, 0.64],
  [0, 0.6, 0.8],
  [-0.36, 0.48, -0.8],
  [1, 0, 0],
].map((normal) => normalize(normal as unknown as Vec3))

const sliced = (series: SeriesFrames, slicing: Slicing): SeriesFrames => {
  const found = slicedAs(series, slicing)
  if (typeof found === 'string') throw new Error(found)
  return found
}

function voxelBy({ row, column, step, origin, columnSpacing, rowSpacing }: MadeVolume, at: Vec3): Vec3 {
  const [a, b, c] = [scale(row, columnSpacing), scale(column, rowSpacing), step]
  const d = subtract(at, origin)
  const whole = dot(a, cross(b, c))
  return [dot(d, cross(b, c)) / whole, dot(a, cross(d, c)) / whole, dot(a, cross(b, d)) / whole]
}

describe.each([
  ['straight', straight],
  ['sheared', sheared],
  ['turned', turned],
])('a plane in any direction through a %s volume', (_name, volume) => {
  it.each(NORMALS)('[V10] shows at each place what lies there (%s, %s, %s)', (...normal) => {
    const series = sliced(madeVolume(volume), { kind: 'oblique', normal: normal as unknown as Vec3 })
    const { columns, padding } = series.meta
    const size = [volume.columns, volume.rows, volume.slices] as const
    let inside = 0
    let worst = 0
    let beyond = 0
    for (let frame = 0; frame < series.meta.frames; frame += 3) {
      const plane = series.planes[frame]
      const values = series.stored(frame)
      if (!plane || !values) throw new Error('the plane is not here')
      expect(Math.abs(dot(normalOf(plane), normal as unknown as Vec3))).toBeCloseTo(1, 6)
      values.forEach((value, p) => {
        const at = toPatient(plane, { x: p % columns, y: Math.floor(p / columns) })
        const voxel = voxelBy(volume, at)
        if (voxel.every((part, axis) => part > 0 && part < (size[axis] ?? 0) - 1)) {
          worst = Math.max(worst, Math.abs(value - field(at)))
          inside++
        } else if (voxel.some((part, axis) => part < -0.51 || part > (size[axis] ?? 0) - 0.49))
          if (value !== padding) beyond++
      })
    }
    expect(worst).toBeLessThan(1e-3)
    expect(beyond).toBe(0)
    expect(inside).toBeGreaterThan(200)
  })
})

it('[V10] voxels beside padding or beside slices that are not here are not mixed with them', () => {
  const volume: MadeVolume = {
    ...straight,
    storedAt: ([i]) => (i < 4 ? -2000 : 7),
    meta: { padding: -2000 },
    missing: new Set([8]),
  }
  const series = sliced(madeVolume(volume), { kind: 'oblique', normal: [0.48, 0.6, 0.64] })
  const seen = new Set<number>()
  for (let frame = 0; frame < series.meta.frames; frame++)
    for (const value of series.drawable(frame)?.values ?? []) seen.add(value)
  expect([...seen].toSorted((a, b) => a - b)).toEqual([-2000, 7])
  expect(series.stored(0)).toBeNull()
})

it('[V10] is in every pixel what vtk.js makes of it', async () => {
  const volume: MadeVolume = {
    ...straight,
    storedAt: ([i, j, k]) => ((i * 31 + j * 57 + k * 113) % 1999) + 100,
    meta: { samples: 'int16', rescaled: { min: -924, max: 1076 } },
  }
  const base = madeVolume(volume)
  const series = sliced(base, { kind: 'oblique', normal: [0.48, 0.6, 0.64] })
  const { columns, rows, padding, frames } = series.meta
  const size = volume.columns * volume.rows
  const all = new Int16Array(size * volume.slices)
  for (let k = 0; k < volume.slices; k++) all.set(base.stored(k) ?? [], k * size)
  const reslice = await resliceByVtk(volume, all)
  let compared = 0
  let worst = 0
  for (let frame = 0; frame < frames; frame += 4) {
    const plane = series.planes[frame]
    const own = series.stored(frame)
    if (!plane || !own) throw new Error('the plane is not here')
    const theirs = reslice(plane, columns, rows, padding ?? 0)
    own.forEach((value, p) => {
      if (value === padding || theirs[p] === padding) return
      worst = Math.max(worst, Math.abs(value - (theirs[p] ?? Number.NaN)))
      compared++
    })
  }
  // A value halfway between two whole ones may be rounded either way.
  expect(worst).toBeLessThanOrEqual(1)
  expect(compared).toBeGreaterThan(1000)
})

describe('a slab', () => {
  const code = ([i, j, k]: Vec3): number => ((i * 7 + j * 13 + k * 29) % 97) - 20
  const meta = { samples: 'int16', rescaled: { min: -1044, max: -948 } } as const
  const volume: MadeVolume = { ...straight, storedAt: code, meta }

  it.each(['max', 'min', 'mean'] as const)('[V11] shows the %s of what lies in it', (mode) => {
    const series = sliced(madeVolume(volume), { kind: 'acquired', slab: { mode, mm: 6 } })
    const frame = 4
    const values = series.drawable(frame)?.values
    // 6 mm are three slices of 2 mm.
    const expected = Array.from({ length: volume.columns * volume.rows }, (_, p) => {
      const column = [3, 4, 5].map((k) => code([p % volume.columns, Math.floor(p / volume.columns), k]))
      if (mode === 'mean') return Math.round(column.reduce((a, b) => a + b) / 3)
      return mode === 'max' ? Math.max(...column) : Math.min(...column)
    })
    expect([...(values ?? [])]).toEqual(expected)
  })

  it('[V11] of other planes, and at the end of the volume only what is there', () => {
    const coronal = sliced(madeVolume(volume), { kind: 'coronal' })
    const slab = sliced(madeVolume(volume), { kind: 'coronal', slab: { mode: 'max', mm: 3.3 } })
    const [first, second] = [0, 1].map((frame) => [...(coronal.stored(frame) ?? [])])
    expect([...(slab.drawable(0)?.values ?? [])]).toEqual(
      first?.map((value, p) => Math.max(value, second?.[p] ?? Number.NaN)),
    )
  })

  it('[V11] lies at no single place, so it gives no value', () => {
    const slab = sliced(madeVolume(volume), { kind: 'acquired', slab: { mode: 'max', mm: 6 } })
    expect(slab.stored(4)).toBeNull()
    expect(frameThrough(slab, 0, [0, 0, 10 + 2 * 5])).toBe(5)
  })
})
