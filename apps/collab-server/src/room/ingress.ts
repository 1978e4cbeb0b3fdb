/**
 * The sockets themselves. A WebSocket exists only after its sender is known (upgrade.ts has checked address and origin, whoIs says who);
 * what is wrong with one ends that one and no other. What is sent on them is for seat.ts.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { fromOf } from '../audit/from.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Ended } from '../people/sessions.ts'
import type { Who, WhoIs } from '../people/whoIs.ts'
import { pathOf, turnAway } from '../upgrade.ts'
import { Arrivals } from './arrivals.ts'
import { type Dialect, dialectAt } from './dialect.ts'
import {
  AUTHENTICATE_WITHIN_MS,
  MAX_FRAME_BYTES,
  MAX_SOCKETS_PER_SESSION,
  PING_EVERY_MS,
  PINGS_A_WORD,
  SESSIONS_PER_ADDRESS,
  SOCKETS_AT_ONCE_S,
} from './limits.ts'
import { Line } from './line.ts'
import { CLOSE, Seat } from './seat.ts'

export interface Ingress {
  /** A WebSocket wants to be opened; address and origin were checked. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** A session or token ended: closes its sockets, also those that are only about to open. */
  end(ended: Ended): void
  /** Closes every socket and lets no new one in. */
  close(): void
}

type Connect = (
  face: WebSocketLike,
  request: Request,
  seat: Seat,
) => ReturnType<Hocuspocus['handleConnection']>

/** Hocuspocus wants one for each socket, for its hooks. Ours know the socket itself; and nothing of the secrets in it gets that far. */
const NO_REQUEST = new Request('http://here/')

export function createIngress(
  whoIs: WhoIs,
  connect: Connect,
  log: Log,
  { socketsPerSecond }: Pick<Config, 'socketsPerSecond'>,
): Ingress {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const bySession = new Arrivals(socketsPerSecond, socketsPerSecond * SOCKETS_AT_ONCE_S)
  const fromAddress = socketsPerSecond * SESSIONS_PER_ADDRESS
  const byAddress = new Arrivals(fromAddress, fromAddress * SOCKETS_AT_ONCE_S)
  /** By session. */
  const seats = new Map<string, Set<Seat>>()
  let open = true
  /** How many are being asked who they are, and what has ended meanwhile: the answer may have been true a moment before. */
  let arriving = 0
  const endedMeanwhile = new Set<string>()
  let pings = 0
  const heartbeat = setInterval(() => {
    const withWord = ++pings % PINGS_A_WORD === 0
    for (const ofSession of seats.values()) for (const seat of ofSession) seat.beat(withWord)
  }, PING_EVERY_MS)
  heartbeat.unref()

  function seated(
    socket: WebSocket,
    stream: Duplex,
    request: IncomingMessage,
    who: Who,
    dialect: Dialect,
  ): void {
    const session = who.session.handle
    const seat = new Seat(who, fromOf(request), new Line(socket, stream, dialect), log)
    const connection = connect(seat.face, NO_REQUEST, seat)
    const ofSession = seats.get(session) ?? new Set()
    seats.set(session, ofSession.add(seat))
    const late = setTimeout(() => {
      if (!seat.authenticated) seat.close(CLOSE.late, 'no document was opened')
    }, AUTHENTICATE_WITHIN_MS)
    socket.on('message', (data, isBinary) => {
      if (!seat.valid || !seat.line.isOpen) return
      if (isBinary) seat.hear(bytesOf(data))
      else seat.close(CLOSE.unreadable, 'only binary frames')
    })
    // Too large, badly masked, not WebSocket at all: ws closes it by itself after this.
    socket.on('error', (error) => log.info({ session, fault: error.message }, 'a socket broke'))
    socket.on('close', (code, reason) => {
      clearTimeout(late)
      seat.line.flow.end()
      ofSession.delete(seat)
      if (ofSession.size === 0 && seats.get(session) === ofSession) seats.delete(session)
      connection.handleClose({ code, reason: reason.toString() })
    })
    seat.serve(connection)
  }

  return {
    async handleUpgrade(request, socket, head) {
      const early = byAddress.come(request.socket.remoteAddress ?? '')
      if (early > 0) return turnAway(socket, 429, early)
      arriving++
      try {
        const who = await whoIs(request)
        const dialect = dialectAt(pathOf(request))
        if (!dialect) return turnAway(socket, 404)
        if (!who || endedMeanwhile.has(who.session.handle)) return turnAway(socket, 401)
        if (!open) return turnAway(socket, 503)
        const wait = bySession.come(who.session.handle)
        if (wait > 0) return turnAway(socket, 429, wait)
        if ((seats.get(who.session.handle)?.size ?? 0) >= MAX_SOCKETS_PER_SESSION)
          return turnAway(socket, 429)
        sockets.handleUpgrade(request, socket, head, (made) => seated(made, socket, request, who, dialect))
      } finally {
        if (--arriving === 0) endedMeanwhile.clear()
      }
    },
    end({ handle }) {
      if (arriving > 0) endedMeanwhile.add(handle)
      for (const seat of seats.get(handle) ?? []) {
        seat.valid = false
        seat.close(CLOSE.signedOut, 'not-signed-in')
      }
    },
    close() {
      open = false
      clearInterval(heartbeat)
      for (const ofSession of seats.values())
        for (const seat of ofSession) seat.close(CLOSE.tryAgain, 'the server stops')
    },
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
