/**
 * Erasing a person: nothing can be read of them any more, what they did stays under "Erased person 7". It cannot be taken back.
 *
 *   1  a mark in the table `erasing`: from here on it is finished, at the next start where this one is cut off
 *   2  their memberships end, as when a manager ends them: the journals say so, their pages are shown out
 *   3  in one transaction their key, name, login, password, sessions and tokens go; number and handle stay, nobody else gets them
 *   4  sockets close, memory forgets
 *   5  what was deleted leaves the disk (db/sweep.ts); then the mark goes
 *
 * Everything that was sealed under the key (names in leases, titles of moments, addresses in the audit log) is unreadable after 3, in every
 * copy of the database, once no copy of the key is kept.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@consilium/contract/refusals'
import { and, eq, isNotNull, ne } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { people as table } from '../db/people.ts'
import { PEOPLE, sweep } from '../db/sweep.ts'
import type { Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { Notice } from '../notice.ts'
import { type Identities, normalised, type PersonRecord } from './identities.ts'
import type { Memberships } from './memberships.ts'
import type { Ended } from './sessions.ts'
import { MACHINE } from './tokens.ts'
import type { Who } from './whoIs.ts'

export interface Erasing {
  /** Refuses where this person cannot be erased, or `login` is not theirs. To be asked first. */
  check(person: PersonRecord, login: string, by: Who): Promise<void>
  /** Resolves when nothing of them is in any file, or a reader holds that up for longer than anybody waits; then it follows by itself. */
  erase(person: number, by: Who | null): Promise<void>
  /** What was begun before is finished; resolves before the disk is swept. */
  resume(): Promise<void>
  close(): Promise<void>
}

interface Parts {
  readonly db: Database
  readonly log: Log
  readonly identities: Identities
  readonly memberships: Memberships
  readonly journal: Pick<Journal, 'forget'>
  readonly ended: Notice<Ended>
}

/** The connections of the server have answered by then; a backup may take longer. */
const PATIENCE_MS = 10_000
const AGAIN_AFTER_MS = 5_000

export function createErasing({ db, log, identities, memberships, journal, ended }: Parts): Erasing {
  const { orm, sql } = db
  const closing = new AbortController()
  let sweeping: Promise<void> = Promise.resolve()

  async function isLastAdmin({ id, admin }: PersonRecord): Promise<boolean> {
    if (!admin) return false
    const [another] = await orm
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.admin, true), isNotNull(table.passwordHash), ne(table.id, id)))
      .limit(1)
    return another === undefined
  }

  const mark = (person: number) => sql`
    insert into erasing (person, at) values (${person}, ${Date.now()}) on conflict (person) do nothing`

  /** Of sessions and tokens. */
  const removeKeys = (person: number): Promise<string[]> =>
    sql.begin(async (tx) => {
      // First the row that says so: whoever wants to make a key for them waits for it.
      await tx`
        update people set sealed = null, login_mac = null, password_hash = null, admin = false, erased_at = ${Date.now()}
        where id = ${person}`
      // Written anew, so that it is as old as what was deleted (db/sweep.ts).
      await tx`update erasing set at = ${Date.now()} where person = ${person}`
      await tx`delete from person_key where person = ${person}`
      await tx`delete from members where person = ${person}`
      const gone = await tx<{ handle: string }[]>`
        with s as (delete from sessions where person = ${person} returning handle),
             t as (delete from tokens where person = ${person} returning handle)
        select handle from s union all select handle from t`
      return gone.map(({ handle }) => handle)
    }) as Promise<string[]>

  async function forget(person: number, by: Who | null): Promise<void> {
    for (const project of (await memberships.rolesOf(person)).keys())
      await memberships.remove(project, person, by)
    const handles = await removeKeys(person)
    identities.forget(person)
    await Promise.all(handles.map((handle) => ended.tell({ personId: person, handle })))
    journal.forget(person)
  }

  async function sweepMarked(): Promise<void> {
    // Of somebody whose key is still there the mark stays.
    const marked = await sql<{ person: number }[]>`
      select person from erasing e
      where person = 0 or exists (select 1 from people p where p.id = e.person and erased_at is not null)`
    const done = marked.map(({ person }) => person)
    if (done.length === 0) return
    await sweep(db, PEOPLE, closing.signal)
    await sql`delete from erasing where person = any(${`{${done}}`}::int[])`
  }

  async function sweepUntilDone(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        return await sweepMarked()
      } catch (error) {
        if (closing.signal.aborted) return
        log.warn({ err: error }, 'what was deleted does not leave the disk yet; trying again')
        await sleep(AGAIN_AFTER_MS, undefined, { ref: false, signal: closing.signal }).catch(() => undefined)
      }
    }
  }

  /** One at a time: the next begins after what it has to sweep was deleted. */
  function sweepSoon(): Promise<void> {
    sweeping = sweeping.then(sweepUntilDone)
    return sweeping
  }

  return {
    async check(person, login, by) {
      if (person.erased) throw new Refusal('already-erased')
      if (normalised(login) !== person.login)
        throw new Refusal('invalid-body', {
          message: 'This is not their sign-in name. Nobody was forgotten.',
          field: 'login',
        })
      if (person.login === MACHINE)
        throw new Refusal('must-stay', { message: 'The account of this machine cannot be forgotten.' })
      if (person.id === by.person.id)
        throw new Refusal('must-stay', { message: 'You cannot forget yourself.' })
      if (await isLastAdmin(person))
        throw new Refusal('must-stay', { message: 'The last administrator cannot be forgotten.' })
    },
    async erase(person, by) {
      await mark(person)
      await forget(person, by)
      await Promise.race([sweepSoon(), sleep(PATIENCE_MS, undefined, { ref: false })])
    },
    async resume() {
      const marked = await sql<{ person: number }[]>`select person from erasing order by person`
      for (const { person } of marked) if (person !== 0) await forget(person, null)
      if (marked.length > 0) void sweepSoon()
    },
    async close() {
      closing.abort()
      await sweeping
    },
  }
}
