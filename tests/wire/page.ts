/**
 * One person's open page, without a browser: the real provider, a leased clientID, and a memory of what the server said.
 * `RawPage` speaks the frames itself, for those who do not keep to the rules.
 */
import { readAuthMessage } from '@hocuspocus/common'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { LiveToken, ServerMessage } from '../../packages/contract/src/live.ts'
import type { Client } from '../support/server.ts'

/** Far beyond what a busy machine needs: only what never comes fails. */
const PATIENCE_MS = 120_000

/** Waits for something to become true; fails, saying what it waited for, where it never does. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export const socketAddress = (url: string): string => `${url.replace(/^http/, 'ws')}/collab`

/** A WebSocket as this person's browser (or script) would open it. */
const socketOf = (person: Client) =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: person.headers() })
      // The provider lets go of a socket that it closes while it is still opening; that is no fault.
      this.on('error', () => undefined)
    }
  }

export const lease = async (person: Client, document: string, count = 1): Promise<number[]> =>
  (await person.post<{ clients: number[] }>(`/documents/${document}/leases`, { count })).clients

export interface PageOptions {
  /** An own clientID instead of a newly leased one; null: only looks. */
  readonly client?: number | null
  /** What the page kept from before. */
  readonly doc?: Y.Doc
  /** What it says in its token, where that differs. */
  readonly claims?: number
}

export class Page {
  readonly doc: Y.Doc
  readonly client: number | null
  readonly provider: HocuspocusProvider
  readonly said: ServerMessage[] = []
  /** Why it was not let in, or let go. */
  readonly reasons: string[] = []
  readonly #socket: HocuspocusProviderWebsocket

  constructor(
    person: Client,
    document: string,
    doc: Y.Doc,
    client: number | null,
    claims: number | null = client,
  ) {
    this.doc = doc
    this.client = client
    this.#socket = new HocuspocusProviderWebsocket({
      url: socketAddress(person.url),
      WebSocketPolyfill: socketOf(person),
      delay: 50,
      minDelay: 20,
      maxDelay: 200,
      jitter: false,
    })
    this.provider = new HocuspocusProvider({
      websocketProvider: this.#socket,
      name: document,
      document: doc,
      token: claims === null ? '' : JSON.stringify({ client: claims }),
      onStateless: ({ payload }) => this.said.push(JSON.parse(payload) as ServerMessage),
      onAuthenticationFailed: ({ reason }) => this.reasons.push(reason),
      onClose: ({ event }) => this.reasons.push(event.reason),
    })
    this.provider.attach()
  }

  /** Synced, and everything written here acknowledged. */
  saved(): Promise<void> {
    return until('everything saved', () => {
      if (this.refusals.length > 0) throw new Error(`refused: ${this.refusals.join(', ')}`)
      return this.provider.synced && this.provider.unsyncedChanges === 0
    })
  }

  get refusals(): string[] {
    return this.said.flatMap((message) => (message.t === 'refused' ? [message.code] : []))
  }

  disconnect(): void {
    this.#socket.disconnect()
  }

  connect(): void {
    void this.#socket.connect()
  }

  close(): void {
    this.provider.destroy()
    this.#socket.destroy()
  }
}

/** Opens a document as this person, under a new lease unless told otherwise, and waits until it is there. */
export async function openPage(
  person: Client,
  document: string,
  { client, doc = new Y.Doc(), claims }: PageOptions = {},
): Promise<Page> {
  const own = client === undefined ? (await lease(person, document))[0] : client
  if (own !== null && own !== undefined) doc.clientID = own
  const page = new Page(person, document, doc, own ?? null, claims ?? own ?? null)
  await until('the document', () => page.provider.synced || page.reasons.length > 0)
  return page
}

export const FRAME = {
  sync: 0,
  awareness: 1,
  auth: 2,
  stateless: 5,
  broadcastStateless: 6,
  close: 7,
  status: 8,
} as const

/** Frames by hand. */
export class RawPage {
  readonly socket: WebSocket
  #document: string
  readonly frames: { type: number; decoder: decoding.Decoder }[] = []
  closed: { code: number; reason: string } | null = null

