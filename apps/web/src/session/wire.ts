/**
 * One connection of one document: Hocuspocus' provider over its own socket, from connecting until it is thrown away.
 * It only translates the provider's events; what they mean for the document is decided in link.ts.
 * A refused document's provider is a zombie (still "connected", never synced again), hence never reused.
 */
import { Identity, type LiveToken, ServerMessage } from '@consilium/contract/live'
import { REFUSALS } from '@consilium/contract/refusals'
import {
  HocuspocusProvider,
  HocuspocusProviderWebsocket,
  MessageType,
  type onMessageParameters,
} from '@hocuspocus/provider'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync'
import * as Y from 'yjs'

export interface WireEvents {
  /** The handshake is through: the document holds all the server has. */
  onLive(): void
  /** The socket is gone; the provider tries again by itself. */
  onDown(): void
  /** An attempt to connect failed before a socket was there; the provider tries again. */
  onUnreachable(): void
  /** The session behind this socket has ended. */
  onSignedOut(): void
  /** Outstanding acknowledgements. 0 while live: everything sent is in the journal. */
  onUnacknowledged(count: number): void
  onMessage(message: ServerMessage): void
  /** The server closed this document on a socket that lives on; the provider will not try again. */
  onClosed(reason: string): void
  onDenied(reason: string): void
  /** This page as the server shows it to the others. */
  onSelf(identity: Identity): void
}

/** When what a frame carries was made: an update's one change, or the oldest of all that is offered again. Null: nothing of one's own. */
export type Said = (carries: 'a change' | 'all that is unsaved') => number | null

/**
 * Sends nothing while the socket is closed. The stock socket queues updates made offline and sends them again after the handshake has
 * carried them already; their surplus acknowledgements would let the counter reach zero, "saved", too early.
 */
class StrictSocket extends HocuspocusProviderWebsocket {
  said: Said = () => null

  override send(message: unknown): void {
    if (this.webSocket?.readyState !== 1) return
    super.send(message instanceof Uint8Array ? stamped(message, this.said) : message)
  }
}

export interface WireOptions {
  readonly url: string
  readonly name: string
  readonly document: Y.Doc
  readonly awareness: Awareness
  /** Asked at every connection. */
  readonly token: () => LiveToken
  readonly said: Said
  readonly WebSocket?: unknown
}

export class Wire {
  readonly #socket: StrictSocket
  readonly #provider: HocuspocusProvider
  /** Everything the server says of presence, one's own included: an Awareness never takes its own state from outside. */
  readonly #mirror = new Awareness(new Y.Doc())

  constructor(options: WireOptions, events: WireEvents) {
    let open = false
    this.#socket = new StrictSocket({
      url: options.url,
      WebSocketPolyfill: options.WebSocket,
      delay: 400,
      minDelay: 200,
      maxDelay: 10_000,
      factor: 1.8,
      jitter: true,
      onOpen: () => {
        open = true
      },
      onClose: ({ event }) => {
        const wasOpen = open
        open = false
        if (event?.code === REFUSALS['not-signed-in'].close) events.onSignedOut()
        else if (!wasOpen) events.onUnreachable()
      },
      onDisconnect: () => events.onDown(),
    })
    this.#socket.said = options.said
    this.#provider = new HocuspocusProvider({
      websocketProvider: this.#socket,
      name: options.name,
      document: options.document,
      awareness: options.awareness,
      token: () => {
        followIdentity(options)
        return JSON.stringify(options.token())
      },
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

  destroy(): void {
    this.#provider.destroy()
    this.#socket.destroy()
    this.#mirror.destroy()
  }
}

/** Yjs may have chosen another clientID since; where presence is not kept under the same, the provider cannot begin. */
function followIdentity({ awareness, document }: WireOptions): void {
  if (awareness.clientID === document.clientID) return
  const state = awareness.getLocalState()
  awareness.clientID = document.clientID
  awareness.setLocalState(state)
}

/** Behind what a Sync frame carries of one's own, when it was made (contract/live.ts). Every other frame stays as it is. */
function stamped(frame: Uint8Array, said: Said): Uint8Array {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  if (decoding.readVarUint(decoder) !== MessageType.Sync) return frame
  const kind = decoding.readVarUint(decoder)
  if (kind === messageYjsSyncStep1) return frame
  const at = said(kind === messageYjsSyncStep2 ? 'all that is unsaved' : 'a change')
  if (at === null) return frame
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, frame)
  encoding.writeVarUint(encoder, at)
  return encoding.toUint8Array(encoder)
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
