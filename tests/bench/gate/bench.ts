/**
 * What the gate costs: the same update is examined by the gate on one document, and applied by plain Yjs to a copy that does not have it
 * yet, in turns. Every update is new; both documents then hold it. Nothing is written anywhere: the journal is not part of this.
 */
import { annotate, moveVertices, setLabel } from '@consilium/crdt-schema/acts'
import { ROOTS } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import type { Book, Lease } from '../../../apps/collab-server/src/journal/book.ts'
import { examine, type Gated, type Writer } from '../../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../../apps/collab-server/src/room/decode.ts'
import { percentile, printTable, type Row, round, writeJson } from '../report.ts'

const ITEMS = [1_000, 10_000, 100_000]
const CLIENTS = [101, 102, 103, 104, 105, 106, 107, 108]
const PERSON = 1
const LABELS = ['nodule', 'vessel', 'airway', 'scar']
const SHAPE = {
  kind: 'polygon',
  label: 'nodule',
  source: { series: 'series0000000001', frame: 3, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [30, 0, 0],
    [30, 30, 0],
    [0, 30, 0],
  ],
  reasoning: 'round and smooth',
} as const
/** How many of each are measured, after as many again to warm up. */
const SMALL = 2_000
const LARGE = 60

interface Bench {
  readonly page: Y.Doc
  readonly ids: readonly string[]
  readonly gated: Gated
  /** What a server without a gate has. */
  readonly bare: Y.Doc
}

const withRoots = (doc: Y.Doc): Y.Doc => {
  for (const root of ROOTS) doc.getMap(root)
  return doc
}

/** Annotations by several pages until there are so many structs, a part of them changed since, so that thousands of ranges are deleted. */
function documentOf(items: number): { page: Y.Doc; ids: string[] } {
  const page = withRoots(new Y.Doc())
  const ids: string[] = []
  let structs = 0
  for (let n = 0; structs < items; n++) {
    page.clientID = CLIENTS[n % CLIENTS.length] as number
    page.transact(() => ids.push(annotate(page, SHAPE)))
    const id = ids[(n * 7) % ids.length] as string
    if (n % 2) moveVertices(page, id, [{ key: 'a1', at: [31 + n / 1e6, 0, 0] }])
    if (n % 3 === 0) setLabel(page, id, LABELS[n % LABELS.length] as string)
    if (n % 64 === 0) structs = [...page.store.clients.values()].reduce((sum, list) => sum + list.length, 0)
  }
  return { page, ids }
}

function open(items: number): Bench {
  const { page, ids } = documentOf(items)
  const state = Y.encodeStateAsUpdate(page)
  const [server, bare] = [withRoots(new Y.Doc()), withRoots(new Y.Doc())]
  for (const doc of [server, bare]) Y.applyUpdate(doc, state)
  const leases = CLIENTS.map(
    (client): Lease => ({
      id: client,
      client,
      person: PERSON,
      role: 'reader',
      session: 's',
      seq: 1,
      identity: null,
    }),
  )
  const known = new Map(leases.map((lease) => [lease.client, lease]))
  const book = { doc: 1, name: 'panel:bench', leases: { byClient: known, byId: known } } as unknown as Book
  const labels = new Set(LABELS)
  const gated: Gated = { ydoc: server, book, phase: () => 'panel', labels: () => labels, inFlight: new Map() }
  page.clientID = CLIENTS[0] as number
  return { page, ids, gated, bare }
}

const writer: Writer = {
  person: PERSON,
  client: CLIENTS[0] as number,
  role: () => 'reader',
  valid: () => true,
  bind: () => Promise.reject(new Error('nobody brings a clientID here')),
}

const microseconds = (work: () => void): number => {
  const begun = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - begun) / 1_000
}

interface Samples {
  readonly gate: number[]
  readonly apply: number[]
}

