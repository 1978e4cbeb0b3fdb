/**
 * The gate against its oracle: Yjs itself, applied to a copy. Whatever honest people do must be let in and mean the same; whatever a
 * forger crafts must be refused; and nothing may ever be left pending.
 */

import { Refusal } from '@consilium/contract/refusals'
import {
  ActFault,
  annotate,
  comment,
  insertVertex,
  moveVertices,
  openThread,
  removeVertex,
  resolveThread,
  retire,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import { readRoots } from '@consilium/crdt-schema/changes'
import { ROOTS } from '@consilium/crdt-schema/documents'
import type { Role } from '@consilium/crdt-schema/roles'
import { assert, integer, property } from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Book, Lease } from '../journal/book.ts'
import { touchedOf } from '../journal/touch.ts'
import { examine, type Gated, type Writer } from './admit.ts'
import { decode } from './decode.ts'

const PEOPLE = [
  { person: 1, clients: [101, 102] },
  { person: 2, clients: [201, 202] },
  { person: 3, clients: [301] },
] as const

const LABELS = new Set(['nodule'])

function gatedOf(ydoc: Y.Doc): Gated {
  for (const root of ROOTS) ydoc.getMap(root)
  const byClient = new Map<number, Lease>()
  const byId = new Map<number, Lease>()
  for (const { person, clients } of PEOPLE)
    for (const client of clients) {
      const lease: Lease = {
        id: client * 10,
        client,
        person,
        role: 'reader',
        session: 's',
        seq: 1,
        identity: null,
      }
      byClient.set(client, lease)
      byId.set(lease.id, lease)
    }
  const book = { doc: 1, name: 'panel:test', leases: { byClient, byId } } as unknown as Book
  return { ydoc, book, phase: () => 'panel', labels: () => LABELS, inFlight: new Map() }
}

const writerOf = (client: number, role: Role = 'reader'): Writer => ({
  person: PEOPLE.find((one) => (one.clients as readonly number[]).includes(client))?.person ?? 99,
  client,
  role: () => role,
  valid: () => true,
  bind: async () => undefined,
})

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  for (const root of ROOTS) copy.getMap(root)
  return copy
}

const plain = (doc: Y.Doc): unknown =>
  Object.fromEntries(ROOTS.map((root) => [root, doc.getMap(root).toJSON()]))
const stateOf = (doc: Y.Doc): unknown => ({
  plain: plain(doc),
  clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
})

/** Small numbers from a seed (mulberry32), so that a failure can be replayed. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

const source = { series: 'series0000000001', frame: 3, normal: [0, 0, 1] as const }
const pick = <T>(roll: (sides: number) => number, list: readonly T[]): T | undefined =>
  list[roll(list.length || 1)]

/** One thing a person might do next, on whatever their page shows. */
function act(doc: Y.Doc, roll: (sides: number) => number): void {
  const { annotations, threads } = readRoots(doc)
  const live = [...annotations.values()].filter((one) => one.retired === null)
  const one = pick(roll, live)
  const thread = pick(roll, [...threads.values()])
  const point = (): [number, number, number] => [roll(200), roll(200), 0]
  const kind = roll(10)
  if (!one || kind < 2)
    annotate(doc, {
      kind: 'polygon',
      label: 'nodule',
      source,
      points: [
        [0, 0, 0],
        [30 + roll(9), 0, 0],
        [0, 30 + roll(9), 0],
        [-9, 20, 0],
      ],
    })
  else if (kind === 2) setLabel(doc, one.id, `label-${roll(5)}`)
  else if (kind === 3)
    setReasoning(doc, one.id, `${one.reasoning}${'because '.repeat(1 + roll(3))}`.slice(-40))
  else if (kind === 4)
    moveVertices(doc, one.id, [{ key: one.vertices[roll(one.vertices.length)]?.key ?? '', at: point() }])
  else if (kind === 5) insertVertex(doc, one.id, one.vertices[0]?.key ?? null, point())
  else if (kind === 6 && one.vertices.length > 3) removeVertex(doc, one.id, one.vertices[1]?.key ?? '')
  else if (kind === 7) retire(doc, one.id, 'not convinced')
  else if (kind === 8 || !thread)
    openThread(doc, {
      about: 'comment',
      anchor: { series: source.series, frame: 3, point: point(), annotation: one.id },
      reason: '',
      text: 'look here',
    })
  else if (roll(2)) comment(doc, thread.id, 'I see it too')
  else resolveThread(doc, thread.id, true)
}

