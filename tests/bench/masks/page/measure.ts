/** What is measured in a browser, and in Node for comparison. Imports nothing that either lacks. */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { lanesOf, readLanes } from '../lanes.ts'
import { GRID, historyOf, type Painting, realistic, SAME_TILE, SCATTER, SEGMENTS } from '../sets.ts'

const SETS: Readonly<Record<string, () => Painting>> = {
  realistic,
  scatter: () => SCATTER,
  'same tile': () => SAME_TILE,
}
const SAMPLES = 300
/** Of each of its turns the main thread gives so much to painting. */
const SLICE_MS = 8

export interface Measured {
  readonly read: number
  readonly fed: number
  readonly slice: number
  readonly rest: number
  /** The longest slice of work. */
  readonly longest: number
  readonly onTop: readonly number[]
  readonly undo: readonly number[]
  /** Of every voxel of every tenth slice and whose it is, in every segment. */
  readonly hash: string
}

export function measure(name: string, count: number): Measured {
  const acts = historyOf((SETS[name] as () => Painting)(), count + SAMPLES)
  const fresh = acts.splice(count)
  const lanes = lanesOf(acts)
  let read: MaskAct[] = []
  const engine = new MaskEngine({ grid: GRID })
  const picture = new Uint8Array(GRID.size[0] * GRID.size[1])
  const figures = {
    read: timed(() => void (read = readLanes(lanes))),
    fed: timed(() => engine.feed(read)),
    slice: timed(() => {
      for (const [n, segment] of SEGMENTS.entries()) engine.copySlice(segment, 2, 150, picture, n + 1)
    }),
  }
  const slices: number[] = []
  for (let isDone = false; !isDone; )
    slices.push(
      timed(() => {
        const end = performance.now() + SLICE_MS
        isDone = engine.step(() => performance.now() < end)
      }),
    )
  const one = (act: MaskAct): number =>
    timed(() => {
      engine.feed([act])
      engine.step()
    })
  const onTop = fresh.map(one)
  const undo = acts
    .filter((_, i) => i % Math.ceil(count / SAMPLES) === 0)
    .map(({ id }, i) =>
      one({
        id: { client: 1, lamport: 1_000_000 + i },
        at: 0,
        group: 1,
        body: { act: 'withdraw', hand: 'author', target: id, count: 1 },
      }),
    )
  const rest = slices.reduce((sum, ms) => sum + ms, 0)
  return { ...figures, rest, longest: Math.max(...slices), onTop, undo, hash: hashOf(engine) }
}

function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** FNV-1a. */
function hashOf(engine: MaskEngine): string {
  const [nx, ny, nz] = GRID.size
  const labels = new Uint8Array(nx * ny)
  const authors = new Uint32Array(nx * ny)
  let hash = 0x811c9dc5
  for (const segment of SEGMENTS)
    for (let z = 0; z < nz; z += 10) {
      labels.fill(0)
      authors.fill(0)
      engine.copySlice(segment, 2, z, labels)
      engine.authorsOfSlice(segment, 2, z, authors)
      for (let i = 0; i < labels.length; i++)
        if (labels[i] === 1)
          hash = Math.imul(
            Math.imul(hash ^ (z * nx * ny + i), 0x01000193) ^ (authors[i] as number),
            0x01000193,
          )
    }
  return (hash >>> 0).toString(16)
}
