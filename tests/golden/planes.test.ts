/**
 * Three planes of an oblique, a sheared and a series whose pixels are not square, hung in all eight ways: what stands under a point of the
 * screen is the voxel nearest to the place that the point is said to be (or a value mixed of its neighbours), and the letters are the sides one meets going to the edges. Both
 * are worked out from the geometry of the series, not from what the code drew before.
 */
import { cross, distance, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Turned } from '@consilium/imaging/hung'
import { toPatientOn } from '@consilium/viewer/camera'
import { slicedAs } from '@consilium/viewer/volume'
import { describe, expect, it } from 'vitest'
import { fit, pictureMatrix } from '../../packages/viewer/src/stage/camera.ts'
import { edgeLetters } from '../../packages/viewer/src/stage/orientation.ts'
import { type MadeVolume, madeVolume, voxelAt } from '../../packages/viewer/src/testing/volume.ts'

const SIZE = { columns: 13, rows: 11, slices: 9 }
const code = ([i, j, k]: Vec3): number => 1 + i + 20 * j + 400 * k
const voxelOf = (stored: number): Vec3 => {
  const n = stored - 1
  return [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400)]
}
const row: Vec3 = [0.9362933636, 0.2896294776, 0.1986693308]
const column: Vec3 = [-0.3503364588, 0.8102391859, 0.4698689469]
const plain = {
  ...SIZE,
  origin: [-30, -20, 10],
  columnSpacing: 0.8,
  rowSpacing: 0.8,
  storedAt: code,
  meta: { samples: 'int16', rescale: { slope: 1, intercept: 0, unit: '' }, rescaled: { min: 0, max: 4000 } },
} as const

/** A value that grows by so much at most with each millimetre, evenly: also between voxels it is known. */
const field = ([x, y, z]: Vec3): number => 1000 + 3 * x - 2 * y + 5 * z
const PER_MM = Math.hypot(3, 2, 5)

const VOLUMES: Readonly<Record<string, MadeVolume>> = {
  oblique: { ...plain, row, column, step: scale(cross(row, column), 2), columnSpacing: 1.1, rowSpacing: 0.7 },
  sheared: {
    ...plain,
    row: [1, 0, 0],
    column: [0, Math.cos(0.4), Math.sin(0.4)],
    step: [0, 0, 2.5],
    // Across a shear values are mixed of two voxels: a code would name a third one.
    storedAt: (_voxel, at) => field(at),
    meta: { ...plain.meta, samples: 'float32' },
  },
  'not square': {
    ...plain,
    row: [1, 0, 0],
    column: [0, 1, 0],
    step: [0, 0, 3],
    columnSpacing: 0.4,
    rowSpacing: 1.6,
  },
}
const WAYS: readonly Turned[] = [false, true].flatMap((flipped) =>
  ([0, 90, 180, 270] as const).map((rotation) => ({ rotation, flipped })),
)
const PANE = { width: 420, height: 380 }

/** Sides met on the way from a place to another, the longest part first; a part below 0.3 of the way is not told. */
function sides(from: Vec3, to: Vec3): string {
  const way = subtract(to, from)
  const whole = distance(from, to)
  return [way[0] > 0 ? 'L' : 'R', way[1] > 0 ? 'P' : 'A', way[2] > 0 ? 'H' : 'F']
    .map((letter, axis) => ({ letter, part: Math.abs(way[axis] as number) / whole }))
    .toSorted((a, b) => b.part - a.part)
    .filter(({ part }, rank) => rank === 0 || part >= 0.3)
    .map(({ letter }) => letter)
    .join('')
}

describe.each(Object.entries(VOLUMES))('[V56] a series that is %s', (_name, made) => {
  const series = madeVolume(made)
  it.each(['axial', 'coronal', 'sagittal'] as const)('%s in eight ways', (kind) => {
    const sliced = slicedAs(series, { kind })
    if (typeof sliced === 'string') throw new Error(sliced)
    const place = Math.floor(sliced.meta.slices / 2)
    const plane = sliced.planes[place]
    const values = sliced.drawable(place)?.values
    if (!plane || !values) throw new Error('no picture')
    const { columns, rows, padding } = sliced.meta
    for (const turned of WAYS) {
      const camera = fit(plane, { columns, rows }, PANE.width, PANE.height, turned)
      const { across, down, origin } = pictureMatrix(camera, plane)
      const det = across.x * down.y - across.y * down.x
      let seen = 0
      for (let x = 5; x < PANE.width; x += 29)
        for (let y = 5; y < PANE.height; y += 31) {
          // As a canvas does: through the inverse of the matrix to the pixel that holds the point.
          const [dx, dy] = [x - origin.x, y - origin.y]
          const u = Math.round((dx * down.y - dy * down.x) / det)
          const v = Math.round((dy * across.x - dx * across.y) / det)
          const stored = values[v * columns + u] ?? 0
          if (u < 0 || v < 0 || u >= columns || v >= rows || stored === padding || stored <= 0) continue
          seen++
          const under = toPatientOn(camera, plane, { x, y })
          const away =
            made.storedAt === code
              ? distance(voxelAt(made, voxelOf(stored)), under)
              : Math.abs(stored - field(under)) / PER_MM
          const reach = Math.hypot(made.columnSpacing, made.rowSpacing, 3) / 2
          expect(away, `${x}, ${y}, ${JSON.stringify(turned)}`).toBeLessThanOrEqual(reach + 1e-6)
        }
      expect(seen).toBeGreaterThan(20)
      const at = (x: number, y: number): Vec3 => toPatientOn(camera, plane, { x, y })
      const [middleX, middleY] = [PANE.width / 2, PANE.height / 2]
      const middle = at(middleX, middleY)
      expect(edgeLetters(camera)).toEqual({
        left: sides(middle, at(0, middleY)),
        right: sides(middle, at(PANE.width, middleY)),
        top: sides(middle, at(middleX, 0)),
        bottom: sides(middle, at(middleX, PANE.height)),
      })
    }
  })
})
