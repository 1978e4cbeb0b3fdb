/** What comes out of an import is what went in: values, order, spacing, orientation. Seen through the product's API only. */
import { createHash } from 'node:crypto'
import type { Case, CaseDetail } from '@consilium/contract/projects'
import type { Import, Series } from '@consilium/contract/studies'
import {
  DEFLATED,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  writePart10,
} from '@consilium/imaging/write'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { hashesFromPacks, importFiles, projectOf, send, shuffled } from './door.ts'
import { COLUMN, COLUMNS, madeSeries, NORMAL, positionAt, ROW, ROWS, SPACING } from './made.ts'
import { expectedOf, filesIn, hasTestData } from './realSeries.ts'

let server: TestServer
let adjudicator: Client

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  adjudicator = await server.signIn('vasquez')
})
afterAll(() => server.close())

const close = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length)
  for (const [k, value] of expected.entries()) expect(actual[k]).toBeCloseTo(value, 4)
}

describe.skipIf(!hasTestData)('real series', () => {
  test.each([
    { folder: 'series/ct-ge-cmbcrc', coding: 'uncompressed', warned: false },
    { folder: 'series/ct-siemens-totalseg-j2k', coding: 'JPEG 2000, without usable UIDs', warned: true },
  ])(
    '[S22] $folder ($coding) is value by value what independent readers found',
    async ({ folder, warned }) => {
      const expected = expectedOf(folder)
      const files = shuffled(filesIn(folder)).map((file, k) => ({ ...file, name: `${k}.dcm` }))
      const done = await importFiles(adjudicator, files)
      expect([done.state, done.received, done.stored, done.refused]).toEqual([
        'done',
        expected.slices,
        expected.slices,
        0,
      ])
      expect(done.series).toHaveLength(1)
      const series = await adjudicator.get<Series>(`/series/${done.series[0]!.id}`)
      expect(series).toMatchObject({
        modality: 'CT',
        rows: expected.rows,
        columns: expected.columns,
        slices: expected.slices,
      })
      expect(series.frameSha256).toEqual(expected.pixel_sha256_per_slice_in_that_order)
      close([series.spacing.row, series.spacing.column], expected.pixel_spacing_row_col_mm)
      expect(series.spacing.slice).toBeCloseTo(expected.slice_gap_min_max_mm[0], 4)
      close(series.direction, [...expected.image_orientation, ...expected.slice_normal])
      close(series.firstPosition, expected.first_position)
      close(series.positions.at(-1) ?? [], expected.last_position)
      expect(series.rescaled).toEqual({ min: expected.rescaled_min, max: expected.rescaled_max })
      expect(series.bits).toEqual({ stored: expected.bits[1], signed: expected.bits[2] === 1 })
      expect(series.warnings.some((warning) => warning.includes('known by its content'))).toBe(warned)
      expect(await hashesFromPacks(adjudicator, series)).toEqual(
        expected.pixel_sha256_per_slice_in_that_order,
      )
      const again = await importFiles(adjudicator, shuffled(files, 3))
      expect([again.alreadyHere, again.stored]).toEqual([expected.slices, 0])
      expect(again.series.map((one) => [one.id, one.case])).toEqual([[series.id, series.case]])
    },
  )
})

test.each([
  ['explicit little endian', EXPLICIT_LITTLE_ENDIAN, 11],
  ['implicit little endian', IMPLICIT_LITTLE_ENDIAN, 12],
  ['deflate', DEFLATED, 13],
  ['RLE', RLE_LOSSLESS, 14],
] as const)(
  '[S22] a made series in %s comes out as it was made, in the order of its places',
  async (_, syntax, variant) => {
    const files = await madeSeries({ syntax, variant })
    const done = await importFiles(adjudicator, shuffled(files))
    expect(done.series).toHaveLength(1)
    const series = done.series[0]!
    expect(series).toMatchObject({ rows: ROWS, columns: COLUMNS, slices: 20, frames: 20 })
    expect(series.frameSha256).toEqual(files.map((file) => file.sha256))
    close(
      [series.spacing.row, series.spacing.column, series.spacing.slice ?? 0],
      [SPACING.row, SPACING.column, SPACING.slice],
    )
    close(series.direction, [...ROW, ...COLUMN, ...NORMAL])
    for (const [k, position] of series.positions.entries()) close(position, positionAt(k))
    expect(series.rescale).toMatchObject({ slope: 1, intercept: -24 })
    expect(series.rescaled.min).toBe(series.stored.min - 24)
    expect(series.warnings).toEqual([])
    expect(await hashesFromPacks(adjudicator, series)).toEqual(series.frameSha256)
  },
)

