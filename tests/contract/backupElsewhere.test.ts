/** Backups that do not come from here, or do not go here: of older and newer tables, and into a PostgreSQL of one's own. */
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { hash } from '@node-rs/argon2'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBackup } from '../../apps/collab-server/src/backup/backup.ts'
import { type Part, pack } from '../../apps/collab-server/src/backup/pack.ts'
import { restore } from '../../apps/collab-server/src/backup/restore.ts'
import { unpackBackup } from '../../apps/collab-server/src/backup/unpack.ts'
import { allMigrations, applyInside } from '../../apps/collab-server/src/db/migrations.ts'
import { openDatabase, type Sql } from '../../apps/collab-server/src/db/open.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import { BlobStore } from '../../apps/collab-server/src/studies/storage.ts'
import type { BackupManifest } from '../../packages/contract/src/backup.ts'
import { annotate } from '../../packages/crdt-schema/src/acts/all.ts'
import { ForeignPostgres } from '../faults/postgres.ts'
import { consilium } from '../support/consilium.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { openPage } from '../wire/page.ts'
import { box, openWard } from '../wire/ward.ts'

const folder = temporaryFolder('consilium-elsewhere')
const at = (name: string): string => join(folder.path, name)
const FILE = at('one.backup')
const SILENT = openLog({ logLevel: 'silent' })

let foreign: ForeignPostgres
beforeAll(async () => {
  foreign = await ForeignPostgres.start()
  // Roles are the cluster's: a first start makes them.
  await (await openDatabase({ data: '', databaseUrl: foreign.url }, SILENT)).close()
  const { server, okafor, newDocument } = await openWard()
  const page = await openPage(okafor, (await newDocument()).name)
  annotate(page.doc, box)
  await page.saved()
  page.close()
  const own = { PORT: String(server.port), CONSILIUM_DATA: server.data }
  expect(await consilium(['backup', FILE, '--keys', `${FILE}.keys`], own)).toMatchObject({ code: 0 })
  await server.close()
})
afterAll(async () => {
  await foreign.close()
  folder.remove()
})

/** A new file that says something else than FILE. */
async function rewritten(
  name: string,
  manifest: Partial<BackupManifest>,
  change: (part: Part) => Part | null = (part) => part,
  from = FILE,
): Promise<string> {
  await unpackBackup(from, async (read) => {
    async function* parts() {
      for await (const part of read.parts) {
        const changed = change(part)
        if (changed) yield changed
      }
    }
    await pipeline(
      Readable.from(pack({ ...read.manifest, ...manifest }, parts())),
      createWriteStream(at(name)),
    )
  })
  return at(name)
}

async function database(name: string): Promise<string> {
  const sql = postgres(foreign.url, { max: 1 })
  await sql.unsafe(`create database "${name}"`)
  await sql.end()
  return addressOf(name)
}

function addressOf(name: string): string {
  const url = new URL(foreign.url)
  url.pathname = `/${name}`
  return url.href
}

/** As the server does. */
const connect = (url: string): Sql =>
  postgres<{ bigint: postgres.PostgresType<number> }>(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  })

async function tablesIn(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 })
  const rows = await sql`select 1 from pg_class where relnamespace = 'public'::regnamespace`
  await sql.end()
  return rows.length
}

const asked = (file: string, data: string, databaseUrl: string | null = null) => ({
  file,
  config: { data, databaseUrl },
  log: SILENT,
  keys: `${FILE}.keys`,
  head: null,
  fingerprint: null,
})

test('[O9] an empty database of one’s own is restored into, and served from; one that is not empty is refused', async () => {
  const url = await database('restored')
  const data = at('external')
  const { verified } = await restore(asked(FILE, data, url))
  expect(verified.rows).toBeGreaterThan(0)
  const server = await startTestServer({ data, demo: true, env: { DATABASE_URL: url } })
  try {
    await server.signIn('okafor')
    const { verify } = server.running.services.journal
    const [document] = await server.running.services.db.sql<{ name: string }[]>`select name from document`
    expect(await verify(document?.name ?? '')).toMatchObject({ ok: true })
  } finally {
    await server.close()
  }
  await expect(restore(asked(FILE, at('again'), url))).rejects.toThrow(/database is not empty/)
  expect(existsSync(at('again'))).toBe(false)
})

