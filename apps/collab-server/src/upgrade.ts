/**
 * The door of the live channel, before any WebSocket exists: right path, our own address, our own page or a script with a token.
 * Who it is and what they may open is for the room. Nothing here may throw: an error in an upgrade would leave the socket hanging.
 */
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { isUnavailable } from './db/errors.ts'
import { bringsToken, headerOf } from './people/whoIs.ts'
import { dialectAt } from './room/dialect.ts'
import type { Services } from './services.ts'
import type { Site } from './site.ts'

export function admitUpgrade(
  { room, site, log }: Pick<Services, 'room' | 'site' | 'log'>,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const status = refusalStatus(request, site)
  if (status !== null) return turnAway(socket, status)
  Promise.resolve()
    .then(() => room.handleUpgrade(request, socket, head))
    .catch((error: unknown) => {
      const away = isUnavailable(error)
      log[away ? 'warn' : 'error']({ err: error }, 'a live connection could not be opened')
      turnAway(socket, away ? 503 : 500)
    })
}

/** HTTP status to turn the request away with, or null. A browser always sends `Origin`; a page of ours sends ours. */
function refusalStatus(request: IncomingMessage, site: Site): number | null {
  if (!dialectAt(pathOf(request))) return 404
  const origin = headerOf(request, 'origin')
  const token = bringsToken(request)
  if (origin === null ? !token : !site.origins.has(origin)) return 403
  const host = headerOf(request, 'host')?.toLowerCase()
  if (!token && (host === undefined || !site.hosts.has(host))) return 403
  return null
}

export const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? ''

/** `afterS`: when to come back. */
export function turnAway(socket: Duplex, status: number, afterS: number | null = null): void {
  const retry = afterS === null ? '' : `Retry-After: ${afterS}\r\n`
  if (!socket.destroyed)
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
    )
  // Whoever does not read must not keep us.
  setImmediate(() => socket.destroy())
}