/** Some moves make no shape: the page says so, and nothing is written. */
function attempt(doc: Y.Doc, roll: (sides: number) => number): void {
  try {
    act(doc, roll)
  } catch (error) {
    if (!(error instanceof ActFault)) throw error
  }
}

/** What Yjs' own events say was touched while `update` was applied to a copy. */
function touchedByEvents(before: Y.Doc, update: Uint8Array): Set<string> {
  const copy = copyOf(before)
  const touched = new Set<string>()
  for (const root of ROOTS) {
    const entries = copy.getMap(root)
    entries.observeDeep((events) => {
      for (const event of events) {
        if (event.target === entries) for (const key of event.keys.keys()) touched.add(`${root} ${key}`)
        else if (event.path.length > 1) touched.add(`${root} ${event.path[0]} ${event.path[1]}`)
        else for (const field of event.keys.keys()) touched.add(`${root} ${event.path[0]} ${field}`)
      }
    })
  }
  Y.applyUpdate(copy, update)
  return touched
}

describe('honest people', () => {
  test('[G1] whatever they do, in whatever order it arrives, is let in and means what Yjs says it means', () => {
    assert(
      property(integer(), (seed) => {
        const roll = dice(seed)
        const server = new Y.Doc()
        const gated = gatedOf(server)
        const journal: Uint8Array[] = []
        const pages = PEOPLE.flatMap(({ clients }) => clients).map((client) => {
          const doc = new Y.Doc()
          doc.clientID = client
          return { doc, client, unsent: [] as Uint8Array[] }
        })
        for (const page of pages)
          page.doc.on('update', (update: Uint8Array, _: unknown, __: unknown, { local }: Y.Transaction) => {
            if (local) page.unsent.push(update)
          })

        for (let step = 0; step < 50; step++) {
          const page = pages[roll(pages.length)]
          if (!page) continue
          const what = roll(6)
          if (what < 3) attempt(page.doc, roll)
          else if (what === 3)
            Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(page.doc)))
          else {
            // Live updates, the catch-up after a reconnect, and a page that sends everything it has.
            const sent =
              what === 4
                ? page.unsent
                : roll(2)
                  ? [Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(server))]
                  : [Y.encodeStateAsUpdate(page.doc)]
            for (const update of sent) deliver(update, page.client)
            page.unsent = []
          }
        }
        for (const page of pages) deliver(Y.encodeStateAsUpdate(page.doc), page.client)
        for (const page of pages) {
          Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(page.doc)))
          expect(plain(page.doc)).toEqual(plain(server))
        }
        const replayed = new Y.Doc()
        for (const row of journal) Y.applyUpdate(replayed, row)
        expect(stateOf(replayed)).toEqual(stateOf(server))

        function deliver(update: Uint8Array, client: number): void {
          const before = copyOf(server)
          const draft = examine(gated, writerOf(client), decode([{ bytes: update, said: 0 }]))
          const oracle = copyOf(before)
          Y.applyUpdate(oracle, update)
          const events = touchedByEvents(before, update)
          if (draft === null) {
            expect(stateOf(oracle)).toEqual(stateOf(before))
            return
          }
          const said = new Set(
            draft.touched?.flatMap((touch) => [
              `${touch.root} ${touch.entry}`,
              ...touchedOf(touch).fields.map((field) => `${touch.root} ${touch.entry} ${field}`),
            ]),
          )
          for (const touched of events) expect(said).toContain(touched)
          Y.applyUpdate(server, draft.bytes)
          journal.push(draft.bytes)
          expect(stateOf(server)).toEqual(stateOf(oracle))
          expect(server.store.pendingStructs).toBeNull()
          expect(server.store.pendingDs).toBeNull()
          // Sent a second time it holds nothing new.
          expect(examine(gated, writerOf(client), decode([{ bytes: update, said: 0 }]))).toBeNull()
        }
      }),
      { numRuns: 25 },
    )
  }, 120_000)
})

