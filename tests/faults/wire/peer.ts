/**
 * An honest page that speaks the frames itself: like the stock provider it sends its state vector first, answers the server's, and counts what is
 * not acknowledged. Unlike the provider it can say when its changes were made, and its frames can be tampered with on their way out (`carry`).
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { ServerMessage } from '../../../packages/contract/src/live.ts'
import type { Client } from '../../support/server.ts'
import { FRAME, lease, socketAddress, until } from '../../wire/page.ts'
import { authFrame, frame, PERMISSION_DENIED, syncFrame } from './intruder.ts'

export interface PeerOptions {
  /** Null: only looks. Default: a new lease. */
  readonly client?: number | null
  readonly doc?: Y.Doc
  /** When the oldest unsent change was made, by the page's clock. */
  readonly said?: number
  /** Another way to the server, say through a proxy. */
  readonly url?: string
}

/** How frames leave. The default sends them once, in order. */
export type Carry = (frame: Uint8Array, send: (frame: Uint8Array) => void) => void

export class Peer {
  readonly doc: Y.Doc
  readonly client: number | null
  readonly document: string
  readonly messages: ServerMessage[] = []
  said: number | undefined
  carry: Carry = (out, send) => send(out)
  /** Told that the document is closed for it, or that it may not open it. */
  out: string | null = null
  closed: { readonly code: number; readonly reason: string; readonly at: number } | null = null
  acknowledged = 0
  /** Every frame with changes as it was handed over, oldest first. */
  readonly sent: Uint8Array[] = []
  /** Called at every acknowledgement. */
  onSaved: () => void = () => undefined
  /** Called with every frame that arrives. */
  onFrame: (frame: Buffer) => void = () => undefined
  readonly #person: Client
  readonly #url: string
  #socket: WebSocket | null = null
  #unsaved = 0
  #synced = false
  /** The server asked what it lacks: from here on changes are sent as they are made. */
  #asked = false

  private constructor(person: Client, document: string, client: number | null, options: PeerOptions) {
    this.#person = person
    this.#url = options.url ?? socketAddress(person.url)
    this.document = document
    this.client = client
    this.said = options.said
    this.doc = options.doc ?? new Y.Doc()
    if (client !== null) this.doc.clientID = client
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#asked) this.offer(2, update)
    })
  }

  /** Opens the document and waits until it is there, or refused. */
  static async open(person: Client, document: string, options: PeerOptions = {}): Promise<Peer> {
    const client =
      options.client === undefined ? ((await lease(person, document))[0] as number) : options.client
    const peer = new Peer(person, document, client, options)
    peer.connect()
    await until('the document, or a no', () => peer.#synced || peer.out !== null || peer.closed !== null)
    return peer
  }

  connect(): void {
    // Also where the way leads through something else, it is the server that is asked.
    const host = new URL(this.#person.url).host
    const socket = new WebSocket(this.#url, { headers: { ...this.#person.headers(), host } })
    this.#socket = socket
    this.#synced = false
    this.#asked = false
    this.out = null
    this.closed = null
    socket.on('error', () => undefined)
    socket.on('open', () => {
      this.#unsaved = 1
      socket.send(
        authFrame(this.document, this.client === null ? '' : JSON.stringify({ client: this.client })),
      )
      socket.send(syncFrame(this.document, 0, Y.encodeStateVector(this.doc)))
    })
    socket.on('message', (data: Buffer) => {
      if (socket !== this.#socket) return
      this.onFrame(data)
      this.#hear(data)
    })
    socket.on('close', (code, reason) => {
      if (socket !== this.#socket) return
      this.#asked = false
      this.#synced = false
      this.closed = { code, reason: reason.toString(), at: Date.now() }
    })
  }

  /** Goes without a word. */
  disconnect(): void {
    const socket = this.#socket
    this.#socket = null
    this.#asked = false
    this.#synced = false
    socket?.terminate()
  }

  /** Changes as SyncStep2 (1) or update (2). */
  offer(kind: 1 | 2, update: Uint8Array): void {
    if (kind === 2) this.#unsaved++
    const bytes =
      this.said === undefined
        ? syncFrame(this.document, kind, update)
        : frame(this.document, FRAME.sync, (out) => {
            encoding.writeVarUint(out, kind)
            encoding.writeVarUint8Array(out, update)
            encoding.writeVarUint(out, this.said ?? 0)
          })
    this.sent.push(bytes)
    this.carry(bytes, (each) => this.raw(each))
  }

  raw(bytes: Uint8Array): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes)
  }

  present(state: unknown, clock: number): void {
    this.raw(
      frame(this.document, FRAME.awareness, (out) =>
        encoding.writeVarUint8Array(out, presenceOf(this.client ?? 0, state, clock)),
      ),
    )
  }

  /** Stops reading from the line; the kernel's buffers fill, then the server's. */
  pause(): void {
    this.#socket?.pause()
  }

  resume(): void {
    this.#socket?.resume()
  }

  get unsaved(): number {
    return this.#unsaved
  }

  get isSaved(): boolean {
    return this.#synced && this.#asked && this.#unsaved <= 0
  }

  saved(): Promise<void> {
    return until('everything saved', () => this.isSaved)
  }

  get refusals(): string[] {
    return this.messages.flatMap((message) => (message.t === 'refused' ? [message.code] : []))
  }

  #hear(data: Buffer): void {
    const decoder = decoding.createDecoder(data)
    decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type === FRAME.sync || type === SYNC_REPLY) this.#sync(decoder)
    else if (type === PING) this.raw(frame(this.document, PONG, () => undefined))
    else if (type === FRAME.stateless)
      this.messages.push(JSON.parse(decoding.readVarString(decoder)) as ServerMessage)
    else if (type === FRAME.status && decoding.readVarUint(decoder) === 1) {
      this.#unsaved--
      this.acknowledged++
      this.onSaved()
    } else if (type === FRAME.close) this.#end(decoding.readVarString(decoder))
    else if (type === FRAME.auth && decoding.readVarUint(decoder) === PERMISSION_DENIED)
      this.#end(decoding.readVarString(decoder))
  }

  #end(reason: string): void {
    this.out = reason
    this.#asked = false
    this.#synced = false
  }

  #sync(decoder: decoding.Decoder): void {
    const kind = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    if (kind === 0) {
      this.#asked = true
      this.offer(1, Y.encodeStateAsUpdate(this.doc, bytes))
    } else {
      Y.applyUpdate(this.doc, bytes, this)
      if (kind === 1) this.#synced = true
    }
  }
}

const SYNC_REPLY = 4
const PING = 9
const PONG = 10

/** One state of awareness, as y-protocols writes it. */
export function presenceOf(client: number, state: unknown, clock: number): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, 1)
  encoding.writeVarUint(out, client)
  encoding.writeVarUint(out, clock)
  encoding.writeVarString(out, JSON.stringify(state))
  return encoding.toUint8Array(out)
}
