/** Islands against growing over the same voxels, one after the other. */
import { expect, it } from 'vitest'
import { combined } from './combine.ts'
import { growOver } from './grow.ts'
import { islandAt, islandsOf, largestIsland, withoutIslandsBelow } from './islands.ts'
import { blank, NOTHING, type Region, regionOfRuns, runsOf, within } from './region.ts'
import { voxelsOf } from './rows.ts'
import { drawn, gridOf, noise, regionDrawn } from './testing/regions.ts'
import { finish } from './work.ts'

const BOX = { x0: 0, x1: 11, y0: 0, y1: 8, z0: 0, z1: 6 }
const PLAIN = gridOf([11, 8, 6])

/** The islands of a region, in the order of their first voxels. */
function grownApart(region: Region): Region[] {
  const found: Region[] = []
  let rest = region
  for (let { rows } = runsOf(rest); rows.length > 0; rows = runsOf(rest).rows) {
    const seed = { x: rows[2] as number, y: rows[1] as number, z: rows[0] as number }
    const island = finish(growOver(rest, seed, BOX))
    found.push(island)
    rest = combined(rest, island, 'difference')
  }
  return found
}

it('[M77] islands hang together over faces: each is what grows from any of its voxels', () => {
  let several = 0
  for (let seed = 0; seed < 60; seed++) {
    const region = noise(BOX, [0.15, 0.3, 0.45][seed % 3] as number, seed)
    const runs = runsOf(region)
    const apart = grownApart(region)
    const { voxels } = islandsOf(runs)
    expect([...voxels]).toEqual(apart.map((island) => voxelsOf(runsOf(island))))
    several += apart.length > 1 ? 1 : 0
    for (const island of apart) {
      const { rows } = runsOf(island)
      const last = { x: (rows.at(-1) as number) - 1, y: rows.at(-3) as number, z: rows.at(-4) as number }
      expect(islandAt(runs, last)).toEqual(runsOf(island))
    }
    const most = Math.max(...voxels)
    expect(largestIsland(runs)).toEqual(runsOf(apart[voxels.indexOf(most)] as Region))
    const large = apart.filter((island) => voxelsOf(runsOf(island)) >= 4)
    const expected = large.reduce<Region>((a, b) => combined(a, b, 'union'), NOTHING)
    expect(withoutIslandsBelow(runs, 4, PLAIN)).toEqual(runsOf(expected))
  }
  expect(several).toBe(60)
})

it('[M77] small is said in mm³: an island of exactly that size stays', () => {
  const region = regionDrawn('##.#')
  const grid = gridOf([4, 1, 1], [500, 500, 2000])
  const left = (mm3: number): string =>
    drawn(within(regionOfRuns(withoutIslandsBelow(runsOf(region), mm3, grid)), region.box))
  expect([left(0.5), left(0.51), left(1), left(1.01)]).toEqual(['##.#', '##..', '##..', '....'])
})

it('[M77] a long way round is still one island', () => {
  const coil = regionDrawn(`
    ###########
    ..........#
    ########..#
    #......#..#
    #..###.#..#
    #..#...#..#
    #..#####..#
    #.........#
    ###########`)
  expect([...islandsOf(runsOf(coil)).voxels]).toEqual([54])
})

it('[M77] where there is nothing there are no islands', () => {
  const none = runsOf(NOTHING)
  expect(islandsOf(none).voxels).toEqual([])
  expect(largestIsland(none)).toEqual(none)
  expect(withoutIslandsBelow(none, 5, PLAIN)).toEqual(none)
  expect(islandAt(runsOf(regionDrawn('#.#')), { x: 1, y: 0, z: 0 })).toEqual(none)
  expect(islandAt(runsOf(blank(BOX)), { x: 1, y: 0, z: 0 })).toEqual(none)
})
