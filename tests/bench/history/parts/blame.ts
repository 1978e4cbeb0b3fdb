/**
 * Who made the vertex that somebody points at: what the page asks, and gets with all fields, vertices and characters of the annotation. Whoever
 * points has the document open, and so has the server; the same is asked of a document that nobody has open.
 * *In the process* is the same answer without the way: no HTTP, nobody's session asked of the database, nothing routed or sent.
 * A long document is still being read when the page has it: what is asked meanwhile is answered as of one that is not open, and not measured.
 * A server that was just started has hardly any of its code compiled; the first questions that it gets are shown by themselves.
 */
import type { Blame } from '@consilium/contract/history'
import { Random } from '../../../faults/fault.ts'
import { openPage } from '../../../wire/page.ts'
import { goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import type { Bed } from '../bed.ts'
import { type Part, timed } from './part.ts'

const QUESTIONS = 500
const WARM = 50
/** Questions before those that count: the code of a server that was just started is slow until it is compiled (docs/benchmarks.md). */
const STEADY = 2_000

export const blame: Part = {
  name: 'blame',
  title: 'Blame of a vertex',
  async run(bed) {
    const { all, favourites } = bed.long.annotations
    const random = new Random(3)
    await many(bed, random, all, WARM)
    const first = await many(bed, random, all, QUESTIONS)
    await many(bed, random, all, STEADY)
    const closed = await many(bed, random, all, QUESTIONS)
    const longClosed = await many(bed, random, favourites, QUESTIONS / 10)
    const page = await openPage(bed.person, bed.long.document, { client: null })
    await bed.calm()
    await many(bed, random, all, STEADY)
    await bed.calm()
    const open = await many(bed, random, all, QUESTIONS)
    const longOpen = await many(bed, random, favourites, QUESTIONS / 10)
    page.close()
    return {
      rows: [
        row(`of any of ${all.length} annotations, pointed at`, open.blame),
        row('the same in the process, without the way', open.inside),
        row('of those changed most, pointed at', longOpen.blame),
        row('the same in the process, without the way', longOpen.inside),
        row('meanwhile: who am I', open.who),
        row('meanwhile: is the server alive', open.alive),
        row(`of any of ${all.length} annotations, the document not open`, closed.blame),
        row('the same in the process, without the way', closed.inside),
        row('of those changed most, the document not open', longClosed.blame),
        row('the same in the process, without the way', longClosed.inside),
        row('meanwhile: who am I', closed.who),
        row('meanwhile: is the server alive', closed.alive),
        row(
          `of any of ${all.length} annotations, the document not open, the server just started`,
          first.blame,
        ),
        row('meanwhile: who am I', first.who),
      ],
      goals: [
        within(`p95 of ${QUESTIONS} questions, pointed at, ms`, open.blame),
        within(`p95 of ${QUESTIONS} questions, the document not open, ms`, closed.blame),
        within(`p95 of ${QUESTIONS} in the process, pointed at, ms`, open.inside),
        within(`p95 of ${QUESTIONS} in the process, the document not open, ms`, closed.inside),
      ],
    }
  },
}

const within = (what: string, ms: readonly number[]) => goal(what, percentile(ms, 95) ?? Number.NaN, '<=', 5)

/** By turns with what the answer takes without its way, and what any question takes on this machine: one that asks nothing but who asks, and one that does not even ask that. */
interface Asked {
  readonly blame: number[]
  readonly inside: number[]
  readonly who: number[]
  readonly alive: number[]
}

async function many(bed: Bed, random: Random, among: readonly string[], count: number): Promise<Asked> {
  const found: Asked = { blame: [], inside: [], who: [], alive: [] }
  while (found.blame.length < count) {
    found.blame.push(await asked(bed, random.pick(among)))
    found.inside.push(await bed.blameInside(random.pick(among)))
    found.who.push(await timed(() => bed.person.get('/me')))
    found.alive.push(await timed(async () => (await fetch(`${bed.url}/healthz`)).text()))
  }
  return found
}

/** Of the newest revision. */
const asked = ({ person, long }: Bed, id: string): Promise<number> =>
  timed(async () => {
    const path = `/documents/${long.document}/annotations/${id}/blame?at=${long.head}`
    const { vertices } = await person.get<Blame>(path)
    if (Object.keys(vertices).length === 0) throw new Error('an annotation without vertices')
  })

const row = (what: string, ms: readonly number[]): Row => ({
  what,
  questions: ms.length,
  'p50 ms': round(percentile(ms, 50), 1),
  'p95 ms': round(percentile(ms, 95), 1),
})
