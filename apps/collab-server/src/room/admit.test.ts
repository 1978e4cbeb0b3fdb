/** From updates to a row: several at once, clientIDs of one's own, and what is on its way to the disk meanwhile. */
import { Refusal } from '@consilium/contract/refusals'
import { annotate, removeVertex, retire, setLabel, setReasoning } from '@consilium/crdt-schema/acts'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { RowDraft } from '../journal/append.ts'
import type { CommittedRow } from '../journal/book.ts'
import { type Append, admit, type Gated, type Writer } from './admit.ts'
import { clockOf, encoded, entryIn, leaseOf, panel, triangle, typeIn, updateOf, writerOf } from './gateRig.ts'

const offered = (...updates: readonly Uint8Array[]) => updates.map((bytes) => ({ bytes, said: 0 }))

/** A journal that commits when it is told to, and then applies as the live document does. */
function desk(gated: Gated) {
  const rows: RowDraft[] = []
  const waiting: (() => void)[] = []
  const append: Append = (_, draft) =>
    new Promise((done) => {
      waiting.push(() => {
        rows.push(draft)
        Y.applyUpdate(gated.ydoc, draft.bytes)
        done({ ...draft, seq: rows.length } as unknown as CommittedRow)
      })
    })
  const commit = (): void => {
    for (const one of waiting.splice(0)) one()
  }
  /** Commits whatever comes, until the promise is settled. */
  async function settled<T>(promise: Promise<T>): Promise<T> {
    let open = true
    const end = promise.finally(() => {
      open = false
    })
    end.catch(() => undefined)
    while (open) {
      commit()
      await new Promise(setImmediate)
    }
    return end
  }
  return { rows, append, commit, settled }
}

/** Somebody who brings their own clientIDs, as the journal gives them. */
const scriptOf = (gated: Gated, person: number, asked: number[] = []): Writer => ({
  ...writerOf(person === 1 ? 101 : person === 2 ? 201 : 301),
  client: null,
  async bind(client) {
    asked.push(client)
    await new Promise(setImmediate)
    if (gated.book.leases.byClient.has(client)) throw new Refusal('foreign-authorship')
    const lease = leaseOf(client, person)
    gated.book.leases.byClient.set(client, lease)
    gated.book.leases.byId.set(lease.id, lease)
  },
})

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'let in',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

describe('several updates', () => {
  test('[G26] are one row, in which what they repeat counts once, and the earliest time that was said', async () => {
    const { gated, page, first } = panel()
    const { rows, append, settled } = desk(gated)
    const doc = page(101)
    const before = clockOf(doc, 101)
    const one = updateOf(doc, () => setLabel(doc, first, 'one'))
    const two = updateOf(doc, () => setReasoning(doc, first, 'oval'))
    const both = Y.mergeUpdates([one, two])
    const row = await settled(
      admit(append, gated, writerOf(101), [
        { bytes: one, said: 0 },
        { bytes: both, said: 3_000 },
        { bytes: one, said: 2_000 },
        { bytes: two, said: 4_000 },
      ]),
    )
    expect(row).toMatchObject({ client: 101, clock: before, len: clockOf(doc, 101) - before, said: 2_000 })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.touched).toEqual([{ root: 'annotations', entry: first, kind: 2, fields: 2 | 16 }])
    expect(entryIn(gated.ydoc, first).toJSON()).toEqual(entryIn(doc, first).toJSON())
    expect(await settled(admit(append, gated, writerOf(101), offered(both, two, one)))).toBeNull()
  })

  test('[G26] are taken all or not at all', async () => {
    const { gated, page, first, second } = panel()
    const { rows, append, settled } = desk(gated)
    const doc = page(101)
    const fine = updateOf(doc, () => setLabel(doc, first, 'one'))
    const foul = updateOf(doc, () => setLabel(doc, second, 'one'))
    const state = Y.encodeStateAsUpdate(gated.ydoc)
    expect(await codeOf(settled(admit(append, gated, writerOf(101), offered(fine, foul))))).toBe('not-yours')
    expect(rows).toEqual([])
    expect(Y.encodeStateAsUpdate(gated.ydoc)).toEqual(state)
  })

  test('[G26] may hang on each other whichever comes first, if they come together', async () => {
    const { gated, page, first } = panel()
    const { append, settled } = desk(gated)
    const [doc, twin] = [page(101), page(102)]
    const one = updateOf(doc, () => setReasoning(doc, first, 'round and'))
    Y.applyUpdate(twin, one)
    const two = updateOf(twin, () => setReasoning(twin, first, 'round and smooth'))
    expect(await codeOf(settled(admit(append, gated, writerOf(101), offered(two))))).toBe('gap')
    const row = await settled(admit(append, gated, writerOf(101), offered(two, one)))
    expect(row).toMatchObject({ client: 101, spans: [{ lease: 1020 }] })
    expect(typeIn<Y.Text>(gated.ydoc, first, 'reasoning').toString()).toBe('round and smooth')
  })

  test('[G26] ping-pong between two pages of one person is followed to its end', async () => {
    const { gated, page, first } = panel()
    const { append, settled } = desk(gated)
    const pages = [page(101), page(102)]
    for (let n = 0; n < 400; n++) {
      const [here, there] = n % 2 ? pages : pages.toReversed()
      if (here && there) {
        typeIn<Y.Text>(here, first, 'reasoning').insert(5, 'x')
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here, Y.encodeStateVector(there)))
      }
    }
    const all = Y.encodeStateAsUpdate(pages[0] as Y.Doc)
    expect(await codeOf(settled(admit(append, gated, writerOf(101), offered(all))))).toBe('let in')
    expect(typeIn<Y.Text>(gated.ydoc, first, 'reasoning')).toHaveLength(405)
  })
})

