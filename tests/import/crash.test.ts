/** A server that is killed in the middle of an import: nothing half done is seen, nothing is lost that was said to be stored, nothing stays behind. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '@consilium/contract/projects'
import type { Import } from '@consilium/contract/studies'
import { afterAll, expect, test } from 'vitest'
import { Client, startServerProcess, temporaryFolder } from '../support/server.ts'
import { projectOf, send } from './door.ts'
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
