/** What becomes of everybody's strokes where the raster is shared tile by tile, and where the acts are. */
import { wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import { type Goal, goal } from '../../goals.ts'
import { type Row, round } from '../../report.ts'
import { LOG } from '../together/log.ts'
import { type Network, play, strokesOf, VOLUME } from '../together/session.ts'
import { TILE_MAP } from '../together/tileMap.ts'
import type { Part } from './part.ts'

const NETWORKS: readonly Network[] = [
  { name: '30 ms', delayMs: 30, away: null },
  { name: '150 ms', delayMs: 150, away: null },
  { name: '150 ms, one away for 90 s', delayMs: 150, away: [100_000, 190_000] },
]

export const together: Part = {
  name: 'together',
  title: 'e. Six people, four lesions: voxels lost and not taken away, and bytes',
  run(share) {
    const made = strokesOf(1)
    const strokes = made.slice(0, Math.round(made.length * share))
    const untouched = paintedOnly(strokes)
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const network of NETWORKS) {
      const ends = [LOG, TILE_MAP].map((way) => ({ way, ...play(way, strokes, network) }))
      const truth = (ends[0] as (typeof ends)[number]).raster
      for (const { way, raster, wireBytes, documentBytes } of ends) {
        const lost = countWhere(raster, (i) => untouched[i] === 1 && raster[i] === 0)
        const ghosts = countWhere(raster, (i) => truth[i] === 0 && raster[i] === 1)
        rows.push({
          network: network.name,
          way: way.name,
          'voxels set': countWhere(raster, (i) => raster[i] === 1),
          'painted, never erased, gone': lost,
          'set though clear by the acts': ghosts,
          'B per stroke on the wire': round(wireBytes / strokes.length, 0),
          'document, B': documentBytes,
        })
        if (way === LOG) goals.push(goal(`${network.name}: voxels lost in the log of acts`, lost, '<=', 0))
      }
    }
    return { rows, goals }
  },
}

/** 1 where somebody painted and nobody ever erased. */
function paintedOnly(made: ReturnType<typeof strokesOf>): Uint8Array {
  const [x, y, z] = VOLUME.size
  const painted = new Uint8Array(x * y * z)
  const rasterise = createRasteriser(VOLUME)
  for (const value of [1, 0] as const)
    for (const { stroke } of made)
      if (stroke.value === value)
        rasterise(stroke.shape, wholeGrid(VOLUME), (z, y, x0, x1) => {
          const row = (z * VOLUME.size[1] + y) * VOLUME.size[0]
          painted.fill(value, row + x0, row + x1)
        })
  return painted
}

function countWhere({ length }: Uint8Array, holds: (i: number) => boolean): number {
  let count = 0
  for (let i = 0; i < length; i++) if (holds(i)) count++
  return count
}
