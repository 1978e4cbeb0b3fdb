/**
 * The sockets themselves. A WebSocket exists only after its sender is known (upgrade.ts has checked address and origin, whoIs says who);
 * whatever is wrong with a frame ends that socket and nothing else. Hocuspocus sees a socket only through the narrow face made here.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { REFUSALS } from '@consilium/contract/refusals'
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import type { Ended } from '../people/sessions.ts'
import type { Who, WhoIs } from '../people/whoIs.ts'
import { turnAway } from '../upgrade.ts'
import { AUTHENTICATE_WITHIN_MS, MAX_BUFFERED_BYTES, MAX_FRAME_BYTES } from './limits.ts'

/** Close codes of our own: WebSocket's registry leaves 4000 to 4999 to applications, contract/refusals.ts uses 4400 and up. */
export const CLOSE = {
  unreadable: 1003,
  tooSlow: 1013,
  tryAgain: 1012,
  signedOut: REFUSALS['not-signed-in'].close,
  notFound: REFUSALS['not-found'].close,
  late: 4408,
} as const

/** One open socket and the person behind it. */
export interface Seat {
  readonly who: Who
  /** False from the moment the session ended: nothing it sent before is written after. */
  valid: boolean
  /** A document was opened on it. */
  authenticated: boolean
  /** Says goodbye and does not wait for an answer. */
  close(code: number, reason: string): void
}

export interface Ingress {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** A session or token ended: closes its sockets, also those that are only about to open. */
  end(ended: Ended): void
  /** Closes every socket and lets no new one in. */
  close(): void
}

/** How long a closed socket may take to hang up. */
const FAREWELL_MS = 1_000

type Connect = (
  face: WebSocketLike,
  request: Request,
  seat: Seat,
) => ReturnType<Hocuspocus['handleConnection']>

export function createIngress(whoIs: WhoIs, connect: Connect, log: Log): Ingress {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const seats = new Set<Seat>()
  let open = true
  /** How many are being asked who they are, and what has ended meanwhile: the answer may have been true a moment before. */
  let arriving = 0
  const endedMeanwhile = new Set<string>()

  function seated(socket: WebSocket, request: IncomingMessage, who: Who): void {
    const seat: Seat = {
      who,
      valid: true,
      authenticated: false,
      close(code, reason) {
        if (socket.readyState === WebSocket.OPEN) socket.close(code, reason)
        setTimeout(() => socket.terminate(), FAREWELL_MS).unref()
      },
    }
    const connection = connect(faceOf(socket, seat), webRequest(request), seat)
    seats.add(seat)
    const late = setTimeout(() => {
      if (!seat.authenticated) seat.close(CLOSE.late, 'no document was opened')
    }, AUTHENTICATE_WITHIN_MS)
    socket.on('message', (data, isBinary) => {
      if (!seat.valid || socket.readyState !== WebSocket.OPEN) return
      if (!isBinary) return seat.close(CLOSE.unreadable, 'only binary frames')
      try {
        const frame = bytesOf(data)
        // Hocuspocus keeps documents by name in plain objects: what is no name of ours (`__proto__`) never gets that far.
        if (!isAddressed(frame)) return seat.close(CLOSE.notFound, 'not-found')
        connection.handleMessage(frame)
      } catch (error) {
        log.warn({ err: error, session: who.session.handle }, 'a frame could not be read')
        seat.close(CLOSE.unreadable, 'unreadable frame')
      }
    })
    // Too large, badly masked, not WebSocket at all: ws closes it by itself after this.
    socket.on('error', (error) =>
      log.info({ session: who.session.handle, fault: error.message }, 'a socket broke'),
    )
    socket.on('close', (code, reason) => {
      clearTimeout(late)
      seats.delete(seat)
      connection.handleClose({ code, reason: reason.toString() })
    })
  }

  return {
    async handleUpgrade(request, socket, head) {
      arriving++
      try {
        const who = await whoIs(request)
        if (!who || endedMeanwhile.has(who.session.handle)) return turnAway(socket, 401)
        if (!open) return turnAway(socket, 503)
        sockets.handleUpgrade(request, socket, head, (made) => seated(made, request, who))
      } finally {
        if (--arriving === 0) endedMeanwhile.clear()
      }
    },
    end({ handle }) {
      if (arriving > 0) endedMeanwhile.add(handle)
      for (const seat of seats) {
        if (seat.who.session.handle !== handle) continue
        seat.valid = false
        seat.close(CLOSE.signedOut, 'not-signed-in')
      }
    },
    close() {
      open = false
      for (const seat of seats) seat.close(CLOSE.tryAgain, 'the server stops')
    },
  }
}

/** A frame begins with the document's name, for some providers followed by a zero and a session of their own. Throws where it cannot be read. */
function isAddressed(frame: Uint8Array): boolean {
  const [name = ''] = decoding.readVarString(decoding.createDecoder(frame)).split('\0')
  return parseDocumentName(name) !== null
}

/** What Hocuspocus may do with a socket. A reader that does not read is let go before its backlog grows without end. */
function faceOf(socket: WebSocket, seat: Seat): WebSocketLike {
  return {
    get readyState() {
      return socket.readyState
    },
    send(data) {
      if (socket.readyState !== WebSocket.OPEN) return
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES)
        return seat.close(CLOSE.tooSlow, 'too far behind: connect again')
      socket.send(data as Uint8Array)
    },
    close(code, reason) {
      socket.close(code, reason)
    },
  }
}

/** Hocuspocus wants the address and nothing of the secrets. */
function webRequest(request: IncomingMessage): Request {
  const address = new URL(request.url ?? '/', 'http://here')
  address.searchParams.delete('token')
  return new Request(address)
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
