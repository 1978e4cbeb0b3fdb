/** Edits reach other people as before while a thousand slices come in: the same clients on the same server, before and meanwhile. */
import { join } from 'node:path'
import { Client, temporaryFolder } from '../../../support/server.ts'
import { type Arrivals, fanOutOf, type Pace } from '../../collab/parts/rates.ts'
import { answerOf, ended } from '../../collab/target.ts'
import { consilium } from '../../collab/targets.ts'
import { goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import { baseSlices, writeSeries } from '../files.ts'
import { importOf } from '../servers.ts'
import type { Part } from './part.ts'

const SLICES = process.env['BENCH_SMALL'] === '1' ? 100 : 1_000
const CONNECTIONS = 4
const PACE: Pace = { clients: 10, perSecond: 10, seconds: 8 }
const WARM_UP: Pace = { clients: 10, perSecond: 50, seconds: 2 }

export const fanOut: Part = {
  name: 'fan-out',
  title: `Edits seen by others while ${SLICES} slices come in`,
  async run(rounds) {
    const files = temporaryFolder('bench-files')
    const idle: Arrivals = { ms: [], missing: 0 }
    const busy: Arrivals = { ms: [], missing: 0 }
    const add = (to: Arrivals, { ms, missing }: Arrivals): void => {
      to.ms.push(...ms)
      to.missing += missing
    }
    try {
      const base = await baseSlices()
      for (let n = 0; n < rounds; n++) await writeSeries(join(files.path, String(n)), base, SLICES, n + 1)
      for (let n = 0; n < rounds; n++) {
        const server = await consilium.start()
        try {
          await fanOutOf(server, WARM_UP)
          add(idle, await fanOutOf(server, PACE))
          const person = new Client(`http://127.0.0.1:${server.access.port}`)
          await person.signIn('vasquez')
          const opened = await importOf(person)
          const sender = await opened.sender(join(files.path, String(n)), CONNECTIONS)
          let coming = true
          const sent = answerOf<number>(sender, 'sent', 'sent')
            .then(() => opened.finish(SLICES))
            .finally(() => {
              coming = false
            })
          // Only rounds that the slices were coming in for from beginning to end count; there is always one.
          for (let first = true; coming; first = false) {
            const arrivals = await fanOutOf(server, { ...PACE, seconds: 2 })
            if (coming || first) add(busy, arrivals)
          }
          await sent
          await ended(sender, 'SIGKILL')
        } finally {
          await server.close()
        }
      }
    } finally {
      files.remove()
    }
    const rows: Row[] = [
      ['idle', idle] as const,
      [`while ${SLICES} slices come in over ${CONNECTIONS} connections`, busy] as const,
    ].map(([when, { ms, missing }]) => ({
      when,
      'p50 ms': round(percentile(ms, 50)),
      'p99 ms': round(percentile(ms, 99)),
      arrivals: ms.length,
      missing,
    }))
    const p99 = ({ ms }: Arrivals): number => percentile(ms, 99) ?? Number.NaN
    return {
      rows,
      goals: [goal('p99 while slices come in, by the idle p99', p99(busy) / p99(idle), '<=', 3)],
    }
  },
}
