/**
 * Any revision of the large document, over the route that the page uses, beside the newest ones: what either costs is the document then.
 * None is asked for twice, so neither can be known from before. And how long the server's event loop stood still meanwhile, beside the
 * same time in which nothing was asked.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../../faults/fault.ts'
import { goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import { ownMs, type Turns } from '../turns.ts'
import { type Part, timed } from './part.ts'

const MOMENTS = 60
/** Of so many one is followed by one of the newest. */
const TO_HEAD = 4

export const moments: Part = {
  name: 'moments',
  title: 'Any revision of the large document, and the newest ones',
  async run(bed) {
    const { person, large } = bed
    const random = new Random(1)
    const open = (seq: number): Promise<number> =>
      timed(async () => {
        const answer = await person.ask('GET', `/documents/${large.document}/at/${seq}`)
        if (!answer.ok) throw new Error(`revision ${seq} answered ${answer.status}`)
        await answer.arrayBuffer()
      })
    await open(large.head)
    await bed.turns()
    const begun = performance.now()
    const [any, newest]: [number[], number[]] = [[], []]
    for (let n = 0; n < MOMENTS; n++) {
      any.push(await open(random.whole(1, large.head)))
      if (n % TO_HEAD === 0) newest.push(await open(large.head - newest.length - 1))
    }
    const busy = await bed.turns()
    await sleep(performance.now() - begun)
    const idle = await bed.turns()
    const head = percentile(newest, 50) ?? Number.NaN
    return {
      rows: [
        row(`any of ${large.head} revisions`, any, busy),
        row('the newest revisions', newest, null),
        row('nothing is asked', [], idle),
      ],
      goals: [
        goal('any revision, p95, by the newest, p50', (percentile(any, 95) ?? Number.NaN) / head, '<=', 2),
        goal('longest turn of the event loop, ms', busy.longest.ms, '<=', 20),
        goal('longest without what it had no processor for, ms', ownMs(busy.ownLongest), '<=', 20),
        goal('most work in one turn, ms', busy.busiest.cpuMs, '<=', 20),
      ],
    }
  },
}

const row = (what: string, ms: readonly number[], turns: Turns | null): Row => ({
  what,
  answers: ms.length,
  'p50 ms': round(percentile(ms, 50), 0),
  'p95 ms': round(percentile(ms, 95), 0),
  'longest turn ms': turns && round(turns.longest.ms, 1),
  'CPU in it ms': turns && round(turns.longest.cpuMs, 1),
  'no processor in it ms': turns && round(turns.longest.readyMs, 1),
  'longest without that ms': turns && round(ownMs(turns.ownLongest), 1),
  'most CPU in one turn ms': turns && round(turns.busiest.cpuMs, 1),
})
