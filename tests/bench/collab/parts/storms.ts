/**
 * A hundred pages open one document at once. Cold: a document of 10,000 annotations, and the pages know nothing. Warm: a document with
 * 100,000 rows behind it, and the pages know all but what was added since; the answer then is mostly the delete set. Two bystanders in a
 * process of their own go on editing; their fan-out is timed from the beginning of the storm to 1.5 s after its end. Pages are light:
 * one is synced when the whole answer has arrived, since in life each applies it on a machine of its own.
 */
import { fork } from 'node:child_process'
import * as Y from 'yjs'
import { percentile, type Row, round } from '../../report.ts'
import { connect, Light } from '../clients.ts'
import { answerOf, type Running, script, type Target } from '../target.ts'
import { TARGETS } from '../targets.ts'
import { goal, median, type Part } from './part.ts'
import { ownShapes, pause, until } from './shapes.ts'

const PAGES = 100
const AFTERWARDS_MS = 1_500

interface Storm {
  /** Until the last page was synced, ms. */
  readonly synced: number
  /** Fan-out between the bystanders, ms. */
  readonly bystanders: number[]
  readonly cpu: number
  readonly longestTurn: number
}

async function storm(server: Running, document: string, knows: Uint8Array | undefined): Promise<Storm> {
  const probe = fork(script('parts/bystanders'), [JSON.stringify(server.access), document])
  try {
    await answerOf(probe, 'ready')
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
    return { synced, bystanders, cpu: after.cpu - before.cpu, longestTurn: after.longestTurnMs }
  } finally {
    probe.kill()
  }
}

const WRITERS = 20
const EACH = 500
const CHANGES_EACH = 5_000

/** 10,000 annotations of 20 people, each person's made in groups. */
async function manyAnnotations(server: Running): Promise<string> {
  const document = await server.freshDocument()
  const writers = await writersOf(server, document)
  await Promise.all(
    writers.map(async (writer) => {
      for (let n = 0; n < EACH; n += 50) {
        ownShapes(writer.doc, 50)
        await writer.acknowledged()
        await pause(10)
      }
    }),
  )
  await settled(server, document)
  for (const writer of writers) writer.close()
  return document
}

/** The same with 100,000 changes behind them, one row each: every one overwrites something, at random. */
async function manyRows(server: Running): Promise<string> {
  const document = await server.freshDocument()
  const writers = await writersOf(server, document)
  await Promise.all(
    writers.map(async (writer, index) => {
      const own = ownShapes(writer.doc, EACH)
      await writer.acknowledged()
      let state = index + 1
      for (let n = 1; n <= CHANGES_EACH; n++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        own.move(n, Math.floor((state / 2 ** 32) * EACH))
        await writer.acknowledged()
        if (n % 10 === 0) await pause(1)
      }
    }),
  )
  await settled(server, document)
  for (const writer of writers) writer.close()
  return document
}

const writersOf = (server: Running, document: string): Promise<Light[]> =>
  Promise.all(Array.from({ length: WRITERS }, () => Light.open(server.access, document, { writes: true })))

async function settled(server: Running, document: string): Promise<void> {
  const reader = await connect(server.access, document)
  const there = await until(() => reader.doc.getMap('annotations').size >= WRITERS * EACH, 60_000)
  reader.close()
  if (!there) throw new Error('the document was not filled')
  // Where nothing is acknowledged, the last changes may still be on their way.
  await pause(2_000)
}

async function measure(target: Target, warm: boolean): Promise<Storm> {
  const server = await target.start()
  try {
    const document = await (warm ? manyRows(server) : manyAnnotations(server))
    let knows: Uint8Array | undefined
    if (warm) {
      const page = await connect(server.access, document)
      knows = Y.encodeStateVector(page.doc)
      page.close()
    }
    return await storm(server, document, knows)
  } finally {
    await server.close()
  }
}

const part = (name: string, title: string, warm: boolean): Part => ({
  name,
  title,
  async run(rounds) {
    const storms = TARGETS.map((): Storm[] => [])
    for (let n = 0; n < rounds; n++)
      for (const [i, target] of TARGETS.entries()) storms[i]?.push(await measure(target, warm))
    const figures = storms.map((list) => ({
      synced: median(list.map((one) => one.synced)),
      p99: median(list.map((one) => percentile(one.bystanders, 99) ?? Number.POSITIVE_INFINITY)),
      cpu: median(list.map((one) => one.cpu)),
      turn: median(list.map((one) => one.longestTurn)),
    }))
    const [bare, websocket, ours] = figures
    if (!bare || !websocket || !ours) throw new Error('nothing was measured')
    const rows: Row[] = TARGETS.map((target, i) => ({
      server: target.name,
      'all synced ms': round(figures[i]?.synced ?? null, 0),
      'bystanders p99 ms': round(figures[i]?.p99 ?? null, 1),
      'server CPU s': round(figures[i]?.cpu ?? null),
      'longest turn ms': round(figures[i]?.turn ?? null, 1),
    }))
    return {
      rows,
      goals: [
        goal("bystanders' p99 by bare Hocuspocus'", ours.p99 / bare.p99, '<=', 0.1),
        goal("bystanders' p99, ms", ours.p99, '<=', 300),
        goal(
          'all synced by the faster peer',
          ours.synced / Math.min(bare.synced, websocket.synced),
          '<=',
          0.7,
        ),
      ],
    }
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
