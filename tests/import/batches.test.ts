/** Many files in one body: each is taken as if it had come by itself. */
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import type { BatchAnswer } from '@consilium/contract/batches'
import type { Import } from '@consilium/contract/studies'
import { BATCH_BYTES, BATCH_FILES, batchHead } from '@consilium/contract/travel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zipBytes } from '../../apps/collab-server/src/testing/zip.ts'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { ask, begin, finish, hashesFromPacks, importFiles, type SentFile, send, sha256Of } from './door.ts'
import { madeSeries } from './made.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

const LETTER = { name: 'letter', bytes: Buffer.from('Dear colleague, '.repeat(40)) }

const described = (files: readonly SentFile[]) =>
  files.map((file) => ({ name: file.name, bytes: file.bytes.length, sha256: sha256Of(file) }))

const bodyOf = (files: readonly SentFile[], head = batchHead(described(files))): Buffer =>
  Buffer.concat([head, ...files.map(({ bytes }) => bytes)])

const post = (id: string, body: BodyInit | Buffer): Promise<Response> =>
  fetch(`${client.url}/api/imports/${id}/batches`, {
    method: 'POST',
    headers: client.headers(),
    body: body as BodyInit,
  })

async function sendBatch(id: string, files: readonly SentFile[]): Promise<BatchAnswer> {
  const answer = await post(id, bodyOf(files))
  expect(answer.status).toBe(200)
  return (await answer.json()) as BatchAnswer
}

describe('[I95] each file of a batch is answered in its place, as if it had come by itself', () => {
  test('pictures, texts, what is damaged, empty, here already, twice in it, or an archive', async () => {
    const made = await madeSeries({ variant: 201, slices: 9 })
    await importFiles(client, made.slice(0, 1))
    const zip = {
      name: 'disc.zip',
      bytes: zipBytes(made.slice(6, 8).map(({ name, bytes }) => ({ name, bytes }))),
    }
    const files: SentFile[] = [
      ...made.slice(0, 4),
      LETTER,
      { name: 'empty', bytes: new Uint8Array(0) },
      { name: 'cut', bytes: made[4]!.bytes.subarray(0, 900) },
      zip,
      { ...made[3]!, name: 'again' },
      made[5]!,
    ]
    const [one, many] = [await begin(client), await begin(client)]
    const alone = []
    for (const file of files) alone.push(await send(client, one, file))
    await client.ask('DELETE', `/imports/${one}`)
    const together = await sendBatch(many, files)
    expect(together).toEqual(alone)
    expect(together.map(({ status }) => status)).toEqual(
      'already-here stored stored stored left-out refused refused stored already-here stored'.split(' '),
    )
    const done = await finish(client, many)
    expect(done).toMatchObject({ received: 11, stored: 6, alreadyHere: 2, refused: 2, leftOut: 1 })
    // The names of those in the archive too.
    expect(done.files).toHaveLength(11)
    const shown = [0, 1, 2, 3, 5, 6, 7].map((k) => made[k]!.sha256)
    expect(done.series.map((series) => series.frameSha256)).toEqual([shown])
    expect(await hashesFromPacks(client, done.series[0]!)).toEqual(shown)
  })

  test('also those that are too large to wait in memory, among others', async () => {
    const made = await madeSeries({ variant: 202, slices: 3 })
    // As long as two slots, and a picture for all that: what follows a DICOM file's pixels is not read.
    const padded = Buffer.concat([made[1]!.bytes, element(0xfffc, 0xfffc, 3 * 2 ** 20)])
    const id = await begin(client)
    const answers = await sendBatch(id, [made[0]!, { name: 'large', bytes: padded }, made[2]!])
    expect(answers.map(({ status, reason }) => [status, reason])).toEqual(
      [1, 2, 3].map(() => ['stored', null]),
    )
    expect((await finish(client, id)).series[0]?.frameSha256).toEqual(made.map(({ sha256 }) => sha256))
  })

  test('as many as a batch may have, with names as long as they come', async () => {
    const id = await begin(client)
    const files = Array.from({ length: BATCH_FILES }, (_, k) => ({
      name: `${k} ${'\u0001'.repeat(2_000)}`,
      bytes: Buffer.from(`Dear colleague ${k}, `.repeat(40)),
    }))
    const answers = await sendBatch(id, files)
    expect(answers.map(({ name, status }) => [name, status])).toEqual(
      files.map(({ name }) => [name.slice(0, 1_024), 'left-out']),
    )
  })
})

/** An element of so many bytes OW, explicit little endian. */
function element(group: number, number: number, length: number): Buffer {
  const out = Buffer.alloc(12 + length)
  out.writeUInt16LE(group, 0)
  out.writeUInt16LE(number, 2)
  out.write('OW', 4, 'latin1')
  out.writeUInt32LE(length, 8)
  return out
}

