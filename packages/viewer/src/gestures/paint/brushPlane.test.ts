import { toPatient } from '@consilium/geometry/plane'
import { faultOf } from '@consilium/geometry/raster/fault'
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { type MaskPlane, maskPlaneOf, voxelAt } from '../../masks/maskPlane.ts'
import { slicedAs } from '../../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../../panes/series.ts'
import type { Slicing } from '../../panes/slicing.ts'
import { type MadeVolume, madeVolume, voxelAt as placeOf } from '../../testing/volume.ts'
import { brushPlane } from './brushPlane.ts'
import { lassoPlane } from './lassoPlane.ts'

const size = { columns: 14, rows: 11, slices: 9 }
const common = {
  origin: [-31, 12, 77] as Vec3,
  ...size,
  columnSpacing: 0.5,
  rowSpacing: 0.8,
  storedAt: () => 0,
}
/** As scanners lay them: along the patient, mirrored, and taken from the side. */
const VOLUMES: readonly (readonly [string, MadeVolume])[] = [
  ['axial', { ...common, row: [1, 0, 0], column: [0, 1, 0], step: [0, 0, 1.5] }],
  ['axial from the head down', { ...common, row: [1, 0, 0], column: [0, 1, 0], step: [0, 0, -1.5] }],
  ['axial, prone', { ...common, row: [-1, 0, 0], column: [0, -1, 0], step: [0, 0, 1.5] }],
  ['sagittal', { ...common, row: [0, 1, 0], column: [0, 0, -1], step: [1.5, 0, 0] }],
  ['coronal', { ...common, row: [1, 0, 0], column: [0, 0, -1], step: [0, -1.5, 0] }],
]
const grid: Grid = { size: [14, 11, 9], spacingUm: [500, 800, 1500] }
const SLICINGS: readonly Slicing[] = [
  { kind: 'acquired' },
  { kind: 'axial' },
  { kind: 'coronal' },
  { kind: 'sagittal' },
]
const OBLIQUE: Slicing = { kind: 'oblique', normal: [0.48, 0.6, 0.64] }

const sliced = (made: MadeVolume, slicing: Slicing): SeriesFrames => {
  const series = slicedAs(madeVolume(made), slicing)
  if (typeof series === 'string') throw new Error(series)
  return series
}
const planeOf = (series: SeriesFrames, frame: number): MaskPlane => {
  const on = maskPlaneOf(series, frame, grid)
  if (!on) throw new Error('no plane')
  return on
}
const voxels = (shape: Shape, on = grid): string[] => {
  const found: string[] = []
  createRasteriser(on)(shape, wholeGrid(on), (z, y, x0, x1) => {
    for (let x = x0; x < x1; x++) found.push([x, y, z].join())
  })
  return found.sort()
}

describe.each(VOLUMES)('a volume taken %s', (_name, made) => {
  it.each(SLICINGS)(
    '[M90] a brush in plane $kind covers the voxels whose middles lie within it',
    (slicing) => {
      const series = sliced(made, slicing)
      for (const ball of [false, true])
        for (const frame of [0, Math.floor(series.planes.length / 2)]) {
          const on = planeOf(series, frame)
          const at = toPatient(on.plane, { x: 4, y: 5 })
          const brush = { radiusMm: 1.7, square: false, ball }
          const plane = brushPlane(on, grid, brush, at)
          const shape = plane.strokeOf(Int32Array.from(plane.pointOf(at)))
          expect(faultOf(shape, grid)).toBeNull()
          const expected: string[] = []
          for (let z = 0; z < size.slices; z++)
            for (let y = 0; y < size.rows; y++)
              for (let x = 0; x < size.columns; x++) {
                const { axis, index } = on.slice ?? { axis: 0, index: -1 }
                const isInPlane = ball || [x, y, z][axis] === index
                if (isInPlane && distance(placeOf(made, [x, y, z]), at) <= 1.7 + 1e-9)
                  expected.push([x, y, z].join())
              }
          expect(voxels(shape)).toEqual(expected.sort())
        }
    },
  )

  it('[M90] in an oblique plane it covers voxels that the plane passes, as far as the brush reaches', () => {
    const series = sliced(made, OBLIQUE)
    const on = planeOf(series, Math.floor(series.planes.length / 2))
    const { columns, rows } = series.meta
    const at = toPatient(on.plane, { x: columns / 2, y: rows / 2 })
    const radiusMm = 2.5
    for (const ball of [false, true]) {
      const plane = brushPlane(on, grid, { radiusMm, square: false, ball }, at)
      const shape = plane.strokeOf(Int32Array.from(plane.pointOf(at)))
      expect(faultOf(shape, grid)).toBeNull()
      const covered = voxels(shape)
      // Places are rounded to quarters of a voxel, here of 1.5 mm.
      const rounding = 0.4
      for (const voxel of covered) {
        const away = distance(placeOf(made, voxel.split(',').map(Number) as unknown as Vec3), at)
        expect(away).toBeLessThanOrEqual(radiusMm + rounding)
      }
      // Every pixel of the picture within the brush shows a voxel that is covered.
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++) {
          const there = toPatient(on.plane, { x, y })
          const voxel = voxelAt(on, grid, there)
          const middle = voxel && placeOf(made, voxel)
          if (middle && distance(middle, at) < radiusMm - rounding) expect(covered).toContain(voxel.join())
        }
    }
  })

  it.each(SLICINGS)('[M90] a lasso in plane $kind holds the voxels it goes around', (slicing) => {
    const series = sliced(made, slicing)
    const on = planeOf(series, 3)
    expect(on.slice).not.toBeNull()
    const { pointOf, shapeOf } = lassoPlane(on, grid)
    const corners = [
      [1.5, 2.5],
      [5.5, 2.5],
      [5.5, 6.5],
      [1.5, 6.5],
    ].flatMap(([x = 0, y = 0]) => pointOf(toPatient(on.plane, { x, y })))
    const expected = [2, 3, 4, 5].flatMap((x) =>
      [3, 4, 5, 6].map((y) => voxelAt(on, grid, toPatient(on.plane, { x, y }))?.join()),
    )
    const shape = shapeOf(Int32Array.from(corners))
    expect(shape && voxels(shape)).toEqual(expected.sort())
  })
})

