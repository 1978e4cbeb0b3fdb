/**
 * Notes who read, took away and administered what. What is not noted does not happen: whoever acts waits for the note, and is refused
 * where it cannot be written. Entries are chained (chain.ts) and sealed by the same checkpoints as the documents, as document 0.
 *
 * Like the journal it has no timer: notes that arrive in one turn, or while a commit is in flight, go together in one statement. They are
 * chained when their group is formed, on the last committed head. While the database is away they wait, up to a bound.
 *
 *   an attempt broke and the number is taken by our own hash   it had landed: noted
 *   the number is taken by another hash                        another process writes too: the head is read again, and the group chained anew
 *   anything else                                              refused; the head is read again before the next
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { AUDIT_ACTS, type AuditAct } from '@consilium/contract/audit'
import { Refusal } from '@consilium/contract/refusals'
import type { Role } from '@consilium/crdt-schema/roles'
import { isUniqueViolation } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import { sameHash } from '../journal/chain.ts'
import { Closed, type Line } from '../journal/line.ts'
import { roleCode } from '../journal/rows.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Who } from '../people/whoIs.ts'
import { AUDIT_ORIGIN, type AuditRow, entryHash } from './chain.ts'
import { Recent } from './recent.ts'
import { type Head, hashAt, insertRows, type KeptRow, readHead } from './store.ts'

export interface Noted {
  readonly act: AuditAct
  /** Null: nobody known, as when a sign-in fails under an unknown name. */
  readonly by: Who | null
  /** Internal number of a person, where it is known who but nobody is signed in: a failed or a first sign-in. */
  readonly person?: number | undefined
  readonly role?: Role | null
  readonly project?: string | null
  readonly case?: string | null
  /** Internal number of whom it was done to. */
  readonly subject?: number
  /** Never names, never what somebody typed. */
  readonly detail?: Readonly<Record<string, string | number>>
  /** Address and browser; sealed under the person's key. */
  readonly from?: string
}

export interface Audit {
  note(noted: Noted): Promise<void>
  /** The same act on the same case by the same session is noted once in a quarter of an hour; whoever comes meanwhile waits for that note. */
  noteOnce(noted: Noted & { readonly by: Who }): Promise<void>
  /** What waits is noted, or refused where the database does not answer. */
  close(): Promise<void>
}

/** In the checkpoints the audit log stands where a document with this number would. Documents begin at 1. */
export const AUDIT_DOCUMENT = 0
/** Notes that may wait; beyond it the database is too far behind. */
const MOST_WAITING = 10_000
/** Most that go into one statement. */
const GROUP = 500
/** How long what still waits may take when we stop. */
const LAST_NOTES_MS = 2_000
/** How often a group is chained anew because another process was faster. */
const TRIES = 8

export interface AuditOptions {
  /** Its own, closed with it. */
  readonly line: Line
  readonly vault: Pick<IdentityVault, 'sealAddresses'>
  readonly ledger: Pick<Ledger, 'committed'>
  readonly log: Log
  readonly metrics: Pick<Metrics, 'watch'>
  /** ms since 1970 */
  readonly clock?: () => number
}

type Draft = Omit<AuditRow, 'n' | 'at' | 'sealed'>

interface Waiting {
  readonly draft: Draft
  readonly from: string
  readonly done: () => void
  readonly failed: (reason: unknown) => void
}

