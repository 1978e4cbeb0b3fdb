/**
 * One page's presence on its way to the others: under its own clientID only, stamped by the server, so many times a second at most.
 * What comes faster is replaced by what is newer; the newest is never lost. What a page repeats of others is not even looked at.
 */
import type { Identity } from '@consilium/contract/live'
import { Refusal } from '@consilium/contract/refusals'
import type { Connection } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readBytes } from './frames.ts'
import { MAX_AWARENESS_FRAME_BYTES, PRESENCE_PER_SECOND } from './limits.ts'
import { stamped } from './presence.ts'

interface Said {
  readonly client: number
  readonly clock: number
  /** JSON. */
  readonly state: Uint8Array
}

export interface Speaker {
  /** May this page speak for that clientID? Asked until it has spoken for one: that one is its own. */
  speaksFor(client: number): boolean
  /** Who they are, by what the server knows now. */
  identity(): Identity
}

const UTF8 = new TextDecoder()
/** JSON, as a page says it. */
const GOODBYE = 'null'
const EVERY_MS = 1000 / PRESENCE_PER_SECOND

export class Appearance {
  readonly #connection: Connection
  readonly #speaker: Speaker
  #own: number | null = null
  #newest: Said | null = null
  /** What the page said last that the others see, and as they see it. */
  #told: { readonly said: Said; readonly state: string } | null = null
  #next = 0
  #later: NodeJS.Timeout | null = null

  constructor(connection: Connection, speaker: Speaker) {
    this.#connection = connection
    this.#speaker = speaker
  }

  /** An awareness update as the page sent it. Throws where it cannot be read, and a Refusal where it is too large. */
  take(update: Uint8Array): void {
    if (update.byteLength > MAX_AWARENESS_FRAME_BYTES) throw new Refusal('too-large')
    this.#newest = this.#ownIn(decoding.createDecoder(update)) ?? this.#newest
    if (!this.#newest || this.#later) return
    const wait = this.#next - performance.now()
    if (wait <= 0) this.#show()
    else this.#later = setTimeout(this.#show, Math.ceil(wait))
  }

  /** Something that the server knows of them is another: the others see it before the page says anything again. */
  restamp(): void {
    if (this.#told) this.#tell(this.#told.said)
  }

  end(): void {
    if (this.#later) clearTimeout(this.#later)
    this.#newest = null
    this.#told = null
  }

  #ownIn(update: decoding.Decoder): Said | null {
    let own: Said | null = null
    for (let count = decoding.readVarUint(update); count > 0; count--) {
      const client = decoding.readVarUint(update)
      const clock = decoding.readVarUint(update)
      const state = readBytes(update)
      if (own === null && this.#isOwn(client)) own = { client, clock, state }
    }
    return own
  }

  #isOwn(client: number): boolean {
    return this.#own === null ? this.#speaker.speaksFor(client) : client === this.#own
  }

  readonly #show = (): void => {
    const said = this.#newest
    this.#newest = null
    this.#later = null
    if (!said || !this.#connection.document.hasConnection(this.#connection)) return
    this.#next = performance.now() + EVERY_MS
    this.#tell(said)
  }

  #tell(said: Said): void {
    const { document } = this.#connection
    const state = this.#asShown(said)
    if (state === undefined) return
    // A restamp takes a clock that the page may be using just now: what differs is newer, what does not is our own echo.
    const known = document.awareness.meta.get(said.client)?.clock ?? -1
    if (said.clock <= known && state === this.#told?.state) return
    if (this.#own === null) this.#takeOver(said.client)
    this.#own = said.client
    this.#told = state === GOODBYE ? null : { said, state }
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, said.client)
    encoding.writeVarUint(encoder, Math.max(said.clock, known + 1))
    encoding.writeVarString(encoder, state)
    document.applyAwarenessUpdate(this.#connection, encoding.toUint8Array(encoder))
  }

  /** JSON. Undefined where nothing of it may be passed on. */
  #asShown({ state }: Said): string | undefined {
    try {
      const said: unknown = JSON.parse(UTF8.decode(state))
      if (said === null) return GOODBYE
      const shown = stamped(said, this.#speaker.identity())
      return shown === null ? undefined : JSON.stringify(shown)
    } catch {
      return undefined
    }
  }

  /** When a page comes back before its old connection is known to be dead, that one must not take the page's presence with it. */
  #takeOver(client: number): void {
    for (const [connection, { clients }] of this.#connection.document.connections)
      if (connection !== this.#connection) clients.delete(client)
    this.#connection.document.connections.get(this.#connection)?.clients.add(client)
  }
}
