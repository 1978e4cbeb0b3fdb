import type { LiveToken, ServerMessage } from '@consilium/contract/live'
import { REFUSALS, Refusal } from '@consilium/contract/refusals'
import { Hocuspocus } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { Link, type LinkPorts } from './link.ts'
import { type LinkStatus, type RefusalNote, saveWords } from './saveState.ts'
import { MemoryStore } from './store.ts'
import { Exchange } from './testing/memorySocket.ts'

const NAME = 'panel:abcd1234'
const links: Link[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const link of links.splice(0)) link.destroy()
})

/** A server with the manners of ours: says hello, checks before it applies, acknowledges after. */
interface Rig {
  readonly exchange: Exchange
  /** What the gate says of the next updates. */
  gate: (update: Uint8Array) => RefusalNote | null
  /** Held back before the update is applied and acknowledged. */
  journal: () => Promise<void>
  hello: Omit<Extract<ServerMessage, { t: 'hello' }>, 't'>
  /** Why this token is not let in; null where it is. */
  door: (token: LiveToken) => string | null
  /** Tokens that came, and the times that Sync frames said of themselves: one for each that carried something. */
  readonly tokens: LiveToken[]
  readonly said: (number | null)[]
  tell: (message: ServerMessage) => void
}

function rig(): Rig {
  const server = new Hocuspocus({
    quiet: true,
    async onAuthenticate({ token }) {
      const read = JSON.parse(token) as LiveToken
      made.tokens.push(read)
      const reason = made.door(read)
      if (reason !== null) throw { reason }
    },
    async connected({ connection }) {
      connection.sendStateless(JSON.stringify({ t: 'hello', ...made.hello }))
    },
    async beforeHandleMessage({ update }) {
      const said = saidIn(update)
      if (said !== undefined) made.said.push(said)
    },
    async beforeSync({ type, payload, connection }) {
      if (type === 0 || payload.length <= 2) return
      await made.journal()
      const refusal = made.gate(payload)
      if (!refusal) return
      connection.sendStateless(JSON.stringify({ t: 'refused', ...refusal }))
      throw Object.assign(new Error(refusal.code), { code: 4403, reason: refusal.code })
    },
  })
  const made: Rig = {
    exchange: new Exchange(server),
    gate: () => null,
    journal: async () => {},
    hello: { role: 'reader', phase: 'panel', durable: true, paused: false },
    door: () => null,
    tokens: [],
    said: [],
    tell: (message) => server.documents.get(NAME)?.broadcastStateless(JSON.stringify(message)),
  }
  return made
}

/** Of a frame that carries changes: the time behind them, or null; undefined for every other frame. */
function saidIn(frame: Uint8Array): number | null | undefined {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  if (decoding.readVarUint(decoder) !== 0 || decoding.readVarUint(decoder) === 0) return undefined
  if (decoding.readVarUint8Array(decoder).length <= 2) return undefined
  return decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : null
}

const note = (code: 'malformed' | 'role-may-not-annotate' | 'case-decided'): RefusalNote => {
  const { message, next } = REFUSALS[code]
  return { code, message, next }
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
    whoAmI: async () => ({}),
    WebSocket: rig.exchange.WebSocket,
    retryMs: 10,
    ...ports,
  })
  links.push(made)
  return made
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 5 })
const write = (of: Link, entry: string, value: string): void => {
  of.doc.getMap('annotations').set(entry, value)
}
/** An entry as acts write them: a map of fields. */
const draw = (of: Link, entry: string, label: string): void => {
  of.doc.getMap('annotations').set(entry, new Y.Map([['label', label]]))
}
const unsettled = (of: Link): unknown[] =>
  of.kept.list.flatMap(({ changes }) => changes.map(({ root, entry, made }) => [root, entry, made]))
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
    shared.hello = { role: 'reader', phase: 'panel', durable: false, paused: true }
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

const revision = (seq: number, hash: string) => ({
  seq,
  at: 0,
  saidAt: null,
  act: 'edit' as const,
  author: { id: 'a', name: 'A', initials: 'A' },
  role: null,
  session: 's',
  bytes: 0,
  touched: [],
  hash,
})
