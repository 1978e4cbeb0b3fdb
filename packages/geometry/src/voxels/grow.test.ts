/** Growing against a plain search that walks from voxel to voxel. */
import { expect, it } from 'vitest'
import type { VoxelBox } from '../raster/grid.ts'
import { growIn, growOver, rangeAround } from './grow.ts'
import { VoxelLimit } from './limit.ts'
import { keptOf, type Picture, threshold, type Voxel } from './picture.ts'
import { blank, holds, NOTHING, runsOf } from './region.ts'
import { chance, drawn, noise, pictureOf, regionDrawn, regionWhere } from './testing/regions.ts'
import { finish } from './work.ts'

const BOX = { x0: 0, x1: 9, y0: 0, y1: 7, z0: 0, z1: 5 }

function reached(box: VoxelBox, seed: Voxel, open: (v: Voxel) => boolean) {
  const seen = new Set<string>()
  const ahead = [seed]
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    const { x, y, z } = at
    const isIn = x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1 && z >= box.z0 && z < box.z1
    if (!isIn || seen.has(`${x},${y},${z}`) || !open(at)) continue
    seen.add(`${x},${y},${z}`)
    for (const d of [-1, 1]) ahead.push({ x: x + d, y, z }, { x, y: y + d, z }, { x, y, z: z + d })
  }
  return regionWhere(box, (x, y, z) => seen.has(`${x},${y},${z}`))
}

it('[M71] grows over faces through values within a range, inside a box, and nowhere else', () => {
  let grown = 0
  for (let seed = 0; seed < 60; seed++) {
    const random = chance(seed)
    const values = Int16Array.from({ length: 9 * 7 * 5 }, () => Math.floor(random() * 4))
    const picture = pictureOf([9, 7, 5], values, { slope: seed % 2 ? 2 : -3, intercept: -1000 })
    const start = { x: Math.floor(random() * 9), y: Math.floor(random() * 7), z: Math.floor(random() * 5) }
    const box =
      seed % 3 === 0 ? { ...BOX, z0: start.z, z1: start.z + 1 } : { ...BOX, x0: Math.min(2, start.x) }
    const range = rangeAround(picture, start, 3)
    const value = (v: Voxel): number =>
      picture.rescale(v.z).slope * (values[(v.z * 7 + v.y) * 9 + v.x] as number) - 1000
    const expected = reached(box, start, (v) => Math.abs(value(v) - value(start)) <= 3)
    const region = finish(growIn(picture, start, { range, box }))
    expect(runsOf(region)).toEqual(runsOf(expected))
    grown += region.bits.length
  }
  expect(grown).toBeGreaterThan(1000)
})

it('[M71] each slice is judged by its own scale; what is no number is never reached', () => {
  const values = Float32Array.of(1, 1, 1, 2, Number.NaN, 2)
  const picture: Picture = {
    size: [3, 1, 2],
    values,
    rescale: (z) => ({ slope: z === 0 ? 20 : 10, intercept: 0 }),
  }
  const box = { x0: 0, x1: 3, y0: 0, y1: 1, z0: 0, z1: 2 }
  const range = rangeAround(picture, { x: 0, y: 0, z: 0 }, 0)
  expect(range).toEqual({ min: 20, max: 20 })
  expect(drawn(finish(growIn(picture, { x: 0, y: 0, z: 0 }, { range, box })))).toBe('###\n\n#.#')
  expect(drawn(finish(threshold(picture, { min: 0, max: 20 }, box)))).toBe('###\n\n#.#')
})

it('[M71] a paint bucket fills what a line encloses, and an island is taken up whole', () => {
  const ring = regionDrawn(`
    ........
    .####.#.
    .#..#.#.
    .#...##.
    .####...`)
  const box = ring.box
  const bucket = (x: number, y: number) => finish(growOver(ring, { x, y, z: 0 }, box))
  // The corner where (4,2) meets (5,3) closes nothing off: what touches at a corner only is apart.
  expect(runsOf(bucket(2, 2))).toEqual(
    runsOf(reached(box, { x: 2, y: 2, z: 0 }, (v) => !holds(ring, v.x, v.y, v.z))),
  )
  expect(drawn(bucket(6, 1))).toBe('.#\n.#\n##')
  const closed = regionDrawn('.####.\n.#..#.\n.####.')
  expect(drawn(finish(growOver(closed, { x: 2, y: 1, z: 0 }, closed.box)))).toBe('##')
})

it('[M71] from outside of the box, or from a value outside of the range, nothing grows', () => {
  const picture = pictureOf([2, 1, 1], Uint8Array.of(5, 5))
  const box = { x0: 1, x1: 2, y0: 0, y1: 1, z0: 0, z1: 1 }
  expect(finish(growIn(picture, { x: 0, y: 0, z: 0 }, { range: { min: 0, max: 9 }, box }))).toBe(NOTHING)
  expect(finish(growIn(picture, { x: 1, y: 0, z: 0 }, { range: { min: 6, max: 9 }, box }))).toBe(NOTHING)
})

it('[M72] growing beyond its bound is refused in a sentence that says what to do', () => {
  const work = growOver(blank(BOX), { x: 4, y: 3, z: 2 }, BOX, 300)
  expect(() => finish(work)).toThrow(
    new VoxelLimit(
      'It grows beyond 300 voxels; take a narrower range, a smaller box or another place to start from.',
    ),
  )
  expect(finish(growOver(blank(BOX), { x: 4, y: 3, z: 2 }, BOX, 315)).bits).toHaveLength(315)
})

it('[M72] work can be watched and given up between its pieces', () => {
  const big = { x0: 0, x1: 4, y0: 0, y1: 3000, z0: 0, z1: 2 }
  const work = growOver(blank(big), { x: 0, y: 0, z: 0 }, big)
  const { done, value } = work.next()
  expect(done).toBe(false)
  expect(value).toBeGreaterThan(0)
  expect(value).toBeLessThan(1)
  expect(work.return(NOTHING).done).toBe(true)
})

it('[M73] a threshold brush keeps those of the covered voxels that lie in the range', () => {
  for (let seed = 0; seed < 40; seed++) {
    const covered = noise({ x0: 1, x1: 8, y0: 2, y1: 6, z0: 1, z1: 4 }, 0.6, seed)
    const random = chance(seed + 1000)
    const picture = pictureOf(
      [9, 7, 5],
      Uint8Array.from({ length: 315 }, () => Math.floor(random() * 4)),
    )
    const lengths = keptOf(covered, picture, { min: 1, max: 2 })
    const kept: boolean[] = []
    for (const [k, length] of lengths.entries()) kept.push(...Array<boolean>(length).fill(k % 2 === 0))
    const expected = voxelsIn(covered).map(({ x, y, z }) => {
      const value = picture.values[(z * 7 + y) * 9 + x] as number
      return value >= 1 && value <= 2
    })
    while (expected.at(-1) === false) expected.pop()
    expect(kept).toEqual(expected)
    // Only the first may be without length: where the first voxel is skipped.
    expect(lengths.subarray(1).every((length) => length > 0)).toBe(true)
  }
})

function voxelsIn(region: ReturnType<typeof blank>): Voxel[] {
  const { rows } = runsOf(region)
  return Array.from({ length: rows.length / 4 }, (_, k) => rows.subarray(4 * k, 4 * k + 4)).flatMap(
    ([z = 0, y = 0, x0 = 0, x1 = 0]) => Array.from({ length: x1 - x0 }, (_, x) => ({ x: x0 + x, y, z })),
  )
}
