/** Expected values are worked out from the geometry of each series, not from what the code drew before. */
import { normalOf, toPatient } from '@consilium/geometry/plane'
import { cross, dot, length, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { fit, toScreen } from '../../stage/camera.ts'
import { edgeLetters, planeName } from '../../stage/orientation.ts'
import { probeAt } from '../../stage/probe.ts'
import { type MadeVolume, madeVolume, voxelAt } from '../../testing/volume.ts'
import type { SeriesFrames } from '../series.ts'
import type { PlaneName } from '../slicing.ts'
import { frameAt, nearestPlace, takenFrame } from './places.ts'
import { slicedAs, volumeOf } from './slicings.ts'

const SIZE = { columns: 7, rows: 6, slices: 5 } as const
const code = ([i, j, k]: Vec3): number => 1 + i + 10 * j + 100 * k

const made = (own: Partial<MadeVolume>): MadeVolume => ({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2.5],
  origin: [-30, -20, 10],
  columnSpacing: 0.8,
  rowSpacing: 0.8,
  storedAt: code,
  ...SIZE,
  ...own,
})

const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]
const obliqueRow: Vec3 = [0.9362933636, 0.2896294776, 0.1986693308]
const obliqueColumn: Vec3 = [-0.3503364588, 0.8102391859, 0.4698689469]

/** Letters as left, right, top, bottom. */
type Letters = readonly [string, string, string, string]
interface Case {
  readonly name: string
  readonly volume: MadeVolume
  readonly acquired: PlaneName
  readonly letters: Readonly<Partial<Record<PlaneName, Letters>>>
}

const CASES: readonly Case[] = [
  {
    name: 'axial',
    volume: made({}),
    acquired: 'axial',
    letters: { coronal: ['R', 'L', 'H', 'F'], sagittal: ['A', 'P', 'H', 'F'] },
  },
  {
    name: 'axial, from head to feet, prone and with pixels that are not square',
    volume: made({
      row: [-1, 0, 0],
      column: [0, -1, 0],
      step: [0, 0, -4],
      columnSpacing: 0.5,
      rowSpacing: 1.75,
    }),
    acquired: 'axial',
    letters: { coronal: ['R', 'L', 'H', 'F'], sagittal: ['A', 'P', 'H', 'F'] },
  },
  {
    name: 'sagittal, pixels not square',
    volume: made({
      row: [0, 1, 0],
      column: [0, 0, -1],
      step: [-3, 0, 0],
      columnSpacing: 0.9,
      rowSpacing: 1.2,
    }),
    acquired: 'sagittal',
    letters: { axial: ['R', 'L', 'A', 'P'], coronal: ['R', 'L', 'H', 'F'] },
  },
  {
    name: 'coronal',
    volume: made({ row: [1, 0, 0], column: [0, 0, -1], step: [0, 2, 0] }),
    acquired: 'coronal',
    letters: { axial: ['R', 'L', 'A', 'P'], sagittal: ['A', 'P', 'H', 'F'] },
  },
  {
    // 23 degrees about the row: the coronal keeps upright letters with A and P beside them.
    name: 'tilted to the front with its stack along its normal',
    volume: made({ row: [1, 0, 0], column: [0, cos, sin], step: scale([0, -sin, cos], 2) }),
    acquired: 'axial',
    letters: { coronal: ['R', 'L', 'HA', 'FP'], sagittal: ['AF', 'PH', 'HA', 'FP'] },
  },
  {
    name: 'oblique in two directions',
    volume: made({
      row: obliqueRow,
      column: obliqueColumn,
      step: scale(cross(obliqueRow, obliqueColumn), 3.3),
      columnSpacing: 1.1,
      rowSpacing: 0.7,
    }),
    acquired: 'axial',
    letters: { coronal: ['R', 'L', 'HA', 'FP'], sagittal: ['AFL', 'PHR', 'HA', 'FP'] },
  },
]

const cutOf = (series: SeriesFrames, kind: PlaneName): SeriesFrames => {
  const cut = slicedAs(series, { kind })
  if (typeof cut === 'string') throw new Error(cut)
  return cut
}

/** i, j, k of a patient point by Cramer's rule on the three steps: another way than the code's. */
function voxelBy({ row, column, step, origin, columnSpacing, rowSpacing }: MadeVolume, at: Vec3): Vec3 {
  const [a, b, c] = [scale(row, columnSpacing), scale(column, rowSpacing), step]
  const d = subtract(at, origin)
  const whole = dot(a, cross(b, c))
  return [dot(d, cross(b, c)) / whole, dot(a, cross(d, c)) / whole, dot(a, cross(b, d)) / whole]
}

