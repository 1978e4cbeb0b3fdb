/** Measures against figures worked out by hand, and against the published vectors where their folder is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { normalOf, type Plane, type PlanePoint, toPatient, toPlane } from '../plane.ts'
import { areaOf } from '../polygon.ts'
import { distance, type Vec3 } from '../vec3.ts'
import { angleAt, cobbAngle } from './angles.ts'
import { longestDiameter, perimeterOf } from './distances.ts'
import { around, ellipseArea, ellipseBy } from './ellipse.ts'
import { forEachInside } from './inside.ts'
import { statisticsOf } from './statistics.ts'

const pixelsInside = (outline: readonly PlanePoint[], size: { columns: number; rows: number }): number[] => {
  const found: number[] = []
  forEachInside(outline, size, (pixel) => found.push(pixel))
  return found
}
const corners = (points: readonly (readonly [number, number])[]): PlanePoint[] =>
  points.map(([x, y]) => ({ x, y }))

describe('angles', () => {
  it('at a corner, from nothing to straight', () => {
    expect(angleAt([0, 0, 0], [5, 0, 0], [0, 3, 0])).toBeCloseTo(90, 12)
    expect(angleAt([1, 1, 1], [2, 1, 1], [9, 1, 1])).toBe(0)
    expect(angleAt([1, 1, 1], [2, 1, 1], [-4, 1, 1])).toBeCloseTo(180, 12)
    expect(angleAt([0, 0, 0], [1, 0, 0], [1, 1e-7, 0])).toBeCloseTo((1e-7 * 180) / Math.PI, 15)
  })

  /** A line through `middle`, tilted by so many degrees. */
  const line = (middle: Vec3, degrees: number): readonly [Vec3, Vec3] => {
    const way = [
      Math.cos((degrees * Math.PI) / 180) * 10,
      Math.sin((degrees * Math.PI) / 180) * 10,
      0,
    ] as const
    return [
      [middle[0] - way[0], middle[1] - way[1], 0],
      [middle[0] + way[0], middle[1] + way[1], 0],
    ]
  }
  it('[K26] of Cobb is the same whichever way round its lines were drawn, above 90 degrees too', () => {
    for (const [first, second, told] of [
      [20, -30, 50],
      [55, -48, 103],
      [-10, -10, 0],
    ] as const) {
      const [upper, lower] = [line([0, 0, 0], first), line([4, 120, 0], second)]
      expect(cobbAngle(upper, lower)).toBeCloseTo(told, 9)
      expect(cobbAngle([upper[1], upper[0]], lower)).toBeCloseTo(told, 9)
      expect(cobbAngle(upper, [lower[1], lower[0]])).toBeCloseTo(told, 9)
      expect(cobbAngle(lower, upper)).toBeCloseTo(told, 9)
    }
  })
  it('[K26] of lines that cross in their middles is the smaller one', () => {
    expect(cobbAngle(line([0, 0, 0], 0), line([0, 0, 0], 120))).toBeCloseTo(60, 9)
  })
})

describe('an ellipse', () => {
  it('encloses pi times its half axes, and so nearly does the line around it', () => {
    const made = ellipseBy([
      [0, 0, 0],
      [10, 0, 0],
      [7, 3, 0],
    ])
    if (!made) throw new Error('three points make one')
    expect(ellipseArea(made)).toBeCloseTo(Math.PI * 15, 12)
    expect(areaOf(around(made, 720), [0, 0, 1])).toBeCloseTo(Math.PI * 15, 2)
  })
})

describe('pixels inside a line', () => {
  it('[V40] are those whose centre lies inside, by the even-odd rule', () => {
    const size = { columns: 6, rows: 4 }
    expect(
      pixelsInside(
        corners([
          [0.5, 0.5],
          [3.5, 0.5],
          [3.5, 2.5],
          [0.5, 2.5],
        ]),
        size,
      ),
    ).toEqual([7, 8, 9, 13, 14, 15])
    // A bow tie that is crossed twice in its middle: nothing lies inside there.
    const twice = corners([
      [-0.5, -0.5],
      [5.5, -0.5],
      [5.5, 3.5],
      [-0.5, 3.5],
      [-0.5, -0.5],
      [1.5, 0.5],
      [3.5, 0.5],
      [3.5, 2.5],
      [1.5, 2.5],
      [1.5, 0.5],
    ])
    expect(pixelsInside(twice, size)).toHaveLength(24 - 4)
  })
  it('of two areas side by side each centre belongs to one', () => {
    const size = { columns: 8, rows: 8 }
    const left = pixelsInside(
      corners([
        [0, 0],
        [4, 0],
        [4, 6],
        [0, 6],
      ]),
      size,
    )
    const right = pixelsInside(
      corners([
        [4, 0],
        [7, 0],
        [7, 6],
        [4, 6],
      ]),
      size,
    )
    expect(new Set([...left, ...right]).size).toBe(left.length + right.length)
    expect(left.length + right.length).toBe(7 * 6)
  })
  it('are none outside of the picture', () => {
    expect(
      pixelsInside(
        corners([
          [-9, -9],
          [20, -9],
          [20, 20],
          [-9, 20],
        ]),
        { columns: 3, rows: 2 },
      ),
    ).toHaveLength(6)
    expect(pixelsInside([], { columns: 3, rows: 2 })).toEqual([])
  })
})

