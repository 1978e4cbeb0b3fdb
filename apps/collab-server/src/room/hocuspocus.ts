/**
 * Hocuspocus, used for four things: it asks who may open a document, keeps who has which one open, passes on to them what was applied to
 * it, and their presence. It stores nothing and decides nothing, and of what pages send it gets only the frame that opens a document.
 * A hook that rejects where Hocuspocus does not await it would end the process: every hook here is either awaited by it, or cannot throw.
 */
import { LiveToken } from '@consilium/contract/live'
import { Refusal } from '@consilium/contract/refusals'
import { type Document, Hocuspocus } from '@hocuspocus/server'
import type { Log } from '../log.ts'
import { Inlet, type InletParts, type Visit } from './inlet.ts'
import { MAX_PENDING_DOCUMENTS, MAX_QUEUED_BYTES, MAX_QUEUED_MESSAGES } from './limits.ts'
import type { LiveDocument } from './live.ts'
import { refuse } from './refuse.ts'
import { CLOSE, type Seat } from './seat.ts'
import { beAlone, twinsOf } from './twins.ts'

/** What Hocuspocus carries around for a socket and, after onAuthenticate, for one document on it. */
export interface Place {
  readonly seat: Seat
  /** Set by onAuthenticate. */
  readonly visit?: Visit
}

export interface Rules {
  /** Decides whether this person may open this document. Throws a Refusal. */
  enter(documentName: string, seat: Seat, token: LiveToken): Promise<Visit>
  /** Reads the document from its journal into `document`. */
  load(document: Document, documentName: string): Promise<void>
  /** The document as it is now open; null where it is being put away. */
  live(documentName: string): LiveDocument | null
  /** What a page is told first. */
  hello(live: LiveDocument, visit: Visit): string
  /** Called after the last connection has gone. */
  forget(documentName: string): void
}

export interface Transport {
  readonly hocuspocus: Hocuspocus<Place>
  /** The document is open at least until `use` is done. Rejects with a Refusal where it cannot be opened. */
  opened<T>(documentName: string, use: (document: Document) => Promise<T>): Promise<T>
  /** Resolves when what these sockets have sent is committed or refused. */
  settled(which: (seat: Seat) => boolean): Promise<void>
}

/** Thrown at Hocuspocus: no `message`, so that it is not logged as an error of ours. */
const closing = (code: number, reason: string) => ({ code, reason })

/** We ask ourselves whether somebody is still there (line.ts); 24 days is the longest that a timer can be set to. */
const NEVER_MS = 2 ** 31 - 1

export function createTransport(
  rules: Rules,
  parts: Omit<InletParts, 'began' | 'ended'> & { readonly log: Log },
): Transport {
  const { log } = parts
  const working = new Set<Inlet>()
  const inletParts: InletParts = {
    ...parts,
    began: (inlet) => working.add(inlet),
    ended(inlet) {
      working.delete(inlet)
      // Its page may have gone meanwhile, and it was the last.
      if (inlet.document.getConnectionsCount() === 0)
        hocuspocus
          .unloadDocument(inlet.document)
          .catch((error: unknown) => log.error({ err: error }, 'a document could not be put away'))
    },
  }

  const hocuspocus = new Hocuspocus<Place>({
    quiet: true,
    timeout: NEVER_MS,
    maxUnauthenticatedQueueSize: MAX_QUEUED_BYTES,
    maxUnauthenticatedQueueMessages: MAX_QUEUED_MESSAGES,
    maxPendingDocuments: MAX_PENDING_DOCUMENTS,

    async onAuthenticate({ documentName, token, context }) {
      try {
        const visit = await rules.enter(documentName, context.seat, readToken(token))
        context.seat.authenticated = true
        return { visit }
      } catch (error) {
        if (!(error instanceof Refusal)) log.error({ err: error }, 'a document could not be opened')
        throw { reason: error instanceof Refusal ? error.code : 'not-ready' }
      }
    },

    async onLoadDocument({ document, documentName }) {
      try {
        await rules.load(document, documentName)
      } catch (error) {
        if (!(error instanceof Refusal))
          log.error({ err: error }, 'a document could not be read from its journal')
        // Hocuspocus forgets it, but leaves its clock of awareness running.
        document.destroy()
        throw closing(CLOSE.tryAgain, error instanceof Refusal ? error.code : 'not-ready')
      }
    },

    async connected({ documentName, connection, context: { seat, visit } }) {
      try {
        const client = visit?.writer.client ?? null
        // Another came at the same time under its clientID: the line before, of a page that is back already, or a twin that is there.
        while (twinsOf(connection.document, seat, client).length > 0)
          await beAlone(connection.document, seat, client)
        if (!connection.document.hasConnection(connection)) return
        const live = rules.live(documentName)
        // It was put away in the moment this page came: as if the server had restarted.
        if (live?.ydoc !== connection.document || !live.book.valid || !visit)
          return seat.close(CLOSE.tryAgain, 'connect again')
        // Shown out while the document was read for them.
        if (!visit.maySee()) {
          seat.left(documentName)
          return refuse(connection, new Refusal('not-a-member'))
        }
        const { person } = seat.who
        live.attendance.join(person, connection)
        connection.onClose(() => live.attendance.leave(person, connection))
        connection.sendStateless(rules.hello(live, visit))
        seat.opened(documentName, new Inlet(inletParts, seat, live, connection, visit))
      } catch (error) {
        if (error instanceof Refusal) {
          seat.left(documentName)
          return refuse(connection, error)
        }
        log.error({ err: error }, 'a document could not be given to a page')
        seat.close(CLOSE.tryAgain, 'connect again')
      }
    },

    /** Never asked: what pages send goes to their inlet. Should that ever be otherwise, it must not be past the gate. */
    async beforeHandleMessage() {
      log.error('a frame came past the inlet')
      throw closing(CLOSE.tryAgain, 'connect again')
    },

    async beforeUnloadDocument({ document }) {
      // Throwing keeps it: a row of it is still on its way to the disk. Whoever sent that will ask again.
      for (const inlet of working) if (inlet.document === document) throw closing(CLOSE.tryAgain, 'in flight')
    },

    async afterUnloadDocument({ documentName }) {
      try {
        rules.forget(documentName)
      } catch (error) {
        log.error({ err: error }, 'a document was not put away whole')
      }
    },
  })

  return {
    hocuspocus,
    async opened(documentName, use) {
      const connection = await hocuspocus.openDirectConnection(documentName).catch((error: unknown) => {
        const { reason } = error as { reason?: string }
        throw new Refusal(reason === 'too-large-to-open' ? reason : 'not-ready')
      })
      try {
        if (!connection.document) throw new Refusal('not-ready')
        return await use(connection.document)
      } finally {
        await connection.disconnect()
      }
    },
    async settled(which) {
      await Promise.all([...working].flatMap((inlet) => (which(inlet.seat) ? [inlet.idle()] : [])))
    },
  }
}

/** Empty from a page that only looks. Throws a Refusal. */
function readToken(token: string): LiveToken {
  if (token === '') return { client: null }
  try {
    return LiveToken.parse(JSON.parse(token))
  } catch {
    throw new Refusal('malformed')
  }
}
