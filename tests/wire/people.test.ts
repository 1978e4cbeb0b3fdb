/** Honest people on the wire: the real server, the real provider, over a real socket. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { colourOfPerson } from '../../packages/contract/src/colour.ts'
import type { Me } from '../../packages/contract/src/people.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { ChainReport, Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, moveVertices, setLabel, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { FRAME, lease, openPage, Page, RawPage, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let solberg: Client

let newDocument: Ward['newDocument']

beforeAll(async () => {
  ;({ server, okafor, lindqvist, vasquez, solberg, newDocument } = await openWard())
})
afterAll(() => server?.close())

const values = (doc: Y.Doc) => [...readRoots(doc).annotations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

test('[V36] a case is counted after a change, and not again because somebody opens it or takes leases', async () => {
  const { name, caseId } = await newDocument()
  const counting = vi.spyOn(server.running.services.journal, 'moment')
  const counted = async () => {
    const { annotations } = await okafor.get<Case>(`/cases/${caseId}`)
    return [annotations, counting.mock.calls.length]
  }
  const page = await openPage(okafor, name)
  expect(await counted()).toEqual([0, 0])
  annotate(page.doc, box)
  await page.saved()
  expect(await counted()).toEqual([1, 1])
  await lease(lindqvist, name)
  expect(await counted()).toEqual([1, 1])
  counting.mockRestore()
  page.close()
})

describe('the live channel', () => {
  test('[J1] what one person does is journalled, acknowledged and seen by the others, in that order', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    const b = await openPage(lindqvist, name)
    const id = annotate(a.doc, box)
    await a.saved()
    await until('the annotation at the other page', () => values(b.doc).length === 1)
    expect(values(b.doc)).toEqual(values(a.doc))
    const told = (page: Page) =>
      page.said
        .flatMap((message) => (message.t === 'journal' ? message.rows : []))
        .filter(({ client, revision }) => client === a.client && revision.act === 'edit')
    await until('word of the commit', () => [a, b].every((page) => told(page).length > 0))
    const [word] = told(b)
    expect(word).toMatchObject({
      clock: 0,
      revision: {
        act: 'edit',
        role: 'reader',
        author: { name: 'Dr A. Okafor' },
        touched: [{ root: 'annotations', entry: id, op: 'create' }],
      },
    })

    const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions`)
    expect(items.map((item) => item.act)).toEqual(['edit', 'lease', 'lease'])
    expect(items[0]).toEqual(word?.revision)
    expect(await okafor.get<ChainReport>(`/documents/${name}/chain`)).toMatchObject({
      ok: true,
      rows: 3,
      head: items[0]?.hash,
      fault: null,
    })
    a.close()
    b.close()
  })

  test('[G1] work done offline merges on return, under the same clientID', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    const b = await openPage(vasquez, name)
    const id = annotate(a.doc, box)
    await until('it to arrive', () => values(b.doc).length === 1)
    b.disconnect()
    await until('to be offline', () => !b.provider.synced)
    annotate(b.doc, box)
    setReasoning(b.doc, id, 'spiculated')
    setReasoning(b.doc, id, 'spiculated margin')
    moveVertices(b.doc, id, [{ key: values(b.doc)[0]?.vertices[0]?.key ?? '', at: [1, 1, 0] }])
    setLabel(a.doc, id, 'vessel')
    await a.saved()
    b.connect()
    await b.saved()
    await until(
      'both to be the same',
      () => JSON.stringify(values(a.doc)) === JSON.stringify(values(b.doc)) && values(a.doc).length === 2,
    )
    expect(values(a.doc).find((one) => one.id === id)).toMatchObject({
      label: 'vessel',
      reasoning: 'spiculated margin',
    })
    expect(b.refusals).toEqual([])
    a.close()
    b.close()
  })

  test('[G1] two tabs of one person, and a page opened again from what it kept, are all let in', async () => {
    const { name } = await newDocument()
    const one = await openPage(okafor, name)
    const two = await openPage(okafor, name)
    annotate(one.doc, box)
    annotate(two.doc, box)
    await Promise.all([one.saved(), two.saved()])
    await until('both to be the same', () => values(one.doc).length === 2 && values(two.doc).length === 2)
    // The second tab forwards what it got from the first (as a BroadcastChannel would), before the server has it.
    one.disconnect()
    await until('to be offline', () => !one.provider.synced)
    annotate(one.doc, box)
    Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc))
    await two.saved()
    one.connect()
    await one.saved()
    expect(values(one.doc)).toEqual(values(two.doc))
    expect(values(one.doc)).toHaveLength(3)
    // Closed without a goodbye; its copy comes back under a spare clientID and writes on.
    const kept = new Y.Doc()
    Y.applyUpdate(kept, Y.encodeStateAsUpdate(one.doc))
    one.close()
    const again = await openPage(okafor, name, { doc: kept })
    annotate(again.doc, box)
    await again.saved()
    await until('it to arrive', () => values(two.doc).length === 4)
    expect([...again.refusals, ...two.refusals]).toEqual([])
    again.close()
    two.close()
  })

  test('[G64] a page whose line broke while its document was being opened is let in again under its clientID', async () => {
    const { name } = await newDocument()
    const [client = 0] = await lease(okafor, name)
    const broken = await RawPage.open(okafor, name)
    const back = await RawPage.open(okafor, name)
    // Both are let in before anybody has the document open; the first hears nothing and answers nothing.
    broken.sendToken(client)
    broken.socket.pause()
    back.sendToken(client)
    back.ask()
    await until('an answer', () => back.count(FRAME.sync) >= 2 || back.count(FRAME.close) > 0)
    expect(back.stateless.map(({ t }) => t)).toEqual(['hello'])
    back.close()
    broken.socket.terminate()
  })

  test('[J3] what was sent and not answered before the line broke is kept once when it is sent again', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    for (let n = 0; n < 10; n++) {
      annotate(a.doc, box)
      // The frame may or may not have reached the server.
      if (n % 2) await new Promise((resolve) => setImmediate(resolve))
      a.disconnect()
      a.connect()
    }
    await a.saved()
    const fresh = await openPage(lindqvist, name)
    expect(values(fresh.doc)).toEqual(values(a.doc))
    expect(values(fresh.doc)).toHaveLength(10)
    const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=500`)
    const created = items.flatMap((item) =>
      item.touched.filter(({ op }) => op === 'create').map(({ entry }) => entry),
    )
    expect(new Set(created).size).toBe(created.length)
    expect(created).toHaveLength(10)
    a.close()
    fresh.close()
  })

  test('[P1] people are named and coloured by the server, and counted once however many pages they have', async () => {
    const { name, caseId } = await newDocument()
    const a = await openPage(okafor, name)
    const a2 = await openPage(okafor, name)
    const c = await openPage(solberg, name)
    const aware = (page: Page, state: unknown) =>
      page.provider.awareness?.setLocalState(state as Record<string, unknown>)
    aware(a, { selection: 'x', user: { name: 'Prof. Nobody', role: 'adjudicator' } })
    aware(c, { cursor: { at: [1, 2, 3], series: 's', frame: 4 } })
    await until(
      'their presence',
      () =>
        a2.provider.awareness?.getStates().has(a.client ?? 0) === true &&
        a2.provider.awareness?.getStates().has(c.client ?? 0) === true,
    )
    // The colour that they have in every list.
    const listed = async (person: Client) => colourOfPerson((await person.get<Me>('/me')).person.id)
    const states = a2.provider.awareness?.getStates()
    expect(states?.get(a.client ?? 0)).toMatchObject({
      selection: 'x',
      user: { name: 'Dr A. Okafor', initials: 'AO', role: 'reader', colour: await listed(okafor) },
    })
    expect(states?.get(c.client ?? 0)).toMatchObject({
      cursor: { at: [1, 2, 3], series: 's', frame: 4 },
      user: { name: 'I. Solberg', role: 'observer', colour: await listed(solberg) },
    })
    expect(server.running.services.room.here(caseId).map((person) => person.login)).toEqual([
      'okafor',
      'solberg',
    ])
    c.close()
    await until('them to leave', () => server.running.services.room.here(caseId).length === 1)
    a.close()
    a2.close()
  })

  test('[G14] leases are only for those who may see the document, and never given twice', async () => {
    const { name } = await newDocument()
    const given = [
      ...(await lease(okafor, name, 4)),
      ...(await lease(okafor, name, 4)),
      ...(await lease(lindqvist, name, 4)),
    ]
    expect(new Set(given).size).toBe(12)
    expect((await server.client().ask('POST', `/documents/${name}/leases`, { count: 1 })).status).toBe(401)
    expect((await okafor.ask('POST', '/documents/panel:aaaaaaaaaaaaaaaa/leases', { count: 1 })).status).toBe(
      404,
    )
    expect((await okafor.ask('POST', `/documents/${name}/leases`, { count: 99 })).status).toBe(400)
  })
})
