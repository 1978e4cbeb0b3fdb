/**
 * A real server with the demo's people for the rows of authority, network and bytes. One row opens its own; several in one test file share one.
 * Who writes under which lease, and what stands in the journal, is asked of the database itself, not of the server's own account.
 */
import { ROOT_CODES } from '../../../apps/collab-server/src/journal/touch.ts'
import { Client } from '../../support/server.ts'
import { openWard, type Ward } from '../../wire/ward.ts'

export type { Ward } from '../../wire/ward.ts'

let shared: Promise<Ward> | null = null

/** From here on rows use one ward, until `closeShared`. */
export function shareWard(): void {
  shared ??= openWard({ LOG_LEVEL: 'silent' })
}

export async function closeShared(): Promise<void> {
  const ward = await shared
  shared = null
  await ward?.server.close()
}

export async function withWard<T>(work: (ward: Ward) => Promise<T>): Promise<T> {
  if (shared) return work(await shared)
  const ward = await openWard({ LOG_LEVEL: 'silent' })
  try {
    return await work(ward)
  } finally {
    await ward.server.close()
  }
}

let strangers = 0

export interface Member {
  readonly id: number
  readonly handle: string
  /** A browser of theirs, signed in. */
  client: Client
}

/** Somebody new with this role in the project. */
export async function newMember(
  { server, projectId }: Ward,
  role: 'reader' | 'adjudicator' | 'observer' = 'reader',
  project = projectId,
): Promise<Member> {
  const { people, memberships } = server.running.services
  const { id, handle } = await people.create({
    name: `Dr N. Umber ${++strangers}`,
    login: `number-${strangers}-${Date.now().toString(36)}`,
    password: null,
  })
  await memberships.set(project, id, role)
  return { id, handle, client: await signedIn({ server }, id) }
}

/** Another browser of the same person, without the cost of a password. */
export async function signedIn({ server }: Pick<Ward, 'server'>, personId: number): Promise<Client> {
  const { cookie } = await server.running.services.sessions.start(personId, 'a browser')
  const client = new Client(server.url)
  client.cookie = cookie.split(';')[0] ?? ''
  return client
}

/** A project of its own with one case: what happens to its members happens to nobody else. */
export async function newProject({ server }: Ward): Promise<{ id: string; document: string }> {
  const { projects } = server.running.services
  const key = `P${++strangers}`
  const { id } = await projects.create({ title: key, key, labels: [] })
  return { id, document: `panel:${(await projects.addCase(id)).id}` }
}

export interface JournalRow {
  readonly seq: number
  readonly at: number
  readonly lease: number
  readonly clock: number
  readonly len: number
  /** ACTS in the contract: 1 is an edit. */
  readonly act: number
  readonly role: number
  readonly said: number
  /** Who holds the lease; 0 for the server itself. */
  readonly person: number
  readonly client: number
  /** Touches an annotation; else what people say. */
  readonly annotates: boolean
}

/** Every row of a document's journal, oldest first. */
export async function journalOf({ server }: Pick<Ward, 'server'>, document: string): Promise<JournalRow[]> {
  return server.running.services.db.sql<JournalRow[]>`
    select r.seq, r.at, r.lease, r.clock, r.len, r.act, r.role, r.said,
      coalesce(l.person, 0) as person, coalesce(l.client, 0) as client,
      exists (select from entry e join touch t on t.entry = e.id
        where e.doc = r.doc and e.root = ${ROOT_CODES.annotations} and t.seq = r.seq) as annotates
    from revision r join document d on d.id = r.doc left join lease l on l.id = r.lease
    where d.name = ${document} order by r.seq`
}

const EDIT = 1
export const editsOf = (rows: readonly JournalRow[], person: number): JournalRow[] =>
  rows.filter((row) => row.act === EDIT && row.person === person)

/** Clocks that stand in the journal twice: (row, further ranges) of one lease that overlap. */
export async function doubledClocks({ server }: Pick<Ward, 'server'>, document: string): Promise<number> {
  const [row] = await server.running.services.db.sql<{ doubled: number }[]>`
    with ranges as (
      select r.lease, r.clock, r.len, r.seq from revision r join document d on d.id = r.doc
        where d.name = ${document} and r.act = 1 and r.len > 0
      union all
      select s.lease, s.clock, s.len, s.seq from span s join document d on d.id = s.doc
        where d.name = ${document} and s.len > 0)
    select count(*)::int as doubled from ranges a join ranges b
      on a.lease = b.lease and (a.clock, a.seq) < (b.clock, b.seq) and b.clock < a.clock + a.len`
  return row?.doubled ?? 0
}

/** Makes every commit to this document wait, as a slow disk would. Resolves when it goes on. */
export async function slowCommit(
  { server }: Pick<Ward, 'server'>,
  document: string,
  ms: number,
): Promise<void> {
  await server.running.services.db.sql.begin(async (held) => {
    await held`select 1 from document where name = ${document} for update`
    await new Promise((resolve) => setTimeout(resolve, ms))
  })
}
