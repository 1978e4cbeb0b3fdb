/** The journal over a real PostgreSQL: the embedded one, in a folder of its own. */
import { hash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Cluster, startCluster } from '../db/cluster.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { openLog } from '../log.ts'
import { listRevisions } from '../revisions/list.ts'
import type { RowDraft } from './append.ts'
import type { Book, CommittedRow } from './book.ts'
import { createJournal, type Holder, type Journal } from './journal.ts'
import { pageOf } from './pages.ts'
import { applyRecorded } from './replay.ts'
import { KIND_BITS } from './touch.ts'

const log = openLog({ logLevel: 'silent' })
const instanceKey = randomBytes(32)
const folder = mkdtempSync(join(tmpdir(), 'consilium-journal-'))
chmodSync(folder, 0o755)

let cluster: Cluster
let db: Database
/** As an attacker with the database's own password would have it. */
let superuser: postgres.Sql
let now = 1_700_000_000_000
let journal: Journal
let book: Book
let client: number
let lease: number
let documents = 0

const okafor: Holder = {
  person: 1,
  id: 'aaaaaaaaaaaaaaaa',
  name: 'Dr A. Okafor',
  initials: 'AO',
  credential: 'radiology',
  role: 'reader',
  session: 'ssssssssssssssss',
}

