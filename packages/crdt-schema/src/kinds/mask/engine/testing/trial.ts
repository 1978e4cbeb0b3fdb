/**
 * One trial of an engine by chance: a history is fed in some order, with repetitions, while work is done now and then; whatever is asked
 * at any moment must be what the oracle says of the acts fed so far.
 */
import type { Axis } from '@consilium/geometry/raster/shape'
import type { MaskAct } from '../../act.ts'
import type { MaskEngine, MaskEngineOptions } from '../engine.ts'
import { type History, historyOf } from './history.ts'
import { isEffective, type Truth, truthOf } from './oracle.ts'
import { Random } from './random.ts'

export type EngineClass = new (options: MaskEngineOptions) => MaskEngine

/** Sizes at which few acts take every path. */
const SIZES: readonly Omit<MaskEngineOptions, 'grid'>[] = [
  {},
  { tile: { yBits: 3, zBits: 1 }, tops: { worth: 3, kept: 6, cached: 2 }, together: 1, atOnce: 1 },
  { tile: { yBits: 2, zBits: 2 }, tops: { worth: 1, kept: 4, cached: 1 }, together: 3, atOnce: 8 },
  { tops: { worth: 4, kept: 8, cached: 1 }, together: 0, atOnce: 2 },
  { tops: { worth: 1000, kept: 1000, cached: 1 }, together: 2 },
]

/** What was wrong, or null. */
export function trial(seed: number, Engine: EngineClass): string | null {
  const random = new Random(seed)
  const history = historyOf(random)
  const engine = new Engine({ grid: history.grid, ...random.pick(SIZES) })
  const waiting = arrivals(random, history.acts)
  const fed: MaskAct[] = []
  while (waiting.length > 0) {
    const batch = waiting.splice(0, random.whole(1, random.pick([1, 1, 4, waiting.length])))
    engine.feed(batch)
    fed.push(...batch.filter((act) => !fed.includes(act)))
    let left = random.pick([0, 1, 1, 2, 10, 1000])
    engine.step(() => left-- > 0)
    const fault = waiting.length === 0 || random.once(5) ? faultIn(random, engine, fed, history) : null
    if (fault) return `seed ${seed}, after ${fed.length} of ${history.acts.length} acts: ${fault}`
  }
  engine.step()
  const fault = faultIn(random, engine, fed, history)
  return fault && `seed ${seed}, settled: ${fault}`
}

function arrivals(random: Random, acts: readonly MaskAct[]): MaskAct[] {
  const clients = [...new Set(acts.map((act) => act.id.client))]
  const ordered = random.pick([
    () => [...acts],
    () => random.shuffled(acts),
    () => clients.flatMap((client) => acts.filter((act) => act.id.client === client)),
  ])()
  return ordered.flatMap((act) => (random.once(10) ? [act, random.pick(acts)] : [act]))
}

function faultIn(
  random: Random,
  engine: MaskEngine,
  fed: readonly MaskAct[],
  { grid, segments }: History,
): string | null {
  for (const act of fed)
    if (act.body.act === 'paint' && engine.effective(act.id) !== isEffective(fed, act))
      return `${nameOf(act)} is ${engine.effective(act.id) ? '' : 'not '}in effect`
  for (const segment of segments) {
    const truth = truthOf(fed, segment, grid)
    const fault =
      sliceFault(engine, segment, truth, 2) ??
      sliceFault(engine, segment, truth, random.pick([0, 1] as const)) ??
      blameFault(random, engine, segment, truth) ??
      countFault(engine, segment, truth)
    if (fault) return `${segment}: ${fault}`
  }
  return null
}

function sliceFault(engine: MaskEngine, segment: string, { tops }: Truth, axis: Axis): string | null {
  const { size } = engine.grid
  const [u, v] = ([0, 1, 2] as const).filter((along) => along !== axis) as [Axis, Axis]
  const length = size[u] * size[v]
  const at = [0, 0, 0]
  for (let index = 0; index < size[axis]; index++) {
    const labels = new Uint8Array(length)
    const acts = new Uint32Array(length)
    const authors = new Uint32Array(length)
    engine.copySlice(segment, axis, index, labels, 7)
    engine.actsOfSlice(segment, axis, index, acts)
    engine.authorsOfSlice(segment, axis, index, authors)
    for (let i = 0; i < length; i++) {
      at[axis] = index
      at[u] = i % size[u]
      at[v] = Math.floor(i / size[u])
      const top = tops[placeOf(engine, at)] ?? null
      const number = acts[i] as number
      if (labels[i] !== 7 * valueOf(top)) return `voxel ${at} has label ${labels[i]}`
      if ((number === 0 ? null : engine.act(number)) !== top)
        return `voxel ${at} is said to be of ${number === 0 ? 'no act' : nameOf(engine.act(number))}, not of ${nameOf(top)}`
      if (authors[i] !== (valueOf(top) === 1 ? top?.id.client : 0)) return `voxel ${at} is by ${authors[i]}`
    }
  }
  return null
}

function blameFault(random: Random, engine: MaskEngine, segment: string, truth: Truth): string | null {
  for (let n = 0; n < 20; n++) {
    const [x, y, z] = engine.grid.size.map((size) => random.whole(0, size - 1)) as [number, number, number]
    const i = placeOf(engine, [x, y, z])
    const blame = engine.blame(segment, x, y, z)
    if ((blame?.act ?? null) !== truth.tops[i])
      return `blame of ${[x, y, z]} is ${nameOf(blame?.act ?? null)}`
    if ((blame?.under ?? null) !== truth.under[i])
      return `under ${[x, y, z]} lies ${nameOf(blame?.under ?? null)}`
    if (engine.valueAt(segment, x, y, z) !== valueOf(truth.tops[i] ?? null))
      return `voxel ${[x, y, z]} is wrong`
  }
  return null
}

function countFault(engine: MaskEngine, segment: string, { tops }: Truth): string | null {
  const statistics = engine.statistics(segment)
  if (statistics === null) return engine.waiting === 0 ? 'no statistics although nothing waits' : null
  const [nx, ny, nz] = engine.grid.size
  const authors = new Map<number, number>()
  for (let z = 0; z < nz; z++) {
    const set = tops.slice(z * nx * ny, (z + 1) * nx * ny).filter((top) => valueOf(top) === 1) as MaskAct[]
    if (statistics.slices.voxels[z] !== set.length)
      return `slice ${z} counts ${statistics.slices.voxels[z]}, has ${set.length}`
    for (const { id } of set) authors.set(id.client, (authors.get(id.client) ?? 0) + 1)
  }
  const all = [...authors.values()].reduce((sum, n) => sum + n, 0)
  if (statistics.voxels !== all) return `counts ${statistics.voxels} voxels, has ${all}`
  const counted = engine.authors(segment)
  for (const client of new Set([...authors.keys(), ...(counted?.keys() ?? [])]))
    if ((counted?.get(client) ?? 0) !== (authors.get(client) ?? 0))
      return `${client} has ${authors.get(client)} voxels, not ${counted?.get(client)}`
  return null
}

const placeOf = ({ grid: { size } }: MaskEngine, [x, y, z]: readonly number[]): number =>
  ((z as number) * size[1] + (y as number)) * size[0] + (x as number)

const valueOf = (act: MaskAct | null): 0 | 1 => (act?.body.act === 'paint' ? act.body.value : 0)

const nameOf = (act: MaskAct | null): string => (act ? `${act.id.client}:${act.id.lamport}` : 'nothing')
