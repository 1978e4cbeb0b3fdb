/** Values inside and along shapes, in the slices as they were taken and in planes across them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KindName } from '@consilium/crdt-schema/kinds'
import { normalOf, type Plane, toPatient } from '@consilium/geometry/plane'
import { normalize, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { slicedAs } from '../panes/reformat/slicings.ts'
import { type MadeVolume, madeVolume } from '../testing/volume.ts'
import { lineOf, profileOn } from './profile.ts'
import { enclosesValues, type Roi, roiOn, roiWhileDrawn } from './roi.ts'
import { COMING, sheetFor } from './sheet.ts'

/** Tells of each voxel where it lies: 4 per mm to the left, 2 per mm back, 1 per mm up, less 1024. */
const made: MadeVolume = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [-10, -20, 30],
  columns: 24,
  rows: 20,
  slices: 12,
  columnSpacing: 0.5,
  rowSpacing: 1,
  storedAt: (_voxel, [x, y, z]) => Math.round(1024 + 4 * x + 2 * y + z),
}
const valueAt = ([x, y, z]: Vec3): number => 4 * x + 2 * y + z
const volume = madeVolume(made)

function roi(
  kind: KindName,
  plane: Plane,
  points: readonly Vec3[],
  series = volume,
  frame = 5,
): Roi | string {
  const sheet = sheetFor(series, { normal: normalOf(plane), frame }, points)
  return typeof sheet === 'string' ? sheet : roiOn(sheet, kind, points, plane)
}

/** Three places on a slice: of an ellipse, or a triangle. */
function outlined(): { plane: Plane; ends: Vec3[] } {
  const plane = volume.planes[5] as Plane
  const places = [
    [3.7, 10],
    [20.3, 10],
    [12, 15.3],
  ]
  return { plane, ends: places.map(([x = 0, y = 0]) => toPatient(plane, { x, y })) }
}

describe('[V40] inside a shape', () => {
  it('of a slice as it was taken: mean, spread, extremes, and as many square millimetres as pixels', () => {
    const plane = volume.planes[5] as Plane
    const points = [toPatient(plane, { x: 1.5, y: 2.5 }), toPatient(plane, { x: 9.5, y: 6.5 })]
    const found = roi('box', plane, points)
    // Columns 2 to 9, rows 3 to 6.
    const middle = toPatient(plane, { x: 5.5, y: 4.5 })
    expect(found).toMatchObject({ count: 32, area: 16, left: 0, mean: valueAt(middle) })
    expect((found as Roi).min).toBe(valueAt(toPatient(plane, { x: 2, y: 3 })))
    expect((found as Roi).max).toBe(valueAt(toPatient(plane, { x: 9, y: 6 })))
  })

  it('of an ellipse and of a polygon alike', () => {
    const { plane, ends } = outlined()
    const oval = roi('ellipse', plane, ends) as Roi
    expect(oval.mean).toBeCloseTo(valueAt(toPatient(plane, { x: 12, y: 10 })), 6)
    expect(Math.abs(oval.area - Math.PI * 4.15 * 5.3)).toBeLessThan(3)
    const triangle = roi('polygon', plane, ends) as Roi
    // Rows 10 to 15, each a pixel or two narrower on either side.
    expect(triangle.count).toBe(17 + 13 + 11 + 7 + 5 + 1)
  })

  it('[V34] while it is drawn the same mean, spread, extremes and area, and nothing where it holds no value', () => {
    const { plane, ends } = outlined()
    const sheet = sheetFor(volume, { normal: normalOf(plane), frame: 5 }, ends)
    if (typeof sheet === 'string') throw new Error(sheet)
    for (const kind of ['ellipse', 'polygon'] as const) {
      const { mean, sdSample, ...told } = roiWhileDrawn(sheet, kind, ends, plane) ?? expect.fail('nothing')
      const made = roiOn(sheet, kind, ends, plane) as Roi
      expect(made).toMatchObject(told)
      expect(Object.keys(told)).toContain('area')
      expect(mean).toBeCloseTo(made.mean, 9)
      expect(sdSample).toBeCloseTo(made.sdSample as number, 9)
    }
    const [at] = ends as [Vec3]
    expect(roiWhileDrawn(sheet, 'box', [at, at], plane)).toBeNull()
  })

  it.each(['coronal', 'sagittal'] as const)('of a %s plane the values of its own pixels', (kind) => {
    const across = slicedAs(volume, { kind })
    if (typeof across === 'string') throw new Error(across)
    const plane = across.planes[8] as Plane
    const points = [toPatient(plane, { x: 1.6, y: 2.6 }), toPatient(plane, { x: 7.4, y: 6.4 })]
    const found = roi('box', plane, points)
    expect(found).toMatchObject({
      count: 6 * 4,
      left: 0,
      mean: valueAt(toPatient(plane, { x: 4.5, y: 4.5 })),
    })
    expect((found as Roi).area).toBeCloseTo(24 * plane.columnSpacing * plane.rowSpacing, 9)
  })

  it('of an oblique plane what is shown there', () => {
    const normal = normalize([0.3, 0.5, 1])
    const across = slicedAs(volume, { kind: 'oblique', normal })
    if (typeof across === 'string') throw new Error(across)
    const frame = Math.floor(across.meta.slices / 2)
    const plane = across.planes[frame] as Plane
    const middle = toPatient(plane, { x: across.meta.columns >> 1, y: across.meta.rows >> 1 })
    const points = [
      [-2.2, -2.2],
      [2.2, -2.2],
      [2.2, 2.2],
      [-2.2, 2.2],
    ].map(([x = 0, y = 0]) =>
      toPatient({ ...plane, origin: middle, columnSpacing: 1, rowSpacing: 1 }, { x, y }),
    )
    const found = roi('polygon', plane, points)
    expect((found as Roi).mean).toBeCloseTo(valueAt(middle), 0)
    expect(found).toMatchObject({ count: 9 * 9, left: 0 })
  })
})