beforeAll(async () => {
  cluster = await startCluster(folder, log)
  const url = (database: string) =>
    `postgres://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${cluster.port}/${database}`
  const admin = postgres(url('postgres'), { max: 1 })
  await admin`create database journal`
  await admin.end()
  superuser = postgres(url('journal'), { max: 1, onnotice: () => undefined })
  db = await openDatabase({ data: folder, databaseUrl: url('journal') }, log)
}, 120_000)
afterAll(async () => {
  await superuser?.end({ timeout: 5 })
  await db?.close()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

beforeEach(async () => {
  journal = createJournal({ sql: db.sql, log, instanceKey, clock: () => now })
  book = await journal.open(`panel:test${++documents}`)
  const [issued] = await journal.lease(book, okafor, 1)
  client = issued?.client ?? 0
  lease = issued?.id ?? 0
})

const edit = (clock: number, bytes: Uint8Array, more: Partial<RowDraft> = {}): RowDraft => ({
  lease,
  client,
  clock,
  len: 1,
  act: ACTS.edit,
  role: 2,
  said: 0,
  bytes,
  ...more,
})
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const rowsOf = (doc: number) =>
  db.sql<
    { seq: number; bytes: Buffer; at: number }[]
  >`select seq, bytes, at from revision where doc = ${doc} order by seq`

/** Rows of a document that grows by one letter at a time. */
async function write(letters: string): Promise<CommittedRow[]> {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const letter of letters) doc.getText('t').insert(doc.getText('t').length, letter)
  return Promise.all(
    updates.map((bytes, n) =>
      journal.append(
        book,
        edit(n, bytes, {
          touched: [{ root: 'annotations', entry: `${client}-abcdefgh`, kind: KIND_BITS.change, fields: 2 }],
        }),
      ),
    ),
  )
}

describe('appending', () => {
  test('[J1] is done only when the row is in the database, byte for byte, in order', async () => {
    const contents = [randomBytes(3), randomBytes(70_000), new Uint8Array(0), bytesOf("\\x00'\\\\")]
    const rows = await Promise.all(contents.map((bytes, n) => journal.append(book, edit(n, bytes))))
    expect(rows.map(({ seq }) => seq)).toEqual([2, 3, 4, 5])
    expect((await rowsOf(book.doc)).slice(1).map(({ bytes }) => bytes.toString('hex'))).toEqual(
      contents.map((bytes) => Buffer.from(bytes).toString('hex')),
    )
    expect(await journal.verify(book.name)).toMatchObject({
      ok: true,
      rows: 5,
      head: Buffer.from(rows[3]?.hash ?? []).toString('hex'),
    })
  })

  test('[J1] many documents at once, each with its own chain', async () => {
    const books = await Promise.all(Array.from({ length: 8 }, () => journal.open(`panel:test${++documents}`)))
    const leases = await Promise.all(books.map((one) => journal.lease(one, okafor, 2)))
    await Promise.all(
      Array.from({ length: 400 }, (_, n) => {
        const one = books[n % 8] as Book
        const own = leases[n % 8]?.[0]
        return journal.append(one, {
          lease: own?.id ?? 0,
          client: own?.client ?? 0,
          clock: Math.floor(n / 8),
          len: 1,
          act: ACTS.edit,
          role: 2,
          said: 0,
          bytes: bytesOf(`row ${n}`),
        })
      }),
    )
    for (const one of books)
      expect(await journal.verify(one.name)).toMatchObject({ ok: true, rows: 52, fault: null })
  })

  test('[J3] the same row again is answered as saved and not added; other bytes for the same clocks are refused', async () => {
    const first = await journal.append(book, edit(0, bytesOf('once')))
    const again = await journal.append(book, edit(0, bytesOf('once')))
    expect(again.seq).toBe(first.seq)
    await expect(journal.append(book, edit(0, bytesOf('otherwise')))).rejects.toBeInstanceOf(Refusal)
    // A repetition inside a group does not harm its neighbours.
    const [a, b, c] = await Promise.allSettled([
      journal.append(book, edit(1, bytesOf('a'))),
      journal.append(book, edit(0, bytesOf('once'))),
      journal.append(book, edit(2, bytesOf('c'))),
    ])
    expect([a, b, c].map((one) => one?.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect((await rowsOf(book.doc)).map(({ bytes }) => bytes.toString()).slice(1)).toEqual(['once', 'a', 'c'])
    expect(await journal.verify(book.name)).toMatchObject({ ok: true })
  })

  test('[J9] a second writer is stopped by its first row, and its document has to be read again', async () => {
    const other = createJournal({ sql: db.sql, log, instanceKey })
    const stale = await other.open(book.name)
    await journal.append(book, edit(0, bytesOf('ours')))
    let lost = 0
    stale.lost.add(() => lost++)
    await expect(other.append(stale, edit(5, bytesOf('theirs')))).rejects.toMatchObject({
      code: 'not-durable',
    })
    expect(lost).toBe(1)
    await expect(other.append(stale, edit(5, bytesOf('theirs')))).rejects.toMatchObject({
      code: 'not-durable',
    })
    const read = await other.open(book.name)
    expect(read).not.toBe(stale)
    await other.append(read, edit(5, bytesOf('theirs, after reading')))
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 3 })
    await other.close()
  })

  test('[J11] time never runs backwards within a document', async () => {
    const before = await journal.append(book, edit(0, bytesOf('a')))
    now -= 60_000
    const after = await journal.append(book, edit(1, bytesOf('b')))
    now += 120_000
    const later = await journal.append(book, edit(2, bytesOf('c')))
    expect(after.at).toBe(before.at)
    expect(later.at).toBe(now)
  })

  test('listeners hear every row once, in order, before the promise resolves', async () => {
    const heard: number[] = []
    book.listeners.add((row) => heard.push(row.seq))
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const row = await journal.append(book, edit(n, bytesOf(`${n}`)))
        expect(heard).toContain(row.seq)
      }),
    )
    expect(heard).toEqual(Array.from({ length: 50 }, (_, n) => n + 2))
  })

  test('[J1] a row that is asked for just as the queue runs empty is written like any other', async () => {
    for (let depth = 0; depth < 6; depth++) {
      let before: Promise<unknown> = journal.append(book, edit(2 * depth, bytesOf('first')))
      // Each layer hears of the commit one turn of the microtask queue later.
      for (let layer = 0; layer < depth; layer++) before = before.then(() => undefined)
      await before
      await journal.append(book, edit(2 * depth + 1, bytesOf('then')))
    }
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 13 })
  }, 15_000)

  test('[G14] many who ask for leases at the same moment all get their own', async () => {
    const given = await Promise.all(Array.from({ length: 200 }, () => journal.lease(book, okafor, 1)))
    expect(new Set(given.flat().map(({ client }) => client)).size).toBe(200)
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 201 })
  })

  test('a document with many leases is opened with as few questions as one with a single lease', async () => {
    const questions = async (name: string): Promise<number> => {
      let asked = 0
      const counting = ((...said: Parameters<typeof db.sql>) => {
        asked++
        return db.sql(...said)
      }) as unknown as typeof db.sql
      const reader = createJournal({ sql: counting, log, instanceKey })
      const read = await reader.open(name)
      expect([...read.leases.byId.values()].map(({ identity }) => identity?.name)).toContain('Dr A. Okafor')
      await reader.close()
      return asked
    }
    const single = await questions(book.name)
    for (let n = 0; n < 10; n++) await journal.lease(book, okafor, 4)
    expect(await questions(book.name)).toBe(single)
  })

  test('several ranges of clocks in one row are kept, and known when they come again', async () => {
    const [second] = await journal.lease(book, okafor, 1)
    const draft = edit(0, bytesOf('two'), { spans: [{ lease: second?.id ?? 0, clock: 0, len: 4 }] })
    await journal.append(book, draft)
    expect(await db.sql`select clock, len from span where lease = ${second?.id ?? 0}`).toEqual([
      { clock: 0, len: 4 },
    ])
    await journal.append(book, draft)
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 3 })
  })
})

