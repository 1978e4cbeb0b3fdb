/**
 * The load: every client moves its own keypoint at a steady rate; a sample of the others notes when each move arrives.
 * All clients live in this process, so both ends read one clock. Sizes are ordinary edits of an ordinary document.
 */
import { annotate, moveVertices } from '@consilium/crdt-schema/acts'
import * as Y from 'yjs'
import type { Client, Running } from './target.ts'

/** Clients whose arrivals are timed; the rest apply and stay silent, or the generator would measure itself. */
const LISTENERS = 3
const SOURCE = { series: 'benchmarkseries1', frame: 0, normal: [0, 0, 1] as const }

export interface Pace {
  readonly clients: number
  readonly perSecond: number
  readonly seconds: number
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function ownPoint(doc: Y.Doc): { id: string; key: string } {
  const id = annotate(doc, { kind: 'keypoint', label: '', source: SOURCE, points: [[0, 0, 0]] })
  const vertices = (doc.getMap('annotations').get(id) as Y.Map<unknown>).get('vertices') as Y.Map<unknown>
  return { id, key: [...vertices.keys()][0] as string }
}

/** Milliseconds from the edit to its arrival at another client. */
export async function fanOut(
  server: Running,
  pace: Pace,
): Promise<{ samples: number[]; sent: number; missing: number }> {
  const document = await server.freshDocument()
  const clients: Client[] = []
  for (let i = 0; i < pace.clients; i++) clients.push(await server.connect(document))
  const points = clients.map((client) => ownPoint(client.doc))
  await until(() => clients.every((client) => client.doc.getMap('annotations').size >= points.length), 20_000)

  const sentAt = new Map<string, number>()
  const samples: number[] = []
  for (const listener of clients.slice(0, LISTENERS)) {
    listener.doc.getMap('annotations').observeDeep((events, transaction) => {
      if (transaction.local) return
      const now = performance.now()
      for (const event of events) {
        if (event.path.length !== 2) continue
        for (const [key] of event.changes.keys) {
          const at = (event.target as Y.Map<[number, number, number]>).get(key)
          const sent = at && sentAt.get(`${event.path[0]}:${at[0]}:${at[1]}`)
          if (sent !== undefined) samples.push(now - sent)
        }
      }
    })
  }

  let sent = 0
  const started = performance.now()
  const interval = 1_000 / pace.perSecond
  await Promise.all(
    clients.map(async ({ doc }, index) => {
      const { id, key } = points[index] as { id: string; key: string }
      // From 1: a move to where the point lies already is no edit.
      for (let n = 1; n <= pace.perSecond * pace.seconds; n++) {
        const due = started + (n + index / clients.length) * interval
        await pause(Math.max(0, due - performance.now()))
        sentAt.set(`${id}:${n % 5_000}:${Math.floor(n / 5_000)}`, performance.now())
        moveVertices(doc, id, [{ key, at: [n % 5_000, Math.floor(n / 5_000), 0] }])
        sent++
      }
    }),
  )
  const listeners = Math.min(LISTENERS, clients.length)
  const expected = sent * listeners - clients.slice(0, listeners).length * pace.perSecond * pace.seconds
  await until(() => samples.length >= expected, 5_000)
  for (const client of clients) client.close()
  return { samples, sent, missing: Math.max(0, expected - samples.length) }
}

/** Edits that the server had acknowledged and that are gone after SIGKILL. Null where nothing is ever acknowledged. */
export async function lostAfterKill(
  server: Running,
  edits: number,
): Promise<{ acknowledged: number | null; lost: number | null; kept: number }> {
  const document = await server.freshDocument()
  const writer = await server.connect(document)
  const ids: string[] = []
  for (let n = 0; n < edits; n++) {
    ids.push(annotate(writer.doc, { kind: 'keypoint', label: '', source: SOURCE, points: [[n, 0, 0]] }))
    await pause(2)
  }
  const acknowledges = writer.unacknowledged() !== null
  if (acknowledges) await until(() => writer.unacknowledged() === 0, 20_000)
  else await pause(200)
  writer.close()
  await server.crash()
  const reader = await server.connect(document)
  await pause(200)
  const there = reader.doc.getMap('annotations')
  const kept = ids.filter((id) => there.has(id)).length
  reader.close()
  return { acknowledged: acknowledges ? edits : null, lost: acknowledges ? edits - kept : null, kept }
}

async function until(done: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs
  while (!done() && performance.now() < end) await pause(5)
}