describe('[V42] where there are no values a sentence says why', () => {
  const plane = volume.planes[5] as Plane
  const points = [toPatient(plane, { x: 2, y: 2 }), toPatient(plane, { x: 8, y: 8 })]
  const upright: Plane = { ...plane, row: [1, 0, 0], column: [0, 0, -1] }
  const standing: Vec3[] = [
    [-8, -12, 32],
    [-4, -12, 44],
  ]

  it('while they are still on their way', () => {
    const coming = madeVolume({ ...made, missing: new Set([5, 6]) })
    expect(roi('box', plane, points, coming)).toBe(COMING)
    expect(roi('box', upright, standing, coming)).toBe(COMING)
    expect(roi('box', volume.planes[4] as Plane, points, coming, 4)).toMatchObject({ count: 36 })
  })
  it('across slices of which one is missing, though not in the slices themselves', () => {
    const positions = volume.meta.positions.map(([x = 0, y = 0, z = 0], k) => [x, y, z + (k > 6 ? 2 : 0)])
    const gap = madeVolume({ ...made, meta: { positions } })
    expect(roi('box', upright, standing, gap)).toMatch(/not evenly spaced \(between 7 and 8/)
    expect(roi('box', plane, points, gap)).toMatchObject({ count: 36 })
  })
  it('in colour', () => {
    const colour = {
      ...volume,
      meta: { ...volume.meta, samples: 'uint8x3' as const, photometric: 'RGB' as const },
    }
    expect(roi('box', plane, points, colour)).toMatch(/colour/)
  })
  it('where only less detail fits into memory', () => {
    expect(roi('box', plane, points, { ...volume, onlyLower: true })).toMatch(/memory/)
  })
  it('where nothing lies inside, or no picture does; what has no value is left out and counted', () => {
    const tiny = [toPatient(plane, { x: 2.2, y: 2.2 }), toPatient(plane, { x: 2.8, y: 2.8 })]
    expect(roi('box', plane, tiny)).toMatch(/centre/)
    const padded = (at: number) =>
      madeVolume({
        ...made,
        meta: { padding: -2000 },
        storedAt: (voxel, place, frame) => (voxel[0] < at ? -2000 : made.storedAt(voxel, place, frame)),
      })
    expect(roi('box', plane, points, padded(24))).toMatch(/no picture/)
    expect(roi('box', plane, points, padded(4))).toMatchObject({ count: 24, left: 12 })
  })
})

describe('[V43] along a line', () => {
  const plane = volume.planes[5] as Plane
  const sheet = sheetFor(volume, { normal: normalOf(plane), frame: 5 }, [])
  if (typeof sheet === 'string') throw new Error(sheet)

  it('values a pixel apart, from end to end, mixed of those around', () => {
    const ends = [toPatient(plane, { x: 2, y: 3 }), toPatient(plane, { x: 10, y: 9 })] as const
    const line = lineOf('length', ends, plane)
    expect(line).toEqual(ends)
    const { places, values } = profileOn(sheet, ends)
    const long = Math.hypot(4, 6)
    expect(places).toHaveLength(Math.ceil(long / 0.5) + 1)
    expect(places[0]).toBe(0)
    expect(places.at(-1)).toBeCloseTo(long, 9)
    places.forEach((place, i) => {
      const share = place / long
      const at: Vec3 = [ends[0][0] + 4 * share, ends[0][1] + 6 * share, ends[0][2]]
      expect(values[i]).toBeCloseTo(valueAt(at), 6)
    })
  })
  it('none outside of the picture, though all along its edge', () => {
    const beyond = [toPatient(plane, { x: 20, y: 5 }), toPatient(plane, { x: 26, y: 5 })] as const
    expect(profileOn(sheet, beyond).values.map((value) => value === null)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ])
    const edge = [toPatient(plane, { x: 0, y: 19 }), toPatient(plane, { x: 23, y: 19 })] as const
    expect(profileOn(sheet, edge).values).not.toContain(null)
  })
  it('[V42] none of a line through several slices', () => {
    const slanting: Vec3[] = [
      [-9, -15, 40],
      [-5, -12, 44],
    ]
    expect(sheetFor(volume, { normal: [0, 0, 1], frame: 5 }, slanting)).toMatch(/several slices/)
  })
  it('of kinds that have one: a length, and of two diameters the first', () => {
    const cross: Vec3[] = [
      [0, 0, 0],
      [9, 0, 0],
      [3, 3, 0],
      [3, -3, 0],
    ]
    expect(lineOf('bidirectional', cross, plane)).toEqual(cross.slice(0, 2))
    expect(lineOf('cobb', cross, plane)).toBeNull()
    expect(lineOf('keypoint', cross.slice(0, 1), plane)).toBeNull()
    expect(['box', 'ellipse', 'polygon', 'freehand'].map((kind) => enclosesValues(kind as KindName))).toEqual(
      [true, true, true, true],
    )
  })
})

