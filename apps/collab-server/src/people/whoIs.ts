/**
 * Who is asking? One answer for REST and for the socket: the session cookie, `Authorization: Bearer`, or (socket only) `?token=`.
 * A token in an address ends up in logs and histories, so ordinary requests do not take one there.
 */
import type { IncomingMessage } from 'node:http'
import type { PersonRecord } from './identities.ts'
import type { Sessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

export interface Who {
  readonly person: PersonRecord
  readonly session: {
    /** Public; what journal rows and `onEnded` name. */
    readonly handle: string
    readonly kind: 'cookie' | 'token'
    /** ms since 1970; null for a token. */
    readonly expiresAt: number | null
    /** `Set-Cookie` to send with the answer, where the session was prolonged. */
    readonly cookie: string | null
  }
}

/** A web Request, or the request of Node's `upgrade` event. */
export type Asking = Request | IncomingMessage
export type WhoIs = (request: Asking) => Promise<Who | null>

const SOCKETS = /^\/(collab|yjs)(\/|$)/

export function createWhoIs(sessions: Pick<Sessions, 'find'>, tokens: Pick<Tokens, 'find'>): WhoIs {
  return async (request) => {
    const secret = bearer(headerOf(request, 'authorization')) ?? tokenInAddress(request)
    if (secret !== null) {
      const found = await tokens.find(secret)
      return (
        found && {
          person: found.person,
          session: { handle: found.handle, kind: 'token', expiresAt: null, cookie: null },
        }
      )
    }
    const cookies = headerOf(request, 'cookie')
    const found = cookies === null ? null : await sessions.find(cookies)
    if (!found) return null
    const { person, handle, expiresAt, cookie } = found
    return { person, session: { handle, kind: 'cookie', expiresAt, cookie } }
  }
}

/** Does the request carry a secret that only its sender can have put there (no browser adds it by itself)? */
export const bringsToken = (request: Asking): boolean =>
  bearer(headerOf(request, 'authorization')) !== null || tokenInAddress(request) !== null

export function headerOf(request: Asking, name: string): string | null {
  if (request.headers instanceof Headers) return request.headers.get(name)
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function bearer(header: string | null): string | null {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null
}

function tokenInAddress(request: Asking): string | null {
  const address = URL.canParse(request.url ?? '', 'http://here')
    ? new URL(request.url ?? '', 'http://here')
    : null
  return address && SOCKETS.test(address.pathname) ? address.searchParams.get('token') : null
}
