/**
 * Bare Hocuspocus, the y-websocket server and this server in one run on one machine, interleaved:
 * how long an edit takes to reach another client, and what a SIGKILL costs.
 */
import { percentile, printTable, type Row, round, writeJson } from '../report.ts'
import { consilium } from './consilium.ts'
import { fanOut, lostAfterKill, type Pace } from './load.ts'
import { hocuspocus, yWebsocket } from './peers.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const EDITS_BEFORE_KILL = 300
const PACES: readonly Pace[] = [
  { clients: 2, perSecond: 10, seconds: 8 },
  { clients: 10, perSecond: 10, seconds: 8 },
  { clients: 50, perSecond: 4, seconds: 8 },
]
const targets = [hocuspocus, yWebsocket, consilium]

const samples = new Map<string, { ms: number[]; missing: number }>()
const losses: Row[] = []

for (let round_ = 0; round_ < ROUNDS; round_++) {
  for (const target of targets) {
    const server = await target.start()
    try {
      for (const pace of PACES) {
        const key = `${target.name}|${pace.clients} × ${pace.perSecond}/s`
        const result = await fanOut(server, pace)
        const sum = samples.get(key) ?? { ms: [], missing: 0 }
        sum.ms.push(...result.samples)
        sum.missing += result.missing
        samples.set(key, sum)
      }
      if (round_ === 0) {
        const { acknowledged, lost, kept } = await lostAfterKill(server, EDITS_BEFORE_KILL)
        losses.push({
          server: target.name,
          sent: EDITS_BEFORE_KILL,
          acknowledged: acknowledged ?? 'none, ever',
          'on disk after SIGKILL': kept,
          'acknowledged and lost': lost,
        })
      }
    } finally {
      await server.close()
    }
  }
}

const rows: Row[] = PACES.flatMap((pace) =>
  targets.map((target) => {
    const load = `${pace.clients} × ${pace.perSecond}/s`
    const { ms, missing } = samples.get(`${target.name}|${load}`) ?? { ms: [], missing: 0 }
    return {
      load,
      server: target.name,
      'p50 ms': round(percentile(ms, 50)),
      'p99 ms': round(percentile(ms, 99)),
      samples: ms.length,
      missing,
    }
  }),
)
printTable(`Fan-out: edit made → seen by another client (${ROUNDS} interleaved rounds)`, rows)
printTable('SIGKILL right after the last acknowledgement', losses)
console.log(`\nfigures: ${writeJson('collab', { fanOut: rows, losses })}`)
process.exit(0)
