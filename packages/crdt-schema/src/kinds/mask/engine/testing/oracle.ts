/** What a mask is by its definition: sort the acts in effect, paint them one over another from nothing. Slow, and plain to see. */
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { EntryKey } from '../../../../entry.ts'
import { HANDS, type Hand, type MaskAct } from '../../act.ts'
import { compareActs } from '../../order.ts'

export interface Truth {
  /** By z, y, x: the act on top and the one below it. */
  readonly tops: readonly (MaskAct | null)[]
  readonly under: readonly (MaskAct | null)[]
}

export function truthOf(acts: readonly MaskAct[], segment: EntryKey, grid: Grid): Truth {
  const rasterise = createRasteriser(grid)
  const [nx, ny, nz] = grid.size
  const tops: (MaskAct | null)[] = Array.from({ length: nx * ny * nz }, () => null)
  const under = [...tops]
  for (const act of [...acts].sort((a, b) => compareActs(a.id, b.id))) {
    if (act.body.act !== 'paint' || act.body.segment !== segment || !isEffective(acts, act)) continue
    rasterise(act.body.shape, wholeGrid(grid), (z, y, x0, x1) => {
      for (let i = (z * ny + y) * nx + x0; i < (z * ny + y) * nx + x1; i++) {
        // A shape may tell of a voxel twice.
        if (tops[i] === act) continue
        under[i] = tops[i] as MaskAct | null
        tops[i] = act
      }
    })
  }
  return { tops, under }
}

export const isEffective = (acts: readonly MaskAct[], act: MaskAct): boolean =>
  HANDS.every((hand) => !isOut(acts, act, hand))

function isOut(acts: readonly MaskAct[], { id }: MaskAct, hand: Hand): boolean {
  const [last] = acts
    .filter(
      ({ body }) =>
        body.act !== 'paint' &&
        body.hand === hand &&
        body.target.client === id.client &&
        body.target.lamport <= id.lamport &&
        id.lamport < body.target.lamport + body.count,
    )
    .sort((a, b) => compareActs(b.id, a.id))
  return last?.body.act === 'withdraw'
}
