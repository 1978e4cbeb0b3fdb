/** Archives are taken apart: every file in one is a file of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zipBytes } from '../../apps/collab-server/src/testing/zip.ts'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { ask, begin, finish, importFiles, send } from './door.ts'
import { madeSeries } from './made.ts'
import { hasTestData, TEST_DATA } from './realSeries.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

test('[S35] each file of an archive is answered, counted and named by itself', async () => {
  const files = await madeSeries({ variant: 121, slices: 5 })
  const letter = { name: 'letter.txt', bytes: Buffer.from('Dear colleague, '.repeat(40)) }
  const cut = { name: 'cut.dcm', bytes: files[0]!.bytes.subarray(0, 900) }
  const zip = {
    name: 'disc.zip',
    bytes: zipBytes(
      [...files, files[0]!, letter, cut].map((file, k) => ({ ...file, name: `${k}`, deflate: true })),
    ),
  }
  const id = await begin(client)
  const answer = await send(client, id, zip)
  expect(answer.status).toBe('stored')
  expect(answer.inside.map((one) => [one.name, one.status])).toEqual([
    ...files.map((_, k) => [`disc.zip › ${k}`, 'stored']),
    ['disc.zip › 5', 'already-here'],
    ['disc.zip › 6', 'left-out'],
    ['disc.zip › 7', 'refused'],
  ])
  const done = await finish(client, id)
  expect(done).toMatchObject({ received: 8, stored: 5, alreadyHere: 1, leftOut: 1, refused: 1 })
  expect(done.files).toEqual(answer.inside)
  expect(done.series[0]?.frameSha256).toEqual(files.map((file) => file.sha256))
  expect(readdirSync(join(server.data, 'incoming'))).toEqual([])
})

test('[S32] an archive that was imported is known as a whole, and so is each file in it', async () => {
  const files = await madeSeries({ variant: 122, slices: 3 })
  const zip = { name: 'a.zip', bytes: zipBytes(files) }
  const first = await importFiles(client, [zip])
  const id = await begin(client)
  expect((await ask(client, id, [zip, ...files])).map((one) => one.status)).toEqual([
    'already-here',
    ...files.map(() => 'already-here'),
  ])
  expect((await finish(client, id)).series.map((one) => one.id)).toEqual(first.series.map((one) => one.id))
})

test('[S35] an archive that is refused as a whole, or in which there is nothing, is one line', async () => {
  const [file] = await madeSeries({ variant: 123, slices: 1 })
  const cut = zipBytes([file!]).subarray(0, 2_000)
  const done = await importFiles(client, [
    { name: 'cut.zip', bytes: cut },
    { name: 'empty.zip', bytes: zipBytes([]) },
  ])
  expect(done).toMatchObject({ state: 'done', received: 2, refused: 1, leftOut: 1, series: [] })
  for (const one of done.files) expect(one.reason).toMatch(/^[A-Z][^\n]*\.$/)
})

describe.skipIf(!hasTestData)('a disc', () => {
  test('[S36] its directory is left out, and it is said how many files that it names did not come', async () => {
    const root = join(TEST_DATA, 'dicomdir')
    const names = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name).slice(root.length + 1))
    const disc = names.map((name) => ({ name, bytes: readFileSync(join(root, name)) }))
    const whole = await importFiles(client, disc)
    expect(whole.files.find((one) => one.name === 'DICOMDIR')).toMatchObject({ status: 'left-out' })
    const pictures = disc.filter((file) => file.name !== 'DICOMDIR')
    const part = disc.filter((file) => file !== pictures[3] && file !== pictures[7])
    const zipped = await importFiles(client, [{ name: 'disc.zip', bytes: zipBytes(part) }])
    const missing = (notes: readonly string[]) =>
      Number(/; (\d+) did not come/.exec(notes.join(' '))?.[1] ?? 0)
    expect(missing(zipped.notes)).toBe(missing(whole.notes) + 2)
  })
})
