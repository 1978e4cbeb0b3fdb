/**
 * Takes everything that one page sends into one document, in order, and answers it. Sync frames never reach Hocuspocus: they are checked,
 * journalled and applied here (admit.ts, live.ts), and Hocuspocus passes on what was applied.
 *
 *   SyncStep1 (what the page has)   -> what it lacks (joins.ts), then our own SyncStep1
 *   SyncStep2, update               -> the gate; when the row is committed `saved`, then one acknowledgement for each
 *
 * What comes while a commit is in flight goes through the gate together, as one row: a page is not limited to one update per commit. Where
 * a few updates together are refused they are offered one by one, so that only the bad one is. What was received is worked off also when
 * the page has closed the document or the line broke; not so after a refusal, or when the session ended.
 */
import type { ServerMessage } from '@consilium/contract/live'
import { Refusal } from '@consilium/contract/refusals'
import { type Connection, type Document, MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import type { CommittedRow } from '../journal/book.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type Append, admit, type Writer } from './admit.ts'
import { Appearance } from './appearance.ts'
import { CatchUp } from './catchUp.ts'
import type { Offered } from './decode.ts'
import { questionFrame, quietFrame, readBytes, readSaid, savedFrame, Unreadable } from './frames.ts'
import { FRAMES_PER_QUESTION, MAX_BATCH_BYTES, MAX_BATCH_UPDATES } from './limits.ts'
import type { LiveDocument } from './live.ts'
import { refuse } from './refuse.ts'
import { CLOSE, type Seat } from './seat.ts'

/** One document, open on one socket. */
export interface Visit {
  readonly writer: Writer
  /** Asked anew for every frame: it may have ended since they came. */
  readonly maySee: () => boolean
}

export interface InletParts {
  readonly append: Append
  readonly log: Log
  readonly metrics: Pick<Metrics, 'alarm' | 'refused'>
  /** There is work; and all of it is done. The document stays in memory in between. */
  readonly began: (inlet: Inlet) => void
  readonly ended: (inlet: Inlet) => void
}

interface Question {
  /** What the page has. */
  readonly vector: Uint8Array
  readonly size: number
}

interface Update extends Offered {
  /** It answers a question of ours (SyncStep2). */
  readonly isAnswer: boolean
  readonly size: number
}

export class Inlet {
  readonly seat: Seat
  readonly document: Document
  readonly #parts: InletParts
  readonly #live: LiveDocument
  readonly #connection: Connection
  readonly #visit: Visit
  readonly #appearance: Appearance
  readonly #catchUp = new CatchUp()
  readonly #saved: Uint8Array
  readonly #queue: (Question | Update)[] = []
  #working: Promise<void> | null = null
  /** After a refusal, and when the session ended: nothing more is taken, and what waits is dropped. */
  #stopped = false

  constructor(parts: InletParts, seat: Seat, live: LiveDocument, connection: Connection, visit: Visit) {
    this.seat = seat
    this.document = connection.document
    this.#parts = parts
    this.#live = live
    this.#connection = connection
    this.#visit = visit
    this.#saved = savedFrame(live.name)
    const { person } = seat.who
    this.#appearance = new Appearance(connection, {
      speaksFor: (client) =>
        visit.writer.client === null ? this.#isFree(client) : client === visit.writer.client,
      identity: () => ({
        id: person.handle,
        name: person.name,
        initials: person.initials,
        role: visit.writer.role(),
        colour: live.attendance.colourOf(person.id),
      }),
    })
    connection.onClose(() => {
      this.#appearance.end()
      seat.left(live.name)
    })
  }

  /** Resolves when nothing waits and nothing is in flight. */
  async idle(): Promise<void> {
    await this.#working
  }

  /** Throws where the frame cannot be read, or is none that a page may send. */
  take(type: number, rest: decoding.Decoder, size: number): void {
    switch (type) {
      case MessageType.Sync:
      case MessageType.SyncReply:
        return this.#takeSync(rest, size)
      case MessageType.Awareness:
        return this.#takePresence(rest)
      case MessageType.CLOSE:
        return this.leave()
      // Another token, a question that only servers answer to each other, words of a page: nobody here listens to them.
      case MessageType.Auth:
      case MessageType.QueryAwareness:
      case MessageType.Stateless:
        return
      default:
        throw new Unreadable(`a page sends no frames of type ${type}`)
    }
  }

  /** The page closes the document. */
  leave(): void {
    this.#connection.close({ code: 1000, reason: 'provider_initiated' })
  }

  /** They have another role. */
  restamp(): void {
    this.#appearance.restamp()
  }

  /** Stock providers take a line for broken where they hear nothing for half a minute, not even of themselves. */
  beat(): void {
    this.#connection.send(quietFrame(this.#live.name, this.document))
  }

  /** A script names no clientID when it comes: it is known by one that is its person's, and that no other page of theirs is seen under. */
  #isFree(client: number): boolean {
    if (this.#live.book.leases.byClient.get(client)?.person !== this.#visit.writer.person) return false
    return ![...this.document.connections.values()].some(({ clients }) => clients.has(client))
  }

  #takeSync(rest: decoding.Decoder, size: number): void {
    const step = decoding.readVarUint(rest)
    const payload = readBytes(rest)
    if (this.#stopped) return
    if (step === messageYjsSyncStep1) {
      this.seat.line.flow.spend(0, FRAMES_PER_QUESTION)
      this.#queue.push({ vector: payload, size })
    } else if (step === messageYjsSyncStep2 || step === messageYjsUpdate)
      this.#queue.push({
        bytes: payload,
        said: readSaid(rest),
        isAnswer: step === messageYjsSyncStep2,
        size,
      })
    else throw new Unreadable(`no step ${step} of synchronising`)
    this.seat.line.flow.hold(size)
    if (this.#working) return
    this.#parts.began(this)
    this.#working = this.#work()
  }

  #takePresence(rest: decoding.Decoder): void {
    try {
      this.#appearance.take(readBytes(rest))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#refuse(error)
    }
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    // What came in with the same read goes together.
    await Promise.resolve()
    try {
      for (let next = this.#queue[0]; next; next = this.#queue[0]) {
        if ('vector' in next) await this.#answer(this.#queue.shift() as Question)
        else await this.#offer(this.#batch())
      }
    } catch (error) {
      this.#fail(error)
    }
    this.#working = null
    this.#parts.ended(this)
  }

  /** The next updates, as many as go together. */
  #batch(): Update[] {
    let bytes = 0
    let count = 0
    for (const next of this.#queue) {
      if ('vector' in next) break
      bytes += next.bytes.byteLength
      if (count > 0 && (bytes > MAX_BATCH_BYTES || count >= MAX_BATCH_UPDATES)) break
      count++
    }
    return this.#queue.splice(0, count) as Update[]
  }

  async #answer({ vector, size }: Question): Promise<void> {
    const { line } = this.seat
    try {
      if (!this.#visit.maySee()) return this.#refuse(new Refusal('not-a-member'))
      this.#catchUp.begin()
      const connection = this.#connection
      await this.#live.joins.answer(vector, {
        send: (frame) => connection.send(frame),
        get backlog() {
          return line.backlog
        },
        get open() {
          return line.isOpen && connection.document.hasConnection(connection)
        },
      })
      this.#ask()
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      // What it says it has is no state vector.
      this.#stop()
      this.seat.close(CLOSE.unreadable, 'unreadable frame')
    } finally {
      line.flow.release(size)
    }
  }

  async #offer(batch: readonly Update[]): Promise<void> {
    try {
      // What was sent before the page began is in its answer, too; and not counted by it any more.
      if (this.#catchUp.begun) await this.#admit(batch)
    } finally {
      for (const { size } of batch) this.seat.line.flow.release(size)
    }
  }

  async #admit(batch: readonly Update[]): Promise<void> {
    try {
      if (!this.#visit.maySee()) throw new Refusal('not-a-member')
      this.#acknowledge(await admit(this.#parts.append, this.#live, this.#visit.writer, batch), batch)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'not-durable') throw error
      if (error.code === 'not-signed-in') return this.#stop()
      if (batch.length > 1) await this.#oneByOne(batch)
      else if (error.code === 'gap') this.#missed(batch[0]?.isAnswer === true, error)
      else this.#refuse(error)
    }
  }

  async #oneByOne(batch: readonly Update[]): Promise<void> {
    for (const one of batch) {
      if (this.#stopped) return
      await this.#admit([one])
    }
  }

  #acknowledge(row: CommittedRow | null, batch: readonly Update[]): void {
    this.seat.line.gather()
    if (row) {
      const { seq, hash, at, client, clock, len } = row
      const hex = Buffer.from(hash).toString('hex')
      this.#say({ t: 'saved', seq, hash: hex, at, client, clock, len })
    }
    for (const { isAnswer } of batch)
      for (let due = 1 + this.#catchUp.taken(isAnswer); due > 0; due--) this.#connection.send(this.#saved)
  }

  #missed(isAnswer: boolean, gap: Refusal): void {
    const verdict = this.#catchUp.missed(isAnswer)
    if (verdict === 'let go') this.#refuse(gap)
    else if (verdict === 'ask') this.#ask()
  }

  #ask(): void {
    this.#connection.send(questionFrame(this.#live.name, this.document))
  }

  #say(message: ServerMessage): void {
    this.#connection.sendStateless(JSON.stringify(message))
  }

  #refuse(refusal: Refusal): void {
    const { session, person } = this.seat.who
    this.#parts.log.info(
      { code: refusal.code, session: session.handle, person: person.id },
      'a change was refused',
    )
    this.#parts.metrics.refused(refusal.code)
    this.#stop()
    refuse(this.#connection, refusal)
  }

  /** Nothing is wrong with what the page sent: it keeps it, comes back and sends it again. */
  #fail(error: unknown): void {
    this.#stop()
    if (!(error instanceof Refusal)) {
      this.#parts.log.error({ err: error }, 'what a page sent could not be worked off')
      this.#parts.metrics.alarm('inlet', { doc: this.#live.book.doc })
    }
    this.seat.close(CLOSE.tryAgain, error instanceof Refusal ? error.code : 'connect again')
  }

  #stop(): void {
    this.#stopped = true
    for (const { size } of this.#queue.splice(0)) this.seat.line.flow.release(size)
  }
}
