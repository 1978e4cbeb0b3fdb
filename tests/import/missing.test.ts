/** What was said to be stored and is not there when the import is finished: it is noticed, said, and asked for again. Never a hole. */
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Import, KnownFile } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zipBytes } from '../../apps/collab-server/src/testing/zip.ts'
import { type Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { blobPath } from './blobs.ts'
import { ask, begin, finish, hashesFromPacks, type SentFile, send } from './door.ts'
import { type Made, madeSeries } from './made.ts'

const folder = temporaryFolder('consilium-missing')
const data = join(folder.path, 'data')
let server: TestServer
let client: Client
const start = async () => {
  server = await startTestServer({ demo: true, data })
  client = await server.signIn('vasquez')
}
beforeAll(start)
afterAll(async () => {
  await server.close()
  folder.remove()
})

const refused = async (id: string) => {
  const answer = await client.ask('POST', `/imports/${id}/finish`, {})
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'files-missing'])
  expect(await client.get<Import>(`/imports/${id}`)).toMatchObject({ state: 'receiving', series: [] })
}
const statuses = (known: readonly KnownFile[]) => known.map((one) => one.status)

/** Sends what is not known, finishes, and has every picture. */
async function madeGood(id: string, sources: readonly SentFile[], files: readonly Made[]): Promise<void> {
  const known = await ask(client, id, sources)
  for (const [k, file] of sources.entries()) if (known[k]!.status === null) await send(client, id, file)
  const { series } = await finish(client, id)
  expect(series.map((one) => one.frameSha256)).toEqual([files.map((file) => file.sha256)])
  expect(await hashesFromPacks(client, series[0]!)).toEqual(files.map((file) => file.sha256))
}

const DAMAGE: readonly (readonly [how: string, damage: (path: string) => void])[] = [
  ['is gone', (path) => rmSync(path)],
  ['was cut off', (path) => truncateSync(path, 40)],
  ['is empty', (path) => truncateSync(path, 0)],
]

test.each(DAMAGE)(
  '[S39] a picture that %s between coming and finishing is sent again, and no other',
  async (how, damage) => {
    const files = await madeSeries({ variant: 1400 + how.length, slices: 5 })
    const id = await begin(client)
    for (const file of files) await send(client, id, file)
    damage(blobPath(data, files[2]!.sha256))
    await refused(id)
    // Asking to finish again without it changes nothing.
    await refused(id)
    expect(statuses(await ask(client, id, files))).toEqual(['stored', 'stored', null, 'stored', 'stored'])
    await madeGood(id, files, files)
  },
)

test('[S39] after a start of the server every picture is looked at, also where its size is right', async () => {
  const files = await madeSeries({ variant: 145, slices: 4 })
  const id = await begin(client)
  for (const file of files) await send(client, id, file)
  await server.close()
  const path = blobPath(data, files[1]!.sha256)
  writeFileSync(path, Buffer.alloc(statSync(path).size))
  await start()
  await refused(id)
  expect(statuses(await ask(client, id, files))).toEqual(['stored', null, 'stored', 'stored'])
  await madeGood(id, files, files)
})

test('[S39] of an archive all is sent again where a picture in it is missing', async () => {
  const files = await madeSeries({ variant: 146, slices: 3 })
  const zip = { name: 'a.zip', bytes: zipBytes(files) }
  const id = await begin(client)
  await send(client, id, zip)
  rmSync(blobPath(data, files[0]!.sha256))
  await refused(id)
  expect(statuses(await ask(client, id, [zip]))).toEqual([null])
  await madeGood(id, [zip], files)
})

test('[S39] where the database was cut off and may have lost rows, everything is asked for again', async () => {
  const files = await madeSeries({ variant: 147, slices: 4 })
  const id = await begin(client)
  for (const file of files) await send(client, id, file)
  // As PostgreSQL does with what is UNLOGGED when it recovers (crash.test.ts kills it).
  await server.running.services.db.sql`delete from unbroken_imports`
  await refused(id)
  expect(statuses(await ask(client, id, files))).toEqual(files.map(() => null))
  expect(await client.get<Import>(`/imports/${id}`)).toMatchObject({ received: 0 })
  await madeGood(id, files, files)
})