  private constructor(socket: WebSocket, document: string) {
    this.socket = socket
    this.#document = document
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(data)
      decoding.readVarString(decoder)
      this.frames.push({ type: decoding.readVarUint(decoder), decoder })
    })
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
    })
    socket.on('error', () => undefined)
  }

  static async open(
    person: Client,
    document: string,
    headers: Record<string, string> = {},
  ): Promise<RawPage> {
    const socket = new WebSocket(socketAddress(person.url), { headers: { ...person.headers(), ...headers } })
    const page = new RawPage(socket, document)
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return page
  }

  frame(type: number, write: (encoder: encoding.Encoder) => void = () => undefined): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.#document)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    return encoding.toUint8Array(encoder)
  }

  /** Opens the document, and waits until that is answered. */
  async authenticate(client: number | null, seen?: LiveToken['seen']): Promise<void> {
    this.sendToken(client, seen)
    await until('an answer to the token', () => this.frames.some(({ type }) => type === FRAME.auth))
    this.ask()
  }

  sendToken(client: number | null, seen?: LiveToken['seen']): void {
    this.socket.send(
      this.frame(FRAME.auth, (encoder) => {
        encoding.writeVarUint(encoder, 0)
        encoding.writeVarString(encoder, client === null ? '' : JSON.stringify({ client, seen }))
      }),
    )
  }

  /** Goes on with another document, on the same socket, to look at it. */
  open(document: string): void {
    this.#document = document
    this.sendToken(null)
  }

  /** A page begins by saying what it has: here nothing (SyncStep1 with an empty state vector). */
  ask(): void {
    this.#sync(0, Uint8Array.of(0))
  }

  /** kind 1: SyncStep2, 2: update; `said`: when it was made, by the clock of the page. */
  sendUpdate(update: Uint8Array, kind: 1 | 2 = 2, said?: number): void {
    this.#sync(kind, update, said)
  }

  /** One state, as awareness sends it. */
  sendPresence(client: number, clock: number, state: unknown): void {
    const update = encoding.createEncoder()
    encoding.writeVarUint(update, 1)
    encoding.writeVarUint(update, client)
    encoding.writeVarUint(update, clock)
    encoding.writeVarString(update, JSON.stringify(state))
    this.socket.send(
      this.frame(FRAME.awareness, (encoder) =>
        encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update)),
      ),
    )
  }

  #sync(step: number, payload: Uint8Array, said?: number): void {
    this.socket.send(
      this.frame(FRAME.sync, (encoder) => {
        encoding.writeVarUint(encoder, step)
        encoding.writeVarUint8Array(encoder, payload)
        if (said !== undefined) encoding.writeVarUint(encoder, said)
      }),
    )
  }

  /** How many frames of a type have come. */
  count(type: number): number {
    return this.frames.filter((frame) => frame.type === type).length
  }

  /** Why documents were not opened. */
  get denied(): string[] {
    const reasons: string[] = []
    for (const { type, decoder } of this.frames)
      if (type === FRAME.auth)
        readAuthMessage(
          decoding.clone(decoder),
          () => undefined,
          (reason) => reasons.push(reason),
          () => undefined,
        )
    return reasons
  }

  get stateless(): ServerMessage[] {
    return this.frames.flatMap(({ type, decoder }) =>
      type === FRAME.stateless
        ? [JSON.parse(decoding.readVarString(decoding.clone(decoder))) as ServerMessage]
        : [],
    )
  }

  close(): void {
    this.socket.terminate()
  }
}

/** How an attempt to open a socket is answered; 101 where it opens. */
export function upgradeAnswer(
  url: string,
  headers: Record<string, string>,
  path = '',
): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${socketAddress(url)}${path}`, { headers })
    socket.once('open', () => {
      socket.terminate()
      resolve({ status: 101, retryAfter: undefined })
    })
    socket.once('unexpected-response', (_, answer) => {
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] })
      socket.terminate()
    })
    socket.once('error', reject)
  })
}

export const upgradeStatus = async (
  url: string,
  headers: Record<string, string>,
  path = '',
): Promise<number> => (await upgradeAnswer(url, headers, path)).status
