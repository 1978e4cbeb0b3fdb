/**
 * One connection of one document: Hocuspocus' provider over its own socket, from connecting until it is thrown away.
 * It only translates the provider's events; what they mean for the document is decided in link.ts.
 * A refused document's provider is a zombie (still "connected", never synced again), hence never reused.
 */
import { Identity, type LiveToken, ServerMessage } from '@consilium/contract/live'
import {
  HocuspocusProvider,
  HocuspocusProviderWebsocket,
  MessageType,
  type onMessageParameters,
} from '@hocuspocus/provider'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

export interface WireEvents {
  /** The handshake is through: the document holds all the server has. */
  onLive(): void
  /** The socket is gone; the provider tries again by itself. */
  onDown(): void
  /** Outstanding acknowledgements. 0 while live: everything sent is in the journal. */
  onUnacknowledged(count: number): void
  onMessage(message: ServerMessage): void
  /** The server closed this document on a socket that lives on; the provider will not try again. */
  onClosed(reason: string): void
  onDenied(reason: string): void
  /** This page as the server shows it to the others. */
  onSelf(identity: Identity): void
}

/**
 * Sends nothing while the socket is closed. The stock socket queues updates made offline and sends them again after the handshake has
 * carried them already; their surplus acknowledgements would let the counter reach zero, "saved", too early.
 */
class StrictSocket extends HocuspocusProviderWebsocket {
  override send(message: unknown): void {
    if (this.webSocket?.readyState === 1) super.send(message)
  }
}

export interface WireOptions {
  readonly url: string
  readonly name: string
  readonly document: Y.Doc
  readonly awareness: Awareness
  /** Leased clientID; null for a page that only looks. */
  readonly client: number | null
  readonly WebSocket?: unknown
}

export class Wire {
  readonly #socket: StrictSocket
  readonly #provider: HocuspocusProvider
  /** Everything the server says of presence, one's own included: an Awareness never takes its own state from outside. */
  readonly #mirror = new Awareness(new Y.Doc())

  constructor(options: WireOptions, events: WireEvents) {
    this.#socket = new StrictSocket({
      url: options.url,
      WebSocketPolyfill: options.WebSocket,
      delay: 400,
      minDelay: 200,
      maxDelay: 10_000,
      factor: 1.8,
      jitter: true,
      onDisconnect: () => events.onDown(),
    })
    this.#provider = new HocuspocusProvider({
      websocketProvider: this.#socket,
      name: options.name,
      document: options.document,
      awareness: options.awareness,
      token: options.client === null ? null : JSON.stringify({ client: options.client } satisfies LiveToken),
      onSynced: ({ state }) => state && events.onLive(),
      onUnsyncedChanges: ({ number }) => events.onUnacknowledged(number),
      onStateless: ({ payload }) => {
        const message = parse(payload)
        if (message) events.onMessage(message)
      },
      onAuthenticationFailed: ({ reason }) => events.onDenied(reason),
    })
    this.#provider.on('message', ({ message }: onMessageParameters) => {
      message.readVarString()
      if (message.readVarUint() !== MessageType.Awareness) return
      applyAwarenessUpdate(this.#mirror, message.readVarUint8Array(), 'server')
      const self = Identity.safeParse(this.#mirror.getStates().get(options.document.clientID)?.user)
      if (self.success) events.onSelf(self.data)
    })
    // A socket that goes down closes the document too; only a close on a living socket is the server's own decision.
    this.#provider.on('close', ({ event }: { event: { reason: string } }) => {
      if (this.#socket.webSocket?.readyState === 1) events.onClosed(event.reason)
    })
    this.#provider.attach()
  }

  get unacknowledged(): number {
    return this.#provider.unsyncedChanges
  }

  destroy(): void {
    this.#provider.destroy()
    this.#socket.destroy()
    this.#mirror.destroy()
  }
}

/** Null for what this page's version does not know. */
function parse(payload: string): ServerMessage | null {
  try {
    const read = ServerMessage.safeParse(JSON.parse(payload))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
