/** One act more in a mask that is open: on top, late, taken back, put back; and who made a voxel. */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import type { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { Random } from '../../../faults/fault.ts'
import { type Goal, goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { historyOf, organ, type Painting, realistic, SAME_TILE, SCATTER, SEGMENTS } from '../sets.ts'
import { compose, engineOf, inShort, type Part, p95, timed } from './part.ts'

/** Acts of each sort that are measured. */
const SAMPLES = 400
const SETS: readonly (readonly [() => Painting, readonly number[]])[] = [
  [realistic, [10_000, 50_000]],
  [() => SCATTER, [10_000, 50_000]],
  [() => SAME_TILE, [10_000, 50_000]],
]
/** Above all that was painted. */
const LATER = 1_000_000

export const live: Part = {
  name: 'live',
  title: 'c. One act more: p50 (p95, most), ms; blame in µs',
  run(share) {
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const [set, counts] of SETS)
      for (const full of counts) {
        const name = `${set().name} ${full}`
        const figures = measure(set(), Math.round(full * share))
        rows.push({
          acts: name,
          'on top': inShort(figures.onTop),
          late: inShort(figures.late),
          undo: inShort(figures.undo),
          redo: inShort(figures.redo),
          'slice composed': inShort(figures.composed),
          'blame, µs': inShort(figures.blame.map((ms) => 1_000 * ms)),
        })
        if (set().name === 'realistic')
          goals.push(
            goal(`${name}: late act, p95, ms`, p95(figures.late), '<=', 3),
            goal(`${name}: undo, p95, ms`, p95(figures.undo), '<=', 3),
            goal(`${name}: act on top and slice composed, p95, ms`, p95(figures.dab), '<=', 2),
          )
        if (name === 'same tile 50000')
          goals.push(
            goal(`${name}: late act, p95, ms`, p95(figures.late), '<=', 8),
            goal(`${name}: undo, p95, ms`, p95(figures.undo), '<=', 10),
          )
      }
    const pieces = undoOfOrgan(Math.round(10_000 * share))
    const whole = pieces.reduce((sum, ms) => sum + ms, 0)
    rows.push({ acts: 'an organ under 10000 strokes', undo: `${whole.toFixed(0)} in all` })
    rows.push({ acts: `the same in its ${pieces.length} pieces of work`, undo: inShort(pieces) })
    goals.push(
      goal('undo of an organ under 10,000 strokes, ms', whole, '<=', 400),
      goal('longest piece of it: what a page waits, ms', Math.max(...pieces), '<=', 16),
    )
    return { rows, goals }
  },
}

function measure(set: Painting, count: number) {
  const acts = historyOf(set, count + SAMPLES)
  const fresh = acts.splice(count)
  const every = Math.floor(count / SAMPLES)
  const held = acts.filter((_, i) => i % every === 1).slice(0, SAMPLES)
  const isHeld = new Set(held)
  const fed = acts.filter((act) => !isHeld.has(act))
  const engine = engineOf(fed)
  const victims = fed.filter((_, i) => i % every === 0).slice(0, SAMPLES)
  const one = (act: MaskAct): number =>
    timed(() => {
      engine.feed([act])
      engine.step()
    })
  const onTop: number[] = []
  const composed: number[] = []
  for (const act of fresh) {
    onTop.push(one(act))
    composed.push(timed(() => compose(engine, sliceOf(act))))
  }
  return {
    onTop,
    composed,
    dab: onTop.map((ms, i) => ms + (composed[i] as number)),
    late: held.map(one),
    undo: victims.map((act, i) => one(turn('withdraw', act, LATER + i))),
    redo: victims.map((act, i) => one(turn('restore', act, LATER + SAMPLES + i))),
    blame: blamed(engine, fresh),
  }
}

const sliceOf = ({ body }: MaskAct): number =>
  body.act === 'paint' && body.shape.shape === 'stroke' && body.shape.axis === 2 ? body.shape.slice : 150

const turn = (act: 'withdraw' | 'restore', { id }: MaskAct, lamport: number, count = 1): MaskAct => ({
  id: { client: 1, lamport },
  at: 0,
  group: 1,
  body: { act, hand: 'author', target: id, count },
})

/** Where people have just painted. */
function blamed(engine: MaskEngine, acts: readonly MaskAct[]): number[] {
  const random = new Random(5)
  return acts.flatMap(({ body }) => {
    if (body.act !== 'paint' || body.shape.shape !== 'stroke' || body.shape.axis !== 2) return []
    const { points, slice } = body.shape
    const i = 2 * random.whole(0, points.length / 2 - 1)
    const [x, y] = [0, 1].map((k) => Math.max(0, Math.min(511, (points[i + k] as number) >> 2))) as [
      number,
      number,
    ]
    return [timed(() => void engine.blame(body.segment, x, y, slice))]
  })
}

/** ms of each piece of work. */
function undoOfOrgan(strokes: number): number[] {
  const segment = SEGMENTS[0] as string
  const imported = organ(segment).map(
    (body, i): MaskAct => ({ id: { client: 1, lamport: i + 1 }, at: 0, group: i === 0 ? 3 : 1, body }),
  )
  const above = historyOf(realistic(), strokes).map((act): MaskAct => {
    if (act.body.act !== 'paint') return act
    const id = { ...act.id, lamport: act.id.lamport + 3 }
    return { ...act, id, body: { ...act.body, segment } }
  })
  const engine = engineOf([...imported, ...above])
  const pieces = [timed(() => engine.feed([turn('withdraw', imported[0] as MaskAct, LATER, 3)]))]
  while (engine.waiting > 0)
    pieces.push(
      timed(() => {
        let left = 1
        engine.step(() => left-- > 0)
      }),
    )
  return pieces
}
