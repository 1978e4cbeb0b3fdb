/** Scripts with y-websocket's own provider work in the same documents as the pages, under the same rules. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, setConfidence } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client } from '../support/server.ts'
import { openPage, until } from '../wire/page.ts'
import { box, openWard, type Ward } from '../wire/ward.ts'

let ward: Ward
let name: string
const tokens = new Map<Client, string>()

beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  for (const person of [ward.okafor, ward.lindqvist, ward.solberg])
    tokens.set(person, (await person.post<{ secret: string }>('/tokens', { title: 'script' })).secret)
})
afterAll(() => ward?.server.close())
beforeEach(async () => {
  name = (await ward.newDocument()).name
})

interface Script {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly closed: { code: number; reason: string }[]
}

function joinAs(token: string, document = name, doc = new Y.Doc()): Script {
  const provider = new WebsocketProvider(`${ward.server.url.replace(/^http/, 'ws')}/yjs`, document, doc, {
    params: { token },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 100,
  })
  const closed: Script['closed'] = []
  provider.on('connection-close', (event) => {
    if (event) closed.push({ code: event.code, reason: event.reason })
  })
  return { doc, provider, closed }
}

const scriptOf = (person: Client): Script => joinAs(tokens.get(person) ?? '')
const shown = (doc: Y.Doc) => readRoots(doc).annotations

describe('a script over y-websocket', () => {
  test('[G100] and a page edit one document together, and see each other', async () => {
    const page = await openPage(ward.lindqvist, name)
    const byPage = annotate(page.doc, box)
    await page.saved()
    const script = scriptOf(ward.okafor)
    await until('the script to be synced', () => script.provider.synced)
    expect(shown(script.doc).has(byPage)).toBe(true)

    const byScript = annotate(script.doc, box)
    await until('it to arrive at the page', () => shown(page.doc).has(byScript))
    setConfidence(page.doc, byPage, 70)
    await until('it to arrive at the script', () => shown(script.doc).get(byPage)?.confidence === 70)

    script.provider.awareness.setLocalState({ selection: byPage, user: { name: 'somebody else' } })
    const seen = () => page.provider.awareness?.getStates().get(script.doc.clientID)
    await until('the script to be seen', () => seen()?.selection === byPage)
    expect(seen()?.user).toMatchObject({ name: 'Dr A. Okafor', role: 'reader' })

    const { items } = await ward.okafor.get<Revisions>(`/documents/${name}/revisions`)
    const made = items.find(({ touched }) => touched.some(({ entry }) => entry === byScript))
    expect(made).toMatchObject({ author: { name: 'Dr A. Okafor' }, act: 'edit', saidAt: null })
    script.provider.destroy()
    page.close()
  })

  test('[G101] that changes what another made is let go with 4403 and the reason, and nothing is kept', async () => {
    const page = await openPage(ward.lindqvist, name)
    const id = annotate(page.doc, box)
    await page.saved()
    const script = scriptOf(ward.okafor)
    await until('the script to be synced', () => script.provider.synced)
    setConfidence(script.doc, id, 5)
    await until('it to be let go', () => script.closed.length > 0)
    expect(script.closed[0]).toEqual({ code: 4403, reason: expect.stringMatching(/^not-yours: \w/) })
    expect(shown(page.doc).get(id)?.confidence).toBeNull()
    script.provider.destroy()
    page.close()
  })

  test('[G102] keeps the clientID it was bound to when it comes back, and nobody else can use it', async () => {
    const script = scriptOf(ward.okafor)
    await until('the script to be synced', () => script.provider.synced)
    const id = annotate(script.doc, box)
    const page = await openPage(ward.lindqvist, name)
    await until('it to arrive', () => shown(page.doc).has(id))
    script.provider.disconnect()
    const later = annotate(script.doc, box)
    script.provider.connect()
    await until('what was made meanwhile', () => shown(page.doc).has(later))

    const stolen = scriptOf(ward.lindqvist)
    await until('the thief to be synced', () => stolen.provider.synced)
    const own = stolen.doc.clientID
    stolen.doc.clientID = script.doc.clientID
    annotate(stolen.doc, box)
    stolen.doc.clientID = own
    await until('the thief to be let go', () => stolen.closed.length > 0)
    expect(stolen.closed[0]).toMatchObject({
      code: 4403,
      reason: expect.stringMatching(/^foreign-authorship/),
    })
    for (const { provider } of [script, stolen]) provider.destroy()
    page.close()
  })

  test('[G103] of somebody who may not see the document learns only that there is none; one of an observer sees and cannot write', async () => {
    const nowhere = joinAs(tokens.get(ward.okafor) ?? '', 'panel:doesnotexist1')
    await until('the answer', () => nowhere.closed.length > 0)
    expect(nowhere.closed[0]).toMatchObject({ code: 4404 })

    const observer = scriptOf(ward.solberg)
    await until('the observer to be synced', () => observer.provider.synced)
    annotate(observer.doc, box)
    await until('the observer to be let go', () => observer.closed.length > 0)
    expect(observer.closed[0]).toMatchObject({
      code: 4403,
      reason: expect.stringMatching(/^role-may-not-annotate/),
    })
    for (const { provider } of [nowhere, observer]) provider.destroy()
  })

  test('[G104] the example of the guide puts a key point into a case', async () => {
    const example = join(import.meta.dirname, '../../docs/examples/keypoint.ts')
    const token = tokens.get(ward.okafor) ?? ''
    const { stdout } = await promisify(execFile)(process.execPath, [
      example,
      ward.server.url,
      name,
      token,
      'series0000000001',
      '3',
      '10',
      '-20.5',
      '30',
    ])
    const page = await openPage(ward.lindqvist, name)
    expect(shown(page.doc).get(stdout.trim())).toMatchObject({ kind: 'keypoint', source: { frame: 3 } })
    page.close()
  })
})
