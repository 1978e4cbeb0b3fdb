/** An import that is cancelled leaves nothing, takes nothing from others, and stays cancelled. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditPage } from '@consilium/contract/audit'
import type { Import } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { blobsIn } from './blobs.ts'
import { ask, begin, finish, hashesFromPacks, importFiles, projectOf, send, sendPart } from './door.ts'
import { madeSeries } from './made.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

const cancel = async (id: string) => (await client.ask('DELETE', `/imports/${id}`)).status

test('[S37] nothing of a cancelled import is left: no picture, no part, no series', async () => {
  const before = blobsIn(server.data)
  const files = await madeSeries({ variant: 131, slices: 4 })
  const id = await begin(client)
  for (const file of files.slice(0, 3)) await send(client, id, file)
  await sendPart(client, id, files[3]!, { offset: 0, end: 100 })
  expect(blobsIn(server.data).length).toBe(before.length + 3)
  expect([await cancel(id), await cancel(id)]).toEqual([204, 204])
  expect(blobsIn(server.data).toSorted()).toEqual(before.toSorted())
  expect(readdirSync(join(server.data, 'incoming'))).toEqual([])
  expect(await client.get<Import>(`/imports/${id}`)).toMatchObject({ state: 'cancelled', series: [] })
  await expect(send(client, id, files[0]!)).rejects.toThrow(/409.*import-closed/)
  expect((await finish(client, id)).state).toBe('cancelled')
  const after = await begin(client)
  expect((await ask(client, after, files)).map((one) => one.status)).toEqual(files.map(() => null))
})

test('[S37] pictures that another import or a series shows stay when one that has them too is cancelled', async () => {
  const files = await madeSeries({ variant: 132, slices: 6 })
  const first = await importFiles(client, files.slice(0, 2))
  const other = await begin(client)
  const id = await begin(client)
  for (const file of files.slice(1, 4)) await send(client, other, file)
  for (const file of files) await send(client, id, file)
  expect(await cancel(id)).toBe(204)
  const shown = await finish(client, other)
  expect(shown.series[0]?.frameSha256).toEqual(files.slice(0, 4).map((file) => file.sha256))
  expect(await hashesFromPacks(client, shown.series[0]!)).toEqual(shown.series[0]!.frameSha256)
  expect(await hashesFromPacks(client, first.series[0]!)).toEqual(first.series[0]!.frameSha256)
  expect(blobsIn(server.data)).not.toContain(files[5]!.sha256)
})

test('[S37] files that are being read while it is cancelled are dropped; those that others send meanwhile are not', async () => {
  for (let round = 0; round < 3; round++) {
    const files = await madeSeries({ variant: 1330 + round, slices: 12 })
    const [id, other] = [await begin(client), await begin(client)]
    const sending = files.flatMap((file) => [
      send(client, id, file).catch(() => null),
      send(client, other, file),
    ])
    await Promise.race(sending)
    expect(await cancel(id)).toBe(204)
    await Promise.all(sending)
    // Nothing went with the cancelled one that this one had been told is stored.
    const done = await finish(client, other)
    expect(await hashesFromPacks(client, done.series[0]!)).toEqual(files.map((file) => file.sha256))
  }
})

test('[S37] what is done is not cancelled', async () => {
  const done = await importFiles(client, await madeSeries({ variant: 134, slices: 2 }))
  const answer = await client.ask('DELETE', `/imports/${done.id}`)
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'import-closed'])
  expect(await client.get<Import>(`/imports/${done.id}`)).toMatchObject({ state: 'done' })
})

test('[A12] who cancels an import is noted, once', async () => {
  const id = await begin(client)
  await cancel(id)
  await cancel(id)
  const admin = await server.admin()
  const { items } = await admin.get<AuditPage>(`/projects/${(await projectOf(client)).id}/audit`)
  const noted = items.filter(
    (one) => one.act === 'cancelled-import' && JSON.stringify(one.detail).includes(id),
  )
  expect(noted).toHaveLength(1)
})
