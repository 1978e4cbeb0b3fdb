/** What becomes of work that the server did not take, or does not have any more. */
import { REFUSALS } from '@consilium/contract/refusals'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { saveWords } from './saveState.ts'
import { MemoryStore } from './store.ts'
import { draw, lease, link, note, read, rig, unsettled, until, write } from './testing/linkRig.ts'

describe('work that was not taken', () => {
  it('[W13] offers what follows on work that was put aside meanwhile together with that work', async () => {
    const store = new MemoryStore()
    const other = new Y.Doc()
    other.clientID = 7
    other.getMap('annotations').set('7-aaaaaaaa', 'one')
    await store.setAside({
      id: 'first',
      at: 10,
      since: 10,
      state: Y.encodeStateAsUpdate(other),
      refusal: note('case-decided'),
      touched: ['annotations/7-aaaaaaaa'],
      clients: [7],
      settled: {},
    })
    const before = Y.encodeStateVector(other)
    other.getMap('annotations').set('7-bbbbbbbb', 'two')
    const touched = ['annotations/7-bbbbbbbb']
    await store.append(Y.encodeStateAsUpdate(other, before), { client: 7, nth: 2, at: 20, touched })

    const shared = rig()
    const [a, reader] = [link(shared, { store }), link(shared)]
    await Promise.all([a.open(), reader.open()])
    await until(() => expect(Object.values(read(reader)).sort()).toEqual(['one', 'two']))
    await until(() => expect(a.status.unsaved).toBe(0))
  })

  it('[W13] after a refusal shows the server’s document, keeps what was not taken, and works on under a new lease', async () => {
    const shared = rig()
    const [a, b] = [link(shared), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    write(b, `${b.client}-bbbbbbbb`, 'by b')
    await until(() => expect(Object.values(read(a))).toEqual(['by b']))
    const before = a.client
    shared.gate = () => note('role-may-not-annotate')
    const mine = `${a.client}-aaaaaaaa`
    draw(a, mine, 'mine')
    await until(() => expect(a.kept.list).toHaveLength(1))
    shared.gate = () => null
    await until(() => expect([a.status.state, a.status.canWrite]).toEqual(['live', true]))
    expect(Object.values(read(a))).toEqual(['by b'])
    expect(a.kept.list[0]?.refusal).toEqual(note('role-may-not-annotate'))
    expect(unsettled(a)).toEqual([['annotations', mine, true]])
    expect(saveWords(a.status).text).toMatch(/^Not saved: 1 change, kept here/)
    expect(a.client).not.toBe(before)
    await until(() => expect(a.status.unsaved).toBe(0))
    write(a, `${a.client}-cccccccc`, 'again')
    await until(() => expect(Object.values(read(b)).sort()).toEqual(['again', 'by b']))
    await a.kept.settle(a.kept.list[0]?.id ?? '', new Map([[mine, { how: 'discarded' }]]))
    a.kept.tidy()
    expect(a.kept.list).toEqual([])
    await until(() => expect(saveWords(a.status).text).toMatch(/^Saved/))
  })

  it('[W13] lets nobody write in a document that is on its way out, though an identity for it comes meanwhile', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const other = new Y.Doc()
    other.clientID = 7
    other.getMap('annotations').set('7-aaaaaaaa', 'one')
    const touched = ['annotations/7-aaaaaaaa']
    await store.append(Y.encodeStateAsUpdate(other), { client: 7, nth: 1, at: 20, touched })
    /** Asked for, and not given yet. */
    const asked: PromiseWithResolvers<readonly number[]>[] = []
    const a = link(shared, {
      store,
      lease: () => {
        if (asked.length === 0 && a.status.state === 'opening')
          return Promise.reject(new TypeError('offline'))
        asked.push(Promise.withResolvers())
        return (asked.at(-1) as PromiseWithResolvers<readonly number[]>).promise
      },
    })
    shared.gate = () => note('role-may-not-annotate')
    const writable: boolean[] = []
    a.statuses.on(
      ({ canWrite }) => void writable.push(canWrite && a.doc.getMap('annotations').has('7-aaaaaaaa')),
    )
    await a.open()
    await until(() => expect(asked).toHaveLength(2))
    shared.gate = () => null
    asked[0]?.resolve([1_001])
    asked[1]?.resolve([1_002])
    await until(() => expect([a.status.state, a.status.canWrite]).toEqual(['live', true]))
    expect(a.doc.clientID).toBe(1_002)
    expect(read(a)).toEqual({})
    expect(a.kept.list).toHaveLength(1)
    expect(writable).not.toContain(true)
  })

  it('[W13] keeps every one of several refusals, also when the page is closed, until each is decided', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    for (const text of ['first', 'second']) {
      await until(() => expect([a.status.state, a.status.canWrite]).toEqual(['live', true]))
      shared.gate = () => note('malformed')
      draw(a, `${a.client}-aaaaaaaa`, text)
      await until(() =>
        expect(a.kept.list.some(({ changes }) => changes[0]?.whole.label === text)).toBe(true),
      )
      shared.gate = () => null
    }
    a.destroy()
    const again = link(shared, { store })
    await again.open()
    await until(() => expect(again.status.state).toBe('live'))
    expect(again.kept.list.map(({ changes }) => changes[0]?.whole.label)).toEqual(['second', 'first'])
    expect(read(again)).toEqual({})
    for (const { id, changes } of again.kept.list)
      await again.kept.settle(id, new Map(changes.map(({ entry }) => [entry, { how: 'discarded' } as const])))
    expect((await store.load()).asides).toEqual([])
  })

  it('[W13] offers nothing of what others changed meanwhile, and nothing that the server holds by now', async () => {
    const shared = rig()
    const [a, b] = [link(shared), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    const theirs = `${b.client}-bbbbbbbb`
    draw(b, theirs, 'by b')
    await until(() => expect(a.doc.getMap('annotations').has(theirs)).toBe(true))
    shared.gate = () => note('role-may-not-annotate')
    const shape = a.doc.getMap('annotations').get(theirs) as Y.Map<unknown>
    shape.set('certainty', 'absent')
    await until(() => expect(a.kept.list).toHaveLength(1))
    shared.gate = () => null
    await until(() => expect(a.status.state).toBe('live'))
    expect(a.kept.list[0]?.changes.map(({ made, fields }) => [made, fields])).toEqual([
      [false, [{ field: 'certainty', mine: 'absent' }]],
    ])
  })

  it('[W13] keeps words typed while the document was being rebuilt', async () => {
    const shared = rig()
    let onLease = (): void => {}
    const a = link(shared, {
      lease: (count) => {
        onLease()
        return lease(count)
      },
    })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.gate = () => note('malformed')
    // The old document is put aside already; a field that loses the focus writes what was in it.
    onLease = () => {
      onLease = () => {}
      draw(a, `${a.client}-cccccccc`, 'late')
      shared.gate = () => null
    }
    draw(a, `${a.client}-aaaaaaaa`, 'refused')
    await until(() =>
      expect(a.kept.list.flatMap(({ changes }) => changes.map(({ whole }) => whole.label)).sort()).toEqual([
        'late',
        'refused',
      ]),
    )
  })

  it('answers a gap by offering everything again', async () => {
    const shared = rig()
    const [a, b] = [link(shared), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    let once = true
    shared.gate = () => {
      if (!once) return null
      once = false
      return { code: 'gap', message: 'Gap.', next: '' }
    }
    write(a, `${a.client}-aaaaaaaa`, 'mine')
    await until(() => expect(Object.values(read(b))).toEqual(['mine']))
    expect(a.kept.list).toEqual([])
    await until(() => expect(a.status.unsaved).toBe(0))
  })

  it('[W51] keeps the whole copy when the server has lost what it had confirmed, and then opens its record as it is', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const [a, b] = [link(shared, { store }), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    draw(a, `${a.client}-aaaaaaaa`, 'by a')
    draw(b, `${b.client}-bbbbbbbb`, 'by b')
    await until(() => expect(Object.keys(read(a))).toHaveLength(2))
    const row = { client: a.client ?? 0, clock: 0, len: 2 }
    shared.tell({ t: 'saved', seq: 9, hash: 'nine', at: 1_000, ...row })
    await until(async () => expect((await store.load()).seen).not.toBeNull())
    a.destroy()
    b.destroy()

    const restored = rig()
    restored.door = ({ seen }) => (seen ? 'record-cut' : null)
    const again = link(restored, { store })
    await again.open()
    await until(() => expect(again.status.state).toBe('live'))
    expect(read(again)).toEqual({})
    expect(again.kept.list.map(({ refusal }) => refusal.code)).toEqual(['record-cut'])
    expect(again.kept.list[0]?.changes.map(({ whole, foreign }) => [whole.label, foreign]).sort()).toEqual([
      ['by a', false],
      ['by b', true],
    ])
    expect(restored.tokens.at(-1)?.seen).toBeUndefined()
    expect((await store.load()).seen).toBeNull()
  })

  it('keeps what was not saved when the document is closed to this person', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    const { message, next } = REFUSALS['not-a-member']
    shared.gate = () => ({ code: 'not-a-member', message, next })
    draw(a, `${a.client}-aaaaaaaa`, 'mine')
    await until(() => expect(a.status.state).toBe('refused'))
    expect(unsettled(a)).toEqual([['annotations', `${a.client}-aaaaaaaa`, true]])
    shared.gate = () => null
    await a.resume()
    await until(() => expect(a.status).toMatchObject({ state: 'live', canWrite: true }))
    expect(read(a)).toEqual({})
    expect(unsettled(a)).toHaveLength(1)
  })
})
