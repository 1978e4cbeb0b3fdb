/**
 * One open socket and the person behind it. Frames come in here, are told apart by document, and go on to its inlet; what comes before the
 * document is open waits, in bounded number. Hocuspocus sees the socket through the narrow face made here, and of what pages send it gets
 * only the frames that open a document.
 */
import { REFUSALS } from '@consilium/contract/refusals'
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import { type Hocuspocus, MessageType, type WebSocketLike } from '@hocuspocus/server'
import type { Log } from '../log.ts'
import type { Who } from '../people/whoIs.ts'
import { isDenial, readFrame } from './frames.ts'
import type { Inlet } from './inlet.ts'
import { MAX_DOCUMENTS_PER_SOCKET, MAX_QUEUED_BYTES, MAX_QUEUED_MESSAGES } from './limits.ts'
import type { Line } from './line.ts'

/** Close codes of our own: WebSocket's registry leaves 4000 to 4999 to applications, contract/refusals.ts uses 4400 and up. */
export const CLOSE = {
  unreadable: 1003,
  tooMuch: 1008,
  tryAgain: 1012,
  signedOut: REFUSALS['not-signed-in'].close,
  notFound: REFUSALS['not-found'].close,
  late: 4408,
} as const

/** The only thing that Hocuspocus is asked to do with a frame. */
type Opener = Pick<ReturnType<Hocuspocus['handleConnection']>, 'handleMessage'>

/** A document on its way to being open, or open. */
interface Opening {
  inlet: Inlet | null
  /** The page left while it was being opened: what it sent since is for the next time. */
  left: boolean
  waiting: Uint8Array[]
}

export class Seat {
  readonly who: Who
  /** Address and browser. */
  readonly from: string
  readonly line: Line
  /** What Hocuspocus may do with the socket. */
  readonly face: WebSocketLike
  /** False from the moment the session ended: nothing it sent before is written after. */
  valid = true
  /** A document was opened on it. */
  authenticated = false
  readonly #openings = new Map<string, Opening>()
  /** What came for documents that are not open yet, or not any more. */
  #early = { frames: 0, bytes: 0 }
  readonly #log: Log
  #hocuspocus: Opener | null = null

  constructor(who: Who, from: string, line: Line, log: Log) {
    this.who = who
    this.from = from
    this.line = line
    this.#log = log
    this.face = {
      get readyState() {
        return line.readyState
      },
      send: (data) => {
        const frame = data as Uint8Array
        line.send(frame)
        if (isDenial(frame)) this.#denied(readFrame(frame).name)
      },
      close: (code, reason) => line.close(code ?? CLOSE.tryAgain, reason ?? ''),
    }
  }

  serve(hocuspocus: Opener): void {
    this.#hocuspocus = hocuspocus
    for (const frame of this.line.dialect.opening) this.#take(frame)
  }

  close(code: number, reason: string): void {
    this.line.close(code, reason)
  }

  /** What the page sent. Whatever is wrong with it ends this socket and nothing else. */
  hear(data: Uint8Array): void {
    this.line.heard()
    this.line.flow.spend(data.byteLength)
    this.#guard(() => {
      const frame = this.line.dialect.heard(data)
      if (frame) this.#take(frame)
    })
  }

  /** Every so often: is anybody there? Now and then with a word to each document's page, too. */
  beat(withWord: boolean): void {
    this.line.beat()
    if (!withWord) return
    for (const { inlet } of this.#openings.values()) inlet?.beat()
  }

  /** The document is open: what waited for it is taken first. */
  opened(name: string, inlet: Inlet): void {
    const opening = this.#openings.get(name)
    if (!opening || opening.left) inlet.leave()
    else opening.inlet = inlet
    this.#takeWaiting(opening)
  }

  hasOpen(name: string): boolean {
    return this.line.isOpen && (this.#openings.get(name)?.inlet ?? null) !== null
  }

  /** Their role is another where this document belongs. */
  restamp(name: string): void {
    this.#openings.get(name)?.inlet?.restamp()
  }

  /** The document was closed on this socket. */
  left(name: string): void {
    this.#openings.delete(name)
  }

  #denied(name: string): void {
    const opening = this.#openings.get(name)
    this.#openings.delete(name)
    // Hocuspocus forgets its own part of it right after it said so.
    if (opening?.left) setImmediate(() => this.#takeWaiting(opening))
  }

  #take(frame: Uint8Array): void {
    const { name, type, rest } = readFrame(frame)
    const opening = this.#openings.get(name)
    if (opening?.inlet) return opening.inlet.take(type, rest, frame.byteLength)
    if (!opening && type === MessageType.Auth) return this.#open(name, frame)
    this.#count(frame)
    if (!opening) {
      // Left over from a document that was closed; or nobody has ever opened one by that name.
      if (parseDocumentName(name) === null) this.close(CLOSE.notFound, 'not-found')
    } else if (type === MessageType.CLOSE) {
      opening.left = true
      opening.waiting = []
    } else opening.waiting.push(frame)
  }

  #open(name: string, frame: Uint8Array): void {
    // Hocuspocus keeps documents by name in plain objects: what is no name of ours (`__proto__`) never gets that far.
    if (parseDocumentName(name) === null) return this.close(CLOSE.notFound, 'not-found')
    if (this.#openings.size >= MAX_DOCUMENTS_PER_SOCKET)
      return this.close(CLOSE.tooMuch, 'too many documents on one connection')
    this.#openings.set(name, { inlet: null, left: false, waiting: [] })
    this.#hocuspocus?.handleMessage(frame)
  }

  #takeWaiting(opening: Opening | undefined): void {
    this.#early = { frames: 0, bytes: 0 }
    this.#guard(() => {
      for (const frame of opening?.waiting.splice(0) ?? []) if (this.line.isOpen) this.#take(frame)
    })
  }

  #guard(take: () => void): void {
    try {
      take()
    } catch (error) {
      const { session } = this.who
      this.#log.info({ session: session.handle, fault: String(error) }, 'a frame could not be read')
      this.close(CLOSE.unreadable, 'unreadable frame')
    }
  }

  #count(frame: Uint8Array): void {
    this.#early.frames++
    this.#early.bytes += frame.byteLength
    if (this.#early.frames > MAX_QUEUED_MESSAGES || this.#early.bytes > MAX_QUEUED_BYTES)
      this.close(CLOSE.tooMuch, 'too much for a document that is not open')
  }
}
