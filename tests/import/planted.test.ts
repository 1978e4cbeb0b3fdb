/**
 * Something of somebody, planted in every corner of files of every kind: none of it is found afterwards, neither in the stopped data folder
 * nor in any table, nor in what the server said of itself, nor in any byte that it serves. planted/ has the list of the places.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '@consilium/contract/projects'
import type { FileAnswer, HeldPictures, Import, Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client, startServerProcess, startTestServer, temporaryFolder } from '../support/server.ts'
import { unpacked } from './blobs.ts'
import { projectOf, send } from './door.ts'
import { type Carrier, dicomCarriers } from './planted/dicom.ts'
import { otherCarriers } from './planted/others.ts'
import { formsOf, MARK } from './planted/plant.ts'

/** Where one looks. */
interface Found {
  readonly where: string
  readonly bytes: Buffer
}

const folder = temporaryFolder('consilium-planted')
let carriers: readonly Carrier[] = []
const answers = new Map<string, FileAnswer>()
const everything: Found[] = []

beforeAll(async () => {
  carriers = [...(await dicomCarriers()), ...(await otherCarriers())]
  const data = join(folder.path, 'data')
  const server = await startServerProcess({ data, demo: true, env: { LOG_LEVEL: 'trace' } })
  try {
    const vasquez = new Client(server.url)
    await vasquez.signIn('vasquez')
    const project = (await projectOf(vasquez)).id
    const { id } = await vasquez.post<Import>(`/projects/${project}/imports`, {})
    for (const { file } of carriers) answers.set(file.name, (await send(vasquez, id, file)) as FileAnswer)
    const done = await vasquez.post<Import>(`/imports/${id}/finish`, {})
    everything.push(...(await served(vasquez, await administrator(server.url, data), done)))
  } finally {
    await server.kill('SIGTERM')
  }
  everything.push({ where: 'stdout', bytes: Buffer.from(server.stdout()) })
  everything.push({ where: 'stderr', bytes: Buffer.from(server.stderr()) })
  everything.push(...kept(data))
  everything.push(...(await rows(data)))
})
afterAll(() => folder.remove())

async function administrator(url: string, data: string): Promise<Client> {
  return Client.withToken(url, readFileSync(join(data, 'admin-token'), 'utf8').trim())
}

/** Every answer to GET that has to do with what came. */
async function served(vasquez: Client, administrator: Client, done: Import): Promise<Found[]> {
  const cases = await vasquez.get<Case[]>(`/projects/${done.project}/cases`)
  const held = await vasquez.get<HeldPictures[]>(`/projects/${done.project}/quarantine`)
  const series = (
    await Promise.all(cases.map((one) => vasquez.get<Series[]>(`/cases/${one.id}/series`)))
  ).flat()
  const found: Found[] = []
  const { paths } = await vasquez.get<{ paths: Record<string, { get?: unknown }> }>('/openapi.json')
  const known: Record<string, readonly string[]> = {
    '/projects': [done.project],
    '/imports': [done.id],
    '/cases': cases.map((one) => one.id),
    // Nothing of a file is ever written into a document; a few are enough to see it.
    '/documents': cases.slice(0, 2).map((one) => `panel:${one.id}`),
    '/series': series.map((one) => one.id),
    '/quarantine': held.map((one) => one.id),
  }
  const asked = Object.entries(paths)
    .filter(([, { get }]) => get !== undefined)
    .map(([path]) => path.replace(/^\/api/, ''))
    .flatMap((path) =>
      (known[`/${path.split('/')[1]}`] ?? ['']).map((id) =>
        path.replace(/\{[^}]*\}/, id).replaceAll(/\{[^}]*\}/g, '0'),
      ),
    )
  for (const one of series) for (let n = 1; n < one.frames; n++) asked.push(`/series/${one.id}/frames/${n}`)
  // The sender alone is told the names of the files again, in the list of what became of each.
  for (const path of asked)
    for (const client of path === `/imports/${done.id}` ? [administrator] : [vasquez]) {
      const answer = await client.ask('GET', path, undefined, { 'accept-encoding': 'identity' })
      const bytes = Buffer.from(await answer.arrayBuffer())
      found.push({ where: `GET ${path}`, bytes })
      found.push({ where: `headers of GET ${path}`, bytes: Buffer.from(JSON.stringify([...answer.headers])) })
      if (/\/frames\/\d+$/.test(path))
        found.push({ where: `high bits of GET ${path}`, bytes: highBits(bytes) })
    }
  return found
}

/** The four highest bits of each cell of sixteen, two after one another a byte. */
function highBits(cells: Buffer): Buffer {
  const halves = cells.filter((_, k) => k % 2 === 1).map((byte) => byte >> 4)
  return Buffer.from(
    Array.from(
      { length: halves.length >> 1 },
      (_, k) => ((halves[2 * k] as number) << 4) | (halves[2 * k + 1] as number),
    ),
  )
}

function kept(data: string): Found[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      const found = [
        { where: path, bytes },
        { where: `name of ${path}`, bytes: Buffer.from(path) },
      ]
      if (/\/frames\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path))
        found.push({ where: `unpacked ${path}`, bytes: unpacked(bytes) })
      return found
    })
}

/** Every row of every table, as the database prints it. */
async function rows(data: string): Promise<Found[]> {
  const server = await startTestServer({ data, demo: true })
  try {
    const { sql } = server.running.services.db
    const tables = await sql<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`
    const found: Found[] = []
    for (const { name } of tables) {
      const lines = await sql.unsafe(`select t::text as row from ${name} t`)
      found.push({
        where: `table ${name}`,
        bytes: Buffer.from(lines.map(({ row }) => String(row)).join('\n')),
      })
    }
    return found
  } finally {
    await server.close()
  }
}

test('[D40] it is planted: each string is in the file that was made, or in its name', () => {
  const places = carriers.flatMap(({ planting }) => planting.places)
  expect(places.length).toBeGreaterThan(150)
  expect(new Set(places.map(({ where }) => where)).size).toBe(places.length)
  for (const { file, planting } of carriers) {
    const whole = Buffer.concat([Buffer.from(`${file.name}\n`), file.bytes])
    for (const { where, planted } of planting.places) expect(whole.includes(planted), where).toBe(true)
  }
})

test('[D40] each file became what it is: pictures, pictures apart, no picture, or one sentence', () => {
  for (const { file, status } of carriers) {
    const { inside = [], ...answer } = answers.get(file.name) ?? { status: 'never sent', reason: null }
    const statuses = inside.length > 0 ? inside.map((one) => one.status) : [answer.status]
    expect(statuses, `${file.name}: ${answer.reason}`).toContain(status)
  }
})

test('[D40] of what was planted nothing is found anywhere', () => {
  expect(everything.length).toBeGreaterThan(300)
  const found: string[] = []
  for (const { where, bytes } of everything)
    for (const form of formsOf(MARK)) {
      const at = bytes.indexOf(form)
      if (at >= 0)
        found.push(`${JSON.stringify(bytes.toString('latin1', Math.max(0, at - 30), at + 20))} in ${where}`)
    }
  const others = carriers.flatMap(({ planting }) =>
    planting.places.filter(({ planted }) => !planted.toString('latin1').includes(MARK)),
  )
  for (const { where: place, forms } of others)
    for (const { where, bytes } of everything)
      if (forms.some((form) => bytes.includes(form))) found.push(`${place} in ${where}`)
  expect(found).toEqual([])
})