describe('serving pixels', () => {
  let series: Series
  beforeAll(async () => {
    const done = await importFiles(adjudicator, await madeSeries({ variant: 20, slices: 40 }))
    series = done.series[0]!
  })

  test('[S23] the middle frame comes first and alone, then packs outwards; every frame is in exactly one', () => {
    expect(series.packs[0]).toMatchObject({ first: 20, count: 1 })
    const seen = series.packs.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, k) => first + k),
    )
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, k) => k))
  })

  test.each(['zstd', 'br', 'gzip', 'identity'])('[S24] a pack is the same in %s', async (coding) => {
    const answer = await adjudicator.ask('GET', `/series/${series.id}/packs/1`, undefined, {
      'accept-encoding': coding,
    })
    expect(answer.headers.get('content-encoding')).toBe(coding === 'identity' ? null : coding)
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept-encoding')
    await answer.body?.cancel()
    expect(await hashesFromPacks(adjudicator, series, coding)).toEqual(series.frameSha256)
  })

  test('[S24] [V97] what never changes is kept by the asker, and asked for again costs nothing', async () => {
    const forEver = 'private, max-age=31536000, immutable'
    for (const [path, keep] of [
      ['/packs/0', forEver],
      ['/frames/3', forEver],
      // How it hangs is no part of the file.
      ['/thumbnail', 'private, no-cache'],
    ] as const) {
      const answer = await adjudicator.ask('GET', `/series/${series.id}${path}`)
      expect(answer.headers.get('cache-control')).toBe(keep)
      const tag = answer.headers.get('etag') ?? ''
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
      const again = await adjudicator.ask('GET', `/series/${series.id}${path}`, undefined, {
        'if-none-match': tag,
      })
      expect(again.status).toBe(304)
    }
  })

  test('a frame is its stored values; the preview is a PNG', async () => {
    const frame = new Uint8Array(
      await (await adjudicator.ask('GET', `/series/${series.id}/frames/3`)).arrayBuffer(),
    )
    expect(createHash('sha256').update(frame).digest('hex')).toBe(series.frameSha256[3])
    const preview = await adjudicator.ask('GET', `/series/${series.id}/thumbnail`)
    expect(preview.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await preview.arrayBuffer()).toString('latin1', 1, 4)).toBe('PNG')
  })

  test('places that do not exist are not found', async () => {
    for (const path of ['/packs/99', '/packs/x', '/packs/-1', '/frames/40', '/frames/1.5'])
      expect((await adjudicator.ask('GET', `/series/${series.id}${path}`)).status).toBe(404)
    expect((await adjudicator.ask('GET', '/series/aaaaaaaaaaaaaaaa')).status).toBe(404)
  })

  test('[S25] who is no member of the project learns nothing of its series, cases and imports', async () => {
    const admin = await server.admin()
    await admin.post('/people', { name: 'Somebody Else', login: 'else', password: 'long-enough-1' })
    const stranger = server.client()
    const foreigner = await server.signIn('else', 'long-enough-1')
    const { id } = await adjudicator.post<{ id: string }>(
      `/projects/${(await projectOf(adjudicator)).id}/imports`,
      {},
    )
    const paths = ['', '/packs/0', '/frames/0', '/thumbnail'].map((path) => `/series/${series.id}${path}`)
    for (const path of [
      ...paths,
      `/cases/${series.case}`,
      `/cases/${series.case}/series`,
      `/imports/${id}`,
    ]) {
      expect((await stranger.ask('GET', path)).status, path).toBe(401)
      expect((await foreigner.ask('GET', path)).status, path).toBe(404)
    }
    const observer = await server.signIn('solberg')
    expect((await observer.ask('GET', `/series/${series.id}/packs/0`)).status).toBe(200)
    expect((await observer.ask('POST', `/imports/${id}/finish`, {})).status).toBe(403)
    expect(
      (await observer.ask('POST', `/projects/${(await projectOf(observer)).id}/imports`, {})).status,
    ).toBe(403)
  })
})

test('a file of more frames than one statement of the database can name is taken like any other', async () => {
  const frames = 70_000
  const bytes = await writePart10([
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.20' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.41' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: [frames] },
    { tag: 0x00280010, vr: 'US', value: [1] },
    { tag: 0x00280011, vr: 'US', value: [1] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(frames * 2) },
  ])
  const { id } = await adjudicator.post<Import>(`/projects/${(await projectOf(adjudicator)).id}/imports`, {})
  expect(await send(adjudicator, id, { name: 'film', bytes })).toMatchObject({ status: 'stored' })
})

