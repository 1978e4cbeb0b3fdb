import { Refusal } from '@consilium/contract/refusals'
import { Hocuspocus } from '@hocuspocus/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Link, type LinkPorts } from './link.ts'
import { saveWords } from './saveState.ts'
import { MemoryStore } from './store.ts'
import { Exchange } from './testing/memorySocket.ts'

const NAME = 'panel:abcd1234'
const links: Link[] = []
afterEach(() => {
  for (const link of links.splice(0)) link.destroy()
})

interface Rig {
  readonly exchange: Exchange
  /** What the gate says of the next updates. */
  gate: (update: Uint8Array) => { code: string; message: string; next: string } | null
  /** Held back before the update is applied and acknowledged. */
  journal: () => Promise<void>
}

function rig(): Rig {
  const server = new Hocuspocus({
    quiet: true,
    async beforeSync({ type, payload, connection }) {
      if (type === 0 || payload.length <= 2) return
      await made.journal()
      const refusal = made.gate(payload)
      if (!refusal) return
      connection.sendStateless(JSON.stringify({ t: 'refused', ...refusal }))
      throw Object.assign(new Error(refusal.code), { code: 4403, reason: refusal.code })
    },
  })
  const made: Rig = { exchange: new Exchange(server), gate: () => null, journal: async () => {} }
  return made
}

let leased = 100
const lease = async (count: number): Promise<readonly number[]> =>
  Array.from({ length: count }, () => ++leased)

function link(rig: Rig, ports: Partial<LinkPorts> = {}): Link {
  const made = new Link({
    url: 'ws://test/collab',
    name: NAME,
    store: new MemoryStore(),
    lease,
    WebSocket: rig.exchange.WebSocket,
    retryMs: 10,
    ...ports,
  })
  links.push(made)
  return made
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 5 })
const write = (of: Link, entry: string, value: string): void => {
  of.doc.getMap('annotations').set(entry, value)
}
const read = (of: Link): Record<string, unknown> => of.doc.getMap('annotations').toJSON()

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

  it('[W13] after a refusal shows the server’s document, lists what was not kept, and works on under a new lease', async () => {
    const shared = rig()
    const [a, b] = [link(shared), link(shared)]
    await Promise.all([a.open(), b.open()])
    await until(() => expect([a.status.state, b.status.state]).toEqual(['live', 'live']))
    write(b, `${b.client}-bbbbbbbb`, 'by b')
    await until(() => expect(Object.values(read(a))).toEqual(['by b']))
    const before = a.client
    const bad = {
      code: 'role-may-not-annotate',
      message: 'Your role may look, but not annotate.',
      next: 'Ask a manager.',
    }
    shared.gate = () => bad
    const mine = `${a.client}-aaaaaaaa`
    a.doc.getMap('annotations').set(mine, 'mine')
    await until(() => expect(a.lost).not.toBeNull())
    shared.gate = () => null
    expect(Object.values(read(a))).toEqual(['by b'])
    expect(a.lost?.refusal).toEqual(bad)
    expect(a.lost?.changes.map((change) => [change.root, change.entry, change.made])).toEqual([
      ['annotations', mine, true],
    ])
    expect(saveWords(a.status).text).toBe('Not saved: Your role may look, but not annotate. Ask a manager.')
    expect(a.client).not.toBe(before)
    await a.dismissLost()
    await until(() => expect(a.status.state).toBe('live'))
    write(a, `${a.client}-cccccccc`, 'again')
    await until(() => expect(Object.values(read(b)).sort()).toEqual(['again', 'by b']))
    expect(saveWords(a.status).text).toMatch(/^Sav/)
  })

  it('[W13] still lists what was refused when the page is closed before its author has seen it', async () => {
    const shared = rig()
    const store = new MemoryStore()
    const a = link(shared, { store })
    await a.open()
    await until(() => expect(a.status.state).toBe('live'))
    shared.gate = () => ({ code: 'malformed', message: 'No.', next: 'Again.' })
    write(a, `${a.client}-aaaaaaaa`, 'mine')
    await until(() => expect(a.lost).not.toBeNull())
    a.destroy()
    shared.gate = () => null
    const again = link(shared, { store })
    await again.open()
    await until(() => expect(again.lost?.changes).toHaveLength(1))
    expect(read(again)).toEqual({})
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
    expect(a.lost).toBeNull()
    await until(() => expect(a.status.unsaved).toBe(0))
  })

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
    const a = link(shared, { lease: () => Promise.reject(new Refusal('not-signed-in')) })
    await a.open()
    expect(a.status.state).toBe('refused')
    expect(saveWords(a.status).text).toBe('Not saved: You are not signed in. Sign in and try again.')
  })
})
