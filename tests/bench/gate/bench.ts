/**
 * What the gate costs: the same update is examined by the gate on one document, and applied by plain Yjs to a copy that does not have it
 * yet, in turns. Every update is new; both documents then hold it. Nothing is written anywhere: the journal is not part of this.
 *
 * Whoever looks at a part of a document first waits for it to come from memory. By itself the gate does as applyUpdate does; on a server
 * applyUpdate then finds it there. So it is also measured what the gate adds: examined and applied, less applied alone.
 */
import * as Y from 'yjs'
import { examine } from '../../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../../apps/collab-server/src/room/decode.ts'
import { type Goal, goal, printGoals } from '../goals.ts'
import { machine, percentile, printMachine, printTable, type Row, round, writeJson } from '../report.ts'
import { STAGES, type Stages, stagesOf } from './stages.ts'
import { type Bench, KINDS, LARGE, LIVE, open, RETURNING, writer } from './updates.ts'

const ITEMS = [1_000, 10_000, 100_000]
/** A cost grown by less than this is flat: between runs it varies as much. */
const FLAT = 1.5

const microseconds = (work: () => void): number => {
  const begun = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - begun) / 1_000
}

interface Samples {
  readonly gate: number[]
  readonly apply: number[]
  /** Examined and then applied to the same document. */
  readonly both: number[]
  readonly stages: Stages[]
}

/** All updates are made beforehand: a server does not run its pages. */
function measure({ gated, bare }: Bench, make: () => Uint8Array, count: number): Samples {
  const samples: Samples = { gate: [], apply: [], both: [], stages: [] }
  const updates = Array.from({ length: 2 * count }, make)
  for (const [n, bytes] of updates.entries()) {
    let row: Uint8Array | null = null
    const examined = (): number =>
      microseconds(() => {
        const known = (client: number) => Y.getState(gated.ydoc.store, client)
        row = examine(gated, writer, decode([{ bytes, said: 0 }], known))?.bytes ?? null
      })
    const applied = (): number => microseconds(() => Y.applyUpdate(bare, bytes))
    const [gate, apply] = n % 2 ? [examined(), applied()] : [applied(), examined()].toReversed()
    if (row === null) throw new Error('an update of the benchmark held nothing new')
    const isTakenApart = n % 4 === 0
    if (isTakenApart) samples.stages.push(stagesOf(gated, bytes))
    const after = microseconds(() => Y.applyUpdate(gated.ydoc, row as unknown as Uint8Array))
    if (n < count) continue
    samples.gate.push(gate as number)
    samples.apply.push(apply as number)
    if (!isTakenApart) samples.both.push((gate as number) + after)
  }
  return samples
}

// Once through everything, so that nobody is measured while the engine is still learning its code.
const warm = open(ITEMS[0] as number)
for (const { make } of KINDS) {
  let n = 0
  measure(warm, () => make(warm, n++), LARGE)
}

const ratioOf = ({ gate, apply }: Figures): number => gate.p50 / apply.p50
const addedOf = ({ both, apply }: Figures): number => (both.p50 - apply.p50) / apply.p50

interface Figures {
  readonly items: number
  readonly ranges: number
  readonly update: string
  readonly gate: { readonly p50: number; readonly p99: number }
  readonly apply: { readonly p50: number; readonly p99: number }
  readonly both: { readonly p50: number }
  /** Medians. */
  readonly stages: Stages
}

const of = (samples: readonly number[]) => ({
  p50: percentile(samples, 50) ?? Number.NaN,
  p99: percentile(samples, 99) ?? Number.NaN,
})

const figures: Figures[] = []
for (const items of ITEMS) {
  const bench = open(items)
  const deleted = [...Y.decodeUpdate(Y.encodeStateAsUpdate(bench.page)).ds.clients.values()]
  const ranges = deleted.reduce((sum, list) => sum + list.length, 0)
  for (const { name, count, make } of KINDS) {
    let n = 0
    const { gate, apply, both, stages } = measure(bench, () => make(bench, n++), count)
    const medians = Object.fromEntries(
      STAGES.map((stage) => [stage, of(stages.map((one) => one[stage])).p50]),
    )
    figures.push({
      items,
      ranges,
      update: name,
      gate: of(gate),
      apply: of(apply),
      both: of(both),
      stages: medians as Stages,
    })
  }
}

const [fewest = 0, most = 0] = [ITEMS[0], ITEMS.at(-1)]
const sized = (update: string, items: number): Figures => {
  const found = figures.find((one) => one.update === update && one.items === items)
  if (!found) throw new Error(`${update} was not measured`)
  return found
}
const goals: Goal[] = [
  ...LIVE.flatMap(({ name }): Goal[] => {
    const dearest = Math.max(...ITEMS.map((items) => ratioOf(sized(name, items))))
    const added = Math.max(...ITEMS.map((items) => addedOf(sized(name, items))))
    const growth = sized(name, most).gate.p50 / sized(name, fewest).gate.p50
    return [
      goal(`${name}: gate by applyUpdate, at any size`, dearest, '<=', 0.5),
      goal(`${name}: added by the gate to applyUpdate, at any size`, added, '<=', 0.5),
      goal(`${name}: gate at ${most} items by ${fewest}`, growth, '<=', FLAT),
    ]
  }),
  goal(
    `SyncStep2 of a returning page at ${most} items, p99 ms`,
    sized(RETURNING, most).gate.p99 / 1_000,
    '<=',
    20,
  ),
]

const on = machine(['yjs'])
printMachine(on)
printTable(
  'The gate beside Y.applyUpdate',
  figures.map(
    (one): Row => ({
      items: one.items,
      'deleted ranges': one.ranges,
      update: one.update,
      'gate p50 µs': round(one.gate.p50, 1),
      'gate p99 µs': round(one.gate.p99, 1),
      'applyUpdate p50 µs': round(one.apply.p50, 1),
      'applyUpdate p99 µs': round(one.apply.p99, 1),
      'gate / applyUpdate': round(ratioOf(one)),
      'added / applyUpdate': round(addedOf(one)),
    }),
  ),
)
printTable(
  'Where the gate’s time goes, p50 µs',
  figures.map(
    ({ items, update, stages }): Row => ({
      items,
      update,
      ...Object.fromEntries(STAGES.map((stage) => [stage, round(stages[stage], 1)])),
    }),
  ),
)
printGoals(goals)
console.log(`\nfigures: ${writeJson('gate', { figures, goals }, on)}`)
