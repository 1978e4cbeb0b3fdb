/** What differs between two moments of the painting in a document: which acts are in effect, and which voxels are set. */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import type { EntryKey } from '../../entry.ts'
import type { ActId, Paint } from './act.ts'
import { MaskEngine } from './engine/engine.ts'
import type { PaintRecord } from './record.ts'

export interface DifferingAct {
  readonly id: ActId
  readonly body: Paint
}

/** Rows of voxels: z, y, x0, x1 each, in order. */
export interface VoxelDifference {
  readonly gained: readonly number[]
  readonly lost: readonly number[]
}

/** By segment. What was not there yet was not in effect. `segment`: this one only; null: all. */
export function differingActs(
  now: PaintRecord,
  past: PaintRecord,
  segment: EntryKey | null,
): Map<EntryKey, DifferingAct[]> {
  const bySegment = new Map<EntryKey, DifferingAct[]>()
  for (const { act } of now.acts) {
    const { id, body } = act
    if (body.act !== 'paint' || (segment !== null && body.segment !== segment)) continue
    if (now.effective(id) === past.effective(id)) continue
    const list = bySegment.get(body.segment)
    if (list) list.push({ id, body })
    else bySegment.set(body.segment, [{ id, body }])
  }
  return bySegment
}

/** Of one segment; only where the acts that differ lie. */
export function voxelsBetween(
  now: PaintRecord,
  past: PaintRecord,
  segment: EntryKey,
  acts: readonly DifferingAct[],
  grid: Grid,
): VoxelDifference {
  const [is, was] = [engineOf(now, segment, grid), engineOf(past, segment, grid)]
  const { x0, x1, y0, y1, z0, z1 } = unionOf(acts.map(({ body }) => boundsOf(body.shape, grid)))
  const width = Math.max(0, x1 - x0)
  const gained: number[] = []
  const lost: number[] = []
  const [before, after] = [new Uint8Array(width * (y1 - y0)), new Uint8Array(width * (y1 - y0))]
  for (let z = z0; z < z1; z++) {
    const slice = { x0, x1, y0, y1, z0: z, z1: z + 1 }
    was.copyBox(segment, slice, before.fill(0))
    is.copyBox(segment, slice, after.fill(0))
    for (let y = 0; y < y1 - y0; y++)
      for (let x = 0; x < width; ) {
        const at = y * width
        let end = x + 1
        while (end < width && after[at + end] === after[at + x] && before[at + end] === before[at + x]) end++
        if (after[at + x] !== before[at + x])
          (after[at + x] === 1 ? gained : lost).push(z, y0 + y, x0 + x, x0 + end)
        x = end
      }
  }
  return { gained, lost }
}

export const countOf = (rows: readonly number[]): number => {
  let count = 0
  for (let n = 0; n < rows.length; n += 4) count += (rows[n + 3] as number) - (rows[n + 2] as number)
  return count
}

function engineOf(record: PaintRecord, segment: EntryKey, grid: Grid): MaskEngine {
  const engine = new MaskEngine({ grid })
  engine.feed(
    record.acts.map(({ act }) => act).filter(({ body }) => body.act !== 'paint' || body.segment === segment),
  )
  engine.step()
  return engine
}

const unionOf = (boxes: readonly VoxelBox[]): VoxelBox => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
  z0: Math.min(...boxes.map(({ z0 }) => z0)),
  z1: Math.max(...boxes.map(({ z1 }) => z1)),
})