describe('a large volume', () => {
  const made = { ...(VOLUMES[0] as (typeof VOLUMES)[number])[1], columns: 200, rows: 200, slices: 100 }
  const wide: Grid = { size: [200, 200, 100], spacingUm: [500, 800, 1500] }
  const series = sliced(made, OBLIQUE)
  const on = maskPlaneOf(series, Math.floor(series.planes.length / 2), wide)
  if (!on) throw new Error('no plane')
  const { columns, rows } = series.meta

  it('[M90] a line in an oblique plane lies where the hand went, also far from where it began', () => {
    const place = (x: number, y: number): Vec3 => toPatient(on.plane, { x, y })
    const [start, end] = [place(columns / 2, rows / 2), place(columns * 0.7, rows * 0.35)]
    const plane = brushPlane(on, wide, { radiusMm: 0, square: false, ball: true }, start)
    const shape = plane.strokeOf(Int32Array.from([...plane.pointOf(start), ...plane.pointOf(end)]))
    const seen: Vec3[] = []
    createRasteriser(wide)(shape, wholeGrid(wide), (z, y, x0, x1) => {
      for (let x = x0; x < x1; x++) seen.push([x, y, z])
    })
    const [first, last] = [voxelAt(on, wide, start), voxelAt(on, wide, end)]
    const nearest = (to: Vec3 | null): number =>
      Math.min(...seen.map((voxel) => distance(voxel, to ?? [-99, 0, 0])))
    expect(nearest(first)).toBeLessThan(1.01)
    expect(nearest(last)).toBeLessThan(1.01)
  })

  it('[M90] a lasso in an oblique plane holds every voxel that is seen in it, and none that lies beside', () => {
    const [left, top, right, bottom] = [columns * 0.4, rows * 0.4, columns * 0.6, rows * 0.6].map(
      Math.round,
    ) as [number, number, number, number]
    const { pointOf, shapeOf } = lassoPlane(on, wide)
    const corners = [
      [left - 0.5, top - 0.5],
      [right - 0.5, top - 0.5],
      [right - 0.5, bottom - 0.5],
      [left - 0.5, bottom - 0.5],
    ].flatMap(([x = 0, y = 0]) => pointOf(toPatient(on.plane, { x, y })))
    const shape = shapeOf(Int32Array.from(corners))
    expect(shape && faultOf(shape, wide)).toBeNull()
    const held = new Set(shape ? voxels(shape, wide) : [])
    const seen = (margin: number): Set<string> => {
      const found = new Set<string>()
      for (let y = top - margin; y < bottom + margin; y++)
        for (let x = left - margin; x < right + margin; x++) {
          const voxel = voxelAt(on, wide, toPatient(on.plane, { x, y }))
          if (voxel) found.add(voxel.join())
        }
      return found
    }
    // At its hem a voxel may be seen in a pixel that its own middle is not nearest to.
    const [inner, outer] = [seen(-4), seen(4)]
    expect(inner.size).toBeGreaterThan(500)
    expect([...inner].filter((voxel) => !held.has(voxel))).toEqual([])
    // A voxel of which the plane passes but a corner may be seen in no pixel; then it touches one that is.
    const touches = (voxel: string): boolean => {
      const [x = 0, y = 0, z = 0] = voxel.split(',').map(Number)
      return [-1, 0, 1].some((i) =>
        [-1, 0, 1].some((j) => [-1, 0, 1].some((k) => outer.has([x + i, y + j, z + k].join()))),
      )
    }
    expect([...held].filter((voxel) => !touches(voxel))).toEqual([])
  })
})