export function createAudit({ line, vault, ledger, log, metrics, clock = Date.now }: AuditOptions): Audit {
  let queue: Waiting[] = []
  let running: Promise<void> | null = null
  let closed = false
  /** Null: not read yet, or no longer known. */
  let head: Head | null = null
  metrics.watch('consilium_audit_queue', 'Audit notes that wait to be written', () => queue.length)

  function note(noted: Noted): Promise<void> {
    if (closed || queue.length >= MOST_WAITING) return Promise.reject(new Refusal('not-durable'))
    const draft = draftOf(noted)
    return new Promise((done, failed) => {
      queue.push({ draft, from: draft.person === null ? '' : (noted.from ?? ''), done, failed })
      running ??= run()
    })
  }

  async function run(): Promise<void> {
    await nextTurn()
    while (queue.length > 0) {
      const group = queue.slice(0, GROUP)
      queue = queue.slice(GROUP)
      await write(group)
    }
    running = null
  }

  /** Settles every member of the group, one way or the other. Never throws. */
  async function write(group: readonly Waiting[]): Promise<void> {
    try {
      const sealed = await line.through(() => seal(group))
      for (let left = TRIES; !(await commit(group, sealed)); left--)
        if (left === 0) throw new Error('another process is always faster')
    } catch (error) {
      head = null
      if (!(error instanceof Closed))
        log.error({ err: error, notes: group.length }, 'audit notes could not be written')
      for (const { failed } of group) failed(new Refusal('not-durable'))
      return
    }
    for (const { done } of group) done()
  }

  /** By their place in the group. The keys are asked for also where nobody is known: a strange name takes as long as a known one. */
  async function seal(group: readonly Waiting[]): Promise<Map<number, Buffer | null>> {
    const those = group.flatMap(({ draft: { person }, from }, place) =>
      person !== null && from !== '' ? [{ place, person, address: from }] : [],
    )
    const sealed = await vault.sealAddresses(those)
    return new Map(those.map(({ place }, i) => [place, sealed[i] ?? null]))
  }

  /** False where another process has written since we read the head. */
  async function commit(
    group: readonly Waiting[],
    sealed: ReadonlyMap<number, Buffer | null>,
  ): Promise<boolean> {
    head ??= (await line.through((sql) => readHead(sql))) ?? { n: 0, at: 0, hash: AUDIT_ORIGIN }
    const before = head
    const rows = chained(before, group, sealed)
    const last = rows.at(-1) as KeptRow
    const landed = await line.through((sql, again) => insert(sql, rows, again))
    if (!landed) {
      head = null
      return false
    }
    head = last
    rows.forEach((row, i) =>
      ledger.committed({ doc: AUDIT_DOCUMENT, seq: row.n, hash: row.hash }, rows[i - 1]?.hash ?? before.hash),
    )
    return true
  }

  async function insert(sql: Sql, rows: readonly KeptRow[], again: boolean): Promise<boolean> {
    try {
      await insertRows(sql, rows)
      return true
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const last = rows.at(-1) as KeptRow
      const kept = again ? await hashAt(sql, last.n) : null
      return kept !== null && sameHash(kept, last.hash)
    }
  }

  function chained(
    before: Head,
    group: readonly Waiting[],
    sealed: ReadonlyMap<number, Buffer | null>,
  ): readonly KeptRow[] {
    const at = Math.max(clock(), before.at)
    let { n, hash } = before
    return group.map(({ draft }, place) => {
      const row: AuditRow = { ...draft, n: ++n, at, sealed: sealed.get(place) ?? null }
      hash = entryHash(hash, row)
      return { ...row, hash }
    })
  }

  async function idle(): Promise<void> {
    while (running) await running
  }

  const recent = new Recent()
  return {
    note,
    noteOnce: (noted) => {
      const { by, act, case: caseId, project, detail = {} } = noted
      return recent.once([by.session.handle, act, caseId ?? project, detail['held'] ?? ''].join(' '), () =>
        note(noted),
      )
    },
    async close() {
      closed = true
      await Promise.race([idle(), sleep(LAST_NOTES_MS, undefined, { ref: false })])
      await line.close()
      await idle()
    },
  }
}

function draftOf({ act, by, person, role, project, case: caseId, subject, detail }: Noted): Draft {
  return {
    act: AUDIT_ACTS[act],
    role: roleCode(role ?? null),
    person: by?.person.id ?? person ?? null,
    subject: subject ?? null,
    project: project ?? null,
    case: caseId ?? null,
    detail: detail ? JSON.stringify(detail) : '',
  }
}
