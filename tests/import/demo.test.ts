/** What a newcomer finds: the made chest CT, brought in through the same door, and a conversation that is on record like any other. */
import type { Case } from '@consilium/contract/projects'
import type { ChainReport, Revisions } from '@consilium/contract/revisions'
import type { Series } from '@consilium/contract/studies'
import { afterAll, expect, test, vi } from 'vitest'
import { type Client, startTestServer, temporaryFolder } from '../support/server.ts'
import { hashesFromPacks, projectOf } from './door.ts'

/** Making the study keeps every core busy. */
const PATIENCE_MS = 200_000

const folder = temporaryFolder('consilium-demo')
afterAll(() => folder.remove())

test('[S30] the server answers before the demo study is there; a start that is cut off before the conversation is made good by the next, and it stays one case', {
  timeout: 480_000,
}, async () => {
  const data = `${folder.path}/data`
  const first = await startTestServer({ demoStudy: true, data, env: { LOG_LEVEL: 'silent' } })
  const lease = vi
    .spyOn(first.running.services.journal, 'lease')
    .mockRejectedValue(new Error('the server was killed here'))
  const early = await first.signIn('okafor')
  const { id: project } = await projectOf(early)
  const casesFor = (reader: Client) => reader.get<Case[]>(`/projects/${project}/cases`)
  expect(await casesFor(early)).toEqual([])
  await vi.waitUntil(() => lease.mock.calls.length > 0, { timeout: PATIENCE_MS })
  const [before] = await casesFor(early)
  expect(before).toMatchObject({ key: 'LN-0001', slices: 120, annotations: 0 })
  await first.close()

  const second = await startTestServer({ demoStudy: true, data })
  const reader = await second.signIn('okafor')
  await vi.waitUntil(async () => (await casesFor(reader))[0]?.annotations === 5, {
    timeout: PATIENCE_MS,
    interval: 200,
  })
  const found = await casesFor(reader)
  expect(found).toMatchObject([
    { id: before?.id, key: 'LN-0001', title: 'CT chest', slices: 120, series: 1, openDisputes: 1 },
  ])
  const series = await reader.get<Series>(`/series/${found[0]?.coverSeries}`)
  expect(series).toMatchObject({ rows: 512, columns: 512, slices: 120, warnings: [] })
  expect(await hashesFromPacks(reader, series)).toEqual(series.frameSha256)
  const document = `panel:${found[0]?.id}`
  expect(await reader.get<ChainReport>(`/documents/${document}/chain`)).toMatchObject({
    ok: true,
    fault: null,
  })
  const { items } = await reader.get<Revisions>(`/documents/${document}/revisions?limit=100`)
  const authors = new Set(items.filter((one) => one.act === 'edit').map((one) => one.author.name))
  expect(authors).toEqual(new Set(['Dr A. Okafor', 'Dr J. Lindqvist']))
  await second.close()

  const third = await startTestServer({ demoStudy: true, data })
  const back = await third.signIn('okafor')
  const { head } = await back.get<Revisions>(`/documents/${document}/revisions`)
  await third.running.services.studies.close()
  expect(await casesFor(back)).toMatchObject([{ key: 'LN-0001', annotations: 5, revisions: head }])
  await third.close()
})
