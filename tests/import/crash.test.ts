/** A server that is killed in the middle of an import: nothing half done is seen, nothing is lost that was said to be stored, nothing stays behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '@consilium/contract/projects'
import type { Import } from '@consilium/contract/studies'
import { afterAll, expect, test } from 'vitest'
import { Client, startServerProcess, temporaryFolder } from '../support/server.ts'
import { ask, begin, finish, hashesFromPacks, projectOf, send } from './door.ts'
import { madeSeries } from './made.ts'

const folder = temporaryFolder('consilium-crash')
const data = join(folder.path, 'data')
afterAll(() => folder.remove())

const start = async () => {
  const server = await startServerProcess({ data, demo: true })
  const client = new Client(server.url)
  await client.signIn('vasquez')
  return { server, client }
}

const blobs = (kind: string): string[] =>
  existsSync(join(data, kind))
    ? readdirSync(join(data, kind), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /[0-9a-f]{64}/.test(name),
      )
    : []

test('[S29] an import goes on after a kill; what no series names is cleared away at the start', {
  timeout: 240_000,
}, async () => {
  const files = await madeSeries({ variant: 80, slices: 12 })
  const first = await start()
  const project = await projectOf(first.client)
  const { id } = await first.client.post<Import>(`/projects/${project.id}/imports`, {})
  for (const file of files.slice(0, 7)) expect((await send(first.client, id, file)).status).toBe('stored')
  const late = send(first.client, id, files[7]!).catch(() => null)
  await first.server.kill('SIGKILL')
  await late
  // As a kill between blob and row, or while reading, would leave them.
  const orphan = 'e'.repeat(64)
  for (const kind of ['frames', 'packs']) {
    mkdirSync(join(data, kind, 'ee'), { recursive: true })
    writeFileSync(join(data, kind, 'ee', orphan), 'nobody names this')
    writeFileSync(join(data, kind, 'ee', `${orphan}.0123456789ab.tmp`), 'half')
  }
  mkdirSync(join(data, 'incoming'), { recursive: true })
  writeFileSync(join(data, 'incoming', 'original'), 'CANARYFAMILY^CANARYGIVEN')

  const second = await start()
  expect(readdirSync(join(data, 'incoming'))).toEqual([])
  expect([...blobs('frames'), ...blobs('packs')].filter((name) => name.includes(orphan))).toEqual([])
  expect(await second.client.get<Case[]>(`/projects/${project.id}/cases`)).toEqual([])
  const resumed = await second.client.get<Import>(`/imports/${id}`)
  expect(resumed).toMatchObject({ state: 'receiving', refused: 0, files: [], series: [] })
  expect(resumed.stored).toBeGreaterThanOrEqual(7)
  for (const file of files.slice(5)) await send(second.client, id, file)
  const done = await second.client.post<Import>(`/imports/${id}/finish`, {})
  expect(done.series).toHaveLength(1)
  expect(done.series[0]?.frameSha256).toEqual(files.map((file) => file.sha256))
  expect(new Set(blobs('frames').map((name) => name.slice(3)))).toEqual(
    new Set(files.map((file) => file.sha256)),
  )
  await second.server.kill('SIGTERM')
})

test('[S38] after a kill in the middle only what is missing is sent, and the series is the same', {
  timeout: 240_000,
}, async () => {
  const files = await madeSeries({ variant: 81, slices: 16 })
  const first = await start()
  const id = await begin(first.client)
  for (const file of files.slice(0, 6)) await send(first.client, id, file)
  // Answers of these may be lost.
  const late = Promise.allSettled(files.slice(6, 12).map((file) => send(first.client, id, file)))
  await first.server.kill('SIGKILL')
  await late

  const second = await start()
  const known = await ask(second.client, id, files)
  expect(known.slice(0, 6).map((one) => one.status)).toEqual(files.slice(0, 6).map(() => 'stored'))
  expect(known.slice(12).map((one) => one.status)).toEqual(files.slice(12).map(() => null))
  for (const [k, file] of files.entries()) if (known[k]!.status === null) await send(second.client, id, file)
  const done = await finish(second.client, id)
  expect(done).toMatchObject({ received: 16, refused: 0 })
  expect(done.series.map((one) => one.frameSha256)).toEqual([files.map((file) => file.sha256)])
  expect(await hashesFromPacks(second.client, done.series[0]!)).toEqual(done.series[0]!.frameSha256)
  await second.server.kill('SIGTERM')
})

test('[S39] a PostgreSQL that is killed may have lost what it had not written: the import begins anew', {
  timeout: 240_000,
}, async () => {
  const files = await madeSeries({ variant: 82, slices: 6 })
  const first = await start()
  const id = await begin(first.client)
  for (const file of files) await send(first.client, id, file)
  const [postmaster] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(postmaster), 'SIGKILL')
  await first.server.kill('SIGKILL')

  const second = await start()
  const refused = await second.client.ask('POST', `/imports/${id}/finish`, {})
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'files-missing'])
  expect((await ask(second.client, id, files)).map((one) => one.status)).toEqual(files.map(() => null))
  for (const file of files) await send(second.client, id, file)
  const done = await finish(second.client, id)
  expect(done.series.map((one) => one.frameSha256)).toEqual([files.map((file) => file.sha256)])
  await second.server.kill('SIGTERM')
})
