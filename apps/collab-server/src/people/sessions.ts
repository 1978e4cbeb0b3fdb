/**
 * Sign-in sessions behind one small port. Lucia 3 decides (identifiers, expiry, renewal, cookie); this file keeps its rows.
 * Lucia's author has frozen it: whatever replaces it replaces this file, nobody else knows about it.
 * The database holds SHA-256 of the cookie's value only, so a copy of it signs nobody in.
 */

import type { SQL } from 'drizzle-orm'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import { and, desc, eq, gt, lt } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import { sessions as table } from '../db/people.ts'
import type { Log } from '../log.ts'
import type { Notice } from '../notice.ts'
import { type Identities, type PersonRecord, type PersonRow, placeOf } from './identities.ts'
import { hashOf } from './secrets.ts'

/** A session or access token has ended: whatever it holds open must be closed. */
export interface Ended {
  readonly personId: number
  /** Public handle of the session or token. */
  readonly handle: string
}

export interface FoundSession {
  readonly person: PersonRecord
  readonly handle: string
  readonly expiresAt: number
  /** `Set-Cookie` to send where the session was prolonged, else null. */
  readonly cookie: string | null
}

export interface ListedSession {
  readonly handle: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly agent: string
}

export interface Sessions {
  /** Begins a new one; `cookie` is the value of `Set-Cookie`. */
  start(personId: number, agent: string): Promise<{ cookie: string; handle: string; expiresAt: number }>
  /** Who the `Cookie` header speaks for; prolongs the session past half its time. */
  find(cookieHeader: string): Promise<FoundSession | null>
  list(personId: number): Promise<ListedSession[]>
  /** Ends one of this person's; false where they have none by that handle. */
  end(personId: number, handle: string): Promise<boolean>
  /** `Set-Cookie` that makes the browser forget. */
  readonly blankCookie: string
  /** Told on sign-out, revocation and expiry, of sessions and access tokens alike. Whoever ended it waits for the listeners. */
  onEnded(listener: (ended: Ended) => void | Promise<void>): () => void
  /** Stops looking for expired ones. */
  close(): void
}

const LIFETIME = new TimeSpan(14, 'd')
const SEEN_EVERY_MS = 60_000
const SWEEP_EVERY_MS = 60_000
const AGENT_LENGTH = 200

interface Attributes {
  handle: string
  createdAt: number
  lastSeenAt: number
  /** Sealed. Nobody who asks is asked for it: absent of what was found by its cookie. */
  agent?: Buffer | null
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Attributes, { person: PersonRecord }>
    UserId: number
    DatabaseSessionAttributes: Attributes
    DatabaseUserAttributes: { person: PersonRecord }
  }
}

