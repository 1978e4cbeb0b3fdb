/**
 * Hocuspocus, used as transport and fan-out only. It stores nothing and decides nothing: who may open a document is decided in
 * onAuthenticate, what may be written in beforeSync (which it awaits before it applies, acknowledges and passes on).
 * A hook that rejects where Hocuspocus does not await it would end the process: every hook here is either awaited by it, or cannot throw.
 */

import { LiveToken } from '@consilium/contract/live'
import { REFUSALS, Refusal } from '@consilium/contract/refusals'
import { type Connection, Hocuspocus, MessageType, OutgoingMessage } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync'
import type { Log } from '../log.ts'
import { type Append, admit, type Writer } from './admit.ts'
import { CatchUp } from './catchUp.ts'
import { CLOSE, type Seat } from './ingress.ts'
import {
  MAX_AWARENESS_FRAME_BYTES,
  MAX_PENDING_DOCUMENTS,
  MAX_QUEUED_BYTES,
  MAX_QUEUED_MESSAGES,
} from './limits.ts'
import type { LiveDocument } from './live.ts'
import { filterStates } from './presence.ts'

/** What Hocuspocus carries around for a socket and, after onAuthenticate, for one document on it. */
export interface Place {
  readonly seat: Seat
  /** Set by onAuthenticate. */
  readonly visit?: Visit
}

/** One document, open on one socket. */
export interface Visit extends Guest {
  readonly catchUp: CatchUp
}

/** Somebody who may open a document. */
export interface Guest {
  readonly writer: Writer
  /** Asked anew for every frame: it may have ended since they came. */
  readonly maySee: () => boolean
}

export interface Rules {
  /** Decides whether this person may open this document. Throws a Refusal. */
  enter(documentName: string, seat: Seat, client: number | null): Promise<Guest>
  /** Reads the document from its journal into `document`. */
  load(
    document: Hocuspocus['documents'] extends Map<string, infer Document> ? Document : never,
    documentName: string,
  ): Promise<void>
  /** The document as it is now open; null where it is being put away. */
  live(documentName: string): LiveDocument | null
  /** Called after the last connection has gone. */
  forget(documentName: string): void
}

/** Thrown at Hocuspocus: no `message`, so that it is not logged as an error of ours. */
const closing = (code: number, reason: string) => ({ code, reason })