describe('what was written stays', () => {
  test('[J6] the server’s role may add and read, and nothing else', async () => {
    await write('abc')
    for (const table of ['revision', 'lease', 'touch', 'span', 'entry', 'checkpoint', 'checkpoint_head']) {
      for (const statement of [
        `update ${table} set ${table === 'checkpoint' || table === 'checkpoint_head' ? 'n = 1' : table === 'entry' ? "key = 'x'" : table === 'lease' ? 'person = 9' : 'seq = 1'}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        await expect(db.sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    await expect(db.sql`update document set name = 'x' where id = ${book.doc}`).rejects.toMatchObject({
      code: '42501',
    })
    await expect(db.sql`delete from document where id = ${book.doc}`).rejects.toMatchObject({ code: '42501' })
    await expect(db.sql`alter table revision disable trigger all`).rejects.toMatchObject({ code: '42501' })
    await expect(db.sql`set session_replication_role = replica`).rejects.toMatchObject({ code: '42501' })
    // Nor the owner of the tables, by mistake.
    await expect(superuser`delete from revision`).rejects.toMatchObject({ code: '42501' })
    await expect(superuser`truncate lease`).rejects.toMatchObject({ code: '42501' })
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 4 })
  })

  test('[J7] whatever somebody with the database in their hands changes is found', async () => {
    await write('abcdef')
    const [other] = await journal.lease(book, { ...okafor, person: 2, id: 'bbbbbbbbbbbbbbbb' }, 1)
    const tampered: [string, string][] = [
      ['a byte', `update revision set bytes = bytes || '\\x00'::bytea where doc = ${book.doc} and seq = 4`],
      ['the author', `update revision set lease = ${other?.id} where doc = ${book.doc} and seq = 4`],
      ['the role', `update revision set role = 3 where doc = ${book.doc} and seq = 4`],
      ['the time', `update revision set at = at - 1 where doc = ${book.doc} and seq = 2`],
      ['the clock', `update revision set clock = 99 where doc = ${book.doc} and seq = 4`],
      ['a row', `delete from revision where doc = ${book.doc} and seq = 4`],
      ['the first row', `delete from revision where doc = ${book.doc} and seq = 1`],
      ['the last row', `delete from revision where doc = ${book.doc} and seq = ${book.head.seq}`],
      [
        'the order',
        `update revision set seq = 100 where doc = ${book.doc} and seq = 3; update revision set seq = 3 where doc = ${book.doc} and seq = 4; update revision set seq = 4 where doc = ${book.doc} and seq = 100`,
      ],
      [
        'an added row',
        `insert into revision select ${book.head.seq + 1}, at, doc, lease, 500, 1, act, role, hash, bytes from revision where doc = ${book.doc} and seq = 4`,
      ],
      ['who holds a lease', `update lease set person = 2 where id = ${lease}`],
      ['the role of a lease', `update lease set role = 3 where id = ${lease}`],
      ['the clientID of a lease', `update lease set client = 5 where id = ${lease}`],
      [
        'an invented lease',
        `insert into lease select 100000 + id, doc, 77, seq, person, role, session from lease where id = ${lease}`,
      ],
      ['the name of the document', `update document set name = 'panel:another' where id = ${book.doc}`],
      ['the head', `update document set head_hash = '\\x00' where id = ${book.doc}`],
    ]
    for (const [what, statements] of tampered) {
      await superuser
        .begin(async (tx) => {
          await tx.unsafe('set local session_replication_role = replica')
          await tx.unsafe(statements)
          const report = await verifyInside(tx)
          expect(report.ok, what).toBe(false)
          expect(report.fault?.what, what).toMatch(/\w/)
          throw new RolledBack()
        })
        .catch((error: unknown) => {
          if (!(error instanceof RolledBack)) throw error
        })
    }
    expect(await journal.verify(book.name)).toMatchObject({ ok: true })
  })

  test('[J8] names are sealed, and unreadable once the person’s key is destroyed; every hash still holds', async () => {
    await write('abc')
    const dump = JSON.stringify(
      await superuser`select encode(bytes, 'escape') as bytes from revision where doc = ${book.doc}`,
    )
    expect(dump).not.toContain('Okafor')
    expect(dump).not.toContain('radiology')
    const named = await listRevisions(db.sql, journal.vault, book, { limit: 10 })
    expect(named.items.map(({ author }) => author.name)).toEqual(Array(4).fill('Dr A. Okafor'))
    const [kept] = await superuser<{ wrapped: Buffer }[]>`select wrapped from person_key where person = 1`
    await db.sql`delete from person_key where person = 1`
    const later = createJournal({ sql: db.sql, log, instanceKey })
    const erased = await listRevisions(db.sql, later.vault, await later.open(book.name), { limit: 10 })
    expect(erased.items.map(({ author }) => author.name)).toEqual(Array(4).fill('Person 1 (erased)'))
    expect(await later.verify(book.name)).toMatchObject({ ok: true })
    await later.close()
    await superuser`insert into person_key (person, wrapped) values (1, ${kept?.wrapped ?? Buffer.alloc(0)})`
    // Another installation's key opens nothing.
    const stranger = createJournal({ sql: db.sql, log, instanceKey: randomBytes(32) })
    await expect(stranger.open(book.name)).rejects.toThrow()
  })

  test('[R2] changes of role and phase are rows of the document’s own chain, with who made them', async () => {
    const manager: Holder = {
      ...okafor,
      person: 3,
      id: 'cccccccccccccccc',
      name: 'M. Manager',
      initials: 'MM',
      role: 'manager',
    }
    await journal.recordRole(book.name, { person: 1, role: 'observer', by: manager })
    await journal.recordPhase(book.name, { phase: 'signed', by: null })
    await journal.recordPhase('panel:never-opened', { phase: 'signed', by: null })
    expect(await journal.find('panel:never-opened')).toBeNull()
    const { items } = await listRevisions(db.sql, journal.vault, book, { limit: 10 })
    expect(items.map(({ act, author, role }) => [act, author.name, role])).toEqual([
      ['phase', 'Consilium', null],
      ['role', 'M. Manager', 'manager'],
      ['lease', 'Dr A. Okafor', 'reader'],
    ])
    expect(await journal.verify(book.name)).toMatchObject({ ok: true, rows: 3 })
  })
})

describe('reading back', () => {
  const textAt = async (upTo?: number): Promise<string> => {
    const ydoc = new Y.Doc()
    await applyRecorded(ydoc, await journal.recorded(book.doc, upTo))
    return ydoc.getText('t').toString()
  }

  const inWorker = async (): Promise<string> => {
    const ydoc = new Y.Doc()
    Y.applyUpdate(ydoc, await journal.moment(book.doc, undefined, 'update'))
    return ydoc.getText('t').toString()
  }

  test('[J4] a snapshot and the rows after it give what all rows give, at every revision', async () => {
    const letters = 'abcdefghijklmnop'
    await write(letters)
    await journal.keepSnapshot(book.doc, 9, await journal.moment(book.doc, 9, 'snapshot'))
    // Again: it is there already.
    await journal.keepSnapshot(book.doc, 9, await journal.moment(book.doc, 9, 'snapshot'))
    expect((await journal.recorded(book.doc)).snapshot?.seq).toBe(9)
    for (let seq = 1; seq <= letters.length + 1; seq++)
      expect(await textAt(seq)).toBe(letters.slice(0, seq - 1))
    const update = await journal.moment(book.doc, 12, 'update')
    const ydoc = new Y.Doc()
    Y.applyUpdate(ydoc, update)
    expect(ydoc.getText('t').toString()).toBe(letters.slice(0, 11))
    await journal.travel.close()
  })

  test('[J10] a damaged snapshot is passed over for the one before it, or for none', async () => {
    await write('abcdefgh')
    for (const seq of [4, 7])
      await journal.keepSnapshot(book.doc, seq, await journal.moment(book.doc, seq, 'snapshot'))
    await superuser`update snapshot set bytes = overlay(bytes placing '\\x0000'::bytea from 12) where doc = ${book.doc} and seq = 7`
    expect((await journal.recorded(book.doc)).snapshot?.seq).toBe(4)
    expect(await textAt()).toBe('abcdefgh')
    expect(await inWorker()).toBe('abcdefgh')
    await superuser`update snapshot set sha256 = ${hash('sha256', 'x', 'buffer')} where doc = ${book.doc}`
    expect((await journal.recorded(book.doc)).snapshot).toBeNull()
    expect(await textAt()).toBe('abcdefgh')
    expect(await inWorker()).toBe('abcdefgh')
    await journal.travel.close()
  })

  test('however many ask for a moment at once, few documents are in memory', async () => {
    await write('abc')
    let [reading, most] = [0, 0]
    const begin = async (...said: Parameters<typeof db.sql.begin>) => {
      most = Math.max(most, ++reading)
      return db.sql.begin(...said).finally(() => reading--)
    }
    const reader = createJournal({
      sql: Object.assign(db.sql.bind(null), { begin }) as never,
      log,
      instanceKey,
    })
    const states = await Promise.all(Array.from({ length: 30 }, () => reader.moment(book.doc, 3, 'update')))
    expect(new Set(states.map((state) => Buffer.from(state).toString('hex'))).size).toBe(1)
    expect(most).toBeLessThanOrEqual(3)
    await reader.close()
  })

  test('rows that do not fit together make no state', async () => {
    const rows = await write('abc')
    const { seq, tail } = await journal.recorded(book.doc)
    expect(tail.map((row) => Buffer.from(row))).toEqual(rows.map(({ bytes }) => Buffer.from(bytes)))
    await expect(
      journal.travel.make('update', { snapshot: null, pages: [pageOf(tail.slice(1))], rows: 2, seq }),
    ).rejects.toThrow('do not fit together')
    await journal.travel.close()
  })
})

class RolledBack extends Error {}

const verifyInside = async (tx: postgres.TransactionSql) => {
  const { verifyChain } = await import('./verify.ts')
  return verifyChain(withNumbers(tx), book.doc)
}

/** The server's pool reads int8 as numbers; the superuser's connection has to be told. */
function withNumbers(tx: postgres.TransactionSql): Database['sql'] {
  const run = async (strings: TemplateStringsArray, ...values: never[]) => {
    const rows = await tx(strings, ...values)
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
        ]),
      ),
    )
  }
  return run as unknown as Database['sql']
}
