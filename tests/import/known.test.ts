/** What is here need not travel again, and what has travelled is not read again. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Import } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'
import { blobPath, blobsIn } from './blobs.ts'
import { ask, begin, finish, importFiles, send, sha256Of } from './door.ts'
import { madeSeries } from './made.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true })
  client = await server.signIn('vasquez')
})
afterAll(() => server.close())

const LETTER = { name: 'letter', bytes: Buffer.from('Dear colleague, '.repeat(40)) }

test('[S32] asked before it is sent, each file is what became of it in this import, or unknown', async () => {
  const files = await madeSeries({ variant: 101, slices: 4 })
  const id = await begin(client)
  const cut = { name: 'cut', bytes: files[3]!.bytes.subarray(0, 900) }
  const sent = [...files.slice(0, 2), LETTER, cut]
  const answers = [await send(client, id, sent[0]!)]
  for (const file of sent.slice(1)) answers.push(await send(client, id, file))
  const known = await ask(client, id, [...sent, files[2]!])
  expect(known.map(({ status, reason }) => [status, reason])).toEqual([
    ...answers.map(({ status, reason }) => [status, reason]),
    [null, null],
  ])
  expect(known.map((one) => one.status)).toEqual(['stored', 'stored', 'left-out', 'refused', null])
  // Asking has sent nothing.
  expect(await client.get<Import>(`/imports/${id}`)).toMatchObject({ received: 4, stored: 2, alreadyHere: 0 })
})

test('[S32] a folder that was imported before needs nothing sent: the same series, counted as here', async () => {
  const files = await madeSeries({ variant: 102, slices: 6 })
  const first = await importFiles(client, files)
  const id = await begin(client)
  for (let again = 0; again < 2; again++)
    expect((await ask(client, id, files)).map((one) => one.status)).toEqual(files.map(() => 'already-here'))
  const done = await finish(client, id)
  expect(done).toMatchObject({ received: 6, alreadyHere: 6, stored: 0 })
  expect(done.series.map((one) => one.id)).toEqual(first.series.map((one) => one.id))
})

test('[S32] slices that are new join those that are known without being sent', async () => {
  const files = await madeSeries({ variant: 103, slices: 8 })
  const first = await importFiles(client, files.slice(0, 5))
  const id = await begin(client)
  const known = await ask(client, id, files)
  for (const [k, file] of files.entries()) if (known[k]!.status === null) await send(client, id, file)
  const done = await finish(client, id)
  expect([done.stored, done.alreadyHere]).toEqual([3, 5])
  expect(done.series.map((one) => [one.case, one.frameSha256])).toEqual([
    [first.series[0]!.case, files.map((file) => file.sha256)],
  ])
})

test('[S32] a file that is known is not read again, even where it is sent', async () => {
  const files = await madeSeries({ variant: 104, slices: 3 })
  await importFiles(client, files)
  // Whoever read it would make its picture anew.
  rmSync(blobPath(server.data, files[1]!.sha256))
  const id = await begin(client)
  expect((await send(client, id, files[1]!)).status).toBe('already-here')
  expect(blobsIn(server.data)).not.toContain(files[1]!.sha256)
})

test('[S32] another project knows nothing of it', async () => {
  const files = await madeSeries({ variant: 105, slices: 2 })
  await importFiles(client, files)
  const admin = await server.admin()
  const { id: other } = await admin.post<{ id: string }>('/projects', { key: 'OTH', title: 'Other' })
  const { id } = await admin.post<Import>(`/projects/${other}/imports`, {})
  expect((await ask(admin, id, files)).map((one) => one.status)).toEqual([null, null])
  expect((await send(admin, id, files[0]!)).status).toBe('stored')
})

test('[S33] the hash of a file is nowhere: who has a file cannot find out from the data folder that it was here', async () => {
  const files = await madeSeries({ variant: 106, slices: 2 })
  await importFiles(client, files)
  const id = await begin(client)
  await send(client, id, files[0]!)
  await ask(client, id, files)
  const hashes = files.map(sha256Of)
  const forms = hashes.flatMap((hex) => [
    Buffer.from(hex),
    Buffer.from(hex, 'hex'),
    Buffer.from(Buffer.from(hex, 'hex').toString('base64url')),
  ])
  const kept = readdirSync(server.data, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  let searched = 0
  for (const { parentPath, name } of kept) {
    const bytes = readFileSync(join(parentPath, name))
    searched += bytes.length
    expect(
      forms.filter((form) => bytes.includes(form)),
      name,
    ).toEqual([])
  }
  expect(searched).toBeGreaterThan(1_000_000)
})