describe.each(CASES)('a series that is $name', ({ volume, acquired, letters }) => {
  const series = madeVolume(volume)

  it('[V1] is called by the plane it was taken in, and that one is the series itself', () => {
    const found = volumeOf(series.meta)
    expect(typeof found === 'string' ? found : found.acquired).toBe(acquired)
    expect(slicedAs(series, { kind: acquired })).toBe(series)
  })

  it.each(Object.keys(letters) as PlaneName[])('[V1] shows in %s each voxel where it lies', (kind) => {
    const cut = cutOf(series, kind)
    const { columns, rows } = cut.meta
    for (let frame = 0; frame < cut.meta.frames; frame++) {
      const plane = cut.planes[frame]
      const values = cut.stored(frame)
      if (!plane || !values) throw new Error('the plane is not here')
      const expected = Array.from({ length: columns * rows }, (_, p) => {
        const voxel = voxelBy(volume, toPatient(plane, { x: p % columns, y: Math.floor(p / columns) }))
        for (const part of voxel) expect(Math.abs(part - Math.round(part))).toBeLessThan(1e-6)
        return code(voxel.map(Math.round) as unknown as Vec3)
      })
      expect([...values]).toEqual(expected)
    }
    expect(cut.meta.frames * columns * rows).toBe(SIZE.columns * SIZE.rows * SIZE.slices)
  })

  it.each(Object.entries(letters))('[V2] hangs %s as radiologists do', (kind, [left, right, top, bottom]) => {
    const cut = cutOf(series, kind as PlaneName)
    const plane = cut.planes[0]
    if (!plane) throw new Error('no plane')
    expect(edgeLetters({ right: plane.row, down: plane.column })).toEqual({ left, right, top, bottom })
  })
})

it('[V2] what lies to the left and up in the patient lies right and up in a coronal picture', () => {
  for (const { volume } of CASES.slice(0, 2)) {
    const cut = cutOf(madeVolume(volume), 'coronal')
    const plane = cut.planes[2]
    if (!plane) throw new Error('no plane')
    const camera = fit(plane, cut.meta, 400, 300)
    const middle = toScreen(camera, camera.center)
    const left = toScreen(camera, [camera.center[0] + 1, camera.center[1], camera.center[2]])
    const up = toScreen(camera, [camera.center[0], camera.center[1], camera.center[2] + 1])
    expect(left.x).toBeGreaterThan(middle.x)
    expect(left.y).toBeCloseTo(middle.y)
    expect(up.y).toBeLessThan(middle.y)
    expect(up.x).toBeCloseTo(middle.x)
  }
})

describe('a sheared series: a tilted gantry, the table moving straight', () => {
  // A value that grows evenly through the patient: between voxels it is known exactly.
  const field = (at: Vec3): number => 3 * at[0] - 2 * at[1] + 5 * at[2]
  const volume = made({
    row: [1, 0, 0],
    column: [0, cos, sin],
    step: [0, 0, 2.5],
    storedAt: (_voxel, at) => field(at),
    meta: {
      samples: 'float32',
      rescaled: { min: -1000, max: 1000 },
      rescale: { slope: 1, intercept: 0, unit: '' },
    },
  })
  const series = madeVolume(volume)

  it.each(['coronal', 'sagittal'] as const)(
    '[V3] shows in %s what lies at each place of the patient',
    (kind) => {
      const cut = cutOf(series, kind)
      const { columns, padding } = cut.meta
      let shown = 0
      for (let frame = 0; frame < cut.meta.frames; frame++) {
        const plane = cut.planes[frame]
        const values = cut.stored(frame)
        if (!plane || !values) throw new Error('the plane is not here')
        values.forEach((value, p) => {
          const at = toPatient(plane, { x: p % columns, y: Math.floor(p / columns) })
          const voxel = voxelBy(volume, at)
          const inside = voxel.every(
            (part, axis) => part > -1e-6 && part < [SIZE.columns, SIZE.rows, SIZE.slices][axis]! - 1 + 1e-6,
          )
          if (inside) expect(value).toBeCloseTo(field(at), 3)
          else if (voxel.some((part, axis) => part < -0.51 || part > [7, 6, 5][axis]! - 0.49))
            expect(value).toBe(padding)
          if (inside) shown++
        })
      }
      expect(shown).toBeGreaterThan(SIZE.columns * SIZE.rows * SIZE.slices * 0.7)
    },
  )

  it('[V3] its coronal planes stand upright, its sagittal ones show the tilt', () => {
    expect(normalOf(cutOf(series, 'coronal').planes[0]!)).toEqual([
      expect.closeTo(0),
      expect.closeTo(1),
      expect.closeTo(0),
    ])
    const sagittal = cutOf(series, 'sagittal').planes[0]!
    expect(Math.abs(normalOf(sagittal)[0])).toBeCloseTo(1)
    expect(planeName(sagittal)).toBe('Sagittal')
  })

  it('[V3] lengths are right across the slices', () => {
    for (const kind of ['coronal', 'sagittal'] as const) {
      const plane = cutOf(series, kind).planes[0]!
      const way = subtract(toPatient(plane, { x: 3, y: 4 }), toPatient(plane, { x: 0, y: 0 }))
      expect(length(way)).toBeCloseTo(Math.hypot(3 * plane.columnSpacing, 4 * plane.rowSpacing))
    }
  })
})

