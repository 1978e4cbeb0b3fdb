/** What the link is told by the server, and what it makes known of it. */
import { REFUSALS, Refusal } from '@consilium/contract/refusals'
import { describe, expect, it, vi } from 'vitest'
import { type LinkStatus, saveWords } from './saveState.ts'
import { MemoryStore } from './store.ts'
import { draw, link, NAME, revision, rig, until } from './testing/linkRig.ts'

describe('what the server says', () => {
  it('connects again when the server closes the document without a reason', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.exchange.server.closeConnections(NAME)
    await until(() => expect(a.status.state).toBe('offline'))
    await until(() => expect(a.status.state).toBe('live'))
  })

  it('says why where the server gives no lease', async () => {
    const shared = rig()
    const a = link(shared, { lease: () => Promise.reject(new Refusal('case-closed')) })
    await a.open()
    expect(a.status.state).toBe('refused')
    expect(saveWords(a.status).text).toBe(
      'Not saved: This case is signed and closed. Ask the adjudicator to reopen it.',
    )
  })

  it('[W50] names the disk only where the server has said that it keeps, and says when saving is paused', async () => {
    const shared = rig()
    shared.hello = { role: 'reader', phase: 'panel', durable: false, paused: true, prior: null }
    const a = link(shared)
    const words = () => saveWords({ ...a.status, durableHere: true }).text
    const heard: LinkStatus[] = []
    a.statuses.on((status) => heard.push(status))
    await a.open()
    await until(() => expect(words()).toBe('Saving paused: the record cannot be written just now'))
    let commit = (): void => {}
    shared.journal = () => new Promise<void>((resolve) => (commit = resolve))
    draw(a, `${a.client}-aaaaaaaa`, 'one')
    expect(words()).toBe('Saving paused: the record cannot be written just now (1 change kept here)')
    await until(() => expect(shared.said).toHaveLength(1))
    shared.tell({ t: 'saving', paused: false })
    await until(() => expect(words()).toBe('Saving (1)'))
    await until(() => {
      commit()
      expect(words()).toMatch(/^Kept by the server.*, but its disk is not safe$/)
    })
    expect(heard.map((status) => saveWords(status).text).filter((text) => /^saved/i.test(text))).toEqual([])
  })

  it('[W51] takes the row of a change for its acknowledgement, and presents the newest confirmed row at every connection', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    expect(shared.tokens.at(-1)).toEqual({ client: a.client })
    shared.journal = () => new Promise(() => {})
    draw(a, `${a.client}-aaaaaaaa`, 'one')
    const row = { client: a.client ?? 0, clock: 0, len: 2 }
    shared.tell({ t: 'saved', seq: 3, hash: 'three', at: 1_000, ...row })
    await until(() => expect(a.status).toMatchObject({ unsaved: 0, savedAt: 1_000 }))
    shared.tell({ t: 'journal', rows: [{ revision: revision(4, 'four'), ...row }] })
    shared.tell({ t: 'journal', rows: [{ revision: revision(2, 'two'), ...row }] })
    await until(async () => expect((await store.load()).seen).toEqual({ seq: 4, hash: 'four' }))
    shared.exchange.cut()
    shared.exchange.mend()
    await until(() => expect(shared.tokens.at(-1)?.seen).toEqual({ seq: 4, hash: 'four' }))
    a.destroy()
    const again = link(shared, { store })
    await again.open()
    await until(() =>
      expect(shared.tokens.at(-1)).toEqual({ client: again.client, seen: { seq: 4, hash: 'four' } }),
    )
  })

  it('[W52] says when each change was made; of late work, when the oldest was, also after a reload', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(50_000)
    draw(a, `${a.client}-aaaaaaaa`, 'live')
    await until(() => expect(a.status.unsaved).toBe(0))
    expect(shared.said).toEqual([50_000])
    shared.exchange.cut()
    await until(() => expect(a.status.state).toBe('offline'))
    for (const at of [60_000, 70_000]) {
      vi.setSystemTime(at)
      draw(a, `${a.client}-${at}`, 'offline')
    }
    await until(async () => expect([...(await store.load()).unsaved.values()][0]?.count).toBe(2))
    a.destroy()
    vi.setSystemTime(90_000)
    shared.exchange.mend()
    const again = link(shared, { store })
    await again.open()
    await until(() => expect(again.status).toMatchObject({ state: 'live', unsaved: 0 }))
    expect(shared.said).toEqual([50_000, 60_000])
  })

  it('[W55] knows its role and the phase of the case as soon as the server says so', async () => {
    const shared = rig()
    const a = link(shared)
    await a.open()
    await until(() => expect(a.status.standing).toEqual({ role: 'reader', phase: 'panel' }))
    shared.tell({ t: 'rights', role: 'observer', phase: 'decided' })
    await until(() => expect(a.status.standing).toEqual({ role: 'observer', phase: 'decided' }))
  })

  it('[W56] is out when its session ends, with everything unsaved kept, and sends it after signing in again', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.journal = () => new Promise(() => {})
    draw(a, `${a.client}-aaaaaaaa`, 'on its way')
    shared.exchange.hangUp(REFUSALS['not-signed-in'].close, 'not-signed-in')
    expect(a.status).toMatchObject({ state: 'signed-out', canWrite: false, unsaved: 1 })
    await until(async () => expect((await store.load()).unsaved.size).toBe(1))
    shared.journal = async () => {}
    await a.resume()
    await until(() => expect(a.status).toMatchObject({ state: 'live', unsaved: 0, canWrite: true }))
  })

  it('[W56] finds out that its session ended while it was away', async () => {
    const shared = rig()
    let known = true
    const whoAmI = async (): Promise<unknown> => {
      if (!known) throw new Refusal('not-signed-in')
      return {}
    }
    const a = link(shared, { whoAmI })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    known = false
    shared.exchange.cut()
    await until(() => expect(a.status.state).toBe('signed-out'))
  })
})
