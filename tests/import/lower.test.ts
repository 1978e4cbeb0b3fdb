/** Large series in less detail, over the wire: by which means, from when on, and that they outlast what everything else does. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { blobsIn } from './blobs.ts'
import { hashesFromPacks, importFiles } from './door.ts'
import { madeSeries } from './made.ts'
import { madeRadiograph, type Radiograph, reduced } from './radiograph.ts'

const folder = temporaryFolder('consilium-lower')
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

type Lower = NonNullable<Series['lower']>

const lowered = (id: string): Promise<Series & { lower: Lower }> =>
  vi.waitFor(async () => {
    const series = await client.get<Series>(`/series/${id}`)
    if (!series.lower) throw new Error('it has no copy in less detail yet')
    return { ...series, lower: series.lower }
  }, 120_000)
const lowerHashes = (series: Series & { lower: Lower }): Promise<string[]> =>
  hashesFromPacks(client, { ...series, ...series.lower, id: `${series.id}/lower` })
const expectedHashes = (film: Radiograph, rows: number, columns: number): string[] =>
  film.pixels.map((pixels) =>
    createHash('sha256')
      .update(new Uint8Array(reduced(pixels, rows, columns).buffer))
      .digest('hex'),
  )
const imported = async (film: Radiograph): Promise<string> => {
  const done = await importFiles(client, [film])
  expect(done).toMatchObject({ state: 'done', refused: 0, held: 0 })
  return done.series[0]!.id
}

test('[S60] every pixel of the copy is the mean of four by four, edges and empty places too', async () => {
  const film = await madeRadiograph({ rows: 3_001, columns: 2_502, variant: 1 })
  const series = await lowered(await imported(film))
  expect(series).toMatchObject({ rows: 3_001, columns: 2_502, frames: 1 })
  expect(series.lower).toMatchObject({ factor: 4, rows: 751, columns: 626, packs: [{ first: 0, count: 1 }] })
  expect(series.lower.packs[0]!.bytes).toBeLessThan(series.packs[0]!.bytes / 10)
  expect(await lowerHashes(series)).toEqual(expectedHashes(film, 3_001, 2_502))
})

test('[S60] a series that is not large has no such copy', async () => {
  const done = await importFiles(client, await madeSeries({ variant: 160, slices: 2 }))
  const { id, lower } = done.series[0]!
  expect(lower).toBeNull()
  expect((await client.ask('GET', `/series/${id}/lower/packs/0`)).status).toBe(404)
})

test('[S61] who knew a series before its copy was there is told of it; the pictures of it are kept for ever', async () => {
  const id = await imported(await madeRadiograph({ rows: 2_100, columns: 40, variant: 2 }))
  await lowered(id)
  const asked = (path: string, tag: string) =>
    client.ask('GET', `/series/${id}${path}`, undefined, { 'if-none-match': tag })
  const fresh = await asked('', `"${id}"`)
  expect(fresh.headers.get('cache-control')).toBe('private, no-cache')
  expect(((await fresh.json()) as Series).lower).not.toBeNull()
  expect((await asked('', fresh.headers.get('etag') ?? '')).status).toBe(304)
  const pack = await asked('/lower/packs/0', '""')
  expect(pack.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  await pack.body?.cancel()
  expect((await asked('/lower/packs/0', pack.headers.get('etag') ?? '')).status).toBe(304)
})

test('[S62] what a stop broke off is made at the next start, and what is there stays there', {
  timeout: 240_000,
}, async () => {
  const film = await madeRadiograph({ rows: 2_100, columns: 120, frames: 5, variant: 3 })
  const id = await imported(film)
  const before = await lowered(id)
  const expected = expectedHashes(film, 2_100, 120)
  expect(await lowerHashes(before)).toEqual(expected)
  await server.running.services.db.sql`
    update frames set lower_sha256 = null, lower_bytes = null where series = ${id} and number >= 2`
  await server.close()
  await start()
  expect(blobsIn(data)).toEqual(expect.arrayContaining(expected.slice(0, 2)))
  const after = await lowered(id)
  expect(after).toEqual(before)
  expect(await lowerHashes(after)).toEqual(expected)

  const late = await madeRadiograph({ rows: 2_100, columns: 300, frames: 8, variant: 6 })
  const begun = await imported(late)
  await server.close()
  await start()
  expect(await lowerHashes(await lowered(begun))).toEqual(expectedHashes(late, 2_100, 300))
  expect(blobsIn(data)).toEqual(expect.arrayContaining(expected))
})

test('[S62] the same pictures again are the same series with the same copy', async () => {
  const film = await madeRadiograph({ rows: 2_100, columns: 60, variant: 4 })
  const first = await lowered(await imported(film))
  const before = blobsIn(data).toSorted()
  expect(await lowered(await imported(film))).toEqual(first)
  expect(blobsIn(data).toSorted()).toEqual(before)
})

test('[S62] a backup holds the copies', async () => {
  const film = await madeRadiograph({ rows: 2_100, columns: 80, variant: 5 })
  const series = await lowered(await imported(film))
  const admin = await server.admin()
  const backup = Buffer.from(await (await admin.ask('GET', '/backup')).arrayBuffer())
  const [copy] = await lowerHashes(series)
  for (const sha256 of [copy, ...series.frameSha256]) expect(backup.includes(`frames/${sha256}`)).toBe(true)
  expect(backup.includes(`frames/${'0'.repeat(64)}`)).toBe(false)
})
