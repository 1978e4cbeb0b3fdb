/** Acts by chance, in the order of one client: paint of every kind, erasing, switches of one's own acts and of others', groups. */
import type { Grid } from '@consilium/geometry/raster/grid'
import { type Chance, pick } from '@consilium/geometry/raster/testing/chance'
import { randomShape } from '@consilium/geometry/raster/testing/shapes'
import { HANDS, type MaskAct, type Paint, type Switch } from '../../act.ts'

const SEGMENTS = ['12-abcdefgh', '12-zz9900zz', '4294967295-a1b2', '7-aaaabbbbccccdddd']
const OTHERS = [5, 300, 4_294_967_295]
/** 2026-01-05. */
const BEGUN = 1_767_600_000_000

export function* randomActs(by: Chance, grid: Grid, client: number, count: number): Generator<MaskAct> {
  let lamport = by(1, 300)
  let at = BEGUN
  /** Members of a group that are still to come. */
  let members = 0
  for (let n = 0; n < count; n++) {
    const isMember = members > 0
    if (isMember) members -= 1
    const group = !isMember && by(0, 9) === 0 ? by(2, 4) : 1
    if (group > 1) members = group - 1
    lamport += isMember ? 1 : by(1, 1 + by(0, 40) * by(0, 200))
    at += 100 * by(0, 200)
    const body = lamport > 1 && by(0, 4) === 0 ? turn(by, client, lamport) : paint(by, grid)
    yield { id: { client, lamport }, at, group, body }
  }
}

const paint = (by: Chance, grid: Grid): Paint => ({
  act: 'paint',
  segment: pick(by, SEGMENTS),
  value: by(0, 3) === 0 ? 0 : 1,
  shape: randomShape(by, grid),
})

function turn(by: Chance, own: number, lamport: number): Switch {
  const oldest = by(1, lamport - 1)
  return {
    act: by(0, 2) === 0 ? 'restore' : 'withdraw',
    hand: pick(by, HANDS),
    target: { client: by(0, 1) ? own : pick(by, OTHERS), lamport: oldest },
    count: by(1, Math.min(4096, lamport - oldest)),
  }
}
