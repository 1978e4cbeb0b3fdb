/** Whoever changes the audit log afterwards is found: each kind of tampering, over the wire and in a folder that was taken away. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Link } from '../../apps/cli/src/link.ts'
import { type Report, verifyServer } from '../../apps/cli/src/verify/ofServer.ts'
import { takeAuditAway } from '../../apps/cli/src/verify/takeAway.ts'
import { recordIn, verifyRecord } from '../../apps/cli/src/verify/verify.mjs'
import { AUDIT_ORIGIN, type AuditRow, entryHash } from '../../apps/collab-server/src/audit/chain.ts'
import type { AuditPage } from '../../packages/contract/src/audit.ts'
import { Random } from '../faults/fault.ts'
import { type Sql, superuserOf } from '../faults/tamper/archive.ts'
import { type Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'

const SEALED = 24
const TRIALS = 30

let server: TestServer
let admin: Client
let sql: Sql
let link: Link
let key: string
let entries: number
const folders = temporaryFolder('consilium-audit')
let exports = 0

beforeAll(async () => {
  server = await startTestServer({ demo: true, env: { LOG_LEVEL: 'silent' } })
  admin = await server.admin()
  const { audit, ledger } = server.running.services
  link = new Link({ server: server.url, token: admin.token ?? '' }, {})
  const note = (n: number): Promise<void> =>
    audit.note({
      act: 'opened-case',
      by: null,
      person: 1 + (n % 3),
      role: 'reader',
      project: 'p'.repeat(16),
      case: 'c'.repeat(16),
      detail: { n },
      from: `203.0.113.${n} Firefox`,
    })
  await note(0)
  await ledger.seal()
  // That it is read is noted now, and not again while it is tampered with.
  await verifyServer(link, null, {})
  for (let n = (await head()) + 1; n <= SEALED; n++) await note(n)
  expect(await ledger.seal()).toBe(true)
  for (let n = 1; n <= 6; n++) await note(n)
  key = ledger.fingerprint
  // From here on nothing is sealed any more: what the trials do to the tables must stay the only thing that happens to them.
  await ledger.close()
  sql = superuserOf(server.data)
  await sql.unsafe(
    'create schema kept; create table kept.audit as table audit; create table kept.checkpoint as table checkpoint',
  )
  await sql.unsafe('create table kept.checkpoint_head as table checkpoint_head')
  entries = await head()
}, 120_000)
afterAll(async () => {
  await sql.end({ timeout: 5 })
  await server.close()
  folders.remove()
})

const head = async (): Promise<number> => (await admin.get<AuditPage>('/audit?limit=1')).head
const sealedHead = async (): Promise<number> =>
  (await sql<{ seq: number }[]>`select max(seq) as seq from checkpoint_head where doc = 0`)[0]?.seq ?? 0

/** As somebody with the database in their hands, past every trigger. */
const tamper = (work: (sql: Sql) => Promise<unknown>): Promise<unknown> =>
  sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await work(tx as unknown as Sql)
  })
const putBack = (): Promise<unknown> =>
  tamper((tx) =>
    tx.unsafe(
      ['audit', 'checkpoint', 'checkpoint_head']
        .map((table) => `truncate ${table}; insert into ${table} table kept.${table};`)
        .join(''),
    ),
  )

async function found(): Promise<Report[]> {
  const folder = join(folders.path, String(++exports))
  await takeAuditAway(link, folder)
  const offline = await verifyRecord(recordIn(folder), { key })
  rmSync(folder, { recursive: true })
  return [await verifyServer(link, null, { key }), offline]
}

async function rewrite(tx: Sql, from: number): Promise<void> {
  const rows = await tx<AuditRow[]>`select * from audit where n >= ${from} order by n`
  const [before] = await tx<{ hash: Buffer }[]>`select hash from audit where n = ${from - 1}`
  let hash: Uint8Array = before?.hash ?? AUDIT_ORIGIN
  for (const row of rows) {
    hash = entryHash(hash, row)
    await tx`update audit set hash = ${Buffer.from(hash)} where n = ${row.n}`
  }
}

const CHANGES = [
  'act = act + 1',
  'at = at + 1',
  'role = 0',
  'person = coalesce(person, 0) + 1',
  'subject = 9',
  'project = null',
  "project = coalesce(project, '') || 'x'",
  '"case" = coalesce("case", \'\') || \'x\'',
  "detail = detail || ' '",
  "sealed = coalesce(sealed, '') || '\\x00'::bytea",
  'hash = set_byte(hash, 0, get_byte(hash, 0) # 1)',
]

