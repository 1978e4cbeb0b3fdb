import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentsWithWork, forgetAll, openOfflineStore } from './offline.ts'
import type { Aside } from './store.ts'

afterEach(() => forgetAll())

const PERSON = 'person01'
const NAME = 'panel:abcd1234'
const bytes = (key: string, value: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('annotations').set(key, value)
  return Y.encodeStateAsUpdate(doc)
}
const opened = (updates: readonly Uint8Array[]): unknown => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getMap('annotations').toJSON()
}
const own = (client: number, at = 0, touched: readonly string[] = [], nth = 1) => ({
  client,
  nth,
  at,
  touched,
})
const aside = (id: string, at: number): Aside => ({
  id,
  at,
  since: at,
  state: bytes(id, 'refused'),
  refusal: { code: 'malformed', message: 'No.', next: 'Again.' },
  touched: [`annotations/${id}`],
  clients: [1],
  settled: {},
})

describe('the store in the browser', () => {
  it('gives back everything after many appends, folded into few rows', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    const doc = new Y.Doc()
    const writes: Promise<void>[] = []
    doc.on('update', (update: Uint8Array) =>
      writes.push(
        store.append(update, own(doc.clientID, 1_000 - writes.length, ['a', 'b'], writes.length + 1)),
      ),
    )
    for (let i = 0; i < 250; i++) doc.getMap('annotations').set(`k${i}`, i)
    await Promise.all(writes)
    const again = await (await openOfflineStore(PERSON, NAME)).load()
    expect(opened(again.updates)).toEqual(doc.getMap('annotations').toJSON())
    expect(again.updates.length).toBeLessThan(120)
    expect([...again.unsaved]).toEqual([
      [doc.clientID, { count: 250, since: 751, touched: ['a', 'b'], last: 250 }],
    ])
  })

  it('[W86] what was overwritten is in no row any more once the copy is compacted, and the rest is as it was', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    const doc = new Y.Doc()
    const writes: Promise<void>[] = []
    doc.on('update', (update: Uint8Array) => writes.push(store.append(update, null)))
    const comments = doc.getMap('annotations')
    comments.set('a', 'the scan of Ada Quill')
    comments.set('b', 'a vessel')
    comments.set('a', '[taken out]')
    await Promise.all(writes)
    const kept = async () => (await (await openOfflineStore(PERSON, NAME)).load()).updates
    const text = async () => (await kept()).map((update) => Buffer.from(update).toString('latin1')).join()
    expect(await text()).toContain('Ada Quill')
    await store.compact()
    expect(await text()).not.toContain('Ada Quill')
    expect(opened(await kept())).toEqual({ a: '[taken out]', b: 'a vessel' })
  })

  it('what waits for an update that is not here yet is still there after it was compacted', async () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const key of ['a', 'b', 'c']) doc.getMap('annotations').set(key, key)
    const [first, , third] = updates as [Uint8Array, Uint8Array, Uint8Array]
    const store = await openOfflineStore(PERSON, NAME)
    for (const update of [first, third]) await store.append(update, null)
    await store.compact()
    await store.append(updates[1] as Uint8Array, null)
    expect(opened((await store.load()).updates)).toEqual({ a: 'a', b: 'b', c: 'c' })
  })

  it('keeps two people of one browser, and two documents, apart', async () => {
    await (await openOfflineStore(PERSON, NAME)).append(bytes('a', 'mine'), own(1))
    const other = await (await openOfflineStore('person02', NAME)).load()
    const elsewhere = await (await openOfflineStore(PERSON, 'panel:efgh5678')).load()
    expect([other.updates, elsewhere.updates]).toEqual([[], []])
    expect(await documentsWithWork(PERSON)).toEqual([NAME])
    expect(await documentsWithWork('person02')).toEqual([])
  })

  it('settles only the clients named', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    await store.append(bytes('a', '1'), own(1))
    await store.append(bytes('b', '2'), own(2))
    await store.settle(new Map([[1, 1]]))
    expect([...(await store.load()).unsaved.keys()]).toEqual([2])
  })

  it('keeps what another tab has written under the same clientID since', async () => {
    const [a, b] = [await openOfflineStore(PERSON, NAME), await openOfflineStore(PERSON, NAME)]
    await a.append(bytes('a', '1'), own(1, 10))
    const { unsaved } = await b.load()
    await a.append(bytes('a', '2'), own(1, 20, ['annotations/a'], 2))
    await b.settle(new Map([...unsaved].map(([client, { last }]) => [client, last])))
    expect((await b.load()).unsaved.get(1)).toMatchObject({ last: 2, touched: ['annotations/a'] })
    await a.settle(new Map([[1, 2]]))
    expect((await b.load()).unsaved.size).toBe(0)
  })

  it('[W14] never gives one spare lease to two pages', async () => {
    const [a, b] = [await openOfflineStore(PERSON, NAME), await openOfflineStore(PERSON, NAME)]
    await a.addSpares([70, 71])
    const taken = await Promise.all([a.takeSpare(), b.takeSpare(), a.takeSpare()])
    expect(taken.filter((client) => client !== null).sort()).toEqual([70, 71])
  })

  it('keeps the newest confirmed row, whichever of two tabs heard it', async () => {
    const [a, b] = [await openOfflineStore(PERSON, NAME), await openOfflineStore(PERSON, NAME)]
    await a.saw({ seq: 7, hash: 'seven' })
    await b.saw({ seq: 5, hash: 'five' })
    expect((await a.load()).seen).toEqual({ seq: 7, hash: 'seven' })
    await b.saw(null)
    expect((await a.load()).seen).toBeNull()
  })

  it('[W13] keeps every refused document, one after the other, and what is decided about each entry', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    await store.append(bytes('a', '1'), own(1))
    await store.setAside(aside('first', 10))
    expect(await store.load()).toMatchObject({ updates: [], unsaved: new Map() })
    await store.setAside(aside('second', 20))
    await store.settleAside('first', '1-aaaa', { how: 'back', as: '2-bbbb' })
    const kept = await (await openOfflineStore(PERSON, NAME)).load()
    expect(kept.asides.map(({ id, settled }) => [id, settled])).toEqual([
      ['first', { '1-aaaa': { how: 'back', as: '2-bbbb' } }],
      ['second', {}],
    ])
    await store.dropAside('first')
    expect((await store.load()).asides.map(({ id }) => id)).toEqual(['second'])
  })

  it('puts what another tab had typed aside with the rest', async () => {
    const [a, b] = [await openOfflineStore(PERSON, NAME), await openOfflineStore(PERSON, NAME)]
    await b.append(bytes('other', 'typed there'), own(2, 5, ['annotations/other']))
    await a.setAside(aside('mine', 10))
    const [kept] = (await a.load()).asides
    expect(opened([kept?.state ?? new Uint8Array()])).toEqual({ mine: 'refused', other: 'typed there' })
    expect(kept).toMatchObject({
      since: 5,
      clients: [1, 2],
      touched: ['annotations/mine', 'annotations/other'],
    })
  })

  it('takes over what the first version of this page had kept', async () => {
    const first = await openDB('consilium', 1, {
      upgrade(db) {
        db.createObjectStore('updates', { autoIncrement: true }).createIndex('shelf', 'shelf')
        for (const name of ['unsaved', 'spares'])
          db.createObjectStore(name, { keyPath: ['shelf', 'client'] }).createIndex('shelf', 'shelf')
        db.createObjectStore('aside')
      },
    })
    const shelf = `${PERSON}/${NAME}`
    await first.put('unsaved', { shelf, client: 3, count: 2 })
    await first.put('updates', { shelf, bytes: bytes('a', 'kept') })
    await first.put('aside', { state: bytes('b', 'refused'), refusal: aside('x', 0).refusal }, shelf)
    first.close()
    const kept = await (await openOfflineStore(PERSON, NAME)).load()
    expect(opened(kept.updates)).toEqual({ a: 'kept' })
    expect(kept.unsaved.get(3)).toMatchObject({ count: 2, touched: null })
    expect(kept.asides.map(({ state, touched }) => [opened([state]), touched])).toEqual([
      [{ b: 'refused' }, null],
    ])
  })
})
