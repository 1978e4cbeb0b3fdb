/**
 * Sockets that send what no page would send, so many frames a second, and come back whenever they are cut. In a thread of its own (offenders.ts),
 * so that whoever measures how the others fare is not the one who is busy.
 */
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { FRAME } from '../../wire/page.ts'
import type { Random } from '../fault.ts'
import { authFrame, frame, syncFrame } from './intruder.ts'

/** Noise that a server listens to for so long is noise that it does not recognise. */
const MOST_FRAMES_HEARD = 200
const AGAIN_MS = 5

export interface Enemy {
  readonly url: string
  readonly headers: Record<string, string>
  readonly document: string
}

/** Random bytes, real frames cut short or with bytes changed, lengths that lie, text. */
export function noise(random: Random, document: string, real: readonly Uint8Array[]): Uint8Array | string {
  const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => random.whole(0, 255))
  const some = random.pick(real)
  return random.pick<() => Uint8Array | string>([
    () => bytes(random.whole(0, 300)),
    () => some.subarray(0, random.whole(1, some.length - 1)),
    () => {
      const changed = some.slice()
      for (let n = random.whole(1, 8); n > 0; n--)
        changed[random.whole(0, changed.length - 1)] = random.whole(0, 255)
      return changed
    },
    () => frame(document, random.whole(11, 2 ** 31), () => undefined),
    () => Uint8Array.from([...frame(document, FRAME.sync, () => undefined), 2, 255, 255, 255, 255, 15]),
    () => syncFrame(document, 2, bytes(random.whole(1, 300))),
    () => new Uint8Array(10).fill(255),
    () => 'a text',
  ])()
}

/** Frames as an honest page sends them. */
export function realFrames(document: string): Uint8Array[] {
  const doc = new Y.Doc()
  doc.getMap('annotations').set('1-aaaaaaaa', new Y.Map([['label', 'x']]))
  return [
    authFrame(document, JSON.stringify({ client: 1 })),
    syncFrame(document, 0, Y.encodeStateVector(doc)),
    syncFrame(document, 1, Y.encodeStateAsUpdate(doc)),
    syncFrame(document, 2, Y.encodeStateAsUpdate(doc)),
  ]
}

export class Offender {
  /** How long after its first noise each line was cut, ms. */
  readonly cuts: number[] = []
  /** Frames that one line was heard for, where that is too many. */
  survived = 0
  readonly #enemy: Enemy
  readonly #client: number
  #socket: WebSocket | null = null
  #firstAt: number | null = null
  #heard = 0

  constructor(enemy: Enemy, client: number) {
    this.#enemy = enemy
    this.#client = client
    this.#open()
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  send(what: Uint8Array | string): void {
    this.#firstAt ??= performance.now()
    this.#socket?.send(what)
    if (++this.#heard > MOST_FRAMES_HEARD) this.survived = Math.max(this.survived, this.#heard)
  }

  #open(): void {
    const { url, headers, document } = this.#enemy
    const socket = new WebSocket(url, { headers })
    socket.on('error', () => undefined)
    socket.on('open', () => {
      socket.send(authFrame(document, JSON.stringify({ client: this.#client })))
      socket.send(syncFrame(document, 0, Uint8Array.of(0)))
      this.#firstAt = null
      this.#heard = 0
      this.#socket = socket
    })
    socket.on('close', () => {
      this.#socket = null
      if (this.#firstAt !== null) this.cuts.push(performance.now() - this.#firstAt)
      setTimeout(() => this.#open(), AGAIN_MS)
    })
  }
}
