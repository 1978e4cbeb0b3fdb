/** The documents that the gate is measured on, and the updates that pages make to them. */
import { annotate, moveVertices, setLabel } from '@consilium/crdt-schema/acts'
import { ROOTS } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import type { Book, Lease } from '../../../apps/collab-server/src/journal/book.ts'
import type { Gated, Writer } from '../../../apps/collab-server/src/room/admit.ts'

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
export const LARGE = 60

export interface Bench {
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

export function open(items: number): Bench {
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

export const writer: Writer = {
  person: PERSON,
  client: CLIENTS[0] as number,
  role: () => 'reader',
  valid: () => true,
  bind: () => Promise.reject(new Error('nobody brings a clientID here')),
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

export interface Kind {
  readonly name: string
  readonly count: number
  readonly make: (bench: Bench, n: number) => Uint8Array
}

/** What pages send while they are connected. */
export const LIVE: readonly Kind[] = [
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
]

export const RETURNING = 'SyncStep2, returning'
export const KINDS: readonly Kind[] = [
  ...LIVE,
  {
    name: RETURNING,
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
