/**
 * As fast as it goes: 50 writers in one document, each moving its own shapes in turn, each with at most WINDOW edits that have not been
 * seen by the observer. An edit counts when the observer, a whole page, has it; where a later edit of the same client is there, so is
 * every earlier one. Writers are light: they receive everything and apply nothing.
 */
import { goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { connect, Light } from '../clients.ts'
import type { Running } from '../target.ts'
import { TARGETS } from '../targets.ts'
import { median, type Part } from './part.ts'
import { ownShapes, pause, until, whenMoved } from './shapes.ts'

const WRITERS = 50
const WINDOW = 4
const SHAPES = 4
const WARM_UP_MS = 1_500
const MEASURED_MS = 5_000

async function editsPerSecond(server: Running): Promise<{ rate: number; cpu: number }> {
  const document = await server.freshDocument()
  const observer = await connect(server.access, document)
  const writers: Light[] = []
  for (let n = 0; n < WRITERS; n++) writers.push(await Light.open(server.access, document, { writes: true }))
  const own = writers.map((writer) => ownShapes(writer.doc, SHAPES))
  await until(() => observer.doc.getMap('annotations').size >= WRITERS * SHAPES, 30_000)

  const writerOf = new Map(own.flatMap(({ ids }, writer) => ids.map((id) => [id, writer] as const)))
  const made = own.map(() => 0)
  const seen = own.map(() => 0)
  let running = true
  const go = (writer: number): void => {
    while (running && (made[writer] ?? 0) - (seen[writer] ?? 0) < WINDOW)
      own[writer]?.move((made[writer] = (made[writer] ?? 0) + 1))
  }
  whenMoved(observer.doc, (annotation, n) => {
    const writer = writerOf.get(annotation)
    if (writer === undefined || n <= (seen[writer] ?? 0)) return
    seen[writer] = n
    // After this batch was applied, not in the middle of it.
    setImmediate(go, writer)
  })
  for (let writer = 0; writer < WRITERS; writer++) go(writer)
  const total = (): number => seen.reduce((sum, n) => sum + n, 0)
  await pause(WARM_UP_MS)
  const [from, at, cpu] = [total(), performance.now(), (await server.report()).cpu]
  await pause(MEASURED_MS)
  const edits = total() - from
  const rate = (edits / (performance.now() - at)) * 1_000
  const spent = (await server.report()).cpu - cpu
  running = false
  for (const client of [observer, ...writers]) client.close()
  return { rate, cpu: (spent / edits) * 1_000 }
}

export const closedLoop: Part = {
  name: 'loop',
  title: `Closed loop: ${WRITERS} writers in one document, window ${WINDOW}, each moving ${SHAPES} shapes of its own`,
  async run(rounds) {
    const rates = TARGETS.map((): number[] => [])
    const cpus = TARGETS.map((): number[] => [])
    for (let n = 0; n < rounds; n++)
      for (const [i, target] of TARGETS.entries()) {
        const server = await target.start()
        try {
          const { rate, cpu } = await editsPerSecond(server)
          rates[i]?.push(rate)
          cpus[i]?.push(cpu)
        } finally {
          await server.close()
        }
      }
    const middle = rates.map(median)
    const [bare = 1, websocket = 1, ours = 0] = middle
    const rows: Row[] = TARGETS.map((target, i) => ({
      server: target.name,
      'edits/s (median)': Math.round(middle[i] ?? 0),
      least: Math.round(Math.min(...(rates[i] ?? []))),
      most: Math.round(Math.max(...(rates[i] ?? []))),
      'server CPU s per 1,000': Number(median(cpus[i] ?? []).toFixed(3)),
      'of bare Hocuspocus': Number(((middle[i] ?? 0) / bare).toFixed(2)),
    }))
    return {
      rows,
      goals: [
        goal('rate by bare Hocuspocus', ours / bare, '>=', 1),
        goal('rate by y-websocket-server', ours / websocket, '>=', 5),
      ],
    }
  },
}
