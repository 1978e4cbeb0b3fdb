/**
 * A server with a record that somebody is going to tamper with: documents that two people wrote to, with a moment that has a name and a
 * comment whose words were taken out, checkpoints after three fifths and after nine tenths of the rows, some rows in no checkpoint, a copy
 * of the checkpoints that somebody else kept, and what the last pages were told. After each trial the tables are put back as they were.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import * as Y from 'yjs'
import { Link } from '../../../apps/cli/src/link.ts'
import type { Report, VerifyOptions } from '../../../apps/cli/src/verify/ofServer.ts'
import { verifyServer } from '../../../apps/cli/src/verify/ofServer.ts'
import { takeAway } from '../../../apps/cli/src/verify/takeAway.ts'
import { recordIn, verifyRecord } from '../../../apps/cli/src/verify/verify.mjs'
import type { Holder } from '../../../apps/collab-server/src/journal/journal.ts'
import { encodeRedact } from '../../../apps/collab-server/src/journal/rows.ts'
import { KIND_BITS, ROOT_CODES, type Touch } from '../../../apps/collab-server/src/journal/touch.ts'
import { replaceRows, takenOut } from '../../../apps/collab-server/src/revisions/takeOut.ts'
import type { LoggedCheckpoint } from '../../../packages/contract/src/checkpoints.ts'
import { ACTS } from '../../../packages/contract/src/revisions.ts'
import { openThread } from '../../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../../packages/crdt-schema/src/changes.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'

export type Sql = postgres.Sql<{ bigint: number }>

const TABLES = ['document', 'revision', 'lease', 'touch', 'span', 'entry', 'checkpoint', 'checkpoint_head']
const ROWS = 30
const SEALED = [18, 27]
/** Of every three rows one is the second person's. */
const SECOND = 3
/** In which somebody says something, gives a moment a name, and takes the words out. */
const SAYS = 5
const NAMES = 8
const REDACTS = 14

export interface Archived {
  readonly doc: number
  readonly name: string
  readonly case: { readonly id: string; readonly key: string }
  /** Revisions up to the head of the first and the second checkpoint, and all of them. */
  readonly sealed: readonly [number, number]
  readonly rows: number
  /** Revisions in which a digit was typed; the one that gives a moment a name; the one out of which words were taken, and by which. */
  readonly typed: readonly number[]
  readonly named: number
  readonly redacted: number
  readonly redaction: number
  /** What they were taken out of. */
  readonly words: Buffer
}

export class Archive {
  readonly server: TestServer
  readonly sql: Sql
  readonly documents: readonly Archived[]
  /** What somebody has who knows everything but the signing key: the key's fingerprint, a copy of the checkpoints, the pages' last words. */
  readonly fingerprint: string
  readonly published: readonly LoggedCheckpoint[]
  readonly seen: NonNullable<VerifyOptions['seen']>
  readonly link: Link
  readonly #folder = mkdtempSync(join(tmpdir(), 'consilium-evidence-'))
  #exports = 0

  private constructor(
    made: Pick<Archive, 'server' | 'sql' | 'documents' | 'fingerprint' | 'published' | 'seen' | 'link'>,
  ) {
    this.server = made.server
    this.sql = made.sql
    this.documents = made.documents
    this.fingerprint = made.fingerprint
    this.published = made.published
    this.seen = made.seen
    this.link = made.link
  }