test('[I96] a batch that breaks off costs what had not come; what had is known', async () => {
  const made = await madeSeries({ variant: 203, slices: 6 })
  const id = await begin(client)
  const body = bodyOf(made)
  const end = body.length - made[5]!.bytes.length - made[4]!.bytes.length / 2
  const asked = request(`${client.url}/api/imports/${id}/batches`, {
    method: 'POST',
    headers: { ...client.headers(), 'content-length': body.length },
  })
  const broken = once(asked, 'error')
  asked.write(body.subarray(0, end))
  await expect
    .poll(async () => (await client.get<Import>(`/imports/${id}`)).stored, { timeout: 60_000 })
    .toBe(4)
  asked.destroy(new Error('the line is cut'))
  await broken
  const known = await ask(client, id, made)
  expect(known.map(({ status }) => status)).toEqual([...made.slice(0, 4).map(() => 'stored'), null, null])
  await sendBatch(id, made.slice(4))
  const done = await finish(client, id)
  expect(done).toMatchObject({ received: 6, stored: 6, refused: 0 })
  expect(done.series[0]?.frameSha256).toEqual(made.map(({ sha256 }) => sha256))
})

test('[I97] a file of a batch that is not the one announced is refused, and neither is known', async () => {
  const made = await madeSeries({ variant: 204, slices: 3 })
  const other = await madeSeries({ variant: 205, slices: 1 })
  const zip = { name: 'z', bytes: zipBytes([{ name: 'a', bytes: other[0]!.bytes }]) }
  const id = await begin(client)
  const large = { name: 'large', bytes: Buffer.concat([other[0]!.bytes, Buffer.alloc(3 * 2 ** 20)]) }
  for (const liar of [other[0]!, zip, large]) {
    const files = [made[0]!, liar, made[2]!]
    const said = described(files)
    const head = batchHead([said[0]!, { ...said[1]!, sha256: sha256Of(made[1]!) }, said[2]!])
    const answer = await post(id, bodyOf(files, head))
    const [, lied] = (await answer.json()) as BatchAnswer
    expect(lied).toMatchObject({ status: 'refused', reason: expect.stringMatching(/^Damaged:.*announced/) })
  }
  expect((await ask(client, id, [...made, liarOf(other), zip, large])).map(({ status }) => status)).toEqual([
    'stored',
    null,
    'stored',
    null,
    null,
    null,
  ])
  expect((await finish(client, id)).series.map(({ frames }) => frames)).toEqual([2])
})
const liarOf = ([file]: readonly SentFile[]): SentFile => file as SentFile

describe('[I98] a body that is no batch is refused as a whole, before any file in it is taken', () => {
  const file = LETTER
  const said = described([file])[0]!
  const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`)
  test.each<[string, Buffer, number]>([
    ['nothing', Buffer.alloc(0), 400],
    ['no line', file.bytes, 400],
    ['no list', line({}), 400],
    ['no files', line({ files: [] }), 400],
    ['a length that is none', line({ files: [{ ...said, bytes: -1 }] }), 400],
    ['a hash that is none', line({ files: [{ ...said, sha256: 'x' }] }), 400],
    [
      'more files than a batch may have',
      line({ files: Array.from({ length: BATCH_FILES + 1 }, () => said) }),
      400,
    ],
    ['a line without end', Buffer.alloc(2 ** 20, 'x'), 400],
    ['more than fits', line({ files: [said, { ...said, bytes: BATCH_BYTES }] }), 413],
  ])('%s', async (_what, body, status) => {
    const id = await begin(client)
    const answer = await post(id, body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: status === 413 ? 'too-large' : 'invalid-body' })
    expect((await client.get<Import>(`/imports/${id}`)).received).toBe(0)
  })
})

test('[I99] a connection is used for one batch after the other, unless more came than a batch said', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const id = await begin(client)
  const sockets = new Set<Socket>()
  const one = (body: Buffer) =>
    new Promise<BatchAnswer>((resolve, reject) => {
      const asked = request(`${client.url}/api/imports/${id}/batches`, {
        method: 'POST',
        agent,
        headers: { ...client.headers(), 'content-length': body.length },
      })
      asked.on('socket', (socket) => sockets.add(socket))
      asked.on('error', reject)
      asked.on('response', async (answer) => {
        resolve(JSON.parse(Buffer.concat(await answer.toArray()).toString()) as BatchAnswer)
      })
      asked.end(body)
    })
  try {
    const made = await madeSeries({ variant: 206, slices: 6 })
    for (let k = 0; k < 6; k += 2) await one(bodyOf(made.slice(k, k + 2)))
    expect(sockets.size).toBe(1)
    // Many times what fits between the two, so that it cannot all have come before the answer.
    const longer = Buffer.concat([bodyOf([LETTER]), Buffer.alloc(64 * 2 ** 20)])
    const answers = await one(longer).catch((): BatchAnswer => [])
    expect(answers.filter(({ status }) => status !== 'left-out')).toEqual([])
    expect(await one(bodyOf([LETTER]))).toHaveLength(1)
    expect(sockets.size).toBe(2)
  } finally {
    agent.destroy()
  }
})
