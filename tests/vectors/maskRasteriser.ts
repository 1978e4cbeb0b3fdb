/**
 * Makes mask-rasteriser.json: lanes of random acts as bytes, and what is to be found in them, down to every voxel. The file is committed, so
 * that a change of a byte or of a voxel is seen; and read by rasteriser.py, which knows only the definition.
 * `node tests/vectors/maskRasteriser.ts && biome check --write tests/vectors` writes it anew: only where the format was changed on purpose, and then under a new number.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { MaskAct } from '../../packages/crdt-schema/src/kinds/mask/act.ts'
import { LaneReader, LaneWriter } from '../../packages/crdt-schema/src/kinds/mask/bytes/lane.ts'
import { randomActs } from '../../packages/crdt-schema/src/kinds/mask/bytes/testing/randomActs.ts'
import { type Grid, wholeGrid } from '../../packages/geometry/src/raster/grid.ts'
import { createRasteriser } from '../../packages/geometry/src/raster/rasteriser.ts'
import { chance } from '../../packages/geometry/src/raster/testing/chance.ts'
import { SMALL_GRIDS } from '../../packages/geometry/src/raster/testing/shapes.ts'

const ACTS_PER_GRID = 100
const CLIENTS = [1, 77, 4_294_967_294, 300_000]

export interface VectorLane {
  readonly grid: Grid
  readonly client: number
  /** Hexadecimal. */
  readonly elements: readonly string[]
  /** Null where an element is no act. */
  readonly acts: readonly (VectorAct | null)[]
}

/** What is said of an act; `voxels` and `rows` of what paints: how many, and the sha-256 of its rows as "z y x0 x1\n" each. */
export type VectorAct = Readonly<Record<string, string | number>>

export function foundIn(lane: Pick<VectorLane, 'grid' | 'client' | 'elements'>): (VectorAct | null)[] {
  const reader = new LaneReader(lane.client)
  const rasterise = createRasteriser(lane.grid)
  return lane.elements.map((element) => {
    const act = reader.read(Buffer.from(element, 'hex'))
    return act && said(act, lane.grid, rasterise)
  })
}

function said(act: MaskAct, grid: Grid, rasterise: ReturnType<typeof createRasteriser>): VectorAct {
  const { id, at, group, body } = act
  const common = { lamport: id.lamport, at, group, act: body.act }
  if (body.act !== 'paint')
    return {
      ...common,
      hand: body.hand,
      client: body.target.client,
      first: body.target.lamport,
      count: body.count,
    }
  const hash = createHash('sha256')
  let voxels = 0
  rasterise(body.shape, wholeGrid(grid), (z, y, x0, x1) => {
    voxels += x1 - x0
    hash.update(`${z} ${y} ${x0} ${x1}\n`)
  })
  const { segment, value } = body
  return { ...common, segment, value, shape: body.shape.shape, voxels, rows: hash.digest('hex') }
}

export function laneOf(n: number): VectorLane {
  const grid = SMALL_GRIDS[n] as Grid
  const client = CLIENTS[n] as number
  const writer = new LaneWriter(client)
  const elements = [...randomActs(chance(9_000 + n), grid, client, ACTS_PER_GRID)].flatMap((act) =>
    writer.write(act).map((element) => Buffer.from(element).toString('hex')),
  )
  return { grid, client, elements, acts: foundIn({ grid, client, elements }) }
}

export const VECTOR_FILE = new URL('mask-rasteriser.json', import.meta.url)

export const vectorLanes = (): VectorLane[] => SMALL_GRIDS.map((_, n) => laneOf(n))

if (import.meta.main) writeFileSync(VECTOR_FILE, JSON.stringify(vectorLanes(), null, 2))
