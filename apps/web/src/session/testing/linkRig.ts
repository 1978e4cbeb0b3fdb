/** What the tests of the link share: a server with the manners of ours, links to it, and what their pages show. */
import type { LiveToken, ServerMessage } from '@consilium/contract/live'
import { REFUSALS } from '@consilium/contract/refusals'
import { Hocuspocus } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import { afterEach, vi } from 'vitest'
import * as Y from 'yjs'
import { Link, type LinkPorts } from '../link.ts'
import { type RefusalNote } from '../saveState.ts'
import { MemoryStore } from '../store.ts'
import { Exchange } from './memorySocket.ts'

export const NAME = 'panel:abcd1234'
const links: Link[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const link of links.splice(0)) link.destroy()
})

/** A server with the manners of ours: says hello, checks before it applies, acknowledges after. */
export interface Rig {
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

export function rig(): Rig {
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
    hello: { role: 'reader', phase: 'panel', durable: true, paused: false, prior: null },
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

export const note = (code: 'malformed' | 'role-may-not-annotate' | 'case-decided'): RefusalNote => {
  const { message, next } = REFUSALS[code]
  return { code, message, next }
}

let leased = 100
export const lease = async (count: number): Promise<readonly number[]> =>
  Array.from({ length: count }, () => ++leased)

export function link(rig: Rig, ports: Partial<LinkPorts> = {}): Link {
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

export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 5 })
export const write = (of: Link, entry: string, value: string): void => {
  of.doc.getMap('annotations').set(entry, value)
}
/** An entry as acts write them: a map of fields. */
export const draw = (of: Link, entry: string, label: string): void => {
  of.doc.getMap('annotations').set(entry, new Y.Map([['label', label]]))
}
export const unsettled = (of: Link): unknown[] =>
  of.kept.list.flatMap(({ changes }) => changes.map(({ root, entry, made }) => [root, entry, made]))
export const read = (of: Link): Record<string, unknown> => of.doc.getMap('annotations').toJSON()

export const revision = (seq: number, hash: string) => ({
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