interface Kind {
  readonly name: string
  readonly layer: 'chain' | 'checkpoints'
  /** Gives the number of the entry that must be named; null: any. */
  apply(tx: Sql, random: Random): Promise<number | null>
}

/** Of those that were noted for this: every column of them says something. */
const oneOf = (random: Random): number => random.whole(SEALED - 15, SEALED)

const KINDS: readonly Kind[] = [
  {
    name: 'an entry is changed',
    layer: 'chain',
    async apply(tx, random) {
      const n = oneOf(random)
      await tx.unsafe(`update audit set ${random.pick(CHANGES)} where n = ${n}`)
      return n
    },
  },
  {
    name: 'an entry is deleted',
    layer: 'chain',
    async apply(tx, random) {
      const n = oneOf(random)
      await tx`delete from audit where n = ${n}`
      return n
    },
  },
  {
    name: 'an entry is inserted, and its own hash fits',
    layer: 'chain',
    async apply(tx, random) {
      const n = oneOf(random)
      await tx`update audit set n = -n - 1 where n > ${n}`
      await tx`update audit set n = -n where n < 0`
      await tx`insert into audit (n, at, person, subject, act, role, project, "case", detail, sealed, hash)
        select n + 1, at, person, subject, act, role, project, "case", detail, sealed, hash from audit where n = ${n}`
      const [forged] = await tx<AuditRow[]>`select * from audit where n = ${n + 1}`
      const [before] = await tx<{ hash: Buffer }[]>`select hash from audit where n = ${n}`
      await tx`update audit set hash = ${Buffer.from(entryHash(before?.hash ?? AUDIT_ORIGIN, forged as AuditRow))} where n = ${n + 1}`
      return n + 2
    },
  },
  {
    name: 'the tail is cut below a checkpoint',
    layer: 'checkpoints',
    async apply(tx, random) {
      const n = random.whole(2, await sealedIn(tx))
      await tx`delete from audit where n >= ${n}`
      return n
    },
  },
  {
    name: 'an entry is changed and all hashes from there on are computed anew',
    layer: 'checkpoints',
    async apply(tx, random) {
      const n = oneOf(random)
      await tx.unsafe(`update audit set detail = detail || ' ' where n = ${n}`)
      await rewrite(tx, n)
      return null
    },
  },
]
const sealedIn = async (tx: Sql): Promise<number> =>
  (await tx<{ seq: number }[]>`select max(seq) as seq from checkpoint_head where doc = 0`)[0]?.seq ?? 0

test('[A19] a log that nobody touched verifies, over the wire and without a server, and what is unsealed is counted', async () => {
  const sealed = await sealedHead()
  expect(sealed).toBeGreaterThanOrEqual(SEALED)
  for (const report of await found())
    expect(report).toMatchObject({
      ok: true,
      faults: [],
      audit: { name: 'audit log', rows: entries, sealed, unsealed: entries - sealed },
    })
  expect(await head()).toBe(entries)
})

describe('[A19] tampering with the log is found, and the entry named', () => {
  test.each(KINDS)('$name', async ({ layer, apply }) => {
    for (let trial = 0; trial < TRIALS; trial++) {
      let named: number | null = null
      await tamper(async (tx) => {
        named = await apply(tx, new Random(trial))
      })
      try {
        for (const { ok, faults } of await found()) {
          expect(ok).toBe(false)
          const said = faults.filter((fault) => fault.layer === layer && fault.document === 'audit log')
          expect(said.length, `trial ${trial}: ${JSON.stringify(faults)}`).toBeGreaterThan(0)
          if (named !== null) expect(said.map(({ revision }) => revision)).toContain(named)
          if (layer !== 'chain') expect(faults.map((fault) => fault.layer)).not.toContain('chain')
        }
      } finally {
        await putBack()
      }
    }
  })
})

test('[A19] what was taken away verifies on any Node; a page that shows a changed entry says so', async () => {
  const folder = join(folders.path, 'whole')
  await takeAuditAway(link, folder)
  const said = execFileSync(process.execPath, [join(folder, 'verify.mjs'), folder, '--key', key], {
    encoding: 'utf8',
  })
  expect(said).toContain(`audit log: ${entries} entries`)
  expect(said).toContain('Whole')
  await tamper((tx) => tx`update audit set sealed = '\\x00'::bytea || sealed where n = ${SEALED}`)
  const page = (query: string): Promise<AuditPage> => admin.get<AuditPage>(`/audit?${query}`)
  expect((await page(`before=${SEALED + 1}&limit=1`)).intact).toBe(false)
  expect((await page(`before=${SEALED}&limit=5`)).intact).toBe(true)
  await putBack()
  expect((await page('limit=500')).intact).toBe(true)
})