describe('what a plane across slices knows', () => {
  const volume = made({})

  it('[V4] the probe tells the value of the voxel under it, in its own unit', () => {
    const cut = cutOf(madeVolume(volume), 'coronal')
    const plane = cut.planes[3]!
    const camera = fit(plane, cut.meta, 700, 500)
    const voxel: Vec3 = [2, 3, 1]
    const probe = probeAt(cut, 3, camera, toScreen(camera, voxelAt(volume, voxel)))
    expect(probe?.value).toBe(code(voxel) - 1024)
    expect(probe?.at).toEqual(voxelAt(volume, voxel).map((n) => expect.closeTo(n)))
  })

  it('[V4] slices that are not here leave their lines black, and give no value', () => {
    const cut = cutOf(madeVolume({ ...volume, missing: new Set([1]) }), 'coronal')
    expect(cut.have(0)).toBe(false)
    expect(cut.stored(0)).toBeNull()
    const { values, columns } = cut.drawable(0)!
    // The slice second from the feet is the second line from below.
    expect([...values.subarray(columns * 3, columns * 4)]).toEqual(Array(columns).fill(cut.meta.padding))
    expect([...values.subarray(columns * 4)]).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(
      cutOf(madeVolume({ ...volume, missing: new Set([0, 1, 2, 3, 4]) }), 'axial').drawable(0),
    ).toBeNull()
  })

  it('[V4] where slices differ in slope, values are what they mean', () => {
    const rescales = [1, 2, 3, 4, 5].map((slope) => ({ slope, intercept: -slope }))
    const cut = cutOf(madeVolume({ ...volume, meta: { rescales } }), 'sagittal')
    const place = 4
    const values = cut.stored(place)!
    const plane = cut.planes[place]!
    for (let p = 0; p < values.length; p++) {
      const [i, j, k] = voxelBy(volume, toPatient(plane, { x: p % 6, y: Math.floor(p / 6) })).map(
        Math.round,
      ) as unknown as Vec3
      expect(values[p]).toBe(code([i, j, k]) * (k + 1) - (k + 1))
    }
  })

  it('[V4] each moment has planes of its own', () => {
    const cut = cutOf(
      madeVolume({
        ...volume,
        storedAt: (voxel, _at, frame) => code(voxel) + (frame >= 5 ? 1000 : 0),
        meta: { moments: 2, frames: 10 },
      }),
      'coronal',
    )
    expect(cut.meta.frames).toBe(12)
    expect(cut.stored(6)!.map((value) => value - 1000)).toEqual(
      cutOf(madeVolume(volume), 'coronal').stored(0)!,
    )
  })
})

describe('from planes to the slices as they were taken', () => {
  it('[V5] the nearest slice is found whichever way one looks', () => {
    for (const { volume, letters } of CASES) {
      const series = madeVolume(volume)
      for (const kind of Object.keys(letters) as PlaneName[]) {
        const cut = cutOf(series, kind)
        for (const voxel of [
          [1, 2, 3],
          [6, 0, 4],
          [0, 5, 0],
        ] as const) {
          const at = voxelAt(volume, voxel)
          expect(takenFrame(cut, 0, at)).toBe(voxel[2])
          const frame = frameAt(cut, voxel[2], at)
          const plane = cut.planes[frame]!
          expect(Math.abs(dot(subtract(at, plane.origin), normalOf(plane)))).toBeLessThan(1e-6)
        }
      }
    }
  })

  it('[V5] also where gaps differ', () => {
    const positions = [0, 1, 2, 10, 11, 30].map((z) => [0, 0, z])
    const uneven = madeVolume(made({ slices: 6, meta: { positions, slices: 6, frames: 6 } }))
    expect([-5, 0.4, 1.6, 5.9, 6.1, 20, 21, 99].map((z) => nearestPlace(uneven, [0, 0, z]))).toEqual([
      0, 0, 2, 2, 3, 4, 5, 5,
    ])
  })
})

describe('where no volume may be claimed', () => {
  it.each([
    [
      'missing slices',
      { positions: [0, 1, 2, 4, 5].map((z) => [-30, -20, z * 2.5]) },
      /not evenly spaced \(between 3 and 4/,
    ],
    ['a film', { slices: 1, moments: 5, frames: 5, positions: [[0, 0, 0]] }, /film/],
    ['a single picture', { slices: 1, frames: 1, positions: [[4, 0, 0]] }, /single picture/],
    ['colour', { samples: 'uint8x3' as const, photometric: 'RGB' as const }, /colour/],
    [
      'no place',
      { direction: [1, 0, 0, 0, 1, 0, 0, 0, 1], positions: [0, 1, 2, 3, 4].map((z) => [0, 0, z]) },
      /do not say where/,
    ],
    ['no pixel size', { spacingAt: null }, /how large a pixel/],
    ['a projection', { spacingAt: 'detector' as const }, /how large a pixel/],
    ['pictures side by side', { positions: [0, 1, 2, 3, 4].map((x) => [x * 90, 0, x]) }, /beside each other/],
  ])('[V6] %s: the reason is a sentence', (_what, meta, sentence) => {
    const series = madeVolume(made({ meta }))
    expect(volumeOf(series.meta)).toMatch(sentence)
    expect(slicedAs(series, { kind: 'coronal' })).toMatch(/\.$/)
    expect(slicedAs(series, { kind: 'acquired' })).toBe(series)
  })
})
