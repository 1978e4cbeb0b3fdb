import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { forgetAll, openOfflineStore } from './offline.ts'

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

describe('the store in the browser', () => {
  it('gives back everything after many appends, folded into few rows', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    const doc = new Y.Doc()
    const writes: Promise<void>[] = []
    doc.on('update', (update: Uint8Array) => writes.push(store.append(update, doc.clientID)))
    for (let i = 0; i < 250; i++) doc.getMap('annotations').set(`k${i}`, i)
    await Promise.all(writes)
    const again = await (await openOfflineStore(PERSON, NAME)).load()
    expect(opened(again.updates)).toEqual(doc.getMap('annotations').toJSON())
    expect(again.updates.length).toBeLessThan(120)
    expect([...again.unsaved]).toEqual([[doc.clientID, 250]])
  })

  it('keeps two people of one browser, and two documents, apart', async () => {
    await (await openOfflineStore(PERSON, NAME)).append(bytes('a', 'mine'), 1)
    const other = await (await openOfflineStore('person02', NAME)).load()
    const elsewhere = await (await openOfflineStore(PERSON, 'panel:efgh5678')).load()
    expect([other.updates, elsewhere.updates]).toEqual([[], []])
  })

  it('settles only the clients named', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    await store.append(bytes('a', '1'), 1)
    await store.append(bytes('b', '2'), 2)
    await store.settle([1])
    expect([...(await store.load()).unsaved]).toEqual([[2, 1]])
  })

  it('[W14] never gives one spare lease to two pages', async () => {
    const [a, b] = [await openOfflineStore(PERSON, NAME), await openOfflineStore(PERSON, NAME)]
    await a.addSpares([70, 71])
    const taken = await Promise.all([a.takeSpare(), b.takeSpare(), a.takeSpare()])
    expect(taken.filter((client) => client !== null).sort()).toEqual([70, 71])
  })

  it('puts a refused document aside in place of what was kept', async () => {
    const store = await openOfflineStore(PERSON, NAME)
    await store.append(bytes('a', '1'), 1)
    const aside = {
      state: bytes('a', '1'),
      refusal: { code: 'malformed', message: 'No.', next: 'Again.' },
      entries: ['a'],
    }
    await store.setAside(aside)
    expect(await store.load()).toEqual({ updates: [], unsaved: new Map(), aside })
    await store.dropAside()
    expect((await store.load()).aside).toBeNull()
  })
})