describe('what is on its way', () => {
  test('[J3] a page that comes back and sends again what is being committed writes nothing twice', async () => {
    const { gated, page, first } = panel()
    const { rows, append, commit, settled } = desk(gated)
    const doc = page(101)
    const update = updateOf(doc, () => setLabel(doc, first, 'one'))
    const before = admit(append, gated, writerOf(101), offered(update))
    const again = admit(append, gated, writerOf(101), offered(Y.encodeStateAsUpdate(doc)))
    commit()
    await before
    expect(await settled(again)).toBeNull()
    expect(rows).toHaveLength(1)
  })

  test('[G1] of two that wait for one commit, the second waits for the first as well', async () => {
    const { gated, page, first } = panel()
    const { rows, append, commit, settled } = desk(gated)
    const doc = page(101)
    const sent = ['one', 'two', 'nodule'].map((label) => {
      const update = updateOf(doc, () => setLabel(doc, first, label))
      return label === 'one' ? update : Y.encodeStateAsUpdate(doc)
    })
    const [before, again, more] = sent.map((update) =>
      admit(append, gated, writerOf(101), offered(update)),
    ) as [Promise<unknown>, Promise<unknown>, Promise<unknown>]
    await new Promise(setImmediate)
    commit()
    await before
    await settled(Promise.all([again, more]))
    expect(rows.map(({ clock, len }) => clock + len).slice(0, -1)).toEqual(
      rows.map(({ clock }) => clock).slice(1),
    )
    expect(rows).toHaveLength(3)
  })

  test('[G1] a twin that takes away what its brother is only just writing waits for it', async () => {
    const { gated, page, first } = panel()
    const { append, commit, settled } = desk(gated)
    const [doc, twin] = [page(101), page(102)]
    const made = updateOf(doc, () => typeIn<Y.Text>(doc, first, 'reasoning').insert(0, 'not '))
    Y.applyUpdate(twin, made)
    const gone = updateOf(twin, () => typeIn<Y.Text>(twin, first, 'reasoning').delete(0, 4))
    const one = admit(append, gated, writerOf(101), offered(made))
    const other = admit(append, gated, writerOf(102), offered(gone))
    commit()
    await one
    expect(await settled(other)).toMatchObject({ client: 102, len: 0 })
    expect(typeIn<Y.Text>(gated.ydoc, first, 'reasoning').toString()).toBe('round')
  })

  test('[G3] a role that is lost while a change waits counts', async () => {
    const { gated, page, first } = panel()
    const { append, commit } = desk(gated)
    const doc = page(101)
    const one = updateOf(doc, () => setLabel(doc, first, 'one'))
    const two = updateOf(doc, () => setLabel(doc, first, 'two'))
    let role: 'reader' | 'observer' = 'reader'
    const writer: Writer = { ...writerOf(101), role: () => role }
    const before = admit(append, gated, writer, offered(one))
    const after = codeOf(admit(append, gated, writer, offered(two)))
    role = 'observer'
    commit()
    await before
    expect(await after).toBe('role-may-not-annotate')
  })
})

