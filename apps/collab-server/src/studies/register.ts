/**
 * What came in, written down: the only one who stages slices and enters files, many at once, one batch after the other. A batch is not
 * waited for on the disk: PostgreSQL writes it within a second, and should it be cut off before, the import is known to have lost something
 * (`unbroken_imports`; settling.ts). Blobs go the same way, so what an answer says is true after a kill of this process in any case.
 * Removing blobs takes its turn in the same row, so that none goes while a slice that needs it is being staged.
 */
import type { FileStatus } from '@consilium/contract/studies'
import type { Database, Sql } from '../db/open.ts'
import type { ReadReply } from './jobs.ts'
import type { BlobStore } from './storage.ts'

/** Of files that others follow at once, so many are written together, or as many as came within the time. */
const TOGETHER = 16
const LINGER_MS = 100
/** Rows of one statement: their JSON must fit into one value of PostgreSQL (255 MB). */
const SLICES_AT_ONCE = 4_000

export interface Entry {
  readonly import: string
  readonly project: string
  /** Null where it did not come whole. */
  readonly mark: string | null
  /** Mark of the archive that it came in. */
  readonly within: string | null
  readonly what: Came
  /** False for an archive: what is in it is counted. */
  readonly counts: boolean
  /** `removals` when its reading began. */
  readonly since: number
}

export interface Entered {
  readonly status: FileStatus
  readonly reason: string | null
}

/** Pictures, or what is known without any. */
export type Came = ReadReply | Entered

interface Waiting {
  readonly entry: Entry
  readonly resolve: (entered: Entered | null) => void
  readonly reject: (error: unknown) => void
}

export class Register {
  readonly #sql: Sql
  readonly #blobs: BlobStore
  #waiting: Waiting[] = []
  #isQueued = false
  #lingering: NodeJS.Timeout | undefined
  #turn: Promise<void> = Promise.resolve()
  #removals = 0

  constructor({ intake }: Pick<Database, 'intake'>, blobs: BlobStore) {
    this.#sql = intake
    this.#blobs = blobs
  }

  /** How often blobs were removed so far. */
  get removals(): number {
    return this.#removals
  }

