/** Pictures whose text may name somebody: who sees them, what becomes of them, and that what was blacked out is nowhere. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditPage } from '@consilium/contract/audit'
import type { Case } from '@consilium/contract/projects'
import type { HeldPictures, Import, Series } from '@consilium/contract/studies'
import { type Samples, samplesOver } from '@consilium/imaging/samples'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { valuesIn } from '../../apps/collab-server/src/studies/blobCoding.ts'
import type { Client } from '../support/server.ts'
import { openWard, type Ward } from '../wire/ward.ts'
import { importFiles, type SentFile, send } from './door.ts'
import { madeSeries } from './made.ts'
import { TEST_DATA } from './realSeries.ts'
import { isInk, madeUltrasound, TEXT, US_COLUMNS, US_ROWS } from './ultrasound.ts'

let ward: Ward
let vasquez: Client

beforeAll(async () => {
  ward = await openWard()
  vasquez = ward.vasquez
})
afterAll(() => ward.server.close())

const waiting = (client = vasquez) => client.get<HeldPictures[]>(`/projects/${ward.projectId}/quarantine`)
const cases = () => vasquez.get<Case[]>(`/projects/${ward.projectId}/cases`)

/** Sends files that are held, and returns the set that they became. */
async function bring(files: readonly SentFile[], client = vasquez): Promise<HeldPictures> {
  const done = await importFiles(client, files)
  expect(done).toMatchObject({ held: files.length, stored: 0, series: [] })
  const [id = ''] = done.quarantine
  expect(done.quarantine).toEqual([id])
  return client.get<HeldPictures>(`/quarantine/${id}`)
}

const clear = async (id: string, boxes: readonly object[], client = vasquez): Promise<Series[]> =>
  (await client.post<{ series: Series[] }>(`/quarantine/${id}/clear`, { boxes })).series

