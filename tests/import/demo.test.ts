/** What a newcomer finds: the made chest CT, brought in through the same door, and a conversation that is on record like any other. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Case } from '@consilium/contract/projects'
import type { ChainReport, Revisions } from '@consilium/contract/revisions'
import type { Series } from '@consilium/contract/studies'
import { afterAll, expect, test, vi } from 'vitest'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { hashesFromPacks, projectOf } from './door.ts'

const folder = temporaryFolder('consilium-demo')
afterAll(() => folder.remove())

test('[S30] the server answers before the demo study is there; then it is one case with a conversation, and stays one', {
  timeout: 240_000,
}, async () => {
  const data = `${folder.path}/data`
  const server = await startTestServer({ demoStudy: true, data })
  const reader = await server.signIn('okafor')
  const { id: project } = await projectOf(reader)
  const cases = () => reader.get<Case[]>(`/projects/${project}/cases`)
  expect(await cases()).toEqual([])
  let found = await cases()
  while (found[0]?.annotations !== 5) {
    await sleep(200)
    found = await cases()
  }
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ key: 'LN-0001', title: 'CT chest', slices: 120, openDisputes: 1 })
  const series = await reader.get<Series>(`/series/${found[0]!.coverSeries}`)
  expect(series).toMatchObject({ rows: 512, columns: 512, slices: 120, warnings: [] })
  expect(await hashesFromPacks(reader, series)).toEqual(series.frameSha256)
  const document = `panel:${found[0]!.id}`
  expect(await reader.get<ChainReport>(`/documents/${document}/chain`)).toMatchObject({
    ok: true,
    fault: null,
  })
  const { items } = await reader.get<Revisions>(`/documents/${document}/revisions?limit=100`)
  const authors = new Set(items.filter((one) => one.act === 'edit').map((one) => one.author.name))
  expect(authors).toEqual(new Set(['Dr A. Okafor', 'Dr J. Lindqvist']))
  await server.close()

  const again = await startTestServer({ demoStudy: true, data })
  const back = await again.signIn('okafor')
  const { head } = await back.get<Revisions>(`/documents/${document}/revisions`)
  await again.running.services.studies.close()
  expect(await back.get<Case[]>(`/projects/${project}/cases`)).toMatchObject([
    { key: 'LN-0001', annotations: 5, revisions: head },
  ])
  await again.close()
})

test('[S30] a start that is cut off between the demo study and the conversation about it is made good by the next one', {
  timeout: 240_000,
}, async () => {
  const data = `${folder.path}/cut-off`
  const first = await startTestServer({ demoStudy: true, data, env: { LOG_LEVEL: 'silent' } })
  const lease = vi
    .spyOn(first.running.services.journal, 'lease')
    .mockRejectedValue(new Error('the server was killed here'))
  await vi.waitUntil(() => lease.mock.calls.length > 0, { timeout: 120_000 })
  const early = await first.signIn('okafor')
  const { id: project } = await projectOf(early)
  const [before] = await early.get<Case[]>(`/projects/${project}/cases`)
  expect(before).toMatchObject({ key: 'LN-0001', slices: 120, annotations: 0 })
  await first.close()

  const second = await startTestServer({ demoStudy: true, data })
  const later = await second.signIn('okafor')
  const cases = () => later.get<Case[]>(`/projects/${project}/cases`)
  await vi.waitUntil(async () => (await cases())[0]?.annotations === 5, { timeout: 120_000, interval: 200 })
  expect(await cases()).toMatchObject([{ id: before?.id, series: 1, openDisputes: 1 }])
  await second.close()
})