/** All updates are made beforehand: a server does not run its pages. */
function measure({ gated, bare }: Bench, make: () => Uint8Array, count: number): Samples {
  const samples: Samples = { gate: [], apply: [] }
  const updates = Array.from({ length: 2 * count }, make)
  for (const [n, bytes] of updates.entries()) {
    let row: Uint8Array | null = null
    const examined = (): number =>
      microseconds(() => {
        const known = (client: number) => Y.getState(gated.ydoc.store, client)
        row = examine(gated, writer, decode([{ bytes, said: 0 }], known))?.bytes ?? null
      })
    const applied = (): number => microseconds(() => Y.applyUpdate(bare, bytes))
    const [gate, apply] = n % 2 ? [examined(), applied()] : [applied(), examined()].toReversed()
    if (row === null) throw new Error('an update of the benchmark held nothing new')
    Y.applyUpdate(gated.ydoc, row)
    if (n < count) continue
    samples.gate.push(gate as number)
    samples.apply.push(apply as number)
  }
  return samples
}

/** The update that a page sends while it is connected. */
function live(page: Y.Doc, act: () => void): Uint8Array {
  const sent: Uint8Array[] = []
  const keep = (update: Uint8Array) => sent.push(update)
  page.on('update', keep)
  act()
  page.off('update', keep)
  return sent[0] as Uint8Array
}

const KINDS: readonly { name: string; count: number; make: (bench: Bench, n: number) => Uint8Array }[] = [
  {
    name: 'map edit',
    count: SMALL,
    make: ({ page, ids }, n) =>
      live(page, () => {
        const entry = page
          .getMap('annotations')
          .get(ids[(n * 7_919) % ids.length] as string) as Y.Map<unknown>
        entry.set('confidence', n % 101)
      }),
  },
  {
    name: 'vertex move',
    count: SMALL,
    make: ({ page, ids }, n) =>
      live(page, () =>
        moveVertices(page, ids[(n * 7_919) % ids.length] as string, [
          { key: 'a2', at: [30 + (n + 1) / 1e5, 30, 0] },
        ]),
      ),
  },
  { name: 'new annotation', count: SMALL, make: ({ page }) => live(page, () => annotate(page, SHAPE)) },
  {
    name: 'SyncStep2, returning',
    count: LARGE,
    make: ({ page, ids }, n) => {
      const before = Y.encodeStateVector(page)
      setLabel(page, ids[n % ids.length] as string, LABELS[(n * 3 + 1) % 4] as string)
      moveVertices(page, ids[n % ids.length] as string, [{ key: 'a3', at: [(n + 1) / 1e5, 30, 0] }])
      return Y.encodeStateAsUpdate(page, before)
    },
  },
  {
    name: 'full-state push',
    count: LARGE / 10,
    make: ({ page, ids }, n) => {
      moveVertices(page, ids[n % ids.length] as string, [{ key: 'a0', at: [(n + 1) / 1e5, 0, 0] }])
      return Y.encodeStateAsUpdate(page)
    },
  },
]

// Once through everything, so that nobody is measured while the engine is still learning its code.
const warm = open(ITEMS[0] as number)
for (const { make } of KINDS) {
  let n = 0
  measure(warm, () => make(warm, n++), LARGE)
}

const rows: Row[] = []
for (const items of ITEMS) {
  const bench = open(items)
  const ranges = [...Y.decodeUpdate(Y.encodeStateAsUpdate(bench.page)).ds.clients.values()]
  for (const { name, count, make } of KINDS) {
    let n = 0
    const { gate, apply } = measure(bench, () => make(bench, n++), count)
    const of = (samples: readonly number[], p: number) => round(percentile(samples, p), 1)
    const [gate50, apply50] = [of(gate, 50), of(apply, 50)]
    rows.push({
      items,
      'deleted ranges': ranges.reduce((sum, list) => sum + list.length, 0),
      update: name,
      'gate p50 µs': gate50,
      'gate p99 µs': of(gate, 99),
      'applyUpdate p50 µs': apply50,
      'applyUpdate p99 µs': of(apply, 99),
      'gate / applyUpdate': round((gate50 ?? 0) / (apply50 ?? 1)),
    })
  }
}
printTable('The gate beside Y.applyUpdate', rows)
console.log(`\nwritten to ${writeJson('gate', rows)}`)