describe('a clientID of one’s own', () => {
  test('[G27] that nobody has leased belongs to whoever first writes under it', async () => {
    const { gated, page, first } = panel()
    const { append, settled } = desk(gated)
    const asked: number[] = []
    const script = scriptOf(gated, 1, asked)
    const doc = page(777)
    const draw = updateOf(doc, () => annotate(doc, triangle))
    expect(await settled(admit(append, gated, script, offered(draw)))).toMatchObject({
      client: 777,
      clock: 0,
    })
    const more = updateOf(doc, () => setLabel(doc, first, 'vessel'))
    expect(await settled(admit(append, gated, script, offered(more)))).toMatchObject({ client: 777 })
    expect(asked).toEqual([777])
    // From now on it is theirs, and nobody else's.
    const taken = updateOf(doc, () => annotate(doc, triangle))
    expect(await codeOf(settled(admit(append, gated, scriptOf(gated, 2), offered(taken))))).toBe(
      'foreign-authorship',
    )
    expect(await codeOf(settled(admit(append, gated, scriptOf(gated, 1), offered(taken))))).toBe('let in')
  })

  test('[G27] that was leased is never up for grabs, nor one that the document has seen', async () => {
    const { gated, page, put, first } = panel()
    const { append, settled } = desk(gated)
    const asked: number[] = []
    const script = scriptOf(gated, 1, asked)
    for (const client of [201, 202]) {
      const stolen = updateOf(page(client), (doc) => setLabel(doc, first, 'vessel'))
      expect(await codeOf(settled(admit(append, gated, script, offered(stolen))))).toBe('foreign-authorship')
    }
    put(888, (doc) => annotate(doc, triangle))
    const seen = updateOf(page(888), (doc) => setLabel(doc, first, 'vessel'))
    expect(await codeOf(settled(admit(append, gated, script, offered(seen))))).toBe('foreign-authorship')
    const none = updateOf(page(0), (doc) => setLabel(doc, first, 'vessel'))
    expect(await codeOf(settled(admit(append, gated, script, offered(none))))).toBe('foreign-authorship')
    expect(asked).toEqual([])
  })

  test('[G27] is also that of a page whose Yjs gave itself another one', async () => {
    const { gated, page, first } = panel()
    const { append, settled } = desk(gated)
    const asked: number[] = []
    const own: Writer = { ...scriptOf(gated, 1, asked), client: 101 }
    const doc = page(101)
    const twin = page(101)
    setLabel(twin, first, 'one')
    // It meets its own clientID in what it is told, as when a page was copied.
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(twin))
    expect(doc.clientID).not.toBe(101)
    setLabel(doc, first, 'two')
    const row = await settled(admit(append, gated, own, offered(Y.encodeStateAsUpdate(doc))))
    expect(asked).toEqual([doc.clientID])
    expect(row).toMatchObject({ client: 101, spans: [{ clock: 0, len: 1 }] })
  })

  test('[G27] for which several people race has exactly one owner', async () => {
    const { gated, page } = panel()
    const { append, settled, rows } = desk(gated)
    const draw = updateOf(page(777), (doc) => annotate(doc, triangle))
    const race = [1, 2, 3].map((person) =>
      codeOf(admit(append, gated, scriptOf(gated, person), offered(draw))),
    )
    const codes = await settled(Promise.all(race))
    expect(codes.toSorted()).toEqual(['foreign-authorship', 'foreign-authorship', 'let in'])
    expect(rows).toHaveLength(1)
    expect(gated.book.leases.byClient.get(777)?.person).toBe(codes.indexOf('let in') + 1)
  })

  test('[G27] is not given for what is refused anyway', async () => {
    const { gated, page, second } = panel()
    const { append, settled } = desk(gated)
    const asked: number[] = []
    const script = scriptOf(gated, 1, asked)
    const foul = updateOf(page(777), (doc) => setLabel(doc, second, 'vessel'))
    expect(await codeOf(settled(admit(append, gated, script, offered(foul))))).toBe('not-yours')
    const observer: Writer = { ...script, role: () => 'observer' }
    const draw = updateOf(page(777), (doc) => annotate(doc, triangle))
    expect(await codeOf(settled(admit(append, gated, observer, offered(draw))))).toBe('role-may-not-annotate')
    expect(asked).toEqual([])
  })

  test('[G27] is given anew to who only takes something away and has none yet', async () => {
    const { gated, page, put, first } = panel()
    put(101, (doc) => typeIn<Y.Map<unknown>>(doc, first, 'vertices').set('a9', [5, 5, 0]))
    const { append, settled } = desk(gated)
    const asked: number[] = []
    const script = scriptOf(gated, 1, asked)
    const less = updateOf(page(5), (doc) => removeVertex(doc, first, 'a9'))
    const row = await settled(admit(append, gated, script, offered(less)))
    expect(asked).toHaveLength(1)
    expect(row).toMatchObject({ client: asked[0], len: 0 })
    const again = updateOf(page(5), (doc) => typeIn<Y.Text>(doc, first, 'reasoning').delete(0, 2))
    expect(await settled(admit(append, gated, script, offered(again)))).toMatchObject({ client: asked[0] })
    expect(asked).toHaveLength(1)
  })

  test('[G27] is had by one connection only so many times', async () => {
    const { gated, page, first } = panel()
    const { append, settled } = desk(gated)
    const script = scriptOf(gated, 1)
    const codes: string[] = []
    for (let client = 1_000; client < 1_034; client++) {
      const update = updateOf(page(client), (doc) => entryIn(doc, first).set('confidence', client - 1_000))
      codes.push(await codeOf(settled(admit(append, gated, script, offered(update)))))
    }
    expect(codes.filter((code) => code === 'let in')).toHaveLength(32)
    expect(codes.slice(32)).toEqual(['foreign-authorship', 'foreign-authorship'])
  })

  test('[G11] who was signed out while it was given writes nothing', async () => {
    const { gated, page } = panel()
    const { append, rows, settled } = desk(gated)
    let valid = true
    const script: Writer = { ...scriptOf(gated, 1), valid: () => valid }
    const draw = updateOf(page(777), (doc) => annotate(doc, triangle))
    const late = codeOf(admit(append, gated, script, offered(draw)))
    valid = false
    expect(await settled(late)).toBe('not-signed-in')
    expect(rows).toEqual([])
  })
})

test('[G1] a row stands under the clientID of its own connection where that wrote, else under another of the same person', async () => {
  const { gated, page, first } = panel()
  const { append, settled } = desk(gated)
  const late = updateOf(page(102), (doc) => retire(doc, first, 'seen twice'))
  expect(await settled(admit(append, gated, writerOf(101), offered(late)))).toMatchObject({ client: 102 })
  const less = updateOf(page(102), (doc) => typeIn<Y.Text>(doc, first, 'reasoning').delete(0, 1))
  expect(await settled(admit(append, gated, writerOf(101), offered(less)))).toMatchObject({
    client: 101,
    len: 0,
  })
  const clock = clockOf(gated.ydoc, 101)
  const both = [
    encoded(102, clockOf(gated.ydoc, 102), [new Y.GC(Y.createID(102, clockOf(gated.ydoc, 102)), 1)]),
    encoded(101, clock, [new Y.GC(Y.createID(101, clock), 2)]),
  ]
  expect(await settled(admit(append, gated, writerOf(101), offered(...both)))).toMatchObject({
    client: 101,
    clock,
    len: 2,
    spans: [{ lease: 1020, len: 1 }],
  })
})
