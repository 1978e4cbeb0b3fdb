/** The link's ordinary days: what is saved, what is kept meanwhile, and under whose clientID. */
import { describe, expect, it } from 'vitest'
import { saveWords } from './saveState.ts'
import { MemoryStore } from './store.ts'
import { draw, lease, link, NAME, read, rig, until, write } from './testing/linkRig.ts'

describe('link', () => {
  it('writes under the leased clientID and reaches the other page', async () => {
    const shared = rig()
    const a = link(shared)
    const b = link(shared)
    await Promise.all([a.open(), b.open()])
    expect(a.doc.clientID).toBe(a.client)
    expect(a.client).not.toBe(b.client)
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    write(a, `${a.client}-aaaaaaaa`, 'from a')
    await until(() => expect(Object.values(read(b))).toEqual(['from a']))
  })

  it('[W11] says saved only after the server has acknowledged', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    let commit = (): void => {}
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    shared.journal = () => held
    write(a, `${a.client}-aaaaaaaa`, 'one')
    write(a, `${a.client}-bbbbbbbb`, 'two')
    expect(saveWords(a.status).text).toBe('Saving (2)')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(saveWords(a.status).text).toBe('Saving (2)')
    commit()
    await until(() => expect(saveWords(a.status).text).toMatch(/^Saved on disk/))
  })

  it('[W12] keeps and counts changes made offline, and merges them on return', async () => {
    const shared = rig()
    const [a, b] = [link(shared), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    shared.exchange.cut()
    await until(() => expect(a.status.state).toBe('offline'))
    write(a, `${a.client}-aaaaaaaa`, 'a, alone')
    write(a, `${a.client}-bbbbbbbb`, 'a, alone again')
    write(b, `${b.client}-cccccccc`, 'b, alone')
    expect(a.status.unsaved).toBe(2)
    expect(b.status.unsaved).toBe(1)
    shared.exchange.mend()
    await until(() => {
      expect(read(a)).toEqual(read(b))
      expect(Object.keys(read(a))).toHaveLength(3)
      expect([a.status.unsaved, b.status.unsaved]).toEqual([0, 0])
    })
  })

  it('[W11] does not call offline changes saved before the last of them is acknowledged', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.exchange.cut()
    await until(() => expect(a.status.state).toBe('offline'))
    for (let i = 0; i < 5; i++) write(a, `${a.client}-aaaaaaa${i}`, 'x')
    let commit = (): void => {}
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    shared.journal = () => held
    shared.exchange.mend()
    await until(() => expect(a.status.state).toBe('live'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(saveWords(a.status).text).toBe('Saving (5)')
    commit()
    await until(() => expect(a.status.unsaved).toBe(0))
  })

  it('[W11] does not take the acknowledgement of one offline change for that of all', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.exchange.cut()
    await until(() => expect(a.status.state).toBe('offline'))
    for (let i = 0; i < 5; i++) write(a, `${a.client}-aaaaaaa${i}`, 'x')
    // One update is taken, every later one waits.
    let taken = 0
    shared.journal = () => (taken++ === 0 ? Promise.resolve() : new Promise(() => {}))
    shared.exchange.mend()
    await until(() => expect(a.status.unsaved).toBe(0))
    expect(shared.exchange.server.documents.get(NAME)?.getMap('annotations').size).toBe(5)
  })

  it('[W12] opens without a connection from what was kept, under a spare lease, and sends it later', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const first = link(shared, { store })
    await first.open()
    await until(() => expect(first.status.state).toBe('live'))
    expect(await store.spares()).toBe(1)
    shared.exchange.cut()
    write(first, `${first.client}-aaaaaaaa`, 'kept')
    await until(async () => expect((await store.load()).unsaved.size).toBe(1))
    first.destroy()

    const unreachable = async (): Promise<readonly number[]> =>
      Promise.reject(new TypeError('Failed to fetch'))
    const second = link(shared, { store, lease: unreachable })
    await second.open()
    expect(Object.values(read(second))).toEqual(['kept'])
    expect(second.status.canWrite).toBe(true)
    write(second, `${second.client}-bbbbbbbb`, 'more')
    expect(saveWords({ ...second.status, durableHere: true }).text).toBe('Offline, 2 changes kept here')

    shared.exchange.mend()
    const reader = link(shared)
    await reader.open()
    await until(() => expect(Object.values(read(reader)).sort()).toEqual(['kept', 'more']))
    await until(() => expect(second.status.unsaved).toBe(0))
    expect((await store.load()).unsaved.size).toBe(0)
  })

  it('[W12] does not take for sent what another page of this browser wrote since', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const first = link(shared, { store })
    await first.open()
    await until(() => expect(first.status.state).toBe('live'))
    shared.exchange.cut()
    await until(() => expect(first.status.state).toBe('offline'))
    write(first, `${first.client}-aaaaaaaa`, 'one')
    const second = link(shared, { store })
    await second.open()
    write(first, `${first.client}-bbbbbbbb`, 'two')
    first.destroy()

    shared.exchange.mend()
    await until(() => expect(second.status).toMatchObject({ state: 'live', unsaved: 0 }))
    expect([...(await store.load()).unsaved.keys()]).toEqual([first.client])
    const third = link(shared, { store })
    await third.open()
    await until(() => expect(Object.values(read(second))).toEqual(['one', 'two']))
    await until(async () => expect((await store.load()).unsaved.size).toBe(0))
  })

  it('[W14] reads on without an identity, and gets one when the server is back', async () => {
    const shared = rig()
    shared.exchange.cut()
    let reachable = false
    const a = link(shared, {
      lease: (count) => (reachable ? lease(count) : Promise.reject(new TypeError('no'))),
    })
    await a.open()
    expect(a.status.canWrite).toBe(false)
    reachable = true
    shared.exchange.mend()
    await until(() => {
      expect(a.status.canWrite).toBe(true)
      expect(a.status.state).toBe('live')
      expect(a.doc.clientID).toBe(a.client)
    })
  })

  it('[W12] counts nothing after a reload of what was saved, though its row came before its acknowledgement', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    const row = { client: a.client ?? 0, clock: 0, len: 2 }
    shared.journal = async () => {
      shared.tell({ t: 'saved', seq: 3, hash: 'three', at: 1_000, ...row })
      await until(() => expect(a.status.unsaved).toBe(0))
    }
    draw(a, `${a.client}-aaaaaaaa`, 'one')
    await until(async () => {
      expect((await store.load()).updates).toHaveLength(1)
      expect((await store.load()).unsaved.size).toBe(0)
    })
  })
})
