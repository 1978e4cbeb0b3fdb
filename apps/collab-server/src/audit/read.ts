/**
 * The audit log for whoever may see it: filtered by the database, newest first, a page at a time. Names are looked up now: what is kept
 * are numbers, and a person who was erased is erased here too. Of each entry that is shown its hash is computed again.
 *
 * A text is looked for in names, case keys, project titles and details: which people, cases and projects are meant is found first, so that
 * the entries themselves are filtered by number. One answer looks at SCAN entries at most and says how far it came.
 */
import {
  AUDIT_ACTS,
  type AuditAct,
  type AuditEntry,
  type AuditPage,
  type AuditQuery,
} from '@consilium/contract/audit'
import type { Author } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { sameHash } from '../journal/chain.ts'
import { roleOfCode } from '../journal/rows.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import type { People, PersonRecord } from '../people/accounts.ts'
import { AUDIT_ORIGIN, entryHash } from './chain.ts'
import type { KeptRow } from './store.ts'

/** Entries that one answer looks at. */
const SCAN = 250_000

export interface ReadingParts {
  readonly sql: Sql
  readonly people: Pick<People, 'byHandle' | 'byIds'>
  readonly vault: Pick<IdentityVault, 'openAddresses'>
}

/** `project`: only entries that name it; null: all. */
export type AuditAsked = AuditQuery & { readonly project: string | null }

const NAMES = Object.keys(AUDIT_ACTS) as AuditAct[]
const actOf = new Map(NAMES.map((name) => [AUDIT_ACTS[name] as number, name]))

interface ShownRow extends KeptRow {
  /** Hash of the entry before; null where there is none. */
  readonly before: Uint8Array | null
}

const numbers = (all: readonly number[]): string => `{${all.join(',')}}`
/** Ids are letters and digits. */
const ids = (all: readonly (string | null)[]): string =>
  `{${[...new Set(all.filter((id) => id !== null))].join(',')}}`
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export async function readAudit(parts: ReadingParts, asked: AuditAsked): Promise<AuditPage> {
  const { sql } = parts
  const [newest] = await sql<{ n: number }[]>`select coalesce(max(n), 0) as n from audit`
  const head = newest?.n ?? 0
  const below = Math.min(asked.before ?? head + 1, head + 1)
  const from = Math.max(1, below - SCAN)
  const rows = await select(parts, asked, below, from)
  const shown = rows.slice(0, asked.limit)
  const last = rows.length > asked.limit ? shown.at(-1) : null
  return {
    items: await entriesOf(parts, shown),
    next: last ? last.n : from > 1 ? from : null,
    head,
    searched: last ? last.n : from,
    intact: shown.every(isIntact),
  }
}

/** One more than is asked for, so that it is known whether there are further ones. */
async function select(
  parts: ReadingParts,
  asked: AuditAsked,
  below: number,
  from: number,
): Promise<ShownRow[]> {
  const { sql } = parts
  const { act, by, since, until, text, project, limit } = asked
  const person = by === undefined ? null : ((await parts.people.byHandle(by))?.id ?? 0)
  const meant = text === undefined || text === '' ? null : { text, people: await peopleCalled(parts, text) }
  const acts = act?.split(',').flatMap((name) => AUDIT_ACTS[name as AuditAct] ?? [])
  return sql<ShownRow[]>`
    select chosen.*, earlier.hash as before from (
      select * from audit where n < ${below} and n >= ${from}
        ${project === null ? sql`` : sql`and project = ${project}`}
        ${asked.case === undefined ? sql`` : sql`and "case" = ${asked.case}`}
        ${person === null ? sql`` : sql`and person = ${person}`}
        ${acts === undefined ? sql`` : sql`and act = any(${numbers(acts)}::smallint[])`}
        ${since === undefined ? sql`` : sql`and at >= ${since}`}
        ${until === undefined ? sql`` : sql`and at <= ${until}`}
        ${meant === null ? sql`` : mentions(sql, meant)}
      order by n desc limit ${limit + 1}
    ) as chosen left join audit as earlier on earlier.n = chosen.n - 1 order by chosen.n desc`
}

