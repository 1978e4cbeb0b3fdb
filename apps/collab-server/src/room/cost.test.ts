/** How much of a document is looked at to examine a change: counted, not timed, by watching the lists that Yjs keeps of what is stored. */
import { annotate, moveVertices, paint, setLabel, turn } from '@consilium/crdt-schema/acts'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { admit, examine, type Gated } from './admit.ts'
import { copyOf, deleting, GRID, gatedOf, offer, source, triangle, updateOf, writerOf } from './gateRig.ts'

/** A document with this many annotations of person 1, each changed once, so that every one leaves something deleted. */
function large(annotations: number) {
  const doc = new Y.Doc()
  doc.clientID = 101
  const ids: string[] = []
  doc.transact(() => {
    for (let n = 0; n < annotations; n++) ids.push(annotate(doc, triangle))
  })
  for (const id of ids) moveVertices(doc, id, [{ key: 'a0', at: [-1, 0, 0] }])
  const server = copyOf(doc)
  return { doc, server, id: ids[annotations >> 1] ?? '' }
}

/** Counts every struct that is looked at, by anybody, while `examine` runs. */
function looksAt(server: Y.Doc, updates: readonly Uint8Array[]): number {
  const gated = gatedOf(server)
  // As it is after the document was opened.
  gated.painting?.log.catchUp()
  let looks = 0
  const clients = new Map(server.store.clients)
  for (const [client, structs] of clients)
    server.store.clients.set(
      client,
      new Proxy(structs, {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) looks++
          return Reflect.get(target, key)
        },
      }),
    )
  examine(gated, writerOf(101), offer(...updates))
  for (const [client, structs] of clients) server.store.clients.set(client, structs)
  return looks
}

test('[G29] a small change looks at as little of a large document as of a small one', () => {
  const changes: ((doc: Y.Doc, id: string) => void)[] = [
    (doc, id) => setLabel(doc, id, 'vessel'),
    (doc, id) => moveVertices(doc, id, [{ key: 'a1', at: [40, 0, 0] }]),
    (doc) => annotate(doc, triangle),
  ]
  const [small, big] = [large(10), large(2_000)].map(({ doc, server, id }) =>
    changes.map((change) => {
      const page = copyOf(doc)
      page.clientID = 101
      const sent: Uint8Array[] = []
      page.on('update', (update: Uint8Array) => sent.push(update))
      change(page, id)
      return looksAt(server, sent)
    }),
  )
  for (const [n, looks] of (big ?? []).entries()) {
    // Halving 28,000 takes eleven steps more than halving 140.
    expect(looks).toBeLessThan(3 * (small?.[n] ?? 0) + 100)
    expect(looks).toBeGreaterThan(0)
  }
})

test('[M51] one stroke more looks at as little of much painting as of little', () => {
  const [small, big] = [10, 3_000].map((acts) => {
    const doc = new Y.Doc()
    doc.clientID = 101
    const segment = annotate(doc, { kind: 'segment', label: '', source, points: [] })
    const stroke = (n: number) => {
      const points = Int32Array.of(4 * (n % 60), 40)
      const shape = { shape: 'stroke', axis: 2, slice: 1, square: false, radiusUm: 2_000, points } as const
      return paint(doc, GRID, [{ segment, value: 1, shape }])
    }
    const target = stroke(0)
    for (let n = 1; n < acts; n++) stroke(n)
    const server = copyOf(doc)
    return [() => stroke(1), () => turn(doc, 'withdraw', 'author', [{ target, count: 1 }])].map((act) => {
      const update = updateOf(doc, act)
      const looks = looksAt(server, [update])
      Y.applyUpdate(server, update)
      return looks
    })
  })
  for (const [n, looks] of (big ?? []).entries()) {
    expect(looks).toBeLessThan(3 * (small?.[n] ?? 0) + 100)
    expect(looks).toBeGreaterThan(0)
  }
})

test('[G29] everything that was ever deleted, named again, is looked at once', () => {
  const { doc, server } = large(2_000)
  const everything = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
  const structs = server.store.clients.get(101)?.length ?? 0
  const ranges = [...(Y.decodeUpdate(everything).ds.clients.get(101) ?? [])]
  expect(ranges).toHaveLength(2_000)
  expect(looksAt(server, [everything])).toBeLessThan(2 * structs)
  // However often: ranges that overlap are one.
  const often = deleting(
    ranges.slice(0, 200).flatMap(({ clock, len }) => Array(50).fill([101, clock, len]) as never),
  )
  expect(looksAt(server, [often])).toBeLessThan(30 * 200)
})

test('[G29] who waits for nothing does not wait for others', async () => {
  const { doc, server, id } = large(1)
  const gated: Gated = gatedOf(server)
  // A row of somebody else that never comes to an end.
  gated.inFlight.set(201, new Promise(() => undefined))
  const update = updateOf(doc, () => setLabel(doc, id, 'vessel'))
  const row = await admit(async (_, draft) => draft as never, gated, writerOf(101), [
    { bytes: update, said: 0 },
  ])
  expect(row).toMatchObject({ client: 101 })
})