interface LutCase {
  readonly id: string
  readonly kind: string
  readonly input: { readonly pixelRepresentation: number; readonly slope: number; readonly intercept: number }
  readonly expected: { readonly storedValues: readonly number[]; readonly modalityValues: readonly number[] }
}
const file = join(import.meta.dirname, '../../../../../shared/vectors/image-values.json')
const luts: readonly LutCase[] = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')).cases as LutCase[]).filter(({ kind }) => kind === 'modality-lut')
  : []

it.skipIf(luts.length === 0)(
  '[V41] what is measured are the published modality values of stored ones',
  () => {
    expect(luts.length).toBeGreaterThan(0)
    for (const { id, input, expected } of luts) {
      const { storedValues, modalityValues } = expected
      const { slope, intercept } = input
      const series = madeVolume({
        ...made,
        columns: storedValues.length,
        rows: 1,
        meta: {
          samples: input.pixelRepresentation === 1 ? 'int16' : 'uint16',
          rescale: { slope, intercept, unit: 'HU' },
        },
        storedAt: ([column]) => storedValues[column] as number,
      })
      const sheet = sheetFor(series, { normal: [0, 0, 1], frame: 5 }, [])
      if (typeof sheet === 'string') throw new Error(sheet)
      expect(
        storedValues.map((_, pixel) => sheet.valueAt(pixel)),
        id,
      ).toEqual(modalityValues)
    }
  },
)
