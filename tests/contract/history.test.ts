/** The past of a document over the wire: as the contract says, for whoever may see the document, and in words where there is nothing. */
import { Blame, Comparison, EntryHistory } from '@consilium/contract/history'
import type { Revisions } from '@consilium/contract/revisions'
import { annotate, moveVertices, retire, setReasoning } from '@consilium/crdt-schema/acts'
import { readEntry } from '@consilium/crdt-schema/changes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/server.ts'
import { openPage, type Page } from '../wire/page.ts'
import { box, openWard, type Ward } from '../wire/ward.ts'

let ward: Ward
let name: string
let id: string
/** Revisions that changed the annotation, oldest first: made, moved, typed, typed by another, retired. */
let made: number[]

beforeAll(async () => {
  ward = await openWard()
  ;({ name } = await ward.newDocument())
  const okafor = await openPage(ward.okafor, name)
  id = annotate(okafor.doc, { ...box, reasoning: 'a round nodule' })
  await okafor.saved()
  const vasquez = await openPage(ward.vasquez, name)
  const key = readEntry(vasquez.doc, 'annotations', id)?.vertices[1]?.key ?? ''
  await act(vasquez, () => moveVertices(vasquez.doc, id, [{ key, at: [43, 4, 0] }]))
  await act(vasquez, () => setReasoning(vasquez.doc, id, 'a bilobar nodule'))
  okafor.close()
  const again = await openPage(ward.okafor, name)
  await act(again, () => setReasoning(again.doc, id, 'a bilobar nodule, solid'))
  await act(again, () => retire(again.doc, id, 'seen twice'))
  vasquez.close()
  again.close()
  const { items } = await ward.okafor.get<Revisions>(`/documents/${name}/revisions`)
  made = items
    .filter(({ act }) => act === 'edit')
    .map(({ seq }) => seq)
    .reverse()
})
afterAll(() => ward?.server.close())

async function act(page: Page, doing: () => unknown): Promise<void> {
  doing()
  await page.saved()
}

const of = (person: Client, path: string) => person.get(`/documents/${name}${path}`)

describe('[R6] the history of an annotation', () => {
  it('tells what every revision changed and who made it, newest first', async () => {
    const { items, next } = EntryHistory.parse(await of(ward.solberg, `/annotations/${id}/history`))
    expect(next).toBeNull()
    expect(items.map(({ seq }) => seq)).toEqual(made.toReversed())
    expect(items.map(({ difference }) => difference?.change)).toEqual([
      'retired',
      'changed',
      'changed',
      'changed',
      'added',
    ])
    expect(items.map(({ writer }) => [writer.author.initials, writer.role])).toEqual([
      ['AO', 'reader'],
      ['AO', 'reader'],
      ['HV', 'adjudicator'],
      ['HV', 'adjudicator'],
      ['AO', 'reader'],
    ])
    const [retired, , typed, moved] = items
    expect(retired?.difference?.fields).toEqual([
      { field: 'retired', before: null, after: { reason: 'seen twice' }, words: null },
    ])
    expect(typed?.difference?.fields[0]?.words).toEqual([
      { op: 'same', text: 'a ' },
      { op: 'removed', text: 'round' },
      { op: 'added', text: 'bilobar' },
      { op: 'same', text: ' nodule' },
    ])
    expect(moved?.difference?.geometry).toMatchObject({
      added: [],
      removed: [],
      moved: [{ before: [40, 0, 0], after: [43, 4, 0], byMm: 5 }],
      areaMm2: { before: 800, after: 860 },
      lengthMm: null,
    })
  })

  it('comes in pages', async () => {
    const first = EntryHistory.parse(await of(ward.okafor, `/annotations/${id}/history?limit=3`))
    expect([first.items.length, first.next]).toEqual([3, made[2]])
    const second = EntryHistory.parse(
      await of(ward.okafor, `/annotations/${id}/history?limit=3&before=${first.next}`),
    )
    expect([second.items.map(({ seq }) => seq), second.next]).toEqual([made.slice(0, 2).reverse(), null])
  })
})