  static async make(count: number): Promise<Archive> {
    const server = await startTestServer({ demo: true, env: { LOG_LEVEL: 'silent' } })
    const { projects, ledger } = server.running.services
    const [project] = await projects.list()
    const documents: Writing[] = []
    for (let n = 0; n < count; n++)
      documents.push(await writing(server, await projects.addCase(project?.id ?? '')))
    const sealed: number[][] = documents.map(() => [])
    for (let row = 1; row <= ROWS; row++) {
      for (const one of documents) await one.write(row)
      if (!SEALED.includes(row)) continue
      // What was noted of the people who write here is sealed with it: nothing may be left for the ledger to seal when it is closed.
      do if (!(await ledger.seal())) throw new Error('it was not sealed')
      while (ledger.unsealed > 0)
      documents.forEach((one, n) => sealed[n]?.push(one.head().seq))
      // By itself it seals nothing from here on: neither the last rows, however slow the machine is, nor later that the record is read.
      if (row === SEALED.at(-1)) await ledger.close()
    }
    const sql = superuserOf(server.data)
    await sql.unsafe('create schema kept')
    for (const table of TABLES) await sql.unsafe(`create table kept.${table} as table ${table}`)
    const published = readFileSync(join(server.data, 'checkpoints.log'), 'utf8').split('\n').filter(Boolean)
    // What is unsealed now stays so in the tables that are kept.
    await ledger.seal()
    const token = readFileSync(join(server.data, 'admin-token'), 'utf8').trim()
    const archive = new Archive({
      server,
      sql,
      documents: documents.map((one, n) => ({
        doc: one.doc,
        name: one.name,
        case: one.case,
        sealed: (sealed[n] as number[]).slice(-2) as [number, number],
        rows: one.head().seq,
        ...one.landmarks,
      })),
      fingerprint: ledger.fingerprint,
      published: published.map((line) => JSON.parse(line) as LoggedCheckpoint),
      seen: documents.map(({ name, head }) => ({
        document: name,
        seq: head().seq,
        hash: Buffer.from(head().hash).toString('hex'),
      })),
      link: new Link({ server: server.url, token }, {}),
    })
    // What was sealed since the tables were kept is not in what is tampered with, the first time either.
    await archive.putBack()
    return archive
  }

