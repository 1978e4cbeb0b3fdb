/** How many of a segment's voxels are whose. Counted tile by tile, and only in tiles that have changed since the last time. */
import type { ActLog } from './actLog.ts'
import type { SegmentTiles } from './segmentTiles.ts'
import type { TileStore } from './tileStore.ts'
import type { Tiling } from './tiling.ts'
import { bitOf, type Tops } from './tops.ts'

export type Voxels = ReadonlyMap<number, number>

export function voxelsByAuthor(
  segment: SegmentTiles,
  tiling: Tiling,
  log: ActLog,
  store: TileStore,
  tops: Tops,
): Voxels {
  const sum = new Map<number, number>()
  for (const tile of segment.all()) {
    const counted = segment.byAuthor.get(tile) ?? count(tile, tiling, log, store, tops)
    segment.byAuthor.set(tile, counted)
    for (const [client, voxels] of counted) sum.set(client, (sum.get(client) ?? 0) + voxels)
  }
  return sum
}

function count(tile: number, tiling: Tiling, log: ActLog, store: TileStore, kept: Tops): Voxels {
  const page = store.page(tile)
  const base = store.base(tile)
  const bySlot = new Map<number, number>()
  // To keep them all would push out those of the slices that are looked at.
  const tops = kept.kept(tile) ?? kept.make(tile)
  for (let word = 0; word < tiling.words; word++)
    for (let bits = page[base + word] as number; bits !== 0; bits &= bits - 1) {
      const slot = (tops[32 * word + bitOf(bits)] as number) - 1
      bySlot.set(slot, (bySlot.get(slot) ?? 0) + 1)
    }
  const counted = new Map<number, number>()
  for (const [slot, voxels] of bySlot) {
    const { client } = log.act(slot).id
    counted.set(client, (counted.get(client) ?? 0) + voxels)
  }
  return counted
}