it('[R7] blame names who made each vertex and each word', async () => {
  const blame = Blame.parse(await of(ward.okafor, `/annotations/${id}/blame`))
  const who = (credit?: { writer: { author: { initials: string } } }) => credit?.writer.author.initials
  expect(Object.values(blame.vertices).map(who)).toEqual(['AO', 'HV', 'AO'])
  expect([blame.fields['kind']?.seq, blame.fields['retired']?.seq]).toEqual([made[0], made[4]])
  expect(blame.texts['reasoning']?.map((run) => [who(run), run.length])).toEqual([
    ['AO', 'a '.length],
    ['HV', 'bilobar'.length],
    ['AO', ' nodule, solid'.length - ', solid'.length],
    ['AO', ', solid'.length],
  ])
  const before = Blame.parse(await of(ward.okafor, `/annotations/${id}/blame?at=${made[0]}`))
  expect(new Set(Object.values(before.vertices).map(({ seq }) => seq))).toEqual(new Set([made[0]]))
})

it('[R5] two revisions are compared, in either direction', async () => {
  const [first = 0, moved = 0] = made
  const forth = Comparison.parse(await of(ward.okafor, `/compare/${first}/${moved}`))
  expect(forth).toMatchObject({ a: first, b: moved, differences: [{ entry: id, change: 'changed' }] })
  const back = Comparison.parse(await of(ward.okafor, `/compare/${moved}/${first}`))
  expect(back.differences[0]?.geometry?.moved).toMatchObject([{ before: [43, 4, 0], after: [40, 0, 0] }])
  expect(Comparison.parse(await of(ward.okafor, `/compare/0/${moved}`)).differences).toMatchObject([
    { entry: id, change: 'added' },
  ])
  expect(await of(ward.okafor, `/compare/${moved}/${moved}`)).toMatchObject({ differences: [] })
})

it('[R8] the blame index is bytes', async () => {
  const answer = await ward.okafor.ask('GET', `/documents/${name}/blame`)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  const [clients, ...rest] = new Uint8Array(await answer.arrayBuffer())
  // Okafor wrote on two pages, Vasquez on one.
  expect(clients).toBe(3)
  expect(rest.length).toBeGreaterThan(0)
})

describe('[R9] what is not there', () => {
  it.each([
    ['/compare/1/999', 404, /has \d+ revisions/],
    ['/compare/one/2', 404, /whole number/],
    ['/compare/-1/2', 404, /whole number/],
    ['/compare/1/1e3', 404, /whole number/],
    ['/annotations/nothing/history', 404, /no such annotation/],
    ['/annotations/__proto__/blame', 404, /no such annotation/],
    ['/annotations/ID/blame?at=0', 404, /was not there yet/],
    ['/annotations/ID/blame?at=999', 404, /has \d+ revisions/],
    ['/annotations/ID/blame?at=-1', 400, /at/],
    ['/annotations/ID/history?limit=0', 400, /limit/],
    ['/annotations/ID/history?limit=1001', 400, /limit/],
    ['/annotations/ID/history?before=soon', 400, /before/],
  ])('%s is answered %i, in words', async (path, status, words) => {
    const answer = await ward.okafor.ask('GET', `/documents/${name}${path.replace('ID', id)}`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ message: expect.stringMatching(words) })
  })

  it('of a document in which nobody has written yet there is nothing to tell', async () => {
    const { name: empty } = await ward.newDocument()
    expect(await ward.okafor.get(`/documents/${empty}/compare/0/0`)).toEqual({
      a: 0,
      b: 0,
      differences: [],
      painting: [],
    })
    const index = await ward.okafor.ask('GET', `/documents/${empty}/blame`)
    expect([...new Uint8Array(await index.arrayBuffer())]).toEqual([0])
    expect((await ward.okafor.ask('GET', `/documents/${empty}/annotations/${id}/blame`)).status).toBe(404)
  })

  it('of a document that one may not see neither', async () => {
    const admin = await ward.server.admin()
    const other = await admin.post<{ id: string }>('/projects', { title: 'Elsewhere', key: 'EL' })
    const hidden = await ward.server.running.services.projects.addCase(other.id)
    for (const path of ['compare/0/0', `annotations/${id}/history`, `annotations/${id}/blame`, 'blame'])
      expect((await ward.okafor.ask('GET', `/documents/panel:${hidden.id}/${path}`)).status).toBe(404)
  })
})
