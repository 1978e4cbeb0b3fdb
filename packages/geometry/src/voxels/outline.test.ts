/** Lines around what is painted in a slice. */
import { expect, it } from 'vitest'
import { islandsOf } from './islands.ts'
import { type Loop, outlinesOf } from './outline.ts'
import { runsOf } from './region.ts'
import { sliceOf } from './slices.ts'
import { noise, regionDrawn } from './testing/regions.ts'

const outlines = (drawing: string): Loop[] => outlinesOf(sliceOf(regionDrawn(drawing), 2, 0))

/** Above 0 clockwise, v pointing down. */
function areaOf(loop: Loop): number {
  let twice = 0
  for (let at = 0; at < loop.length; at += 2) {
    const [u, v] = [loop[at] as number, loop[at + 1] as number]
    const [nu, nv] = [loop[(at + 2) % loop.length] as number, loop[(at + 3) % loop.length] as number]
    twice += u * nv - nu * v
  }
  return twice / 2
}

it('[M80] a pixel has a line through the middles to its neighbours', () => {
  expect(outlines('...\n.#.\n...').map((loop) => [...loop])).toEqual([[1, 0.5, 1.5, 1, 1, 1.5, 0.5, 1]])
})

it('[M80] points lie only where a line turns; corners are cut off', () => {
  const [loop, ...rest] = outlines('####\n####\n####')
  expect(rest).toEqual([])
  expect(loop).toHaveLength(16)
  expect(areaOf(loop as Loop)).toBe(12 - 4 / 8)
})

it('[M80] a hole has a line the other way round; pixels that touch at a corner have lines of their own', () => {
  const ring = outlines('#####\n#...#\n#...#\n#####')
  expect(ring.map(areaOf)).toEqual([20 - 4 / 8, -(6 - 4 / 8)])
  expect(outlines('#.\n.#').map(areaOf)).toEqual([0.5, 0.5])
})

it('[M80] lies where the region lies, across each axis', () => {
  const region = noise({ x0: 4, x1: 5, y0: 7, y1: 8, z0: 9, z1: 10 }, 1, 1)
  const middle = (axis: 0 | 1 | 2, slice: number): number[] => {
    const [loop] = outlinesOf(sliceOf(region, axis, slice)) as [Loop]
    return [0, 1].map((k) => (loop[k]! + loop[k + 2]! + loop[k + 4]! + loop[k + 6]!) / 4)
  }
  expect([middle(0, 4), middle(1, 7), middle(2, 9)]).toEqual([
    [7, 9],
    [4, 9],
    [4, 7],
  ])
  expect(outlinesOf(sliceOf(region, 2, 8))).toEqual([])
})

it('[M80] every line closes, in steps of at most a pixel before straights are joined; outer lines are as many as islands', () => {
  for (let seed = 0; seed < 40; seed++) {
    const region = noise({ x0: 0, x1: 17, y0: 0, y1: 13, z0: 0, z1: 1 }, 0.2 + seed / 100, seed)
    const loops = outlinesOf(sliceOf(region, 2, 0))
    const outer = loops.filter((loop) => areaOf(loop) > 0)
    expect(outer).toHaveLength(islandsOf(runsOf(region)).voxels.length)
    for (const loop of loops) {
      for (let at = 0; at < loop.length; at += 2) {
        const du = Math.abs((loop[(at + 2) % loop.length] as number) - (loop[at] as number))
        const dv = Math.abs((loop[(at + 3) % loop.length] as number) - (loop[at + 1] as number))
        expect(du === dv || du === 0 || dv === 0).toBe(true)
        expect(du + dv).toBeGreaterThan(0)
      }
    }
  }
})
