/** Pictures are only stored while somebody waits, and compressed afterwards: the same to every reader, and to whoever stops the server. */
import { hash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { blobPath, blobsIn } from './blobs.ts'
import { hashesFromPacks, importFiles } from './door.ts'
import { madeSeries } from './made.ts'

const folder = temporaryFolder('consilium-tight')
const data = join(folder.path, 'data')
let server: TestServer
let client: Client
const start = async () => {
  server = await startTestServer({ data, demo: true })
  client = await server.signIn('vasquez')
}
beforeAll(start)
afterAll(async () => {
  await server.close()
  folder.remove()
})

const bring = async (variant: number, slices: number): Promise<Series> => {
  const done = await importFiles(client, await madeSeries({ variant, slices }))
  expect(done).toMatchObject({ state: 'done', stored: slices })
  return done.series[0]!
}
/** As long as files come in nothing is compressed. */
const comingIn = () =>
  vi.spyOn(server.running.services.studies.threads, 'sinceReadMs', 'get').mockReturnValue(0)
const sizes = ({ frameSha256 }: Series): number[] =>
  frameSha256.map((sha256) => statSync(blobPath(data, sha256)).size)
const said = async ({ id }: Series): Promise<(number | null)[]> =>
  (
    await server.running.services.db.sql<{ bytes: number | null }[]>`
      select bytes from frames where series = ${id} order by number`
  ).map(({ bytes }) => bytes)
const untilTight = (series: Series): Promise<void> =>
  vi.waitFor(async () => expect(await said(series)).not.toContain(null), 60_000)
const tagOf = async ({ id }: Series, coding: string): Promise<string | null> => {
  const answer = await client.ask('GET', `/series/${id}/packs/0`, undefined, { 'accept-encoding': coding })
  await answer.body?.cancel()
  return answer.headers.get('etag')
}

test('[S66] a series can be looked at before its pictures are compressed, and shows the same afterwards', async () => {
  const coming = comingIn()
  const series = await bring(401, 5)
  const before = {
    sizes: sizes(series),
    zstd: await tagOf(series, 'zstd'),
    gzip: await tagOf(series, 'gzip'),
  }
  const values = series.rows * series.columns * 2
  for (const size of before.sizes) expect(size).toBeGreaterThan(values)
  expect(await said(series)).toEqual(series.frameSha256.map(() => null))
  expect(await hashesFromPacks(client, series)).toEqual(series.frameSha256)

  coming.mockRestore()
  await untilTight(series)
  expect(sizes(series)).toEqual(await said(series))
  for (const size of sizes(series)) expect(size).toBeLessThan(values * 0.8)
  for (const coding of ['zstd', 'br', 'gzip', 'identity'])
    expect(await hashesFromPacks(client, series, coding)).toEqual(series.frameSha256)
  expect(await client.get<Series>(`/series/${series.id}`)).toEqual(series)
  // Other bytes have another name; what is coded anew for each reader is the same.
  expect(await tagOf(series, 'zstd')).not.toBe(before.zstd)
  expect(await tagOf(series, 'gzip')).toBe(before.gzip)
})

test('[S66] the same pictures again stay compressed', async () => {
  const series = await bring(402, 3)
  await untilTight(series)
  const before = { sizes: sizes(series), blobs: blobsIn(data).toSorted() }
  const again = await importFiles(client, await madeSeries({ variant: 402, slices: 3 }))
  expect(again).toMatchObject({ alreadyHere: 3, series: [{ id: series.id }] })
  expect({ sizes: sizes(series), blobs: blobsIn(data).toSorted() }).toEqual(before)
})

test('[S67] what a stop broke off is compressed after the next start; what cannot be read stays as it is', {
  timeout: 180_000,
}, async () => {
  comingIn()
  const series = await bring(403, 20)
  await server.close()
  const [damaged = ''] = series.frameSha256
  const broken = readFileSync(blobPath(data, damaged)).fill(0, 40, 60)
  writeFileSync(blobPath(data, damaged), broken)
  await start()
  const whole = series.frameSha256.slice(1)
  await vi.waitFor(async () => expect((await said(series)).slice(1)).not.toContain(null), 60_000)
  expect(sizes(series)).toEqual([broken.length, ...(await said(series)).slice(1)])
  expect(readFileSync(blobPath(data, damaged)).equals(broken)).toBe(true)
  const hashes = await Promise.all(
    whole.map(async (_, k) => {
      const answer = await client.ask('GET', `/series/${series.id}/frames/${k + 1}`)
      return hash('sha256', new Uint8Array(await answer.arrayBuffer()))
    }),
  )
  expect(hashes).toEqual(whole)
  expect(blobsIn(data).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([])
})
