/**
 * A hundred pages open one document at once. Cold: a document of 10,000 annotations, and the pages know nothing. Warm: a document with
 * 100,000 rows behind it, and the pages know all but what was added in the last moment; the answer then is mostly the delete set. Two
 * bystanders in a process of their own go on editing; their fan-out is timed from the beginning of the storm to 1.5 s after its end. Pages
 * are light: one is synced when the whole answer has arrived, since in life each applies it on a machine of its own.
 *
 * The document is made once, and is the same on all three servers. Between the storms nobody has it open, so a server that puts documents
 * away begins each of them by reading it.
 */
import { fork } from 'node:child_process'
import * as Y from 'yjs'
import { type Goal, goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import { connect, Light } from '../clients.ts'
import { answerOf, type Running, script } from '../target.ts'
import { TARGETS } from '../targets.ts'
import { changedOften, fill, manyAnnotations } from './large.ts'
import { median, type Part } from './part.ts'
import { pause } from './shapes.ts'

const PAGES = 100
const AFTERWARDS_MS = 1_500

interface Prepared {
  readonly server: Running
  readonly document: string
}

interface Storm {
  /** Until the last page was synced, ms. */
  readonly synced: number
  /** Fan-out between the bystanders, ms. */
  readonly bystanders: number[]
  readonly cpu: number
  /** Longest turn of the server's event loop while the document was opened for the bystanders, and in the storm, ms. */
  readonly opening: number
  readonly longest: number
}

async function storm({ server, document }: Prepared, warm: boolean): Promise<Storm> {
  await server.report()
  const probe = fork(script('parts/bystanders'), [JSON.stringify(server.access), document])
  try {
    await answerOf(probe, 'ready')
    const knows = warm ? await stateVectorOf(server, document) : undefined
    const before = await server.report()
    await answerOf(probe, 'begun', 'begin')
    const started = performance.now()
    const pages = await Promise.all(
      Array.from({ length: PAGES }, () => Light.open(server.access, document, knows ? { knows } : {})),
    )
    const synced = performance.now() - started
    await pause(AFTERWARDS_MS)
    const bystanders = await answerOf<number[]>(probe, 'samples', 'end')
    const after = await server.report()
    for (const page of pages) page.close()
    return {
      synced,
      bystanders,
      cpu: after.cpu - before.cpu,
      opening: before.longestTurnMs,
      longest: after.longestTurnMs,
    }
  } finally {
    probe.kill()
  }
}

async function stateVectorOf(server: Running, document: string): Promise<Uint8Array> {
  const page = await connect(server.access, document)
  const vector = Y.encodeStateVector(page.doc)
  page.close()
  return vector
}

/** Made on this server, where it has a journal, and given to the others. */
async function prepare(servers: readonly Running[], warm: boolean): Promise<Prepared[]> {
  const ours = servers.find(({ access }) => access.kind === 'consilium')
  if (!ours) throw new Error('nobody makes the document')
  const made = await (warm ? changedOften(ours) : manyAnnotations(ours))
  return Promise.all(
    servers.map(async (server) => ({
      server,
      document: server === ours ? made.document : await fill(server, made.state),
    })),
  )
}

async function storms(warm: boolean, rounds: number): Promise<Storm[][]> {
  const servers: Running[] = []
  try {
    for (const target of TARGETS) servers.push(await target.start())
    const prepared = await prepare(servers, warm)
    const seen = prepared.map((): Storm[] => [])
    for (let n = 0; n < rounds; n++)
      for (const [i, one] of prepared.entries()) seen[i]?.push(await storm(one, warm))
    return seen
  } finally {
    for (const server of servers) await server.close()
  }
}

interface Figures {
  readonly synced: number
  readonly p99: number
  readonly cpu: number
  readonly opening: number
  readonly longest: number
}

const middle = (list: readonly Storm[]): Figures => ({
  synced: median(list.map((one) => one.synced)),
  p99: median(list.map((one) => percentile(one.bystanders, 99) ?? Number.POSITIVE_INFINITY)),
  cpu: median(list.map((one) => one.cpu)),
  opening: median(list.map((one) => one.opening)),
  longest: median(list.map((one) => one.longest)),
})

function goalsOf(ours: Figures, bare: Figures, websocket: Figures): Goal[] {
  const fastest = Math.min(bare.synced, websocket.synced)
  return [
    goal("bystanders' p99 by bare Hocuspocus'", ours.p99 / bare.p99, '<=', 0.1),
    goal("bystanders' p99, ms", ours.p99, '<=', 300),
    goal('all synced by the faster peer', ours.synced / fastest, '<=', 0.7),
    goal('longest turn of the event loop, ms', Math.max(ours.opening, ours.longest), '<=', 20),
  ]
}

const part = (name: string, title: string, warm: boolean): Part => ({
  name,
  title,
  async run(rounds) {
    const figures = (await storms(warm, rounds)).map(middle)
    const [bare, websocket, ours] = figures
    if (!bare || !websocket || !ours) throw new Error('nothing was measured')
    const rows: Row[] = figures.map((of, i) => ({
      server: TARGETS[i]?.name ?? '',
      'all synced ms': round(of.synced, 0),
      'bystanders p99 ms': round(of.p99, 1),
      'server CPU s': round(of.cpu),
      'longest turn, opening ms': round(of.opening, 1),
      'longest turn, storm ms': round(of.longest, 1),
    }))
    return { rows, goals: goalsOf(ours, bare, websocket) }
  },
})

export const coldStorm = part(
  'cold',
  `${PAGES} pages open a document of 10,000 annotations at once, knowing nothing`,
  false,
)
export const warmStorm = part(
  'warm',
  `${PAGES} pages come back to a document with 100,000 rows behind it`,
  true,
)