  /** Null: a blob that it needs was removed since it was read; it must be read again. `followed`: others come at once. */
  enter(entry: Entry, followed = false): Promise<Entered | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject })
      if (followed && this.#waiting.length < TOGETHER)
        this.#lingering ??= setTimeout(() => this.#writeSoon(), LINGER_MS)
      else this.#writeSoon()
    })
  }

  /** Deletes those of these blobs that no row names. */
  remove(sha256s: readonly string[]): Promise<void> {
    return this.#queue(async () => {
      const named = await namedOf(this.#sql, sha256s)
      try {
        for (const sha256 of new Set(sha256s))
          if (!named.has(sha256)) await this.#blobs.remove('frames', sha256)
      } finally {
        // Counted at the end: whoever reads meanwhile may have found what goes.
        this.#removals += 1
      }
    })
  }

  /** Resolves when everything that was asked before is done. */
  drained(): Promise<void> {
    if (this.#waiting.length > 0) this.#writeSoon()
    return this.#queue(async () => undefined)
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined) // told to whoever asked
    return done
  }

  /** Whoever comes while others are being written is among the next. */
  #writeSoon(): void {
    if (this.#isQueued) return
    this.#isQueued = true
    this.#queue(() => this.#writeWaiting())
  }

  async #writeWaiting(): Promise<void> {
    clearTimeout(this.#lingering)
    this.#lingering = undefined
    this.#isQueued = false
    const batch = this.#waiting.splice(0)
    try {
      const current = batch.filter(({ entry }) => entry.since === this.#removals || this.#isWhole(entry))
      const staged = await stage(
        this.#sql,
        current.map(({ entry }) => entry),
      )
      const entered = current.map(({ entry }) => outcomeOf(entry, staged))
      await enterFiles(
        this.#sql,
        current.map(({ entry }, k) => ({ ...entry, ...entered[k]! })),
      )
      const results = new Map(current.map((one, k) => [one, entered[k]!]))
      for (const one of batch) one.resolve(results.get(one) ?? null)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  #isWhole({ what }: Entry): boolean {
    return !('rows' in what) || what.sha256s.every((sha256) => this.#blobs.has('frames', sha256))
  }
}

/** Of the slices of one file: how many there are, were known to the project, and are new to this import. */
interface Staged {
  readonly import: string
  readonly mark: string
  readonly slices: number
  readonly known: number
  readonly fresh: number
}

const nameOf = (file: { readonly import: string; readonly mark: string | null }): string =>
  `${file.import} ${file.mark}`

function outcomeOf({ what, ...file }: Entry, staged: ReadonlyMap<string, Staged>): Entered {
  if (!('rows' in what)) return what
  const counts = staged.get(nameOf(file))
  if (!counts) throw new Error('a file with pictures was staged without any')
  if (counts.fresh === 0 || counts.known === counts.slices) return { status: 'already-here', reason: null }
  if (what.suspicions.length === 0) return { status: 'stored', reason: null }
  return { status: 'held', reason: what.suspicions.join(' ') }
}

async function stage(sql: Sql, entries: readonly Entry[]): Promise<Map<string, Staged>> {
  const rows = entries.flatMap(({ what, import: id, project, mark }) => {
    if (!('rows' in what)) return []
    const file = JSON.stringify({ import: id, project, mark }).slice(0, -1)
    return what.rows.map((row) => `${file},${row.slice(1)}`)
  })
  const staged = new Map<string, Staged>()
  for (let at = 0; at < rows.length; at += SLICES_AT_ONCE) {
    for (const some of await stageRows(sql, rows.slice(at, at + SLICES_AT_ONCE))) {
      const before = staged.get(nameOf(some))
      staged.set(nameOf(some), {
        ...some,
        slices: some.slices + (before?.slices ?? 0),
        known: some.known + (before?.known ?? 0),
        fresh: some.fresh + (before?.fresh ?? 0),
      })
    }
  }
  return staged
}

/** @param rows JSON. Known to the project is what it shows, what waits there for a person, and what came in blacked out. `quick` is for this statement only. */
const stageRows = (sql: Sql, rows: readonly string[]): Promise<Staged[]> => sql<Staged[]>`
  with quick as (select set_config('synchronous_commit', 'off', true)),
  incoming as (
    select * from jsonb_to_recordset(${`[${rows.join()}]`}::text::jsonb) as t(import text, project text, mark text, key text, sha256 text,
      bytes int, slice jsonb, report jsonb, suspicions jsonb)
  ),
  known as (
    select i.import, i.key from incoming i where exists (
        select from frames f join series s on s.id = f.series join studies t on t.case = s.case
        where f.key = i.key and t.project = i.project)
      or exists (select from held_slices h join held_pictures p on p.id = h.held where h.key = i.key and p.project = i.project)
      or exists (select from cleared_slices c where c.key = i.key and c.project = i.project)
  ),
  staged as (
    insert into staged_slices (import, mark, key, sha256, bytes, slice, report, suspicions)
    select import, mark, key, sha256, bytes, slice, report, suspicions from incoming, quick
    on conflict do nothing returning import, mark, key
  )
  select i.import, i.mark, count(*)::int as slices, count(k.key)::int as known, count(s.key)::int as fresh
  from incoming i left join known k using (import, key) left join staged s using (import, mark, key)
  group by i.import, i.mark`

async function enterFiles(sql: Sql, files: readonly (Entry & Entered)[]): Promise<void> {
  const rows = files.map(({ import: id, mark, within, status, reason, counts }) => ({
    import: id,
    mark,
    within,
    status,
    reason,
    counts,
  }))
  if (rows.length === 0) return
  await sql`
    with quick as (select set_config('synchronous_commit', 'off', true)),
    file as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as t(import text, mark text, within text, status text, reason text, counts boolean)
    ),
    entered as (
      insert into import_files (import, mark, within, status, reason)
      select import, mark, within, status, reason from file, quick where mark is not null on conflict do nothing
    ),
    came as (
      select import, count(*) filter (where status = 'stored') as stored, count(*) filter (where status = 'already-here') as already_here,
        count(*) filter (where status = 'held') as held, count(*) filter (where status = 'left-out') as left_out,
        count(*) filter (where status = 'refused') as refused
      from file where counts group by import
    )
    update imports set stored = imports.stored + came.stored, already_here = imports.already_here + came.already_here,
      held = imports.held + came.held, left_out = imports.left_out + came.left_out, refused = imports.refused + came.refused,
      touched_at = ${Date.now()}
    from came where imports.id = came.import`
}

async function namedOf(sql: Sql, sha256s: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ sha256: string }[]>`
    select n.sha256 from unnest(${`{${sha256s.join()}}`}::text[]) as n(sha256)
    where exists (select from frames f where f.sha256 = n.sha256 or f.lower_sha256 = n.sha256)
      or exists (select from staged_slices s where s.sha256 = n.sha256)
      or exists (select from held_slices h where h.sha256 = n.sha256)`
  return new Set(rows.map((row) => row.sha256))
}