export function createHocuspocus(rules: Rules, append: Append, log: Log): Hocuspocus<Place> {
  const hocuspocus = new Hocuspocus<Place>({
    quiet: true,
    maxUnauthenticatedQueueSize: MAX_QUEUED_BYTES,
    maxUnauthenticatedQueueMessages: MAX_QUEUED_MESSAGES,
    maxPendingDocuments: MAX_PENDING_DOCUMENTS,

    async onAuthenticate({ documentName, token, context }) {
      try {
        const guest = await rules.enter(documentName, context.seat, clientIn(token))
        context.seat.authenticated = true
        return { visit: { ...guest, catchUp: new CatchUp() } satisfies Visit }
      } catch (error) {
        if (!(error instanceof Refusal)) log.error({ err: error }, 'a document could not be opened')
        throw { reason: error instanceof Refusal ? error.code : 'not-ready' }
      }
    },

    async onLoadDocument({ document, documentName }) {
      try {
        await rules.load(document, documentName)
      } catch (error) {
        log.error({ err: error }, 'a document could not be read from its journal')
        // Hocuspocus forgets it, but leaves its clock of awareness running.
        document.destroy()
        throw closing(CLOSE.tryAgain, 'not-ready')
      }
    },

    async connected({ documentName, connection, context }) {
      const live = rules.live(documentName)
      // It was put away in the moment this page came: as if the server had restarted.
      if (live?.ydoc !== connection.document || !live.book.valid)
        return context.seat.close(CLOSE.tryAgain, 'connect again')
      // Shown out while the document was read for them.
      if (context.visit?.maySee()) attend(live, connection, context.seat)
      else refuse(connection, new Refusal('not-a-member'))
    },

    async beforeHandleMessage({ update, documentName, connection, context }) {
      if (!context.visit?.maySee()) throw refuse(connection, new Refusal('not-a-member'))
      const live = rules.live(documentName)
      // Its first frames come before `connected`.
      if (live?.ydoc === connection.document) attend(live, connection, context.seat)
      if (update.byteLength > MAX_AWARENESS_FRAME_BYTES && typeOf(update) === MessageType.Awareness)
        throw refuse(connection, new Refusal('too-large'))
    },

    async beforeSync({ type, payload, documentName, connection, context }) {
      const live = rules.live(documentName)
      const visit = context.visit
      if (!visit || live?.ydoc !== connection.document) {
        context.seat.close(CLOSE.tryAgain, 'connect again')
        throw closing(CLOSE.tryAgain, 'connect again')
      }
      if (type === messageYjsSyncStep1) return visit.catchUp.begin()
      if (!visit.catchUp.begun) return letFall(connection)
      const isAnswer = type === messageYjsSyncStep2
      try {
        await admit(append, live, visit.writer, [{ bytes: payload, said: 0 }], {
          source: 'connection',
          connection,
        })
        for (let due = visit.catchUp.taken(isAnswer); due > 0; due--)
          connection.send(new OutgoingMessage(connection.messageAddress).writeSyncStatus(true).toUint8Array())
      } catch (error) {
        if (isGap(error)) missed(connection, visit, isAnswer, error)
        else answer(error, connection, context.seat)
      }
    },

    async afterHandleMessage({ connection }) {
      connection.readOnly = false
    },

    async beforeHandleAwareness({ states, connection, documentName, context }) {
      const live = rules.live(documentName)
      const writer = context?.visit?.writer
      if (!connection || !live || !writer) return states.clear()
      const { person } = context.seat.who
      const { handle: id, name, initials } = person
      filterStates(states, writer.client, {
        id,
        name,
        initials,
        role: writer.role(),
        colour: live.attendance.colourOf(person.id),
      })
    },

    async beforeUnloadDocument({ documentName }) {
      const live = rules.live(documentName)
      // Throwing keeps it: a row of it is still on its way to the disk, and its sender's own leaving will ask again.
      if (live && live.inFlight.size > 0) throw closing(CLOSE.tryAgain, 'in flight')
    },

    async afterUnloadDocument({ documentName }) {
      rules.forget(documentName)
    },
  })

  const attending = new WeakSet<Connection<Place>>()

  function attend(live: LiveDocument, connection: Connection<Place>, { who }: Seat): void {
    if (attending.has(connection) || !connection.document.hasConnection(connection)) return
    attending.add(connection)
    live.attendance.join(who.person, connection)
    connection.onClose(() => live.attendance.leave(who.person, connection))
  }

  /** Ends a refused change. Always throws. */
  function answer(error: unknown, connection: Connection<Place>, seat: Seat): never {
    if (!(error instanceof Refusal)) {
      log.error({ err: error }, 'the gate failed')
      seat.close(CLOSE.tryAgain, 'connect again')
      throw closing(CLOSE.tryAgain, 'connect again')
    }
    if (error.code === 'not-durable') {
      // Nothing is wrong with the change: the page keeps it, comes back and sends it again.
      seat.close(CLOSE.tryAgain, error.code)
      throw closing(CLOSE.tryAgain, error.code)
    }
    log.info(
      { code: error.code, session: seat.who.session.handle, person: seat.who.person.id },
      'a change was refused',
    )
    throw refuse(connection, error)
  }

  /** Lets this frame pass without being applied or acknowledged; frames of a connection come one by one, afterHandleMessage undoes it. */
  function letFall(connection: Connection<Place>): void {
    connection.readOnly = true
  }

  function missed(connection: Connection<Place>, { catchUp }: Visit, isAnswer: boolean, gap: Refusal): void {
    const verdict = catchUp.missed(isAnswer)
    if (verdict === 'let go') throw refuse(connection, gap)
    letFall(connection)
    if (verdict === 'ask')
      connection.send(
        new OutgoingMessage(connection.messageAddress)
          .createSyncMessage()
          .writeFirstSyncStepFor(connection.document)
          .toUint8Array(),
      )
  }

  return hocuspocus
}

const isGap = (error: unknown): error is Refusal => error instanceof Refusal && error.code === 'gap'

/** Closes a document on one page and tells it why, in words, once: Hocuspocus' own close message loses the code. Returns what to throw. */
export function refuse(connection: Connection<Place>, refusal: Refusal): { code: number; reason: string } {
  const { code, message, next } = refusal.toJSON()
  const end = closing(REFUSALS[code].close, code)
  if (connection.document.hasConnection(connection)) {
    connection.sendStateless(JSON.stringify({ t: 'refused', code, message, next }))
    connection.close(end)
  }
  return end
}

/** The leased clientID in the provider's token; null for a page that only looks. Throws a Refusal. */
function clientIn(token: string): number | null {
  if (token === '') return null
  try {
    return LiveToken.parse(JSON.parse(token)).client
  } catch {
    throw new Refusal('malformed')
  }
}

function typeOf(frame: Uint8Array): number {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  return decoding.readVarUint(decoder)
}