/** A server with one annotation of person 1 and one of person 2, and their pages. */
function panel() {
  const server = new Y.Doc()
  const gated = gatedOf(server)
  const page = (client: number): Y.Doc => {
    const doc = copyOf(server)
    // Afterwards: Yjs gives itself another one where it meets its own in what it is told.
    doc.clientID = client
    return doc
  }
  const ids: string[] = []
  for (const client of [101, 201]) {
    const doc = page(client)
    ids.push(
      annotate(doc, {
        kind: 'polygon',
        label: 'nodule',
        source,
        points: [
          [0, 0, 0],
          [30, 0, 0],
          [0, 30, 0],
        ],
        reasoning: 'round',
      }),
    )
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
  }
  return { server, gated, page, first: ids[0] ?? '', second: ids[1] ?? '' }
}

/** The update that `write` makes on a page. */
function updateOf(doc: Y.Doc, write: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.transact(() => write(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

function refusalOf(gated: Gated, update: Uint8Array, client = 101, role: Role = 'reader'): string {
  const before = Buffer.from(Y.encodeStateAsUpdate(gated.ydoc)).toString('hex')
  try {
    const draft = examine(gated, writerOf(client, role), decode([{ bytes: update, said: 0 }]))
    return draft === null ? 'nothing new' : 'let in'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Examining changes nothing.
    expect(Buffer.from(Y.encodeStateAsUpdate(gated.ydoc)).toString('hex')).toBe(before)
    return error.code
  }
}

const map = (doc: Y.Doc, id: string): Y.Map<unknown> => doc.getMap('annotations').get(id) as Y.Map<unknown>

describe('forgers', () => {
  test('[G2] nobody writes under a clientID that is not leased to them', () => {
    const { gated, page, first } = panel()
    const stolen = page(201)
    expect(
      refusalOf(
        gated,
        updateOf(stolen, (doc) => setLabel(doc, first, 'mine now')),
        101,
      ),
    ).toBe('foreign-authorship')
    const unknown = page(999)
    expect(
      refusalOf(
        gated,
        updateOf(unknown, (doc) => setLabel(doc, first, 'mine now')),
        101,
      ),
    ).toBe('foreign-authorship')
    expect(
      refusalOf(
        gated,
        updateOf(page(102), (doc) => setLabel(doc, first, 'from my other tab')),
        101,
      ),
    ).toBe('let in')
  })

  test('[G2] an entry can only be made under a key of its maker', () => {
    const { gated, page } = panel()
    const forged = updateOf(page(101), (doc) =>
      doc.getMap('annotations').set('201-abcdefgh', new Y.Map([['label', 'x']])),
    )
    expect(refusalOf(gated, forged)).toBe('foreign-authorship')
  })

  test('[G3] who may only look writes nothing, and only the adjudicator decides', () => {
    const { gated, page, first } = panel()
    const label = updateOf(page(101), (doc) => setLabel(doc, first, 'x'))
    for (const role of ['observer', 'auditor', 'model'] as const)
      expect(refusalOf(gated, label, 101, role)).toBe('role-may-not-annotate')
    const decision = updateOf(page(101), (doc) =>
      doc.getMap('decisions').set('101-abcdefgh', new Y.Map([['outcome', 'accepted']])),
    )
    expect(refusalOf(gated, decision)).toBe('role-may-not-decide')
    expect(refusalOf(gated, decision, 101, 'adjudicator')).toBe('let in')
    const gone = new Y.Doc()
    gone.clientID = 101
    gone.getMap('annotations').set('101-zzzzzzzz', new Y.Map())
    gone.getMap('annotations').delete('101-zzzzzzzz')
    expect(refusalOf(gated, Y.encodeStateAsUpdate(gone), 101, 'observer')).not.toBe('let in')
  })

  test('[G4] nothing is ever removed from a root, nor set a second time', () => {
    const { gated, page, first, second } = panel()
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('annotations').delete(first)),
      ),
    ).toBe('never-removed')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('annotations').delete(second)),
      ),
    ).toBe('never-removed')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('annotations').set(first, new Y.Map())),
      ),
    ).toBe('never-removed')
    const twice = updateOf(page(101), (doc) => {
      doc.getMap('annotations').set('101-abcdefgh', new Y.Map())
      doc.getMap('annotations').set('101-abcdefgh', new Y.Map())
    })
    expect(refusalOf(gated, twice)).toBe('never-removed')
    const unseen = new Y.Doc()
    unseen.clientID = 101
    unseen.getMap('annotations').set(second, new Y.Map())
    const known = Y.getState(gated.ydoc.store, 101)
    expect(refusalOf(gated, shifted(Y.encodeStateAsUpdate(unseen), known))).toBe('foreign-authorship')
  })

  test('[G5] only the fields of the record exist', () => {
    const { gated, page, first } = panel()
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => map(doc, first).set('author', 'somebody else')),
      ),
    ).toBe('unknown-place')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('secrets').set('101-abcdefgh', new Y.Map())),
      ),
    ).toBe('unknown-place')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('annotations').set('note', new Y.Map())),
      ),
    ).toBe('unknown-place')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => doc.getMap('annotations').set('101-abcdefgh', 'text')),
      ),
    ).toBe('malformed')
    const clock = Y.getState(gated.ydoc.store, 101)
    const unnamed = new Y.Item(
      Y.createID(101, clock),
      null,
      null,
      null,
      null,
      'annotations' as never,
      null,
      new Y.ContentAny(['x']),
    )
    expect(refusalOf(gated, encoded(101, clock, [unnamed]))).toBe('malformed')
  })

  test('[G6] values that would break a reader are refused', () => {
    const { gated, page, first } = panel()
    const set = (value: unknown) =>
      refusalOf(
        gated,
        updateOf(page(101), (doc) => map(doc, first).set('source', value)),
      )
    expect(set({ series: 'x', deep: [1, 'a', null, true] })).toBe('let in')
    for (const bad of [
      { n: 10n },
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      new Uint8Array([1]),
      new Y.Doc(),
      new Y.XmlElement('p'),
      new Y.XmlText('p'),
    ])
      expect(set(bad), typeof bad).toBe('malformed')
    expect(set(JSON.parse('{"__proto__": {"admin": true}}'))).toBe('malformed')
    expect(set({ inside: { constructor: 1 } })).toBe('malformed')
    expect(set('x'.repeat(100_000))).toBe('too-large')
    let nested: unknown = 1
    for (let n = 0; n < 20; n++) nested = [nested]
    expect(set(nested)).toBe('malformed')
    let maps = new Y.Map<unknown>()
    const top = maps
    for (let n = 0; n < 20; n++) {
      const inner = new Y.Map<unknown>()
      maps.set('x', inner)
      maps = inner
    }
    expect(set(top)).toBe('malformed')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) => map(doc, first).set('__proto__', 1)),
      ),
    ).toBe('malformed')
    expect(
      refusalOf(
        gated,
        updateOf(page(101), (doc) =>
          (map(doc, first).get('reasoning') as Y.Text).format(0, 2, { bold: true }),
        ),
      ),
    ).toBe('malformed')
  })

  test('[G7] what leaves a hole is not taken, and what names the unwritten neither', () => {
    const { gated, page, first } = panel()
    const doc = page(101)
    const early = updateOf(doc, () => setLabel(doc, first, 'one'))
    const late = updateOf(doc, () => setLabel(doc, first, 'two'))
    expect(refusalOf(gated, late)).toBe('gap')
    expect(refusalOf(gated, Y.mergeUpdates([early, late]))).toBe('let in')
    // A deletion of what its owner has not written yet would kill it on arrival.
    expect(refusalOf(gated, deleting(201, Y.getState(gated.ydoc.store, 201), 50))).toBe('gap')
    expect(refusalOf(gated, deleting(777, 0, 1))).toBe('gap')
    // Others' work below an entry cannot be reached by clocks either.
    expect(refusalOf(gated, deleting(201, 0, 1))).toBe('never-removed')
  })

  test('[G7] structs that claim a place they do not have are refused', () => {
    const { gated, page, first, second } = panel()
    const doc = page(101)
    const mine = map(doc, first).get('reasoning') as Y.Text
    const theirs = map(doc, second).get('reasoning') as Y.Text
    const left = (mine._start as Y.Item).lastId
    const right = (theirs._start as Y.Item).id
    const clock = Y.getState(gated.ydoc.store, 101)
    const between = new Y.Item(
      Y.createID(101, clock),
      null,
      left,
      null,
      right,
      null,
      null,
      new Y.ContentString('x'),
    )
    expect(refusalOf(gated, encoded(101, clock, [between]))).toBe('malformed')
    const circle = new Y.Item(
      Y.createID(101, clock),
      null,
      null,
      null,
      null,
      Y.createID(101, clock) as never,
      'label',
      new Y.ContentAny(['x']),
    )
    expect(refusalOf(gated, encoded(101, clock, [circle]))).toBe('malformed')
    const inText = new Y.Item(
      Y.createID(101, clock),
      null,
      null,
      null,
      null,
      (mine._item as Y.Item).id as never,
      'label',
      new Y.ContentAny(['x']),
    )
    expect(refusalOf(gated, encoded(101, clock, [inText]))).toBe('malformed')
    const listInMap = new Y.Item(
      Y.createID(101, clock),
      null,
      null,
      null,
      null,
      (map(doc, first)._item as Y.Item).id as never,
      null,
      new Y.ContentAny(['x']),
    )
    expect(refusalOf(gated, encoded(101, clock, [listInMap]))).toBe('malformed')
  })

  test('[G8] floods and monsters are refused before they are applied', () => {
    const { gated } = panel()
    const clock = Y.getState(gated.ydoc.store, 101)
    expect(refusalOf(gated, encoded(101, clock, [new Y.GC(Y.createID(101, clock), 2 ** 30)]))).toBe(
      'too-large',
    )
    expect(refusalOf(gated, encoded(101, clock, [new Y.GC(Y.createID(101, clock), 2 ** 52)]))).toBe(
      'malformed',
    )
    expect(refusalOf(gated, new Uint8Array(5 * 1024 * 1024))).toBe('too-large')
    const many = Array.from({ length: 30_000 }, (_, n) => new Y.GC(Y.createID(101, clock + n), 1))
    expect(refusalOf(gated, encoded(101, clock, many))).toBe('too-large')
    for (const bytes of [
      [],
      [1],
      [255, 255, 255, 255, 15],
      [1, 255, 255, 255, 255, 15, 1, 0],
      [0, 1, 1, 255, 255, 255, 255, 15],
    ])
      expect(refusalOf(gated, Uint8Array.from(bytes))).toBe('malformed')
  })

  test('[G8] random bytes and damaged updates never get past it with something pending, and never throw anything but a refusal', () => {
    const { gated, page, first } = panel()
    const good = updateOf(page(101), (doc) => {
      setLabel(doc, first, 'x')
      setReasoning(doc, first, 'it has spicules')
      annotate(doc, {
        kind: 'polygon',
        label: 'l',
        source,
        points: [
          [0, 0, 0],
          [30, 0, 0],
          [0, 30, 0],
        ],
      })
    })
    assert(
      property(integer(), (seed) => {
        const roll = dice(seed)
        const bytes = Uint8Array.from(good.subarray(0, roll(3) ? good.length : roll(good.length)))
        for (let n = roll(4); n >= 0; n--) bytes[roll(bytes.length || 1)] = roll(256)
        let draft = null
        try {
          draft = examine(gated, writerOf(101), decode([{ bytes, said: 0 }]))
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
        if (!draft) return
        const copy = copyOf(gated.ydoc)
        Y.applyUpdate(copy, draft.bytes)
        expect(copy.store.pendingStructs).toBeNull()
        expect(copy.store.pendingDs).toBeNull()
        readRoots(copy)
      }),
      { numRuns: 3_000 },
    )
  }, 120_000)
})

/** An update with these structs of one clientID and nothing deleted. */
function encoded(client: number, clock: number, structs: readonly (Y.Item | Y.GC)[]): Uint8Array {
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

/** An update that only deletes one range. */
const deleting = (client: number, clock: number, len: number): Uint8Array =>
  Uint8Array.from([0, 1, ...varint(client), 1, ...varint(clock), ...varint(len)])

function varint(n: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, n)
  return encoding.toUint8Array(encoder)
}

/** The same single-client update, with its clocks moved up. */
function shifted(update: Uint8Array, by: number): Uint8Array {
  const { structs } = Y.decodeUpdate(update)
  const moved = structs.map((struct) => {
    struct.id.clock += by
    return struct as Y.Item
  })
  return encoded(structs[0]?.id.client ?? 0, by, moved)
}
