/** A mask that is opened: from the bytes of its lanes to the slice that is looked at, and to the last tile behind it. */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { goal } from '../../goals.ts'
import { median } from '../../ingest/parts/part.ts'
import { type Row, round } from '../../report.ts'
import { bytesOf, type Lane, lanesOf, readLanes } from '../lanes.ts'
import { liveBytes } from '../memory.ts'
import { GRID, historyOf, type Painting, RAW_LABELMAP_BYTES, realistic, SAME_TILE, SCATTER } from '../sets.ts'
import { compose, engineOf, type Part, timed } from './part.ts'

const ROUNDS = 3
const SETS: readonly (readonly [() => Painting, readonly number[]])[] = [
  [realistic, [1_000, 10_000, 50_000]],
  [() => SCATTER, [10_000, 50_000]],
  [() => SAME_TILE, [10_000, 50_000]],
]

interface Opened {
  readonly read: number
  readonly fed: number
  readonly slice: number
  readonly rest: number
}

export const cold: Part = {
  name: 'cold',
  title: 'b. Opening a mask, ms',
  run(share) {
    const rows: Row[] = []
    const firstSlice: number[] = []
    const whole = new Map<string, number>()
    const memory = new Map<string, number>()
    for (const [set, counts] of SETS)
      for (const full of counts) {
        const acts = historyOf(set(), Math.round(full * share))
        const lanes = lanesOf(acts)
        const opened = Array.from({ length: ROUNDS }, () => open(lanes))
        const of = (what: keyof Opened) => median(opened.map((one) => one[what]))
        const before = of('read') + of('fed') + of('slice')
        const live = liveBytes(() => engineOf(readLanes(lanes)))
        const name = `${set().name} ${full}`
        if (name === 'realistic 50000') firstSlice.push(before)
        whole.set(name, of('rest'))
        memory.set(name, live / RAW_LABELMAP_BYTES)
        rows.push({
          acts: name,
          'kB in lanes': round(bytesOf(lanes) / 1e3, 0),
          'bytes → acts': round(of('read'), 0),
          fed: round(of('fed'), 0),
          'first slice': round(of('slice'), 0),
          'so far': round(before, 0),
          'all tiles': round(of('rest'), 0),
          'live MB': round(live / 1e6, 1),
        })
      }
    return {
      rows,
      goals: [
        goal('10,000 realistic acts into tiles, ms', whole.get('realistic 10000') as number, '<=', 600),
        goal('10,000 scattered acts into tiles, ms', whole.get('scatter 10000') as number, '<=', 2_500),
        goal('50,000 realistic acts, from bytes to the first slice, ms', firstSlice[0] as number, '<=', 600),
        goal(
          'live memory by the raw labelmap, 10,000 realistic',
          memory.get('realistic 10000') as number,
          '<=',
          1,
        ),
        goal(
          'live memory by the raw labelmap, 10,000 scattered',
          memory.get('scatter 10000') as number,
          '<=',
          2,
        ),
      ],
    }
  },
}

function open(lanes: readonly Lane[]): Opened {
  let acts: MaskAct[] = []
  const engine = new MaskEngine({ grid: GRID })
  const read = timed(() => void (acts = readLanes(lanes)))
  const fed = timed(() => engine.feed(acts))
  const slice = timed(() => compose(engine))
  const rest = timed(() => void engine.step())
  return { read, fed, slice, rest }
}
