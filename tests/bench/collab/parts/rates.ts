/**
 * Fan-out at a steady rate: every client moves its own key point; a sample of the others notes when each move arrives. All clients are
 * whole pages (stock providers) in this process, so both ends read one clock.
 */
import { type Goal, goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import { type Client, connect } from '../clients.ts'
import type { Running } from '../target.ts'
import { TARGETS } from '../targets.ts'
import type { Part } from './part.ts'
import { ownShapes, pause, until, whenMoved } from './shapes.ts'
import { Stopwatch } from './stopwatch.ts'

/** Clients whose arrivals are timed; the rest apply and stay silent, or the generator would measure itself. */
const LISTENERS = 3

export interface Pace {
  readonly clients: number
  readonly perSecond: number
  readonly seconds: number
}
const PACES: readonly Pace[] = [
  { clients: 2, perSecond: 10, seconds: 8 },
  { clients: 10, perSecond: 10, seconds: 8 },
  { clients: 50, perSecond: 4, seconds: 8 },
]
/** Not measured: a server that has just started is still learning its own code. */
const WARM_UP: Pace = { clients: 10, perSecond: 50, seconds: 2 }
const nameOf = (pace: Pace): string => `${pace.clients} × ${pace.perSecond}/s`

/** Milliseconds from each edit to its arrival at another client, and how many never arrived. */
export interface Arrivals {
  ms: number[]
  missing: number
}

export async function fanOutOf(server: Running, pace: Pace): Promise<Arrivals> {
  const document = await server.freshDocument()
  const clients: Client[] = []
  for (let i = 0; i < pace.clients; i++) clients.push(await connect(server.access, document))
  const own = clients.map((client) => ownShapes(client.doc, 1))
  await until(() => clients.every((client) => client.doc.getMap('annotations').size >= own.length), 20_000)

  // By listener, then by writer; nobody times its own edits.
  const watches = clients.slice(0, LISTENERS).map((listener, index) => {
    const ofWriters = new Map(own.map(({ ids }) => [ids[0] as string, new Stopwatch()]))
    ofWriters.delete(own[index]?.ids[0] as string)
    whenMoved(listener.doc, (annotation, n) => ofWriters.get(annotation)?.seen(n))
    return ofWriters
  })
  const edits = pace.perSecond * pace.seconds
  const started = performance.now()
  const interval = 1_000 / pace.perSecond
  await Promise.all(
    own.map(async (mine, index) => {
      for (let n = 1; n <= edits; n++) {
        await pause(Math.max(0, started + (n + index / own.length) * interval - performance.now()))
        for (const ofWriters of watches) ofWriters.get(mine.ids[0] as string)?.sent(n)
        mine.move(n)
      }
    }),
  )
  const all = watches.flatMap((ofWriters) => [...ofWriters.values()])
  await until(() => all.every(({ missing }) => missing.length === 0), 5_000)
  for (const client of clients) client.close()
  return {
    ms: all.flatMap(({ arrived }) => arrived),
    missing: all.reduce((sum, { missing }) => sum + missing.length, 0),
  }
}

export const rates: Part = {
  name: 'rates',
  title: 'Fan-out at a steady rate: edit made → seen by another client',
  async run(rounds) {
    const samples = new Map<string, { ms: number[]; missing: number }>()
    for (let n = 0; n < rounds; n++)
      for (const target of TARGETS) {
        const server = await target.start()
        try {
          await fanOutOf(server, WARM_UP)
          for (const pace of PACES) {
            const { ms, missing } = await fanOutOf(server, pace)
            const sum = samples.get(`${nameOf(pace)}|${target.name}`) ?? { ms: [], missing: 0 }
            samples.set(`${nameOf(pace)}|${target.name}`, {
              ms: sum.ms.concat(ms),
              missing: sum.missing + missing,
            })
          }
        } finally {
          await server.close()
        }
      }
    const figures = PACES.map((pace) =>
      TARGETS.map((target) => {
        const { ms, missing } = samples.get(`${nameOf(pace)}|${target.name}`) ?? { ms: [], missing: 0 }
        return {
          pace,
          target,
          p50: percentile(ms, 50) ?? 0,
          p99: percentile(ms, 99) ?? 0,
          n: ms.length,
          missing,
        }
      }),
    )
    const rows: Row[] = figures.flat().map(({ pace, target, p50, p99, n, missing }) => ({
      load: nameOf(pace),
      server: target.name,
      'p50 ms': round(p50),
      'p99 ms': round(p99),
      arrivals: n,
      missing,
    }))
    const goals = figures.flatMap(([bare, websocket, ours]): Goal[] => {
      if (!bare || !websocket || !ours) return []
      const load = nameOf(ours.pace)
      return [
        goal(`${load}: p50 above the faster peer, ms`, ours.p50 - Math.min(bare.p50, websocket.p50), '<=', 2),
        goal(`${load}: p99 by the slower peer's`, ours.p99 / Math.max(bare.p99, websocket.p99), '<=', 2),
      ]
    })
    return { rows, goals }
  },
}