describe('one study is one case', () => {
  test('[S26] the same files again are already here: the same series, the same case, no new one', async () => {
    const files = await madeSeries({ variant: 31 })
    const first = await importFiles(adjudicator, files)
    const before = await adjudicator.get<Case[]>(`/projects/${first.project}/cases`)
    const again = await importFiles(adjudicator, shuffled(files))
    expect(again.files.every((file) => file.status === 'already-here')).toBe(true)
    expect(again.series.map((one) => one.id)).toEqual(first.series.map((one) => one.id))
    const part = await importFiles(adjudicator, files.slice(3, 8))
    expect(part.series.map((one) => one.id)).toEqual(first.series.map((one) => one.id))
    expect(await adjudicator.get<Case[]>(`/projects/${first.project}/cases`)).toEqual(before)
  })

  test('[S26] one file twice in one import is one slice', async () => {
    const files = await madeSeries({ variant: 32, slices: 5 })
    const done = await importFiles(adjudicator, [...files, files[2]!])
    expect([done.stored, done.alreadyHere]).toEqual([5, 1])
    expect(done.series[0]?.slices).toBe(5)
  })

  test('[S27] slices that come later join those that are here in a new series of the same case; the old one stays', async () => {
    const files = await madeSeries({ variant: 33 })
    const first = await importFiles(adjudicator, files.slice(0, 12))
    const later = await importFiles(adjudicator, files.slice(10))
    expect([first.series[0]?.slices, later.series[0]?.slices]).toEqual([12, 20])
    expect(later.series[0]?.case).toBe(first.series[0]?.case)
    expect(later.series[0]?.frameSha256).toEqual(files.map((file) => file.sha256))
    const all = await adjudicator.get<Series[]>(`/cases/${first.series[0]!.case}/series`)
    expect(all.map((one) => one.slices)).toEqual([20, 12])
    const [{ at = 0, by } = later.series[0]!, before] = all
    expect(by).toMatchObject({ name: 'Prof. H. Vasquez' })
    expect(before?.by).toEqual(by)
    expect(before?.at).toBeLessThan(at)
  })

  test('files without UIDs are known by what they show', async () => {
    const files = await madeSeries({ variant: 34, withUids: false })
    const first = await importFiles(adjudicator, files)
    const again = await importFiles(adjudicator, shuffled(files))
    expect(first.series[0]?.warnings.join(' ')).toContain('known by its content')
    expect(again.series.map((one) => one.id)).toEqual(first.series.map((one) => one.id))
  })

  test('[S26] pictures without UIDs that came in two parts, then whole, are known again in parts and whole', async () => {
    const files = await madeSeries({ variant: 38, slices: 8, withUids: false })
    const upper = await importFiles(adjudicator, files.slice(4))
    const lower = await importFiles(adjudicator, files.slice(0, 4))
    expect(lower.series[0]?.case).not.toBe(upper.series[0]?.case)
    const whole = await importFiles(adjudicator, files)
    for (const part of [files.slice(0, 4), files.slice(4), files]) {
      const again = await importFiles(adjudicator, part)
      expect(again.series.map((one) => one.id)).toEqual(whole.series.map((one) => one.id))
    }
  })

  test('missing slices are said, and no slice distance is claimed', async () => {
    const files = await madeSeries({ variant: 35 })
    const done = await importFiles(
      adjudicator,
      files.filter((file) => file.place !== 9),
    )
    expect(done.series[0]?.spacing.slice).toBeNull()
    expect(done.series[0]?.warnings.join(' ')).toMatch(/1 slice missing/)
  })

  test('the worklist counts what is there', async () => {
    const done = await importFiles(adjudicator, await madeSeries({ variant: 36 }))
    const id = done.series[0]!.case
    const cases = await adjudicator.get<Case[]>(`/projects/${done.project}/cases`)
    const listed = cases.find((one) => one.id === id)
    expect(cases[0]?.id).toBe(id)
    expect(listed).toMatchObject({
      series: 1,
      slices: 20,
      sliceSpacing: 2.5,
      coverSeries: done.series[0]!.id,
      title: 'CT',
    })
    expect(listed).toMatchObject({ annotations: 0, openDisputes: 0, here: [] })
    expect(listed?.key).toMatch(/^LN-\d{4}$/)
    const detail = await adjudicator.get<CaseDetail>(`/cases/${id}`)
    expect(detail).toMatchObject({
      ...listed,
      document: `panel:${id}`,
      role: 'adjudicator',
      prior: null,
      projectKey: 'LN',
    })
    expect(detail.members).toHaveLength(4)
  })

  test('a finished import takes no more files', async () => {
    const files = await madeSeries({ variant: 37, slices: 2 })
    const done = await importFiles(adjudicator, files)
    await expect(send(adjudicator, done.id, files[0]!)).rejects.toThrow(/409.*import-closed/)
    expect((await adjudicator.post<{ state: string }>(`/imports/${done.id}/finish`, {})).state).toBe('done')
  })
})
