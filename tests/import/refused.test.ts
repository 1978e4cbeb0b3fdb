/** Bad files: one clear line each, the others still import, and the server goes on. */
import { request } from 'node:http'
import type { FileOutcome, Import } from '@consilium/contract/studies'
import { FILE_LIMIT_BYTES } from '@consilium/contract/travel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { importFiles, projectOf, type SentFile } from './door.ts'
import { madeSeries } from './made.ts'
import { filesIn, hasTestData } from './realSeries.ts'

let server: TestServer
let client: Client

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

/** Replaces the value of an explicit little endian element of two bytes (US). */
function withUs(file: Uint8Array, tag: number, value: number): Uint8Array {
  const bytes = Buffer.from(file)
  const at = bytes.indexOf(
    Buffer.from([(tag >>> 16) & 255, tag >>> 24, tag & 255, (tag >>> 8) & 255, 0x55, 0x53]),
  )
  bytes.writeUInt16LE(value, at + 8)
  return bytes
}

function withText(file: Uint8Array, old: string, text: string): Uint8Array {
  const bytes = Buffer.from(file)
  bytes.write(text.padEnd(old.length, '\0'), bytes.indexOf(old), 'latin1')
  return bytes
}

test('[S20] each bad file gets one line that names its fault, and the good ones are imported', async () => {
  const good = await madeSeries({ variant: 50 })
  const one = good[4]!.bytes
  const bad: (SentFile & { fault: RegExp })[] = [
    { name: 'empty', bytes: new Uint8Array(0), fault: /Damaged.*empty/ },
    { name: 'letter.txt', bytes: Buffer.from('Dear colleague, '.repeat(40)), fault: /Not an image/ },
    {
      name: 'page.dcm',
      bytes: Buffer.from('<html><body>no</body></html>'),
      fault: /Not an image.*web page/,
    },
    { name: 'cut.dcm', bytes: one.subarray(0, one.length - 200), fault: /Truncated/ },
    { name: 'cut early.dcm', bytes: one.subarray(0, 200), fault: /Truncated|Damaged|Not an image/ },
    { name: 'rows lie.dcm', bytes: withUs(one, 0x00280010, 25), fault: /Truncated/ },
    {
      name: 'huge.dcm',
      bytes: withUs(withUs(one, 0x00280010, 65535), 0x00280011, 65535),
      fault: /Too large/,
    },
    { name: 'bits.dcm', bytes: withUs(one, 0x00280100, 7), fault: /Damaged|Not supported/ },
    {
      name: 'mpeg.dcm',
      bytes: withText(one, '1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.9'),
      fault: /Not supported/,
    },
  ]
  const done = await importFiles(client, [...bad, ...good])
  expect([done.stored, done.refused + done.leftOut]).toEqual([good.length, bad.length])
  for (const { name, fault } of bad) {
    const outcome = done.files.find((file) => file.name === name)
    expect(outcome?.reason, name).toMatch(fault)
    expect(outcome?.status, name).toBe(outcome?.reason?.startsWith('Not an image') ? 'left-out' : 'refused')
    expect(outcome?.reason, name).not.toMatch(/[\n\r]/)
  }
  expect(done.series).toHaveLength(1)
  expect(done.series[0]?.frameSha256).toEqual(good.map((file) => file.sha256))
})

test('[S20] nothing good in it: the import is done and brings no series', async () => {
  const done = await importFiles(client, [{ name: 'a', bytes: Buffer.from('nothing') }])
  expect(done).toMatchObject({ state: 'done', stored: 0, leftOut: 1, series: [] })
})

test('[S21] a file that announces more than the limit is refused before it is sent', async () => {
  const { id } = await client.post<Import>(`/projects/${(await projectOf(client)).id}/imports`, {})
  const outcome = await new Promise<FileOutcome>((resolve, reject) => {
    const sending = request(
      `${client.url}/api/imports/${id}/files`,
      {
        method: 'POST',
        headers: { ...client.headers(), 'x-file-name': 'giant.dcm', 'content-length': FILE_LIMIT_BYTES + 1 },
      },
      (answer) => {
        let text = ''
        answer.on('data', (part) => {
          text += part
        })
        answer.on('end', () => {
          resolve(JSON.parse(text) as FileOutcome)
          sending.destroy()
        })
      },
    )
    sending.on('error', reject)
    sending.flushHeaders()
  })
  expect(outcome).toMatchObject({ name: 'giant.dcm', status: 'refused' })
  expect(outcome.reason).toMatch(/Too large.*1 GiB/)
  expect((await client.ask('GET', `/imports/${id}`)).status).toBe(200)
})

test('a sender that goes away in the middle costs nothing but itself', async () => {
  const { id } = await client.post<Import>(`/projects/${(await projectOf(client)).id}/imports`, {})
  await new Promise<void>((resolve) => {
    const sending = request(`${client.url}/api/imports/${id}/files`, {
      method: 'POST',
      headers: { ...client.headers(), 'x-file-name': 'half.dcm', 'content-length': 100_000 },
    })
    sending.on('error', () => resolve())
    sending.write(Buffer.alloc(50_000), () => sending.destroy(new Error('gone')))
  })
  const files = await madeSeries({ variant: 51, slices: 3 })
  const done = await importFiles(client, files)
  expect(done.series[0]?.slices).toBe(3)
})

describe.skipIf(!hasTestData)('real broken files', () => {
  test('[S20] every one of them is answered, most are refused in one line, and the server goes on', async () => {
    const files = [...filesIn('broken'), ...filesIn('broken/made')]
    const done = await importFiles(client, files)
    expect(done.received).toBe(files.length)
    for (const file of done.files) {
      if (file.status === 'stored' || file.status === 'already-here') expect(file.reason).toBeNull()
      else expect(file.reason, file.name).toMatch(/^[A-Z][^\n]*\.$/)
    }
    const refused = done.files
      .filter((file) => file.status === 'refused' || file.status === 'left-out')
      .map((file) => file.name)
    expect(refused).toEqual(
      expect.arrayContaining([
        'MR_truncated.dcm',
        'rtplan_truncated.dcm',
        'cut_half.dcm',
        'rows_65535.dcm',
        'html.dcm',
        'empty.dcm',
      ]),
    )
    expect(done.files.find((file) => file.name === 'xss_name.dcm')?.status).toBe('stored')
  })
})