it('[V40] statistics of eight values, both standard deviations, with digits where values are large', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9]
  const plain = {
    count: 8,
    mean: 5,
    sdPopulation: 2,
    sdSample: Math.sqrt(32 / 7),
    min: 2,
    max: 9,
    median: 4.5,
  }
  expect(statisticsOf(Float64Array.from(values))).toEqual(plain)
  const large = statisticsOf(Float64Array.from(values, (value) => value + 1e9))
  expect(large?.sdPopulation).toBeCloseTo(2, 9)
  expect(statisticsOf(Float64Array.of(7))).toMatchObject({ sdPopulation: 0, sdSample: null, median: 7 })
  expect(statisticsOf(new Float64Array())).toBeNull()
})

interface PlaneCase {
  readonly input: {
    readonly imageOrientationPatient: readonly number[]
    readonly imagePositionPatient: Vec3
    readonly pixelSpacing: readonly [number, number]
    readonly pointsColumnRow: readonly (readonly [number, number])[]
  }
  readonly expected: Readonly<Record<string, number>> & {
    readonly patientPoints_mm: readonly Vec3[]
    readonly normal: Vec3
    readonly inverseOfPoint3: Vec3
  }
}
interface RoiCase {
  readonly input: {
    readonly imageRows: readonly (readonly number[])[]
    readonly polygonColumnRow: readonly (readonly [number, number])[]
    readonly spacing: readonly [number, number]
  }
  readonly expected: Readonly<Record<string, number>> & { readonly mask_rle: readonly number[] }
}

const file = join(import.meta.dirname, '../../../../../shared/vectors/geometry.json')
const cases: { readonly id: string; readonly kind: string; readonly tolerance: number }[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')).cases
  : []

describe.skipIf(cases.length === 0)('published vectors', () => {
  const of = <Shape>(kind: string) =>
    cases.filter((one) => one.kind === kind) as unknown as ({ id: string; tolerance: number } & Shape)[]

  it.each(of<PlaneCase>('plane-geometry'))('[V41] $id', ({ input, expected, tolerance }) => {
    const [a, b, c, d, e, f] = input.imageOrientationPatient as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const [rowSpacing, columnSpacing] = input.pixelSpacing
    const plane: Plane = {
      origin: input.imagePositionPatient,
      row: [a, b, c],
      column: [d, e, f],
      rowSpacing,
      columnSpacing,
    }
    const near = (found: number, wanted: number | undefined): void =>
      expect(Math.abs(found - (wanted ?? Number.NaN))).toBeLessThanOrEqual(tolerance)
    const points = input.pointsColumnRow.map(([x, y]) => toPatient(plane, { x, y }))
    points.forEach((at, i) => near(distance(at, expected.patientPoints_mm[i] as Vec3), 0))
    const [p, q, r, s] = points as [Vec3, Vec3, Vec3, Vec3]
    near(distance(p, q), expected.length01_mm)
    near(distance(q, r), expected.length12_mm)
    near(areaOf(points, normalOf(plane)), expected.polygonArea_mm2)
    near(perimeterOf(points), expected.perimeter_mm)
    near(angleAt(q, p, r), expected.angleAt1_deg)
    near(longestDiameter(points), expected.longestDiameter_mm)
    near(distance(normalOf(plane), expected.normal), 0)
    near(toPlane(plane, s).x, expected.inverseOfPoint3[0])
    near(toPlane(plane, s).y, expected.inverseOfPoint3[1])
  })

  it.each(of<RoiCase>('roi-statistics'))('[V41] $id', ({ input, expected, tolerance }) => {
    const { imageRows, polygonColumnRow, spacing } = input
    const values = imageRows.flat()
    const pixels = pixelsInside(corners(polygonColumnRow), {
      columns: imageRows[0]?.length ?? 0,
      rows: imageRows.length,
    })
    const mask = expected.mask_rle.flatMap((length, i) => Array<boolean>(length).fill(i % 2 === 1))
    expect(pixels).toEqual(mask.flatMap((inside, pixel) => (inside ? [pixel] : [])))
    const found = statisticsOf(Float64Array.from(pixels, (pixel) => values[pixel] as number))
    expect(found).toMatchObject({
      count: expected.pixelCount,
      min: expected.min,
      max: expected.max,
      median: expected.median,
    })
    for (const name of ['mean', 'sdPopulation', 'sdSample'] as const)
      expect(Math.abs((found?.[name] ?? Number.NaN) - (expected[name] as number))).toBeLessThanOrEqual(
        tolerance,
      )
    expect(pixels.length * spacing[0] * spacing[1]).toBeCloseTo(expected.rasterArea_mm2 as number, 9)
  })
})
