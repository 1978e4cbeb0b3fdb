/** How far an import is, while it is being sorted. */
import type { Import } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { begin, finish, projectOf, send } from './door.ts'
import { madeSeries } from './made.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ demo: true })
})
afterAll(() => server.close())

test('[S41] while an import is sorted it says how many of its frames are ready; then it takes and cancels nothing', async () => {
  const client = await server.signIn('vasquez')
  const files = await madeSeries({ variant: 161, slices: 9 })
  const id = await begin(client)
  for (const file of files.slice(1)) await send(client, id, file)
  const look = () => client.get<Import>(`/imports/${id}`)
  expect(await look()).toMatchObject({ state: 'receiving', received: 8, progress: null })
  const project = await projectOf(client)
  let finishing: Promise<Import> | null = null
  // Whoever writes series waits for the project's row: that is where this import stands still while it is looked at.
  await server.running.services.db.sql.begin(async (tx) => {
    await tx`select id from projects where id = ${project.id} for update`
    finishing = finish(client, id)
    await expect.poll(async () => (await look()).progress).toEqual({ done: 8, total: 8 })
    expect(await look()).toMatchObject({ state: 'sorting', series: [] })
    await expect(send(client, id, files[0]!)).rejects.toThrow(/409.*import-closed/)
    expect((await client.ask('DELETE', `/imports/${id}`)).status).toBe(409)
  })
  expect(await finishing).toMatchObject({ state: 'done', stored: 8, progress: null })
  expect((await look()).series[0]?.slices).toBe(8)
})
