/** Pictures of every kind of sample through the door and out again: frames, packs and thumbnails say what the files did. */
import { createHash } from 'node:crypto'
import type { Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { niftiBytes } from '../../packages/imaging/src/testing/nifti.ts'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { hashesFromPacks, importFiles } from './door.ts'
import { PET_SIZE, petSeries } from './pet.ts'
import { filesIn, hasTestData } from './realSeries.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

/** Every frame by itself, in packs, and as a small picture. */
async function expectServed(series: Series): Promise<Uint8Array<ArrayBuffer>[]> {
  const frames: Uint8Array<ArrayBuffer>[] = []
  for (let k = 0; k < series.frames; k++) {
    const answer = await client.ask('GET', `/series/${series.id}/frames/${k}`)
    frames.push(new Uint8Array(await answer.arrayBuffer()))
  }
  const hashes = frames.map((bytes) => createHash('sha256').update(bytes).digest('hex'))
  expect(hashes).toEqual(series.frameSha256)
  expect(await hashesFromPacks(client, series)).toEqual(series.frameSha256)
  const thumbnail = await client.ask('GET', `/series/${series.id}/thumbnail`)
  expect(Buffer.from(await thumbnail.arrayBuffer()).toString('latin1', 1, 4)).toBe('PNG')
  return frames
}

const WORDS = {
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

test.each([
  ['int16', 4, -32_768, 32_767],
  ['uint16', 512, 0, 65_535],
  ['int32', 8, -(2 ** 31), 2 ** 31 - 1],
  ['uint32', 768, 0, 2 ** 32 - 1],
  ['float32', 16, -1.5, Math.fround(3.25e30)],
  ['float64', 64, -1e-200, Math.PI],
] as const)('[S40] %s goes in and comes out to the bit', async (samples, datatype, low, high) => {
  const values = [low, high, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const done = await importFiles(client, [
    { name: 'v.nii', bytes: niftiBytes({ datatype, shape: [3, 2, 2], values }) },
  ])
  const [series] = done.series
  expect(series).toMatchObject({ samples, slices: 2, moments: 1, frames: 2, rows: 2, columns: 3 })
  const served = (await expectServed(series!)).flatMap((bytes) => [...new WORDS[samples](bytes.buffer)])
  expect(served.toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b))
})

test('[V54] [D41] a PET phantom comes out with its unit and the factor by which its water has an uptake of 1', async () => {
  const [series] = (await importFiles(client, await petSeries())).series
  expect(series).toMatchObject({ modality: 'PT', rescale: { unit: 'BQML' }, suv: { how: 'to-series' } })
  const middle = PET_SIZE ** 2 / 2 + PET_SIZE / 2
  const uptakes = (await expectServed(series!)).map((bytes, frame) => {
    const words = new Uint16Array(bytes.buffer)
    const per = (series?.rescales?.[frame]?.slope ?? Number.NaN) * (series?.suv?.factors.bw ?? Number.NaN)
    return [words[middle - 8 * PET_SIZE]! * per, words[middle]! * per]
  })
  // As near as whole stored values can say it.
  for (const [water = 0, sphere = 0] of uptakes) {
    expect(Math.abs(water - 1)).toBeLessThan(1e-3)
    expect(Math.abs(sphere - 4)).toBeLessThan(1e-3)
  }
  expect(series?.kept).toContain('PatientWeight (as a part of the uptake factor)')
  const [without] = (await importFiles(client, await petSeries([0x00101030], 2))).series
  expect(without?.suv).toEqual({ how: 'weight', factors: {} })
})

describe.skipIf(!hasTestData)('real files', () => {
  test.each(['colour', 'pixel-format', 'multiframe', 'xray'])(
    '[S40] every series of %s is served as its hashes say',
    async (folder) => {
      const { series, quarantine } = await importFiles(client, filesIn(folder))
      const all = [...series]
      for (const id of quarantine)
        all.push(
          ...(await client.post<{ series: Series[] }>(`/quarantine/${id}/clear`, { boxes: [] })).series,
        )
      expect(all.length).toBeGreaterThan(0)
      for (const one of all) await expectServed(one)
      if (folder === 'colour') expect(all.some((one) => one.samples === 'uint8x3')).toBe(true)
    },
  )
})