/** By name or by what they sign in with. */
async function peopleCalled({ sql, people }: ReadingParts, text: string): Promise<number[]> {
  const everybody = await sql<{ id: number }[]>`select id from people`
  const known = await people.byIds(everybody.map(({ id }) => id))
  const wanted = text.toLowerCase()
  return [...known.values()]
    .filter(({ name, login }) => name.toLowerCase().includes(wanted) || login.includes(wanted))
    .map(({ id }) => id)
}

function mentions(sql: Sql, meant: { readonly text: string; readonly people: readonly number[] }) {
  const people = numbers(meant.people)
  const pattern = containing(meant.text)
  return sql`and (
    person = any(${people}::int[]) or subject = any(${people}::int[]) or detail ilike ${pattern}
    or project in (select id from projects where title ilike ${pattern})
    or "case" in (select c.id from cases c join projects p on p.id = c.project where ${keyOf(sql)} ilike ${pattern}))`
}

/** As people say it: "LN-0147". */
const keyOf = (sql: Sql) =>
  sql`p.key || '-' || lpad(c.number::text, greatest(4, length(c.number::text)), '0')`

const isIntact = (row: ShownRow): boolean => {
  const before = row.n === 1 ? AUDIT_ORIGIN : row.before
  try {
    return before !== null && actOf.has(row.act) && sameHash(entryHash(before, row), row.hash)
  } catch {
    return false // a number in it is none that was ever written
  }
}

/** An entry whose act is none that there is was altered: it is left out, and the page is not intact. */
async function entriesOf(parts: ReadingParts, rows: readonly ShownRow[]): Promise<AuditEntry[]> {
  const { sql } = parts
  const [people, projects, cases, places] = await Promise.all([
    parts.people.byIds([
      ...new Set(rows.flatMap(({ person, subject }) => [person ?? [], subject ?? []].flat())),
    ]),
    sql<{ id: string; title: string }[]>`
      select id, title from projects where id = any(${ids(rows.map(({ project }) => project))}::text[])`,
    sql<{ id: string; key: string }[]>`
      select c.id, ${keyOf(sql)} as key
      from cases c join projects p on p.id = c.project where c.id = any(${ids(rows.map((row) => row.case))}::text[])`,
    placesOf(parts, rows),
  ])
  const titles = new Map(projects.map(({ id, title }) => [id, title]))
  const keys = new Map(cases.map(({ id, key }) => [id, key]))
  const author = (id: number | null): Author | null => (id === null ? null : authorOf(id, people.get(id)))
  return rows.flatMap((row): AuditEntry | [] => {
    const act = actOf.get(row.act)
    if (!act) return []
    return {
      n: row.n,
      at: row.at,
      act,
      by: author(row.person),
      role: roleOfCode(row.role),
      project: row.project === null ? null : { id: row.project, title: titles.get(row.project) ?? '' },
      case: row.case === null ? null : { id: row.case, key: keys.get(row.case) ?? '' },
      subject: author(row.subject),
      detail: detailOf(row.detail),
      from: places.get(row.n) ?? null,
      hash: Buffer.from(row.hash).toString('hex'),
    }
  })
}

const authorOf = (id: number, person: PersonRecord | undefined): Author =>
  person
    ? { id: person.handle, name: person.name, initials: person.initials }
    : { id: '', name: `Person ${id}`, initials: '?' }

/** By number of the entry. What was altered opens for nobody. */
async function placesOf(
  { vault }: ReadingParts,
  rows: readonly ShownRow[],
): Promise<Map<number, string | null>> {
  const sealed = rows.flatMap(({ n, person, sealed: bytes }) =>
    person !== null && bytes !== null ? [{ n, person, sealed: bytes }] : [],
  )
  const open = await vault.openAddresses(sealed)
  return new Map(sealed.map(({ n }, i) => [n, open[i] ?? null]))
}

function detailOf(text: string): AuditEntry['detail'] {
  try {
    return text === '' ? {} : (JSON.parse(text) as AuditEntry['detail'])
  } catch {
    return {}
  }
}

/** All that is asked for, newest first, however many; what is noted after it began is not in it. */
export async function* everyEntry(parts: ReadingParts, asked: AuditAsked): AsyncGenerator<AuditEntry> {
  let before: number | null | undefined = asked.before
  do {
    const page: AuditPage = await readAudit(parts, {
      ...asked,
      limit: AT_ONCE,
      ...(before === undefined ? {} : { before }),
    })
    yield* page.items
    before = page.next
  } while (before !== null)
}
const AT_ONCE = 1_000
