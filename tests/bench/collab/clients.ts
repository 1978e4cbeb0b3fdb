/**
 * Two kinds of clients for each server. `connect`: the stock provider with a whole document, as a page has it. `Light`: speaks the same
 * frames, sends what its own small document does and leaves unread what it receives, so that a hundred of them in one process load the
 * server and not themselves.
 */
import { HocuspocusProvider } from '@hocuspocus/provider'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { Client as Person } from '../../support/server.ts'
import { lease, openPage } from '../../wire/page.ts'

// Each of y-websocket's providers waits for the end of the process.
process.setMaxListeners(0)

export type Kind = 'hocuspocus' | 'y-websocket' | 'consilium'

/** All that a client in another process needs to know. */
export interface Access {
  readonly kind: Kind
  readonly port: number
  readonly cookies: readonly string[]
}

export interface Client {
  readonly doc: Y.Doc
  /** Updates not yet acknowledged; null where the protocol has no acknowledgement. */
  unacknowledged(): number | null
  close(): void
}

let turn = 0

function personOf({ port, cookies }: Access): Person {
  const person = new Person(`http://127.0.0.1:${port}`)
  person.cookie = cookies[turn++ % cookies.length] ?? ''
  return person
}

export async function connect(access: Access, document: string): Promise<Client> {
  if (access.kind === 'consilium') {
    const page = await openPage(personOf(access), document)
    return {
      doc: page.doc,
      unacknowledged: () => page.provider.unsyncedChanges,
      close: () => page.close(),
    }
  }
  const url = `ws://127.0.0.1:${access.port}`
  const doc = new Y.Doc()
  if (access.kind === 'hocuspocus') {
    const provider = new HocuspocusProvider({ url, name: document, document: doc })
    await new Promise<void>((resolve) => provider.on('synced', () => resolve()))
    return {
      doc,
      unacknowledged: () => provider.unsyncedChanges,
      close: () => provider.configuration.websocketProvider.destroy(),
    }
  }
  const provider = new WebsocketProvider(url, document, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return { doc, unacknowledged: () => null, close: () => provider.destroy() }
}

const SYNC = 0
const AUTH = 2
const STATUS = 8
const NOTHING: Uint8Array = Uint8Array.of(0)

export class Light {
  readonly doc: Y.Doc
  readonly #socket: WebSocket
  /** Hocuspocus puts the document's name before every frame. */
  readonly #address: string | null
  #synced: () => void = () => undefined
  /** Bytes received. */
  received = 0
  /** Sent and not acknowledged; stays 0 where nothing is ever acknowledged. */
  #owed = 0
  #paid: () => void = () => undefined

  private constructor(socket: WebSocket, address: string | null, doc: Y.Doc) {
    this.#socket = socket
    this.#address = address
    this.doc = doc
  }

  /** Resolves when the server's answer has come whole. `knows`: the state vector to ask with; absent: knows nothing. */
  static async open(
    access: Access,
    document: string,
    { writes = false, knows = NOTHING }: { writes?: boolean; knows?: Uint8Array } = {},
  ): Promise<Light> {
    const doc = new Y.Doc()
    const ours = access.kind === 'consilium'
    const person = ours ? personOf(access) : null
    const client = person && writes ? ((await lease(person, document))[0] ?? null) : null
    if (client !== null) doc.clientID = client
    const path = { consilium: '/collab', hocuspocus: '/', 'y-websocket': `/${document}` }[access.kind]
    const socket = new WebSocket(`ws://127.0.0.1:${access.port}${path}`, {
      headers: person?.headers() ?? {},
      perMessageDeflate: false,
    })
    socket.binaryType = 'nodebuffer'
    const light = new Light(socket, access.kind === 'y-websocket' ? null : document, doc)
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    const synced = new Promise<void>((resolve) => {
      light.#synced = resolve
    })
    socket.on('message', (data: Buffer) => light.#hear(data))
    if (access.kind === 'y-websocket') light.#sync(0, knows)
    else {
      light.#knows = knows
      const token = ours ? JSON.stringify({ client }) : 'any'
      light.#send(AUTH, (out) => {
        encoding.writeVarUint(out, 0)
        encoding.writeVarString(out, token)
      })
    }
    await synced
    light.#owed = 0
    if (writes) doc.on('update', (update: Uint8Array) => light.#update(update))
    return light
  }

  #knows: Uint8Array = NOTHING

  #hear(data: Buffer): void {
    this.received += data.byteLength
    const decoder = decoding.createDecoder(data)
    if (this.#address !== null) decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type === STATUS && --this.#owed <= 0) return this.#paid()
    if (type === AUTH) return this.#sync(0, this.#knows)
    if (type !== SYNC && type !== 4) return
    const step = decoding.readVarUint(decoder)
    if (step === 0) this.#sync(1, Y.encodeStateAsUpdate(this.doc))
    else if (step === 1) this.#synced()
  }

  #update(update: Uint8Array): void {
    if (this.#address !== null) this.#owed++
    this.#sync(2, update)
  }

  /** Everything sent is acknowledged. */
  acknowledged(): Promise<void> {
    return this.#owed <= 0 ? Promise.resolve() : new Promise((resolve) => (this.#paid = resolve))
  }

  #sync(step: number, bytes: Uint8Array): void {
    this.#send(SYNC, (out) => {
      encoding.writeVarUint(out, step)
      encoding.writeVarUint8Array(out, bytes)
    })
  }

  #send(type: number, write: (out: encoding.Encoder) => void): void {
    const out = encoding.createEncoder()
    if (this.#address !== null) encoding.writeVarString(out, this.#address)
    encoding.writeVarUint(out, type)
    write(out)
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(encoding.toUint8Array(out))
  }

  close(): void {
    this.#socket.terminate()
  }
}
