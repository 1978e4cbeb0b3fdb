/** What the tests of the gate share: people with leases, a document with its gate, pages, and updates made by hand. */
import { Refusal } from '@consilium/contract/refusals'
import { annotate } from '@consilium/crdt-schema/acts'
import { ALL_ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import type { Grid } from '@consilium/geometry/raster/grid'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Book, Lease } from '../journal/book.ts'
import { examine, type Gated, type Writer } from './admit.ts'
import { decode } from './decode.ts'
import { Grids } from './grids.ts'
import { PaintLog } from './paintLog.ts'

export const PEOPLE = [
  { person: 1, role: 'reader', clients: [101, 102] },
  { person: 2, role: 'reader', clients: [201, 202] },
  { person: 3, role: 'adjudicator', clients: [301] },
] as const

export const LABELS: ReadonlySet<string> = new Set(['nodule', 'vessel', 'one', 'two'])
export const source = { series: 'series0000000001', frame: 3, normal: [0, 0, 1] } as const
/** Of the series. */
export const GRID: Grid = { size: [64, 48, 8], spacingUm: [1_000, 1_000, 2_500] }
export const triangle = {
  kind: 'polygon',
  label: 'nodule',
  source,
  points: [
    [0, 0, 0],
    [30, 0, 0],
    [0, 30, 0],
  ],
  reasoning: 'round',
} as const

export const leaseOf = (client: number, person: number): Lease => ({
  id: client * 10,
  client,
  person,
  role: 'reader',
  session: 's',
  seq: 1,
  identity: null,
})

export function gatedOf(ydoc: Y.Doc, phase: Phase = 'panel'): Gated {
  for (const root of ALL_ROOTS) ydoc.getMap(root)
  const leases = PEOPLE.flatMap(({ person, clients }) => clients.map((client) => leaseOf(client, person)))
  const byClient = new Map(leases.map((lease) => [lease.client, lease]))
  const byId = new Map(leases.map((lease) => [lease.id, lease]))
  const book = { doc: 1, name: 'panel:test', leases: { byClient, byId } } as unknown as Book
  const grids = new Grids(() => Promise.resolve('elsewhere'), [[source.series, GRID]])
  const painting = { log: new PaintLog(ydoc), grids }
  return { ydoc, book, phase: () => phase, labels: () => LABELS, inFlight: new Map(), painting }
}

/** A page of whoever holds this clientID. */
export function writerOf(client: number, role?: Role | null): Writer {
  const one = PEOPLE.find(({ clients }) => (clients as readonly number[]).includes(client))
  const now = role === undefined ? (one?.role ?? null) : role
  return {
    person: one?.person ?? 99,
    client,
    role: () => now,
    valid: () => true,
    bind: () => Promise.reject(new Refusal('foreign-authorship')),
  }
}

export const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  for (const root of ALL_ROOTS) copy.getMap(root)
  return copy
}

export const plain = (doc: Y.Doc): unknown =>
  Object.fromEntries(ALL_ROOTS.map((root) => [root, doc.getMap(root).toJSON()]))
export const stateOf = (doc: Y.Doc): unknown => ({
  plain: plain(doc),
  clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
})
export const clockOf = (doc: Y.Doc, client: number): number => Y.getState(doc.store, client)

/** Small numbers from a seed (mulberry32), so that a failure can be replayed. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

/** A server with one annotation of person 1 and one of person 2, and their pages. */
export function panel(phase: Phase = 'panel') {
  const server = new Y.Doc()
  const gated = gatedOf(server, phase)
  const page = (client: number): Y.Doc => {
    const doc = copyOf(server)
    // Afterwards: Yjs gives itself another one where it meets its own in what it is told.
    doc.clientID = client
    return doc
  }
  /** Past the gate, as if it had been let in before. */
  const put = (client: number, write: (doc: Y.Doc) => void): void => {
    Y.applyUpdate(server, updateOf(page(client), write))
  }
  const ids: string[] = []
  for (const client of [101, 201]) put(client, (doc) => ids.push(annotate(doc, triangle)))
  return { server, gated, page, put, first: ids[0] ?? '', second: ids[1] ?? '' }
}

