/** Surfaces: closed whatever the voxels, around the right volume, and smoother without leaving their voxels. */
import { expect, it } from 'vitest'
import { add, cross, dot, length, normalize, subtract, type Vec3 } from '../vec3.ts'
import { VoxelLimit } from './limit.ts'
import { volumeOf } from './measure.ts'
import { NOTHING, type Region, regionOfRuns, runsOf } from './region.ts'
import { enclosed, relaxed } from './relax.ts'
import { type Surface, surfaceOf } from './surface.ts'
import { ballIn, gridOf, noise, regionWhere } from './testing/regions.ts'
import { finish } from './work.ts'

/** Each edge of a closed surface belongs to two triangles that run through it in opposite directions. */
function isClosed({ vertices, triangles }: Surface): boolean {
  const edges = new Map<number, number>()
  const count = vertices.length / 3
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const [a, b] = [triangles[t + k] as number, triangles[t + ((k + 1) % 3)] as number]
      if (a === b) return false
      edges.set(a * count + b, (edges.get(a * count + b) ?? 0) + 1)
    }
  }
  return [...edges].every(([edge, times]) => {
    const [a, b] = [Math.floor(edge / count), edge % count]
    return times === 1 && edges.get(b * count + a) === 1
  })
}

const CUBE = { x0: 0, x1: 2, y0: 0, y1: 2, z0: 0, z1: 2 }

it('[M81] is closed for each of the 256 ways to paint a cube of eight voxels', () => {
  for (let pattern = 1; pattern < 256; pattern++) {
    const region = regionWhere(CUBE, (x, y, z) => ((pattern >> (x + 2 * y + 4 * z)) & 1) === 1)
    const surface = finish(surfaceOf(region))
    expect([pattern, isClosed(surface), enclosed(surface) > 0]).toEqual([pattern, true, true])
  }
})

it('[M81] is closed for whatever is painted, before and after it was smoothed', () => {
  for (let seed = 0; seed < 12; seed++) {
    const region = noise({ x0: 5, x1: 15, y0: 0, y1: 9, z0: 2, z1: 10 }, 0.1 + seed * 0.07, seed)
    const surface = finish(surfaceOf(region))
    expect(surface.triangles.length).toBeGreaterThan(0)
    expect(isClosed(surface)).toBe(true)
    expect(isClosed(finish(relaxed(surface)))).toBe(true)
  }
})

it('[M81] a voxel is an octahedron around its centre, seen from outside counterclockwise', () => {
  const { vertices, triangles } = finish(
    surfaceOf(regionWhere({ x0: 4, x1: 5, y0: 5, y1: 6, z0: 6, z1: 7 }, () => true)),
  )
  expect([vertices.length / 3, triangles.length / 3]).toEqual([6, 8])
  expect(enclosed({ vertices, triangles })).toBeCloseTo(1 / 6, 6)
  const middle = [0, 1, 2].map(
    (axis) => vertices.filter((_, k) => k % 3 === axis).reduce((a, b) => a + b) / 6,
  )
  expect(middle).toEqual([4, 5, 6])
})

const GRID = gridOf([64, 64, 40], [700, 700, 1250])
const ball: Region = regionOfRuns(runsOf(ballIn(GRID, [32, 32, 20], 15)))

it('[M81] encloses the volume of its voxels to 1 %, also smoothed, no vertex further than half a voxel off', () => {
  const { voxels } = volumeOf(runsOf(ball), GRID)
  const surface = finish(surfaceOf(ball))
  const smooth = finish(relaxed(surface))
  expect(Math.abs(enclosed(surface) / voxels - 1)).toBeLessThan(0.01)
  expect(Math.abs(enclosed(smooth) / voxels - 1)).toBeLessThan(0.01)
  expect(smooth.triangles).toBe(surface.triangles)
  const moved = smooth.vertices.map((at, k) => Math.abs(at - (surface.vertices[k] as number)))
  expect(Math.max(...moved)).toBeLessThanOrEqual(0.5)
  expect(tilt(smooth)).toBeLessThan(tilt(surface) / 3)
})

/** How far, on average, a triangle is turned from how the ball's surface runs there: the cosine lacks so much to 1. */
function tilt({ vertices, triangles }: Surface): number {
  const place = (corner: number): Vec3 => {
    const [x = 0, y = 0, z = 0] = vertices.subarray(3 * triangles[corner]!, 3 * triangles[corner]! + 3)
    return [(x - 32) * 0.7, (y - 32) * 0.7, (z - 20) * 1.25]
  }
  let sum = 0
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [place(t), place(t + 1), place(t + 2)]
    const outwards = normalize(add(a, add(b, c)))
    const across = cross(subtract(b, a), subtract(c, a))
    sum += 1 - dot(outwards, across) / length(across)
  }
  return sum / (triangles.length / 3)
}

it('[M81] a hole inside has a surface of its own, which takes its volume off', () => {
  const hollow = regionWhere({ x0: 0, x1: 9, y0: 0, y1: 9, z0: 0, z1: 9 }, (x, y, z) => {
    const far = Math.max(Math.abs(x - 4), Math.abs(y - 4), Math.abs(z - 4))
    return far <= 4 && far > 1
  })
  const full = regionWhere(hollow.box, () => true)
  const surface = finish(surfaceOf(hollow))
  expect(isClosed(surface)).toBe(true)
  const inner = regionWhere({ x0: 3, x1: 6, y0: 3, y1: 6, z0: 3, z1: 6 }, () => true)
  const [whole, hole] = [enclosed(finish(surfaceOf(full))), enclosed(finish(surfaceOf(inner)))]
  expect(enclosed(surface)).toBeCloseTo(whole - hole, 6)
})

it('[M72] a surface of too many triangles is refused in a sentence; of nothing there is none', () => {
  const cube = regionWhere(CUBE, () => true)
  const triangles = finish(surfaceOf(cube)).triangles.length / 3
  expect(finish(surfaceOf(cube, triangles)).triangles.length / 3).toBe(triangles)
  expect(() => finish(surfaceOf(cube, triangles - 1))).toThrow(
    new VoxelLimit(
      `Its surface has more than ${triangles - 1} triangles; smooth it or remove its small islands first.`,
    ),
  )
  expect(finish(surfaceOf(NOTHING)).triangles).toHaveLength(0)
})
