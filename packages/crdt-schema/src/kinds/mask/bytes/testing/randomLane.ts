/** A lane of random acts, for tests of reading. */
import { chance } from '@consilium/geometry/raster/testing/chance'
import { SMALL_GRIDS } from '@consilium/geometry/raster/testing/shapes'
import type { MaskAct } from '../../act.ts'
import { LaneReader, type LaneState, LaneWriter } from '../lane.ts'
import { randomActs } from './randomActs.ts'

export const CLIENT = 77
const GRID = SMALL_GRIDS[1]!

interface RandomLane {
  readonly acts: readonly MaskAct[]
  readonly elements: readonly Uint8Array[]
  /** Where the lane stood before each element. */
  readonly before: readonly LaneState[]
}

export function laneOf(seed: number, count: number): RandomLane {
  const acts = [...randomActs(chance(seed), GRID, CLIENT, count)]
  const writer = new LaneWriter(CLIENT)
  const elements = acts.flatMap((act) => writer.write(act))
  const reader = new LaneReader(CLIENT)
  const before = elements.map((element) => {
    const { state } = reader
    reader.read(element)
    return state
  })
  return { elements, before, acts }
}