/** The update that `write` makes on a page. */
export function updateOf(doc: Y.Doc, write: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.transact(() => write(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

export const offer = (...updates: readonly Uint8Array[]) =>
  decode(updates.map((bytes) => ({ bytes, said: 0 })))

/** What the gate says: a refusal's code, or 'let in', or 'nothing new'. */
export function verdictOf(
  gated: Gated,
  updates: Uint8Array | readonly Uint8Array[],
  client = 101,
  role?: Role,
): string {
  const before = Buffer.from(Y.encodeStateAsUpdate(gated.ydoc)).toString('hex')
  try {
    const offered = offer(...(updates instanceof Uint8Array ? [updates] : updates))
    return examine(gated, writerOf(client, role), offered) === null ? 'nothing new' : 'let in'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (Buffer.from(Y.encodeStateAsUpdate(gated.ydoc)).toString('hex') !== before)
      throw new Error('examining changed the document')
    return error.code
  }
}

export const entryIn = (doc: Y.Doc, id: string, root: RootName = 'annotations'): Y.Map<unknown> =>
  doc.getMap(root).get(id) as Y.Map<unknown>

/** The item of a shared type that an entry holds. */
export const typeIn = <Type extends Y.Map<unknown> | Y.Text>(doc: Y.Doc, id: string, field: string): Type =>
  entryIn(doc, id).get(field) as Type

export interface Crafted {
  readonly origin?: Y.ID
  readonly right?: Y.ID
  readonly parent?: string | Y.ID
  readonly sub?: string
  readonly content: Y.Item['content']
}

/** An item as a forger may write it: with neighbours and a parent of their choice. */
export const item = (
  client: number,
  clock: number,
  { origin, right, parent, sub, content }: Crafted,
): Y.Item =>
  new Y.Item(
    Y.createID(client, clock),
    null,
    origin ?? null,
    null,
    right ?? null,
    (parent ?? null) as never,
    sub ?? null,
    content,
  )

export const any = (...values: unknown[]): Y.ContentAny => new Y.ContentAny(values)

/** An update with these structs of one clientID and nothing deleted. */
export function encoded(client: number, clock: number, structs: readonly (Y.Item | Y.GC)[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const out = encoder.restEncoder
  encoding.writeVarUint(out, 1)
  encoding.writeVarUint(out, structs.length)
  encoder.writeClient(client)
  encoding.writeVarUint(out, clock)
  for (const struct of structs) struct.write(encoder, 0)
  encoding.writeVarUint(out, 0)
  return encoder.toUint8Array()
}

/** An update that only deletes ranges. */
export function deleting(
  ranges: readonly (readonly [client: number, clock: number, len: number])[],
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, ranges.length)
  for (const [client, clock, len] of ranges)
    for (const n of [client, 1, clock, len]) encoding.writeVarUint(encoder, n)
  return encoding.toUint8Array(encoder)
}

/** The same single-client update, with its clocks moved up. */
export function shifted(update: Uint8Array, by: number): Uint8Array {
  const { structs } = Y.decodeUpdate(update)
  const moved = structs.map((struct) => {
    struct.id.clock += by
    return struct as Y.Item
  })
  return encoded(structs[0]?.id.client ?? 0, by, moved)
}

type Panel = ReturnType<typeof panel>
/** A panel whose people change something, each on a page that has it all; says what the gate answers. */
export const ward = (): Panel & {
  change(client: number, write: (doc: Y.Doc) => void): string
} => {
  const made = panel()
  return {
    ...made,
    change: (client, write) => verdictOf(made.gated, updateOf(made.page(client), write), client),
  }
}

/** An annotation as acts write it, but for what is given. */
export const entry = (fields: Record<string, unknown>) =>
  new Y.Map(
    Object.entries({
      kind: 'polygon',
      label: 'nodule',
      certainty: null,
      confidence: null,
      reasoning: new Y.Text('round'),
      source: { ...source, normal: [...source.normal] },
      vertices: points([0, 0, 0], [30, 0, 0], [0, 30, 0]),
      retired: null,
      ...fields,
    }).filter(([, value]) => value !== undefined),
  )
export const points = (...at: unknown[]) =>
  new Y.Map(at.map((point, n): [string, unknown] => [`a${n}`, point]))
export const make = (fields: Record<string, unknown>) => (doc: Y.Doc) =>
  doc.getMap('annotations').set('101-abcdefgh', entry(fields))
