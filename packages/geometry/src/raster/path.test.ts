/** How far what is painted strays from the line that was meant: in floating point, against distances from the line itself. */
import { describe, expect, it } from 'vitest'
import { type Grid, Q, wholeGrid } from './grid.ts'
import { stepOf } from './path.ts'
import { AXES_IN } from './planes.ts'
import { createRasteriser } from './rasteriser.ts'
import type { Axis, Stroke } from './shape.ts'
import { chance, pick } from './testing/chance.ts'

type Point = readonly [number, number]

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

const GRIDS: readonly Grid[] = [
  { size: [64, 64, 64], spacingUm: [1000, 1000, 1000] },
  { size: [64, 64, 24], spacingUm: [703, 703, 5000] },
  { size: [50, 60, 70], spacingUm: [400, 1900, 900] },
]

const RADII = [0, 300, 700, 1500, 4000, 9000]

/** One straight line at a time, so that the distance from it is all there is to ask. */
function* lines(): Generator<{ grid: Grid; line: Stroke }> {
  const by = chance(11)
  for (let n = 0; n < 900; n++) {
    const grid = pick(by, GRIDS)
    const axis = by(0, 2) as Axis
    const [u, v] = AXES_IN[axis]
    const end = () => [by(0, Q * grid.size[u]), by(0, Q * grid.size[v])]
    const points = Int32Array.from([...end(), ...end()])
    yield {
      grid,
      line: { shape: 'stroke', axis, slice: 3, square: false, radiusUm: pick(by, RADII), points },
    }
  }
}

/** The covered voxels of a stroke's slice, as (u, v). */
function covered(grid: Grid, line: Stroke): Point[] {
  const [u, v] = AXES_IN[line.axis]
  const found: Point[] = []
  createRasteriser(grid)(line, wholeGrid(grid), (z, y, x0, x1) => {
    for (let x = x0; x < x1; x++) found.push([[x, y, z][u] as number, [x, y, z][v] as number])
  })
  return found
}

describe('a brush along a line', () => {
  it('[M5] covers what lies under it but for a hem of half the finest spacing, and nothing beyond its radius', () => {
    for (const { grid, line } of lines()) {
      const [u, v] = AXES_IN[line.axis]
      const [su, sv] = [grid.spacingUm[u], grid.spacingUm[v]]
      const [ua, va, ub, vb] = line.points as unknown as [number, number, number, number]
      const fromLine = ([pu, pv]: Point): number =>
        distance([pu * su, pv * sv], [(ua * su) / Q, (va * sv) / Q], [(ub * su) / Q, (vb * sv) / Q])
      // Places in between are rounded to quarters, so by an eighth of a voxel at most.
      const rounding = Math.hypot(su, sv) / 8
      const step = (stepOf(line, grid.spacingUm) / Q) * Math.SQRT2
      const hem = line.radiusUm - Math.sqrt(Math.max(0, line.radiusUm ** 2 - (step / 2) ** 2))
      if (line.radiusUm >= 1500) expect(hem).toBeLessThanOrEqual(Math.min(su, sv) / 2)

      const found = covered(grid, line)
      const isFound = new Set(found.map(String))
      for (const voxel of found) {
        // Where the radius reaches no voxel it is the nearest one that is painted.
        const most = Math.max(line.radiusUm, Math.hypot(su, sv) / 2) + rounding
        if (fromLine(voxel) > most + 1e-6) expect.fail(`${voxel} is not under the brush`)
      }
      for (let pv = 0; pv < grid.size[v]; pv++)
        for (let pu = 0; pu < grid.size[u]; pu++)
          if (fromLine([pu, pv]) < line.radiusUm - hem - rounding && !isFound.has(`${pu},${pv}`))
            expect.fail(`${pu},${pv} is under the brush`)
    }
  })

  it('[M5] leaves no gap, however fine the brush and however far apart the slices', () => {
    for (const { grid, line } of lines()) {
      const left = new Set(covered(grid, line).map(String))
      const queue = [...left].slice(0, 1)
      left.delete(queue[0] ?? '')
      for (const voxel of queue) {
        const [u, v] = voxel.split(',').map(Number) as [number, number]
        for (const du of [-1, 0, 1])
          for (const dv of [-1, 0, 1])
            if (left.delete(`${u + du},${v + dv}`)) queue.push(`${u + du},${v + dv}`)
      }
      expect([...left]).toEqual([])
    }
  })
})
