/** `consilium backup` and `consilium restore` as an administrator meets them: what is in the file, what is not, and what is refused. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeBackup } from '../../apps/cli/src/takeBackup.ts'
import { type RestoreOptions, restore } from '../../apps/collab-server/src/backup/restore.ts'
import { UNFINISHED } from '../../apps/collab-server/src/backup/unfinished.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import { AUDIT_ACTS } from '../../packages/contract/src/audit.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { Authors } from '../../packages/contract/src/revisions.ts'
import type { Series } from '../../packages/contract/src/studies.ts'
import { annotate } from '../../packages/crdt-schema/src/acts/all.ts'
import { hashesFromPacks, importFiles } from '../import/door.ts'
import { madeSeries } from '../import/made.ts'
import { consilium } from '../support/consilium.ts'
import { serverThatRefuses, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { openPage, until } from '../wire/page.ts'
import { box } from '../wire/ward.ts'

const folder = temporaryFolder('consilium-backup')
const at = (name: string): string => join(folder.path, name)
const FILE = at('one.backup')
const KEYS = at('one.keys')
const SILENT = openLog({ logLevel: 'silent' })

const MANY = 100_000

interface Journal {
  readonly items: unknown[]
}

interface Head {
  readonly n: number
  readonly hash: string
  readonly fingerprint: string
}

let server: TestServer
let document: string
let series: Series
let head: Head
let rows: number
let drawn: Parameters<typeof annotate>[1]
let annotations: object
let own: { PORT: string; CONSILIUM_DATA: string }
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  own = { PORT: String(server.port), CONSILIUM_DATA: server.data }
  const okafor = await server.signIn('okafor')
  const imported = await importFiles(await server.admin(), await madeSeries({ slices: 5 }))
  series = imported.series[0] as Series
  document = `panel:${series.case}`
  const page = await openPage(okafor, document)
  drawn = { ...box, source: { ...box.source, series: series.id } }
  annotate(page.doc, drawn)
  await page.saved()
  annotations = page.doc.getMap('annotations').toJSON()
  page.close()
  // More than fits into any buffer on the way.
  await server.running.services.db.sql.unsafe(`
    insert into projects (id, key, title, created_at) values ('llllllllllllllll', 'ML', 'Many labels', 1);
    insert into labels select 'llllllllllllllll', 'label-' || n, repeat('x', 60), 0, n from generate_series(1, ${MANY}) n`)
  const made = await consilium(['backup', FILE, '--keys', KEYS, '--json'], own)
  expect(made).toMatchObject({ code: 0 })
  ;({ head, rows } = JSON.parse(made.stdout))
})
afterAll(async () => {
  await server.close()
  folder.remove()
})

const restored = (...args: string[]) => consilium(['restore', ...args])

test('[O1] what was restored is what was backed up, with its pictures, and goes on from there', async () => {
  const data = at('restored')
  const asked = ['--keys', KEYS, '--data', data, '--head', head.hash, '--fingerprint', head.fingerprint]
  const done = await restored(FILE, ...asked)
  expect(done).toMatchObject({ code: 0, stderr: '' })
  expect(done.stdout).toContain(`Signed head: checkpoint ${head.n}`)
  expect(done.stdout).toMatch(/Verified: 1 documents with \d+ revisions, of which \d+ are signed/)
  const okafor = await server.signIn('okafor')
  const asWritten = await (await server.admin()).get<Journal>(`/documents/${document}/journal`)
  const again = await startTestServer({ data, demo: true })
  try {
    const person = await again.signIn('okafor')
    const journal = await (await again.admin()).get<Journal>(`/documents/${document}/journal`)
    expect(journal.items.slice(0, rows)).toEqual(asWritten.items)
    expect(await hashesFromPacks(person, series)).toEqual(await hashesFromPacks(okafor, series))
    const page = await openPage(person, document)
    expect(page.doc.getMap('annotations').toJSON()).toEqual(annotations)
    annotate(page.doc, drawn)
    await page.saved()
    page.close()
    // As somebody kept them on the day of the backup.
    const published = readFileSync(join(server.data, 'checkpoints.log'), 'utf8').split('\n')
    writeFileSync(at('witness.log'), published.slice(0, head.n).join('\n'))
    const verified = await consilium(['verify', '--key', head.fingerprint, '--witness', at('witness.log')], {
      PORT: String(again.port),
      CONSILIUM_DATA: data,
    })
    expect(verified).toMatchObject({ code: 0 })
    const { db, projects } = again.running.services
    const [labels] = await db.sql<
      { n: number }[]
    >`select count(*)::int as n from labels where key like 'label-%'`
    expect(labels?.n).toBe(MANY)
    const project = (await projects.list())[0]?.id ?? ''
    const before = (await person.get<Case[]>(`/projects/${project}/cases`)).map(({ key }) => key)
    // A number that was given away is not given away again.
    expect(before).not.toContain((await projects.addCase(project)).key)
  } finally {
    await again.close()
  }
})

test('[O4] no key and no name is in a backup; without the keys file people are as if erased, and an administrator is made anew', async () => {
  const bytes = readFileSync(FILE)
  const keys = JSON.parse(readFileSync(KEYS, 'utf8'))
  expect(statSync(KEYS).mode & 0o777).toBe(0o600)
  expect(keys.people.length).toBeGreaterThan(2)
  for (const secret of [keys.instanceKey, ...keys.checkpointKeys]) {
    expect(
      readFileSync(join(server.data, 'instance.key'), 'utf8') +
        readFileSync(join(server.data, 'checkpoint.key'), 'utf8'),
    ).toContain(secret)
    expect(bytes.includes(Buffer.from(secret, 'hex')) || bytes.includes(secret)).toBe(false)
  }
  for (const { wrapped } of keys.people) expect(bytes.includes(Buffer.from(wrapped, 'base64'))).toBe(false)
  for (const name of ['Okafor', 'okafor', 'Lindqvist', 'admin-token in the data folder'])
    expect([name, bytes.includes(name)]).toEqual([name, false])

  const data = at('nameless')
  expect(await restored(FILE, '--data', data)).toMatchObject({ code: 2, stdout: '' })
  expect(await restored(FILE, '--data', data, '--without-keys')).toMatchObject({ code: 0 })
  const again = await startTestServer({ data, env: { LOG_LEVEL: 'silent' } })
  try {
    expect(again.running.firstAdminUrl).toMatch(/first-admin/)
    await expect(again.signIn('okafor')).rejects.toThrow('401')
    const admin = await again.admin()
    const { clients } = await admin.get<Authors>(`/documents/${document}/authors`)
    expect(clients.map(({ author }) => author.name)).toEqual([expect.stringMatching(/^Erased person \d+$/)])
  } finally {
    await again.close()
  }
})

test('[O3] whatever is not the backup that was asked for is refused by name, and nothing is left behind', async () => {
  const bytes = readFileSync(FILE)
  const tried = at('tried')
  const other = '00'.repeat(32)
  async function refused(says: RegExp, file: string, also: Partial<RestoreOptions> = {}): Promise<void> {
    const config = { data: tried, databaseUrl: null }
    const asked = { file, config, log: SILENT, keys: KEYS, head: null, fingerprint: null, ...also }
    await expect(restore(asked), String(says)).rejects.toThrow(says)
    expect(existsSync(tried)).toBe(false)
  }
  const cut = at('cut.backup')
  for (const size of [bytes.length - 1, bytes.length - 71, bytes.length - 100, bytes.length >> 1, 400, 30]) {
    copyFileSync(FILE, cut)
    truncateSync(cut, size)
    await refused(/^The backup is not whole: it was cut /, cut)
  }
  const altered = at('altered.backup')
  for (const place of [25, bytes.length >> 2, bytes.length >> 1, bytes.length - 200, bytes.length - 3]) {
    const copy = Buffer.from(bytes)
    copy[place] = (copy[place] as number) ^ 4
    writeFileSync(altered, copy)
    await refused(/^The backup (was altered|is not whole)/, altered)
  }
  writeFileSync(altered, Buffer.concat([bytes, Buffer.from('more')]))
  await refused(/something was added at its end/, altered)
  await refused(/is not a backup of Consilium/, KEYS)
  await refused(/is not a keys file/, FILE, { keys: FILE })
  const strange = at('strange.keys')
  const keys = JSON.parse(readFileSync(KEYS, 'utf8'))
  writeFileSync(strange, JSON.stringify({ ...keys, instanceKey: other }))
  await refused(/keys of another server/, FILE, { keys: strange })
  writeFileSync(strange, JSON.stringify({ ...keys, checkpointKeys: [other] }))
  await refused(/not hold the key that signed/, FILE, { keys: strange })
  await refused(/signed by the key [0-9a-f]{64}, not/, FILE, { fingerprint: other })
  await refused(/ends with the checkpoint [0-9a-f]{64}, not/, FILE, { head: other })
  await refused(/there is no file/i, at('nothing.backup'))
  const full = at('full')
  expect(await restored(KEYS, '--keys', KEYS, '--data', tried)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/is not a backup of Consilium/),
  })
  expect(existsSync(tried)).toBe(false)
  mkdirSync(full)
  writeFileSync(join(full, 'something'), '')
  expect((await restored(FILE, '--keys', KEYS, '--data', full)).stderr).toMatch(/is not empty/)
  expect(readdirSync(full)).toEqual(['something'])
})

test('[O5] a backup and its keys are for administrators, and it is noted who made one', async () => {
  const okafor = await server.signIn('okafor')
  for (const path of ['/backup', '/backup/keys']) expect((await okafor.ask('GET', path)).status).toBe(403)
  const [noted] = await server.running.services.db.sql<{ act: number; detail: string }[]>`
    select act, detail from audit where act = ${AUDIT_ACTS['made-backup']} order by n`
  expect(JSON.parse(noted?.detail ?? '')).toEqual({ checkpoint: head.n, rows })
})

test('[O6] no server starts on a restore that was broken off, and no other restore goes into it', async () => {
  const data = at('broken-off')
  mkdirSync(data)
  writeFileSync(join(data, UNFINISHED), '')
  const { code, stderr } = await serverThatRefuses({ data })
  expect([code, stderr]).toEqual([1, expect.stringMatching(/restore that was not finished/)])
  const config = { data, databaseUrl: null }
  const asked = { file: FILE, config, log: SILENT, keys: KEYS, head: null, fingerprint: null }
  await expect(restore(asked)).rejects.toThrow(/restore that was not finished/)
  expect(readdirSync(data)).toEqual([UNFINISHED])
})

test('[O7] a backup that breaks off leaves nothing under its name, and an existing file is not written over', async () => {
  const bytes = readFileSync(FILE)
  const path = at('broken.backup')
  async function* breaking() {
    yield bytes.subarray(0, bytes.length >> 1)
    throw new Error('the connection broke')
  }
  await expect(takeBackup(breaking(), path, () => undefined)).rejects.toThrow(
    /broke off: the connection broke/,
  )
  async function* ending() {
    yield bytes.subarray(0, bytes.length - 1)
  }
  await expect(takeBackup(ending(), path, () => undefined)).rejects.toThrow(/its end is missing/)
  expect(readdirSync(folder.path).filter((name) => name.startsWith('broken.'))).toEqual([])
  const again = await consilium(['backup', FILE], own)
  expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/is there already/) })
  expect(readFileSync(FILE).equals(bytes)).toBe(true)
})

test('[O2] the server says in words what its backup ends with, and that the keys are not in it', async () => {
  const said = await consilium(['backup', at('words.backup')], own)
  expect(said.code).toBe(0)
  for (const words of [
    /Signed head: checkpoint \d+ of/,
    /root +[0-9a-f]{64}/,
    /hash +[0-9a-f]{64}/,
    /1 documents with/,
  ])
    expect(said.stdout).toMatch(words)
  expect(said.stdout).toContain(head.fingerprint)
  expect(said.stderr).toMatch(/^The keys are not in it/)
  const wrong = await consilium(['backup', at('no.backup'), '--keys', at('no.keys')], {
    ...own,
    CONSILIUM_INSTANCE_KEY: '00'.repeat(32),
  })
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/not those of http/)])
  expect(existsSync(at('no.backup'))).toBe(false)
})

test('[O7] whoever stops taking a backup leaves nothing open in the database', async () => {
  const { db } = server.running.services
  const reading = () => db.sql`
    select 1 from pg_stat_activity where pid <> pg_backend_pid() and xact_start is not null and datname = current_database()`
  const stop = new AbortController()
  const answer = await fetch(`${server.url}/api/backup`, {
    headers: (await server.admin()).headers(),
    signal: stop.signal,
  })
  await answer.body?.getReader().read()
  await until('it to be read', async () => (await reading()).length > 0)
  stop.abort()
  await until('nobody to read any more', async () => (await reading()).length === 0)
})
