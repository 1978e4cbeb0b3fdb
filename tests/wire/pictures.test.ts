/** Whoever writes past the page draws on no pictures but those of the case; and who looks is told which earlier case lies beside it. */
import { annotate, openThread } from '@consilium/crdt-schema/acts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type * as Y from 'yjs'
import { openPage, type Page, until } from './page.ts'
import { addSeries, openStudio, type Studio } from './studio.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
let here: Studio
let earlier: Studio

beforeAll(async () => {
  ward = await openWard()
  here = await openStudio(ward)
  earlier = await openStudio(ward)
})
afterAll(() => ward?.server.close())

const draw = (doc: Y.Doc, series: string): string =>
  annotate(doc, { ...box, source: { ...box.source, series } })
const say = (doc: Y.Doc, series: string): string =>
  openThread(doc, {
    about: 'comment',
    anchor: { series, frame: 0, point: [0, 0, 0], annotation: null },
    reason: '',
    text: 'Here already.',
  })

test('[K29] what lies on the pictures of its case is let in, and its series is looked up once', async () => {
  const { catalogue } = ward.server.running.services.studies
  const find = vi.spyOn(catalogue, 'find')
  const hasAny = vi.spyOn(catalogue, 'hasAny')
  const page = await openPage(ward.okafor, here.name)
  for (let n = 0; n < 20; n++) {
    draw(page.doc, here.source.series)
    await page.saved()
  }
  say(page.doc, here.source.series)
  await page.saved()
  expect(find).toHaveBeenCalledTimes(1)
  expect(hasAny).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  page.close()
})

test('[K29] a series that comes in while the case is open is drawn on at once', async () => {
  const page = await openPage(ward.okafor, here.name)
  draw(page.doc, here.source.series)
  await page.saved()
  draw(page.doc, await addSeries(ward, here.caseId))
  await page.saved()
  page.close()
})

test('[K29] while a case has no series a script may name one that nobody knows, but none of another case', async () => {
  const { name } = await ward.newDocument()
  const page = await openPage(ward.okafor, name)
  draw(page.doc, 'elsewhere0000000')
  await page.saved()
  draw(page.doc, here.source.series)
  await until('the refusal', () => page.refusals.length > 0)
  expect(page.refusals).toEqual(['foreign-series'])
  page.close()
})

test.each([
  ['a shape on the prior', (doc: Y.Doc) => draw(doc, earlier.source.series)],
  ['words on the prior', (doc: Y.Doc) => say(doc, earlier.source.series)],
  ['a shape on what nobody knows', (doc: Y.Doc) => draw(doc, 'elsewhere0000000')],
])('[K29] %s is refused with that word, and nobody sees it', async (_, forge) => {
  const forger = await openPage(ward.okafor, here.name)
  const entry = forge(forger.doc)
  await until('the refusal', () => forger.refusals.length > 0)
  expect(forger.refusals).toEqual(['foreign-series'])
  const other = await openPage(ward.lindqvist, here.name)
  const mine = draw(other.doc, here.source.series)
  await other.saved()
  const looker = await openPage(ward.solberg, here.name, { client: null })
  const seen = ['annotations', 'threads'].flatMap((root) => [...looker.doc.getMap(root).keys()])
  expect(seen).toContain(mine)
  expect(seen).not.toContain(entry)
  for (const page of [other, looker]) page.close()
})

test('[V35] who has the case open is told at once which earlier case lies beside it, and that none does; who comes is told first', async () => {
  const { caseId, name } = here
  const { id, key } = await keyOf(earlier.caseId)
  const told = (page: Page) =>
    page.said.flatMap((message) => (message.t === 'prior' || message.t === 'hello' ? [message.prior] : []))
  const page = await openPage(ward.okafor, name)
  const say = (wanted: object) => ward.vasquez.ask('PUT', `/cases/${caseId}/prior`, wanted)
  expect((await say({ case: id, days: 412 })).status).toBe(204)
  const prior = { case: id, key, days: 412 }
  await until('the word of the prior', () => told(page).length > 1)
  const later = await openPage(ward.lindqvist, name)
  expect(told(later)).toEqual([prior])
  await say({ case: null })
  for (const one of [page, later]) await until('the word of none', () => told(one).at(-1) === null)
  expect(told(page)).toEqual([null, prior, null])
  for (const one of [page, later]) one.close()
})

async function keyOf(id: string): Promise<{ id: string; key: string }> {
  const found = (
    await ward.okafor.get<{ id: string; key: string }[]>(`/projects/${ward.projectId}/cases`)
  ).find((one) => one.id === id)
  if (!found) throw new Error('the case is not in the list')
  return found
}