/** `secure`: people come by https; then the cookie is bound to this very host. */
export function createSessions(
  db: Pick<Database, 'orm' | 'door'>,
  identities: Identities,
  ended: Notice<Ended>,
  log: Log,
  secure: boolean,
): Sessions {
  const { orm } = db

  /** The one way out: whoever notices that a session is over, what it holds open hears of it. */
  async function remove(which: SQL | undefined): Promise<number> {
    const gone = await orm
      .delete(table)
      .where(which)
      .returning({ personId: table.person, handle: table.handle })
    await Promise.all(gone.map(ended.tell))
    return gone.length
  }

  const lucia = new Lucia(adapterOver(db, identities, remove), {
    sessionExpiresIn: LIFETIME,
    sessionCookie: {
      name: secure ? '__Host-consilium' : 'consilium',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (row) => row,
    getUserAttributes: (row) => row,
  })

  const sweeper = setInterval(() => {
    lucia
      .deleteExpiredSessions()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'expired sessions could not be removed; trying again'),
      )
  }, SWEEP_EVERY_MS)
  sweeper.unref()

  return {
    async start(personId, agent) {
      const now = Date.now()
      const handle = newId()
      const session = await lucia.createSession(personId, {
        handle,
        createdAt: now,
        lastSeenAt: now,
        agent: await identities.seal(personId, placeOf.session(handle), agent.slice(0, AGENT_LENGTH)),
      })
      return {
        cookie: lucia.createSessionCookie(session.id).serialize(),
        handle,
        expiresAt: session.expiresAt.getTime(),
      }
    },
    async find(cookieHeader) {
      const id = lucia.readSessionCookie(cookieHeader)
      if (!id) return null
      const { session, user } = await lucia.validateSession(id)
      if (!session) return null
      if (Date.now() - session.lastSeenAt > SEEN_EVERY_MS)
        await orm
          .update(table)
          .set({ lastSeenAt: Date.now() })
          .where(eq(table.hash, hashOf(id)))
      return {
        person: user.person,
        handle: session.handle,
        expiresAt: session.expiresAt.getTime(),
        cookie: session.fresh ? lucia.createSessionCookie(id).serialize() : null,
      }
    },
    async list(personId) {
      const rows = await orm
        .select({
          handle: table.handle,
          createdAt: table.createdAt,
          lastSeenAt: table.lastSeenAt,
          agent: table.agent,
        })
        .from(table)
        .where(and(eq(table.person, personId), gt(table.expiresAt, Date.now())))
        .orderBy(desc(table.lastSeenAt))
      const agents = await identities.open(
        rows.map(({ handle, agent }) => ({
          person: personId,
          place: placeOf.session(handle),
          sealed: agent,
        })),
      )
      return rows.map((row, n) => ({ ...row, agent: agents[n] ?? '' }))
    },
    end: async (personId, handle) =>
      (await remove(and(eq(table.person, personId), eq(table.handle, handle)))) > 0,
    blankCookie: lucia.createBlankSessionCookie().serialize(),
    onEnded: ended.on,
    close: () => clearInterval(sweeper),
  }
}

/** A session, by its public handle, and whose it is. */
interface Found extends PersonRow {
  readonly session: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
}

/** Lucia's rows in our table. What Lucia calls the session's id is the secret in the cookie; it is hashed on its way in and never comes out. */
function adapterOver(
  { orm, door }: Pick<Database, 'orm' | 'door'>,
  identities: Pick<Identities, 'of'>,
  remove: (which: SQL) => Promise<unknown>,
): Adapter {
  const attributes = {
    handle: table.handle,
    createdAt: table.createdAt,
    lastSeenAt: table.lastSeenAt,
    agent: table.agent,
  }
  return {
    async getSessionAndUser(id) {
      // Asked by every request: in the words of the database, which takes a quarter less work than to have them made. One that was begun in the
      // moment its person was erased counts for nothing.
      const [row] = await door<Found[]>`
        select people.id, people.handle, admin, sealed, erased_at as "erasedAt", sessions.handle as session,
          sessions.created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt"
        from sessions join people on people.id = sessions.person
        where hash = ${hashOf(id)} and erased_at is null`
      if (!row) return [null, null]
      const { session: handle, createdAt, lastSeenAt } = row
      return [
        {
          id,
          userId: row.id,
          expiresAt: new Date(row.expiresAt),
          attributes: { handle, createdAt, lastSeenAt },
        },
        { id: row.id, attributes: { person: await identities.of(row) } },
      ]
    },
    async getUserSessions(person) {
      const rows = await orm
        .select({ hash: table.hash, expiresAt: table.expiresAt, attributes })
        .from(table)
        .where(eq(table.person, person))
      return rows.map((row) => ({
        id: row.hash,
        userId: person,
        expiresAt: new Date(row.expiresAt),
        attributes: row.attributes,
      }))
    },
    async setSession({ id, userId, expiresAt, attributes: said }) {
      await orm
        .insert(table)
        .values({ hash: hashOf(id), person: userId, expiresAt: expiresAt.getTime(), ...said })
    },
    async updateSessionExpiration(id, expiresAt) {
      await orm
        .update(table)
        .set({ expiresAt: expiresAt.getTime() })
        .where(eq(table.hash, hashOf(id)))
    },
    async deleteSession(id) {
      await remove(eq(table.hash, hashOf(id)))
    },
    async deleteUserSessions(person) {
      await remove(eq(table.person, person))
    },
    async deleteExpiredSessions() {
      await remove(lt(table.expiresAt, Date.now()))
    },
  }
}
