/** What was written stays; and where somebody with the database in their hands changes it, that is found. */
import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { expect, test } from 'vitest'
import type { Sql } from '../db/open.ts'
import { listRevisions } from '../revisions/list.ts'
import { journalFixture, LINDQVIST, OKAFOR } from './fixture.ts'
import type { Holder } from './journal.ts'
import { verifyChain } from './verify.ts'

const f = journalFixture()

test('[J6] the server’s role may add and read, and nothing else', async () => {
  await f.write('abc')
  for (const table of ['revision', 'lease', 'touch', 'span', 'entry', 'checkpoint', 'checkpoint_head']) {
    for (const statement of [
      `update ${table} set ${table === 'checkpoint' || table === 'checkpoint_head' ? 'n = 1' : table === 'entry' ? "key = 'x'" : table === 'lease' ? 'person = 9' : 'seq = 1'}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      await expect(f.db.sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
  }
  await expect(f.db.sql`update document set name = 'x' where id = ${f.book.doc}`).rejects.toMatchObject({
    code: '42501',
  })
  await expect(f.db.sql`delete from document where id = ${f.book.doc}`).rejects.toMatchObject({
    code: '42501',
  })
  await expect(f.db.sql`alter table revision disable trigger all`).rejects.toMatchObject({ code: '42501' })
  await expect(f.db.sql`set session_replication_role = replica`).rejects.toMatchObject({ code: '42501' })
  // Nor the owner of the tables, by mistake.
  await expect(f.superuser`delete from revision`).rejects.toMatchObject({ code: '42501' })
  await expect(f.superuser`truncate lease`).rejects.toMatchObject({ code: '42501' })
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 4 })
})

test('[J7] whatever somebody with the database in their hands changes is found', async () => {
  const { seq } = await f.journal.append(f.book, await f.twoHanded())
  const doc = f.book.doc
  const { id: lease } = f.lease
  const said = (
    await f.journal.append(f.book, f.edit(3, new Uint8Array([0, 0]), { said: 1_700_000_000_000 }))
  ).seq
  f.lease = await f.newLease(f.book)
  await f.write('abcdef')
  const other = await f.newLease(f.book, LINDQVIST)
  const { head } = f.book
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: head.seq })
  const row = `doc = ${doc} and seq = ${said + 3}`
  const tampered: [string, string][] = [
    ['a byte', `update revision set bytes = bytes || '\\x00'::bytea where ${row}`],
    [
      'the bytes, with the hash of what they were beside them',
      `update revision set bytes_hash = sha256(bytes), bytes = '\\x0000' where ${row}`,
    ],
    ['the author', `update revision set lease = ${other.id} where ${row}`],
    ['the role', `update revision set role = 3 where ${row}`],
    ['the time', `update revision set at = at - 1 where doc = ${doc} and seq = 2`],
    ['the clock', `update revision set clock = 99 where ${row}`],
    ['when the page said it was', `update revision set said = said + 1 where doc = ${doc} and seq = ${said}`],
    ['that the page said when it was', `update revision set said = 0 where doc = ${doc} and seq = ${said}`],
    ['that the page said nothing', `update revision set said = 1 where ${row}`],
    ['a row', `delete from revision where ${row}`],
    ['the first row', `delete from revision where doc = ${doc} and seq = 1`],
    ['the last row', `delete from revision where doc = ${doc} and seq = ${head.seq}`],
    [
      'the order',
      `update revision set seq = 100 where doc = ${doc} and seq = 6; update revision set seq = 6 where doc = ${doc} and seq = 7; update revision set seq = 7 where doc = ${doc} and seq = 100`,
    ],
    [
      'an added row',
      `insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes) select ${head.seq + 1}, at, doc, lease, 500, 1, act, role, hash, bytes from revision where ${row}`,
    ],
    ['who holds a lease', `update lease set person = 2 where id = ${lease}`],
    ['the role of a lease', `update lease set role = 3 where id = ${lease}`],
    ['the clientID of a lease', `update lease set client = 5 where id = ${lease}`],
    ['the session of a lease', `update lease set session = 'x' where id = ${lease}`],
    [
      'an invented lease',
      `insert into lease select 100000 + id, doc, 77, seq, person, role, session from lease where id = ${lease}`,
    ],
    ['a range of clocks', `update span set clock = 7 where doc = ${doc}`],
    ['whose range of clocks it is', `update span set lease = ${lease}, clock = 7 where doc = ${doc}`],
    ['a range of clocks less', `delete from span where doc = ${doc}`],
    [
      'a range of clocks more',
      `insert into span select lease, clock + 50, len, doc, seq from span where doc = ${doc}`,
    ],
    [
      'a range of clocks for another row',
      `insert into span select lease, clock + 50, len, doc, ${seq + 2} from span where doc = ${doc}`,
    ],
    [
      'a range of clocks for no row',
      `insert into span select lease, clock + 50, len, doc, 5000 from span where doc = ${doc}`,
    ],
    ['an invented touch', `insert into touch select 1, id, 1, 1 from entry where doc = ${doc}`],
    ['an entry that nobody touched', `insert into entry values (2000000000, ${doc}, 1, 'x')`],
    ['the name of the document', `update document set name = 'panel:another' where id = ${doc}`],
    ['the head', `update document set head_hash = '\\x00' where id = ${doc}`],
    ['how far it goes', `update document set head_seq = head_seq - 1 where id = ${doc}`],
  ]
  for (const [what, statements] of tampered) {
    const report = await asIf(statements, (tx) => verifyChain(tx, doc))
    expect(report.ok, what).toBe(false)
    expect(report.fault?.what, what).toMatch(/\w/)
  }
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true })
})

test('[J8] names are sealed, and unreadable once the person’s key is destroyed; every hash still holds', async () => {
  await f.write('abc')
  const dump = JSON.stringify(
    await f.superuser`select encode(bytes, 'escape') as bytes from revision where doc = ${f.book.doc}`,
  )
  expect(dump).not.toContain('Okafor')
  expect(dump).not.toContain('radiology')
  const named = await listRevisions(f.db.sql, f.journal.vault, f.book, { limit: 10 })
  expect(named.items.map(({ author }) => author.name)).toEqual(Array(4).fill('Dr A. Okafor'))
  const [kept] = await f.superuser<{ wrapped: Buffer }[]>`select wrapped from person_key where person = 1`
  await f.db.sql`delete from person_key where person = 1`
  const later = f.another()
  const erased = await listRevisions(f.db.sql, later.vault, await later.open(f.book.name), { limit: 10 })
  expect(erased.items.map(({ author }) => author.name)).toEqual(Array(4).fill('Erased person 1'))
  expect(await later.verify(f.book.name)).toMatchObject({ ok: true })
  await later.close()
  await f.superuser`insert into person_key (person, wrapped) values (1, ${kept?.wrapped ?? Buffer.alloc(0)})`
  // Another installation's key opens nothing.
  const stranger = f.another({ instanceKey: randomBytes(32) })
  await expect(stranger.open(f.book.name)).rejects.toThrow()
})

test('[R2] changes of role and phase are rows of the document’s own chain, with who made them', async () => {
  const manager: Holder = {
    ...OKAFOR,
    person: 3,
    id: 'cccccccccccccccc',
    name: 'M. Manager',
    initials: 'MM',
    role: 'manager',
  }
  await f.journal.recordRole(f.book.name, { person: 1, role: 'observer', by: manager })
  await f.journal.recordPhase(f.book.name, { phase: 'signed', by: null })
  await f.journal.recordPhase('panel:never-opened', { phase: 'signed', by: null })
  expect(await f.journal.find('panel:never-opened')).toBeNull()
  const { items } = await listRevisions(f.db.sql, f.journal.vault, f.book, { limit: 10 })
  expect(items.map(({ act, author, role }) => [act, author.name, role])).toEqual([
    ['phase', 'Consilium', null],
    ['role', 'M. Manager', 'manager'],
    ['lease', 'Dr A. Okafor', 'reader'],
  ])
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 3 })
})

class RolledBack extends Error {}

/** What `look` sees in a database that somebody has been at, past every trigger. Nothing of it stays. */
async function asIf<T>(statements: string, look: (tx: Pick<Sql, 'begin'>) => Promise<T>): Promise<T> {
  let seen: { value: T } | null = null
  await f.superuser
    .begin(async (tx) => {
      await tx.unsafe('set local session_replication_role = replica')
      await tx.unsafe(statements)
      const inside = { begin: (_: string, work: (tx: postgres.TransactionSql) => unknown) => work(tx) }
      seen = { value: await look(inside as unknown as Pick<Sql, 'begin'>) }
      throw new RolledBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error
    })
  return (seen as unknown as { value: T }).value
}
