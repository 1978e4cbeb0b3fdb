/** Files that come in parts: they go on where they broke off, and are read only when all of them is what was announced. */
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import type { RefusalCode } from '@consilium/contract/refusals'
import { PART_BYTES } from '@consilium/contract/travel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { ask, begin, finish, partAnswer, type SentFile, sendPart, sha256Of } from './door.ts'
import { LARGE_SIDE, largePicture } from './largePicture.ts'
import { madeSeries } from './made.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

const refusal = async (answer: Response): Promise<[number, RefusalCode]> => [
  answer.status,
  ((await answer.json()) as { code: RefusalCode }).code,
]
const received = async (id: string, file: SentFile) => (await ask(client, id, [file]))[0]!.received

test('[S34] a large file comes part by part and is answered like any other', async () => {
  const file = await largePicture(77)
  const id = await begin(client)
  let offset = 0
  for (let parts = 1; ; parts++) {
    const answer = await partAnswer(await sendPart(client, id, file, { offset, end: offset + PART_BYTES }))
    if (answer.answer) {
      expect(answer.answer).toEqual({ name: 'large.dcm', status: 'stored', reason: null, inside: [] })
      expect([parts, answer.received]).toEqual([3, file.bytes.length])
      break
    }
    offset += PART_BYTES
    expect(answer.received).toBe(offset)
    expect(await received(id, file)).toBe(offset)
  }
  expect(await ask(client, id, [file])).toEqual([{ status: 'stored', reason: null, received: 0 }])
  expect(readdirSync(join(server.data, 'incoming'))).toEqual([])
  expect((await finish(client, id)).series.map((one) => one.rows)).toEqual([LARGE_SIDE])
})

test('[S34] a broken connection costs what had not arrived: the sender asks, and goes on from there', async () => {
  const file = (await madeSeries({ variant: 111, slices: 1 }))[0]!
  const id = await begin(client)
  await new Promise<void>((resolve) => {
    const sending = request(`${client.url}/api/imports/${id}/parts/${sha256Of(file)}`, {
      method: 'PUT',
      headers: {
        ...client.headers(),
        'x-file-name': 'f',
        'upload-offset': 0,
        'upload-length': file.bytes.length,
        'content-length': file.bytes.length,
      },
    })
    sending.on('error', () => resolve())
    sending.write(file.bytes.subarray(0, 1_000), () =>
      setTimeout(() => sending.destroy(new Error('gone')), 200),
    )
  })
  await expect.poll(() => received(id, file)).toBe(1_000)
  const rest = await sendPart(client, id, file, { offset: 1_000, end: file.bytes.length })
  expect((await partAnswer(rest)).answer).toMatchObject({ status: 'stored' })
})

test('[S34] a part that does not continue what is here is refused, and says what is', async () => {
  const file = (await madeSeries({ variant: 112, slices: 1 }))[0]!
  const id = await begin(client)
  await sendPart(client, id, file, { offset: 0, end: 500 })
  for (const offset of [0, 400, 600]) {
    const answer = await sendPart(client, id, file, { offset, end: offset + 100 })
    const body = (await answer.json()) as { code: string; message: string }
    expect([answer.status, body.code]).toEqual([409, 'wrong-offset'])
    expect(body.message).toContain('500 bytes')
  }
  expect(await received(id, file)).toBe(500)
  const other = { ...file, bytes: file.bytes.subarray(0, 900) }
  expect(
    await refusal(await sendPart(client, id, other, { offset: 500, end: 600, sha256: sha256Of(file) })),
  ).toEqual([400, 'invalid-body'])
  await client.ask('DELETE', `/imports/${id}`)
})

test('[S34] what is not the file that was announced is refused, kept nowhere and not taken for it', async () => {
  const files = await madeSeries({ variant: 113, slices: 2 })
  const [file, other] = [files[0]!, files[1]!]
  const id = await begin(client)
  const swapped = await partAnswer(
    await sendPart(client, id, other, { offset: 0, end: other.bytes.length, sha256: sha256Of(file) }),
  )
  expect(swapped.answer).toMatchObject({ status: 'refused', reason: expect.stringMatching(/announced/) })
  expect((await ask(client, id, [file, other])).map(({ status, received }) => [status, received])).toEqual([
    [null, 0],
    [null, 0],
  ])
  expect(readdirSync(join(server.data, 'incoming'))).toEqual([])
})

test('[S34] unfinished parts are bounded: in size, in number, and by what one part may be', async () => {
  const file = (await madeSeries({ variant: 114, slices: 1 }))[0]!
  const id = await begin(client)
  const piece = (n: number) =>
    sendPart(client, id, file, { offset: 0, end: 10, sha256: n.toString(16).padStart(64, '0') })
  for (let n = 0; n < 64; n++) expect((await piece(n)).status).toBe(200)
  expect(await refusal(await piece(64))).toEqual([413, 'too-large'])
  const big = { name: 'big', bytes: new Uint8Array(PART_BYTES + 1) }
  const another = await begin(client)
  expect(await refusal(await sendPart(client, another, big, { offset: 0, end: big.bytes.length }))).toEqual([
    413,
    'too-large',
  ])
  expect(await received(another, big)).toBe(0)
  await client.ask('DELETE', `/imports/${id}`)
  expect(readdirSync(join(server.data, 'incoming'))).toEqual([])
})
