/** For tests: the journal over a real PostgreSQL (the embedded one, in a folder of its own), and in every test a new document with one lease. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACTS } from '@consilium/contract/revisions'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import * as Y from 'yjs'
import { type Cluster, startCluster } from '../db/cluster.ts'
import { type Database, openDatabase, type Sql } from '../db/open.ts'
import { copyTemplate } from '../db/template.ts'
import { openLog } from '../log.ts'
import type { RowDraft } from './append.ts'
import type { Book, CommittedRow, Lease } from './book.ts'
import { createJournal, type Holder, type Journal, type JournalOptions } from './journal.ts'
import { KIND_BITS } from './touch.ts'

export const OKAFOR: Holder = {
  person: 1,
  id: 'aaaaaaaaaaaaaaaa',
  name: 'Dr A. Okafor',
  initials: 'AO',
  credential: 'radiology',
  role: 'reader',
  session: 'ssssssssssssssss',
}
export const LINDQVIST: Holder = {
  ...OKAFOR,
  person: 2,
  id: 'bbbbbbbbbbbbbbbb',
  name: 'Dr B. Lindqvist',
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export class Fixture {
  readonly log = openLog({ logLevel: 'silent' })
  readonly instanceKey = randomBytes(32)
  readonly #root = mkdtempSync(join(tmpdir(), 'consilium-journal-'))
  readonly folder = join(this.#root, 'data')
  cluster!: Cluster
  db!: Database
  /** As an attacker with the database's own password would have it. */
  superuser!: Sql
  /** What the journal takes for the time, ms since 1970. */
  now = 1_700_000_000_000
  journal!: Journal
  book!: Book
  lease!: Lease
  #documents = 0

  async open(): Promise<void> {
    chmodSync(this.#root, 0o755)
    await copyTemplate(this.folder)
    mkdirSync(this.folder, { recursive: true })
    this.cluster = await startCluster(this.folder, this.log)
    const url = (database: string) =>
      `postgres://postgres:${encodeURIComponent(this.cluster.password)}@127.0.0.1:${this.cluster.port}/${database}`
    const admin = postgres(url('postgres'), { max: 1 })
    await admin`create database journal`
    await admin.end()
    this.superuser = postgres<{ bigint: postgres.PostgresType<number> }>(url('journal'), {
      max: 1,
      onnotice: () => undefined,
      backoff: () => 0.1,
      types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    })
    this.db = await openDatabase({ data: this.folder, databaseUrl: url('journal') }, this.log)
  }

  async close(): Promise<void> {
    await this.superuser?.end({ timeout: 5 })
    await this.db?.close()
    await this.cluster?.stop()
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 })
  }

  /** Another one over the same database, as another process would have it. */
  another(options: Partial<JournalOptions> = {}): Journal {
    const { db, log, instanceKey } = this
    return createJournal({
      sql: db.sql,
      log,
      instanceKey,
      clock: () => this.now,
      connect: db.dedicated,
      durability: db.durability,
      ...options,
    })
  }

  async begin(): Promise<void> {
    this.journal = this.another()
    this.book = await this.journal.open(this.newName())
    this.lease = await this.newLease(this.book)
  }

  newName = (): string => `panel:test${++this.#documents}`

  async newLease(book: Book, holder: Holder = OKAFOR): Promise<Lease> {
    const [lease] = await this.journal.lease(book, holder, 1)
    return lease as Lease
  }

  edit(clock: number, bytes: Uint8Array, more: Partial<RowDraft> = {}): RowDraft {
    const { id: lease, client } = this.lease
    return {
      lease,
      client,
      clock,
      len: 1,
      act: ACTS.edit,
      role: 2,
      said: 0,
      bytes,
      ...more,
    }
  }

  append = (clock: number, text: string): Promise<CommittedRow> =>
    this.journal.append(this.book, this.edit(clock, bytesOf(text)))

  /** Rows of a document that grows by one letter at a time, each touching one entry. */
  write(letters: string): Promise<CommittedRow[]> {
    const { client } = this.lease
    const doc = new Y.Doc()
    doc.clientID = client
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const letter of letters) doc.getText('t').insert(doc.getText('t').length, letter)
    const touched = [
      {
        root: 'annotations' as const,
        entry: `${client}-abcdefgh`,
        kind: KIND_BITS.change,
        fields: 2,
      },
    ]
    return Promise.all(
      updates.map((bytes, n) => this.journal.append(this.book, this.edit(n, bytes, { touched }))),
    )
  }

  /** A row with clocks of two leases of one person: a page that was restored, and caught up in one update. */
  async twoHanded(): Promise<RowDraft> {
    const second = await this.newLease(this.book)
    const doc = new Y.Doc()
    doc.clientID = second.client
    doc.getMap('m').set('a', 1)
    doc.clientID = this.lease.client
    doc.getText('t').insert(0, 'xyz')
    const spans = [{ lease: second.id, clock: 0, len: 1 }]
    return this.edit(0, Y.encodeStateAsUpdate(doc), { len: 3, spans })
  }

  /** Contents of the rows after the one that issued the lease. */
  async stored(doc: number = this.book.doc): Promise<string[]> {
    const rows = await this.db.sql<
      { bytes: Buffer }[]
    >`select bytes from revision where doc = ${doc} and act = ${ACTS.edit} order by seq`
    return rows.map(({ bytes }) => bytes.toString())
  }

  /** Of the database's first process. */
  postmaster = (): number =>
    Number(readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

export function journalFixture(): Fixture {
  const fixture = new Fixture()
  beforeAll(() => fixture.open(), 120_000)
  afterAll(() => fixture.close())
  beforeEach(() => fixture.begin())
  return fixture
}