const blobsIn = (data: string): string[] =>
  readdirSync(join(data, 'frames'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.slice(name.lastIndexOf('/') + 1))
    .filter((name) => /^[0-9a-f]{64}/.test(name))

/** Every frame on disk of the ultrasound's shape. */
const framesIn = (data: string): Samples[] =>
  blobsIn(data).flatMap((name) => {
    const blob = readFileSync(join(data, 'frames', name.slice(0, 2), name))
    const named = { sha256: name, rows: US_ROWS, columns: US_COLUMNS }
    const frame =
      valuesIn(blob, { ...named, samples: 'uint16' }) ?? valuesIn(blob, { ...named, samples: 'uint8x3' })
    return frame ? [frame] : []
  })

const pixels = US_ROWS * US_COLUMNS
const spellsName = (frame: Samples): boolean =>
  Array.from({ length: pixels }, (_, i) => i).every(
    (i) => !isInk(i % US_COLUMNS, Math.floor(i / US_COLUMNS)) || frame[i * (frame.length / pixels)] === 255,
  )

async function frameOf(series: Series, n: number): Promise<Samples> {
  const answer = await vasquez.ask('GET', `/series/${series.id}/frames/${n}`)
  return samplesOver(series.samples, await answer.arrayBuffer())
}

const inText = (i: number): boolean => {
  const [column, row] = [i % US_COLUMNS, Math.floor(i / US_COLUMNS)]
  return (
    column >= TEXT.column &&
    column < TEXT.column + TEXT.columns &&
    row >= TEXT.row &&
    row < TEXT.row + TEXT.rows
  )
}

test('[Q1][Q2] what may name somebody is in no case, and is shown to nobody but who may import', async () => {
  const before = await cases()
  const held = await bring([await madeUltrasound({ variant: 1 })])
  expect(held).toMatchObject({
    project: ward.projectId,
    modality: 'US',
    rows: US_ROWS,
    columns: US_COLUMNS,
    frames: 3,
    by: { name: expect.stringContaining('Vasquez') },
  })
  expect(held.reasons.join(' ')).toMatch(/ultrasound/)
  expect(held.dropped).toContain('PatientName')
  expect(await cases()).toEqual(before)
  expect((await waiting()).map((one) => one.id)).toContain(held.id)

  const admin = await ward.server.admin()
  await admin.post('/people', { name: 'Dr Outside', login: 'outside', password: 'consilium-demo' })
  const outside = await ward.server.signIn('outside')
  const asked: [method: string, path: string][] = [
    ['GET', `/projects/${ward.projectId}/quarantine`],
    ['GET', `/quarantine/${held.id}`],
    ['GET', `/quarantine/${held.id}/pictures/0`],
    ['POST', `/quarantine/${held.id}/clear`],
    ['DELETE', `/quarantine/${held.id}`],
  ]
  for (const [method, path] of asked) {
    const body = method === 'POST' ? { boxes: [] } : undefined
    for (const [client, status] of [
      [ward.okafor, 403],
      [ward.solberg, 403],
      [outside, 404],
      [ward.server.client(), 401],
    ] as const) {
      const answer = await client.ask(method, path, body)
      expect([method, path, answer.status]).toEqual([method, path, status])
      await answer.body?.cancel()
    }
  }
  expect((await waiting()).map((one) => one.id)).toContain(held.id)
})

test('[Q5] every frame is shown pixel by pixel, and kept by nobody on the way', async () => {
  const held = await bring([await madeUltrasound({ variant: 2, colour: true })])
  for (const n of [0, 2]) {
    const answer = await vasquez.ask('GET', `/quarantine/${held.id}/pictures/${n}`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const png = Buffer.from(await answer.arrayBuffer())
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([US_COLUMNS, US_ROWS])
    // Colour type 2: true colour.
    expect(png[25]).toBe(2)
  }
  for (const n of ['3', '-1', 'x', '99999999999'])
    expect((await vasquez.ask('GET', `/quarantine/${held.id}/pictures/${n}`)).status).toBe(404)
})

test.each([
  ['grey', false, 3],
  ['colour', true, 4],
] as const)(
  '[Q6][Q7] what is blacked out in a film in %s is black in every frame, and its pixels are nowhere',
  async (_what, colour, variant) => {
    const held = await bring([await madeUltrasound({ variant, colour })])
    const { data } = ward.server
    const before = blobsIn(data)
    const named = framesIn(data).filter(spellsName).length
    const [series, ...more] = await clear(held.id, [TEXT])
    expect(more).toEqual([])
    if (!series) throw new Error('nothing came in')
    expect(series).toMatchObject({ frames: 3, modality: 'US', samples: colour ? 'uint8x3' : 'uint16' })
    expect(series.warnings[0]).toBe(
      'Before these pictures came in, a person blacked out one region that might name somebody.',
    )
    expect(series.dropped).toEqual(held.dropped)
    expect(series.kept).toEqual(held.kept)
    for (let n = 0; n < 3; n++) {
      const frame = await frameOf(series, n)
      const channels = frame.length / pixels
      const inside = Array.from(frame).filter((_, i) => inText(Math.floor(i / channels)))
      expect(new Set(inside)).toEqual(new Set([0]))
      expect(Array.from(frame).some((value) => value > 0)).toBe(true)
    }
    const after = blobsIn(data)
    expect(before.filter((name) => !after.includes(name))).toHaveLength(3)
    expect(framesIn(data).filter(spellsName)).toHaveLength(named - 3)
    expect((await vasquez.ask('GET', `/quarantine/${held.id}`)).status).toBe(404)
    expect((await vasquez.ask('GET', `/quarantine/${held.id}/pictures/0`)).status).toBe(404)
    expect((await ward.okafor.ask('GET', `/series/${series.id}`)).status).toBe(200)
  },
)

test('[Q7] pictures that name nobody come in to the bit, and the series says that a person looked', async () => {
  const held = await bring([await madeUltrasound({ variant: 5 })])
  const { data } = ward.server
  const before = blobsIn(data).toSorted()
  const [series] = await clear(held.id, [])
  expect(series?.warnings[0]).toBe(
    'Before these pictures came in, a person looked whether text in them names somebody, and found nothing.',
  )
  expect(blobsIn(data).toSorted()).toEqual(before)
  if (!series) throw new Error('nothing came in')
  expect(spellsName(await frameOf(series, 0))).toBe(true)
})

test('[Q6] frames that other pictures show as well stay theirs', async () => {
  const film = await madeUltrasound({ variant: 6 })
  const held = await bring([film])
  const admin = await ward.server.admin()
  const other = await admin.post<{ id: string }>('/projects', {
    title: 'Elsewhere',
    key: 'ELSE',
    labels: [{ key: 'other', title: 'Other', colour: 1 }],
  })
  const there = await importFiles(admin, [film], other.id)
  const [twin = ''] = there.quarantine
  const { data } = ward.server
  const before = blobsIn(data)
  await clear(held.id, [TEXT])
  const after = blobsIn(data)
  expect(before.filter((name) => !after.includes(name))).toEqual([])
  const [series] = await clear(twin, [], admin)
  expect(series?.frames).toBe(3)
})

test('[Q6] a frame that goes with a cancelled import just before a row names it is made again', async () => {
  const held = await bring([await madeUltrasound({ variant: 11 })])
  const { data, running } = ward.server
  const before = blobsIn(data)
  let taken = 0
  const [id] = await running.services.studies.clearing.clear(held.id, [TEXT], async () => {
    for (const name of blobsIn(data).filter((one) => !before.includes(one))) {
      rmSync(join(data, 'frames', name.slice(0, 2), name))
      taken += 1
    }
  })
  expect(taken).toBe(3)
  const series = await vasquez.get<Series>(`/series/${id}`)
  for (let n = 0; n < 3; n++)
    expect(
      Array.from(await frameOf(series, n))
        .filter((_, i) => inText(i))
        .every((value) => value === 0),
    ).toBe(true)
})

test('[Q10] what waits, or came in blacked out, is here already; what was discarded may come again', async () => {
  const film = await madeUltrasound({ variant: 7 })
  const again = async (status: string): Promise<Import> => {
    const { id } = await vasquez.post<Import>(`/projects/${ward.projectId}/imports`, {})
    expect((await send(vasquez, id, film)).status).toBe(status)
    return vasquez.post<Import>(`/imports/${id}/finish`, {})
  }
  const held = await bring([film])
  expect((await again('already-here')).quarantine).toEqual([])
  const { data } = ward.server
  const before = blobsIn(data)
  expect((await vasquez.ask('DELETE', `/quarantine/${held.id}`)).status).toBe(204)
  expect(before.filter((name) => !blobsIn(data).includes(name))).toHaveLength(3)
  const [id = ''] = (await again('held')).quarantine
  await clear(id, [TEXT, { column: 0, row: US_ROWS - 4, columns: US_COLUMNS * 2, rows: 90 }])
  expect(await again('already-here')).toMatchObject({ quarantine: [] })
})

test('[Q1] files of one import that are not under suspicion come in at once', async () => {
  const series = await madeSeries({ variant: 90, slices: 3 })
  const done = await importFiles(vasquez, [...series, await madeUltrasound({ variant: 8 })])
  expect(done).toMatchObject({ stored: 3, held: 1 })
  expect(done.series).toHaveLength(1)
  expect(done.quarantine).toHaveLength(1)
})

test('[Q9] of two who decide at once one does, and the other is told', async () => {
  const held = await bring([await madeUltrasound({ variant: 9, frames: 30 })])
  const admin = await ward.server.admin()
  const answers = await Promise.all([
    vasquez.ask('POST', `/quarantine/${held.id}/clear`, { boxes: [TEXT] }),
    admin.ask('POST', `/quarantine/${held.id}/clear`, { boxes: [TEXT] }),
  ])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  const refused = answers.find((answer) => answer.status === 409)
  expect(await refused?.json()).toMatchObject({ code: 'already-decided' })
  const brought = (await answers.find((answer) => answer.ok)?.json()) as { series: Series[] }
  expect(brought.series).toHaveLength(1)
  expect((await frameOf(brought.series[0]!, 29)).length).toBe(pixels)
})

test('[Q11] what was decided is noted with counts, and without a name', async () => {
  const { items } = await vasquez.get<AuditPage>(
    `/projects/${ward.projectId}/audit?act=cleared-pictures,discarded-pictures&limit=500`,
  )
  expect(items.map(({ act, detail }) => ({ act, detail }))).toEqual(
    expect.arrayContaining([
      { act: 'cleared-pictures', detail: { frames: 30, boxes: 1, series: 1 } },
      { act: 'cleared-pictures', detail: { frames: 3, boxes: 0, series: 1 } },
      { act: 'cleared-pictures', detail: { frames: 3, boxes: 2, series: 1 } },
      { act: 'discarded-pictures', detail: { frames: 3 } },
    ]),
  )
  expect(items.filter((one) => one.detail.frames === 30)).toHaveLength(1)
  expect(JSON.stringify(items)).not.toMatch(/CANARY/)
})

/** The same file, which says that text is burned into its picture: (0028,0301) before (0028,1050), CS in explicit little endian. */
function burnedIn(file: SentFile): SentFile {
  const bytes = Buffer.from(file.bytes)
  const at = bytes.indexOf(Buffer.from([0x28, 0, 0x50, 0x10]))
  const said = Buffer.concat([Buffer.from([0x28, 0, 0x01, 0x03]), Buffer.from('CS\x04\x00YES ', 'latin1')])
  return { ...file, bytes: new Uint8Array(Buffer.concat([bytes.subarray(0, at), said, bytes.subarray(at)])) }
}

test('[Q14] a series that grows out of pictures that waited still says that a person looked at them', async () => {
  const files = await madeSeries({ variant: 91, slices: 5 })
  const held = await bring(files.slice(0, 3).map(burnedIn))
  const word = 'Before these pictures came in, a person blacked out one region that might name somebody.'
  const [first] = await clear(held.id, [{ column: 0, row: 0, columns: 2, rows: 2 }])
  expect(first?.warnings).toContain(word)
  const grown = (await importFiles(vasquez, files.slice(3))).series.find(({ slices }) => slices === 5)
  expect(grown?.warnings.filter((one) => one === word)).toHaveLength(1)
})

const ULTRASOUND = ['colour/examples_palette.dcm', 'colour/examples_ybr_color.dcm'].map((name) =>
  join(TEST_DATA, name),
)
test.skipIf(!ULTRASOUND.every(existsSync))(
  '[V146] real ultrasound: a region inside of its picture comes with its scale, one that reaches beyond it does not',
  async () => {
    const [palette, film] = ULTRASOUND.map((name) => ({ name, bytes: new Uint8Array(readFileSync(name)) }))
    if (!palette || !film) throw new Error('no files')
    // The header says columns 84 to 595 and rows 31 to 414 of 320 x 240; here that its region ends at 300 and 220.
    const view = new DataView(film.bytes.buffer)
    for (const [tag, end] of [[0x1c, 300] as const, [0x1e, 220] as const])
      view.setUint32(Buffer.from(film.bytes).indexOf(Buffer.from([0x18, 0, tag, 0x60])) + 8, end, true)
    const told = async (file: SentFile) => (await clear((await bring([file])).id, []))[0]

    const inside = await told(film)
    expect(inside).toMatchObject({ columns: 320, rows: 240, frames: 30, spacingAt: null })
    expect(inside?.regions).toEqual([
      {
        left: 84,
        top: 31,
        right: 300,
        bottom: 220,
        spacing: {
          row: expect.closeTo(0.5104970559477806, 12),
          column: expect.closeTo(0.5104970559477806, 12),
        },
      },
    ])
    expect(inside?.kept).toContain('PhysicalDeltaX')
    // Columns to 800 and rows to 518 of 800 x 350.
    const beyond = await told(palette)
    expect(beyond).toMatchObject({ columns: 800, rows: 350, spacingAt: null })
    expect(beyond).not.toHaveProperty('regions')
    expect(beyond?.warnings.join(' ')).toMatch(/reaches beyond the picture/)
  },
)

test('[Q13] who looked at pictures that wait is noted, once for each set, before they are shown', async () => {
  const [one, other] = [
    await bring([await madeUltrasound({ variant: 20 })]),
    await bring([await madeUltrasound({ variant: 21 })]),
  ]
  for (const path of [`${one.id}/pictures/0`, `${one.id}/pictures/1`, `${other.id}/pictures/0`])
    await (await vasquez.ask('GET', `/quarantine/${path}`)).body?.cancel()
  expect((await vasquez.ask('GET', `/quarantine/${one.id}/pictures/9999`)).status).toBe(404)
  const { items } = await vasquez.get<AuditPage>(
    `/projects/${ward.projectId}/audit?act=looked-at-held&limit=500`,
  )
  const looks = items.filter(({ detail }) => detail['held'] === one.id || detail['held'] === other.id)
  expect(looks.toReversed()).toMatchObject([
    { by: { name: 'Prof. H. Vasquez' }, role: 'adjudicator', detail: { held: one.id } },
    { by: { name: 'Prof. H. Vasquez' }, role: 'adjudicator', detail: { held: other.id } },
  ])
})

test('boxes that are none are refused, and nothing happens', async () => {
  const held = await bring([await madeUltrasound({ variant: 10 })])
  for (const boxes of [
    [{ column: 0, row: 0, columns: 0, rows: 4 }],
    [{ column: -1, row: 0, columns: 4, rows: 4 }],
    [{ column: 0.5, row: 0, columns: 4, rows: 4 }],
    Array.from({ length: 201 }, () => TEXT),
    'all',
  ])
    expect((await vasquez.ask('POST', `/quarantine/${held.id}/clear`, { boxes })).status).toBe(400)
  expect((await waiting()).map((one) => one.id)).toContain(held.id)
})