test('[O9] where the record in it is not whole, or a table cannot be loaded, the database is as empty as before', async () => {
  const url = await database('refused')
  const faults: [name: string, says: RegExp, change: (part: Part) => Part | null][] = [
    [
      'rowless',
      /not whole: revision \d+ of document/,
      (part) => (part.head.part === 'table/revision' ? null : part),
    ],
    [
      'unsigned',
      /its latest checkpoint is missing/,
      (part) => (/checkpoint/.test(part.head.part) ? null : part),
    ],
    ['unnumbered', /has no tables/, (part) => (part.head.part === 'sequences' ? null : part)],
    [
      'short',
      /Table people of the backup does not go into/,
      (part) => (part.head.part === 'table/people' ? { ...part, bytes: halfOf(part) } : part),
    ],
    [
      'strange',
      /a table people that this Consilium does not have/,
      ({ head, bytes }) => ({
        head: head.part === 'table/people' ? { ...head, columns: ['id'] } : head,
        bytes,
      }),
    ],
  ]
  for (const [name, says, change] of faults) {
    const file = await rewritten(`${name}.backup`, {}, change)
    await expect(restore(asked(file, at(name), url)), name).rejects.toThrow(says)
    expect([name, await tablesIn(url), existsSync(at(name))]).toEqual([name, 0, false])
  }
})

async function* halfOf({ bytes }: Part): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) yield piece.subarray(0, piece.byteLength >> 1)
}

test('[O8] a backup of newer tables is refused; one of older tables is brought up to this version, and nobody is lost', async () => {
  const newer = await rewritten('newer.backup', { migration: '0999_later', version: '9.9.9' })
  await expect(restore(asked(newer, at('newer')))).rejects.toThrow(/made by Consilium 9\.9\.9/)
  expect(existsSync(at('newer'))).toBe(false)

  // As a server wrote it whose people were not sealed yet.
  const level = allMigrations().findIndex(({ tag }) => tag === '0006_checkpoints') + 1
  const sql = connect(await database('old'))
  await applyInside(sql, allMigrations().slice(0, level))
  await sql`
    insert into people (handle, login, name, initials, created_at, password_hash)
    values ('oooooooooooooooo', 'oldest', 'Dr Oldest', 'DO', 1, ${await hash('old password')})`
  const keys = JSON.parse(readFileSync(`${FILE}.keys`, 'utf8'))
  writeFileSync(at('checkpoints.log'), '')
  const made = makeBackup({
    // Without pictures: how they are named was another then.
    db: { sql: (() => []) as unknown as Sql, dedicated: () => connect(addressOf('old')) },
    blobs: new BlobStore(folder.path),
    folder: folder.path,
    instanceKey: Buffer.from(keys.instanceKey, 'hex'),
    begun: async () => undefined,
    lacking: () => undefined,
  })
  await pipeline(Readable.from(made), createWriteStream(at('made.backup')))
  await sql.end()
  const withPack = (part: Part): Part =>
    part.head.part === 'missing'
      ? { head: { part: `packs/${'ab'.repeat(32)}` }, bytes: [Buffer.from('frames')] }
      : part
  const old = await rewritten('old.backup', { migration: '0006_checkpoints' }, withPack, at('made.backup'))
  const data = at('brought-up')
  await restore({ ...asked(old, data), keys: `${FILE}.keys` })
  expect(existsSync(join(data, 'packs'))).toBe(false)
  const server = await startTestServer({ data })
  try {
    const person = await server.signIn('oldest', 'old password')
    expect(await person.get('/me')).toMatchObject({ person: { name: 'Dr Oldest' } })
  } finally {
    await server.close()
  }
})