  /** As somebody with the database in their hands, past every trigger. */
  async tamper(work: (sql: Sql) => Promise<void>): Promise<void> {
    await this.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await work(tx as unknown as Sql)
    })
  }

  putBack(): Promise<void> {
    return this.tamper(async (sql) => {
      for (const table of TABLES)
        await sql.unsafe(
          `truncate ${table}; insert into ${table} overriding system value table kept.${table}`,
        )
    })
  }

  /** Over the wire. */
  online(options: VerifyOptions): Promise<Report> {
    return verifyServer(this.link, null, options)
  }

  /** What is there now, in a folder. */
  async export(of: Archived): Promise<string> {
    const folder = join(this.#folder, String(++this.#exports))
    await takeAway(this.link, of.case, folder)
    return folder
  }

  /** Of that case alone. */
  async offline(folder: string, of: Archived, options: VerifyOptions): Promise<Report> {
    const seen = (options.seen ?? []).filter(({ document }) => document === of.name)
    return verifyRecord(recordIn(folder), { ...options, seen })
  }

  async close(): Promise<void> {
    await this.sql.end({ timeout: 5 })
    await this.server.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

type Landmarks = Pick<Archived, 'typed' | 'named' | 'redacted' | 'redaction' | 'words'>

interface Writing extends Pick<Archived, 'doc' | 'name' | 'case'> {
  readonly landmarks: Landmarks
  write(row: number): Promise<unknown>
  head(): { seq: number; hash: Uint8Array }
}

/** A document that is written to: in the journal itself, as the gate would. */
async function writing({ running }: TestServer, { id, key }: Archived['case']): Promise<Writing> {
  const { journal, people, db } = running.services
  const book = await journal.open(`panel:${id}`)
  async function page(login: string) {
    const person = await people.byLogin(login)
    if (!person) throw new Error(`there is no ${login}`)
    const { handle, name, initials, credential } = person
    const session = 'ssssssssssssssss'
    const holder: Holder = {
      person: person.id,
      id: handle,
      name,
      initials,
      credential,
      role: 'reader',
      session,
    }
    const [lease] = await journal.lease(book, holder, 1)
    if (!lease) throw new Error('no lease was given')
    const ydoc = new Y.Doc()
    ydoc.clientID = lease.client
    return { lease: lease.id, client: lease.client, ydoc, holder }
  }
  const typed: number[] = []
  const landmarks = { typed, named: 0, redacted: 0, redaction: 0, words: Buffer.alloc(0) }
  const pages = [await page('okafor'), await page('lindqvist')] as const
  return {
    doc: book.doc,
    name: book.name,
    case: { id, key },
    head: () => book.head,
    landmarks,
    async write(row) {
      const page = pages[row % SECOND === 0 ? 1 : 0]
      if (row === NAMES) return name(page.holder)
      if (row === REDACTS) return redact()
      const { lease, client, ydoc } = page
      const clock = Y.getState(ydoc.store, client)
      const before = Y.encodeStateVector(ydoc)
      const place = row === SAYS ? say(ydoc) : type(page, row)
      const { seq, bytes } = await journal.append(book, {
        lease,
        client,
        clock,
        len: Y.getState(ydoc.store, client) - clock,
        act: ACTS.edit,
        role: 2,
        said: row % 2 === 0 ? 1_700_000_000_000 + row : 0,
        bytes: Y.encodeStateAsUpdate(ydoc, before),
        touched: [{ ...place, kind: KIND_BITS.change, fields: 2 }],
      })
      if (row === SAYS) Object.assign(landmarks, { redacted: seq, words: Buffer.from(bytes) })
      else typed.push(seq)
    },
  }

  function type({ client, ydoc }: (typeof pages)[number], row: number): Place {
    ydoc.getText('t').insert(0, String(row % 10))
    return { root: 'annotations', entry: `${client}-abcdefgh` }
  }

  function say(ydoc: Y.Doc): Place {
    const anchor = { series: 's', frame: 0, point: [0, 0, 0], annotation: null } as const
    const thread = openThread(ydoc, { about: 'comment', anchor, reason: '', text: 'as seen in Mr Jones' })
    const [comment = ''] = [...readRoots(ydoc).comments.values()].map(({ id }) => id)
    if (thread === '' || comment === '') throw new Error('nothing was said')
    return { root: 'comments', entry: comment }
  }

  async function name(by: Holder): Promise<void> {
    const { seq } = await journal.recordName(book, { moment: 4, title: 'first look', by })
    landmarks.named = seq
  }

  async function redact(): Promise<void> {
    const { lease, client, holder } = pages[0]
    const entry = [...book.entries.keys()].find((key) => key.startsWith(`${ROOT_CODES.comments}:`)) ?? ''
    const field = { root: 'comments', id: entry.slice(2), field: 'text' } as const
    const place = { ...field, number: book.entries.get(entry) as number }
    const { rows } = await takenOut(db.sql, journal.travel, book.doc, place, book.head.seq, client)
    const reason = await journal.vault.sealWords(book.doc, holder.person, 'names the patient')
    const update = Uint8Array.of(0, 0)
    const { seq } = await journal.append(book, {
      lease,
      client,
      clock: 0,
      len: 0,
      act: ACTS.redact,
      role: 3,
      said: 0,
      bytes: encodeRedact({ update, root: 'comments', entry: field.id, field: 'text', rows, reason }),
      touched: [{ root: 'comments', entry: field.id, kind: KIND_BITS.change, fields: 2 }],
    })
    await replaceRows(db.sql, book.doc, seq, rows)
    landmarks.redaction = seq
  }
}

type Place = Pick<Touch, 'root' | 'entry'>

export function superuserOf(data: string): Sql {
  const password = readFileSync(join(data, 'postgres-password'), 'utf8').trim()
  const port = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  return postgres<{ bigint: postgres.PostgresType<number> }>(
    `postgres://postgres:${password}@127.0.0.1:${port}/consilium`,
    {
      max: 1,
      onnotice: () => undefined,
      types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    },
  )
}
