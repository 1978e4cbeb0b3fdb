/** No identity enters the store: whatever a file says of its patient is nowhere in the data folder, the database, or what is served. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { unpacked } from './blobs.ts'
import { importFiles, type SentFile } from './door.ts'
import { CANARIES, madeSeries } from './made.ts'
import { filesIn, hasTestData, textOf } from './realSeries.ts'

let server: TestServer
let client: Client

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

/** Everything that is kept, as bytes to search: files (unpacked where packed), and every row of every table as text. */
async function everythingKept(): Promise<{ where: string; bytes: Buffer }[]> {
  const { sql } = server.running.services.db
  await sql`checkpoint`.catch(() => undefined)
  const kept: { where: string; bytes: Buffer }[] = []
  for (const entry of readdirSync(server.data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    kept.push({ where: path, bytes }, { where: `name of ${path}`, bytes: Buffer.from(path) })
    if (/\/(frames|packs)\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path))
      kept.push({ where: `unpacked ${path}`, bytes: unpacked(bytes) })
  }
  const tables = await sql<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public'`
  for (const { name } of tables) {
    const rows = await sql.unsafe(`select t::text as row from "${name}" t`)
    kept.push({ where: `table ${name}`, bytes: Buffer.from(rows.map((row) => String(row.row)).join('\n')) })
  }
  return kept
}

async function everythingServed(
  series: readonly Series[],
  importId: string,
): Promise<{ where: string; bytes: Buffer }[]> {
  const paths = ['/projects', '/openapi.json', `/imports/${importId}`]
  for (const one of series) {
    paths.push(
      `/cases/${one.case}`,
      `/cases/${one.case}/series`,
      `/series/${one.id}`,
      `/series/${one.id}/thumbnail`,
    )
    paths.push(...one.packs.map((_, n) => `/series/${one.id}/packs/${n}`), `/series/${one.id}/frames/0`)
  }
  return Promise.all(
    paths.map(async (path) => ({
      where: path,
      bytes: Buffer.from(await (await client.ask('GET', path)).arrayBuffer()),
    })),
  )
}

/** As ASCII, and as UTF-16 in either order. Breathes between places: the server under test lives in this process. */
async function findIn(
  places: readonly { where: string; bytes: Buffer }[],
  texts: readonly string[],
): Promise<string[]> {
  const forms = texts.flatMap((text) => {
    const little = Buffer.from(text, 'utf16le')
    return [Buffer.from(text, 'latin1'), little, Buffer.from(little).swap16()].map((form) => ({ text, form }))
  })
  const found: string[] = []
  for (const { where, bytes } of places) {
    found.push(...forms.filter(({ form }) => bytes.includes(form)).map(({ text }) => `${text} in ${where}`))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found
}

async function nothingOf(texts: readonly string[], files: readonly SentFile[]): Promise<void> {
  const sent = files.map((file) => ({
    where: file.name,
    bytes: Buffer.concat([Buffer.from(file.name), file.bytes]),
  }))
  const planted = await findIn(sent, texts)
  for (const text of texts)
    expect(
      planted.some((line) => line.startsWith(`${text} in `)),
      `"${text}" is in what is sent, else this proves nothing`,
    ).toBe(true)
  const done = await importFiles(client, files)
  expect(done.series.length).toBeGreaterThan(0)
  // The list of files is told back to the sender while the server runs: that, and only that, names them.
  const places = [...(await everythingKept()), ...(await everythingServed(done.series, 'aaaaaaaaaaaaaaaa'))]
  expect(places.length).toBeGreaterThan(50)
  expect(await findIn(places, texts)).toEqual([])
}

test('[D21] names, ids, dates, UIDs, comments, private and nested elements of a file are nowhere afterwards', async () => {
  await nothingOf(CANARIES, await madeSeries())
})

test.skipIf(!hasTestData)('[D21] nothing of the patient of a real CT is kept or served', async () => {
  const files = filesIn('series/ct-ge-cmbcrc').slice(0, 12)
  const first = files[0]!.bytes
  const texts = [
    textOf(first, 0x00100010, 'PN'),
    textOf(first, 0x00100020, 'LO'),
    textOf(first, 0x00080020, 'DA'),
    textOf(first, 0x0020000d, 'UI'),
    textOf(first, 0x0020000e, 'UI'),
    textOf(first, 0x00200052, 'UI'),
    ...files.map((file) => textOf(file.bytes, 0x00080018, 'UI')),
  ]
  expect(texts.every((text) => text.length >= 8)).toBe(true)
  await nothingOf([...new Set(texts)], files)
})

test.skipIf(!hasTestData)(
  '[D21] nothing of the patient of a real MR with names in private elements is kept or served',
  async () => {
    const files = filesIn('series/phi-tcia-mr-original')
    const first = files[0]!.bytes
    const name = textOf(first, 0x00100010, 'PN')
    const texts = [name, textOf(first, 0x00100020, 'LO'), textOf(first, 0x00080020, 'DA')]
    expect(texts.every((text) => text.length >= 6)).toBe(true)
    await nothingOf([...new Set([...texts, ...name.split('^').filter((part) => part.length > 4)])], files)
  },
)

test('[D22] what is kept and what is left out is said by name, without any value', async () => {
  const done = await importFiles(client, await madeSeries({ variant: 60, slices: 3 }))
  const { kept, dropped } = done.series[0]!
  expect(kept).toEqual(expect.arrayContaining(['PixelSpacing', 'ImagePositionPatient', 'Rows']))
  expect(dropped).toEqual(
    expect.arrayContaining(['PatientName', 'PatientID', 'StudyDate', 'BodyPartExamined']),
  )
  expect(kept.filter((name) => dropped.includes(name))).toEqual([])
})
