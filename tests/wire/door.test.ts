/** Who gets a socket and a document, and as whom they are seen: nobody comes in, speaks or stays who may not. */
import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, comment, openThread, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { FRAME, lease, openPage, type Page, RawPage, until, upgradeStatus } from './page.ts'
import { besieged } from './siege.ts'
import { box } from './ward.ts'

const siege = besieged()
const { stored } = siege
let server: TestServer
let okafor: Client
let lindqvist: Client
let projectId: string
let name: string
let a: Page
let b: Page
let target: string
beforeEach(() => {
  ;({ name, a, b, target } = siege)
  ;({ server, okafor, lindqvist, projectId } = siege.ward)
})

describe('the door', () => {
  test('[G12] nobody who is not signed in gets a socket', async () => {
    expect(await upgradeStatus(server.url, { origin: server.url })).toBe(401)
    expect(
      await upgradeStatus(server.url, {
        origin: server.url,
        cookie: 'consilium=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      }),
    ).toBe(401)
    expect(await upgradeStatus(server.url, {}, '?token=nonsense')).toBe(401)
  })

  test('[G13] nor a page of another site with somebody’s cookie', async () => {
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`])
      expect(await upgradeStatus(server.url, { ...okafor.headers(), origin })).toBe(403)
    expect(await upgradeStatus(server.url, okafor.headers())).toBe(101)
    expect(await upgradeStatus(server.url, okafor.headers(), '/../elsewhere')).toBe(404)
  })

  test('[G10] a document that is not theirs does not exist for them', async () => {
    for (const wrong of ['panel:aaaaaaaaaaaaaaaa', 'read:aaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbb']) {
      const page = await openPage(okafor, wrong, { client: null })
      expect(page.reasons, wrong).toEqual(['not-found'])
      page.close()
    }
    for (const wrong of ['panel:', '__proto__', 'constructor', `${name}:x:y`, ' ', '']) {
      const page = await RawPage.open(okafor, wrong)
      page.socket.send(
        page.frame(FRAME.auth, (encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(0, 0))),
      )
      await until('the socket to be closed', () => page.closed !== null)
      expect(page.closed, wrong).toMatchObject({ code: 4404 })
    }
    const { people, memberships } = server.running.services
    const stranger = await people.create({
      name: 'Dr S. Tranger',
      login: `stranger-${Date.now()}`,
      password: 'long enough 1',
    })
    const outside = await server.signIn(stranger.login, 'long enough 1')
    const page = await openPage(outside, name, { client: null })
    expect(page.reasons).toEqual(['not-found'])
    page.close()
    for (const path of ['authors', 'revisions', 'at/1', 'chain'])
      expect((await outside.ask('GET', `/documents/${name}/${path}`)).status).toBe(404)
    await memberships.set(projectId, stranger.id, 'reader')
    const inside = await openPage(outside, name)
    expect(inside.provider.synced).toBe(true)

    // Taken out of the project: from that moment nothing of theirs is written, and the document is closed for them.
    await memberships.remove(projectId, stranger.id)
    await until('to be shown out', () => inside.refusals.includes('not-a-member'))
    setReasoning(inside.doc, annotate(inside.doc, box), 'still here?')
    const again = await openPage(outside, name, { client: null })
    expect(again.reasons).toEqual(['not-found'])
    expect(await stored()).not.toContain('still here?')
    const roles = async () =>
      (await okafor.get<Revisions>(`/documents/${name}/revisions`)).items.filter(({ act }) => act === 'role')
    await until('both changes to be recorded', async () => (await roles()).length === 2)
    inside.close()
    again.close()
  })

  test('[G11] when a session ends its sockets close, and what it had sent is not written after', async () => {
    const elsewhere = await server.signIn('lindqvist')
    const page = await openPage(elsewhere, name)
    await elsewhere.ask('DELETE', '/session')
    await until('the socket to be closed', () => !page.provider.synced)
    setReasoning(page.doc, annotate(page.doc, box), 'after the end')
    expect(await stored()).not.toContain('after the end')
    page.close()
  })

  test('[G11] nor does one open whose session ended while it was opening', async () => {
    const elsewhere = await server.signIn('lindqvist')
    const { sessions } = server.running.services
    const find = sessions.find
    vi.spyOn(sessions, 'find').mockImplementationOnce(async (cookies) => {
      const found = await find(cookies)
      if (found) await sessions.end(found.person.id, found.handle)
      return found
    })
    expect(await upgradeStatus(server.url, elsewhere.headers())).toBe(401)
  })

  test('[G10] whoever is taken out of the project while the document opens for them is not let in', async () => {
    const { journal, memberships, people, room } = server.running.services
    const guest = await people.create({ name: 'Dr G. Uest', login: 'guest', password: 'long enough 1' })
    const person = await server.signIn('guest', 'long enough 1')
    const { open, recorded } = journal
    const leaving = async <T>(then: () => Promise<T>): Promise<T> => {
      await memberships.remove(projectId, guest.id)
      return then()
    }
    const caseId = (await server.running.services.projects.addCase(projectId)).id

    // While it is decided, and while the document is read.
    await memberships.set(projectId, guest.id, 'reader')
    vi.spyOn(journal, 'open').mockImplementationOnce((wanted) => leaving(() => open(wanted)))
    const first = await openPage(person, `panel:${caseId}`, { client: null })
    expect(first.reasons).toEqual(['not-found'])
    first.close()

    await memberships.set(projectId, guest.id, 'reader')
    vi.spyOn(journal, 'recorded').mockImplementationOnce((...which) => leaving(() => recorded(...which)))
    const second = await openPage(person, `panel:${caseId}`, { client: null })
    expect(second.refusals).toEqual(['not-a-member'])
    expect(second.provider.synced).toBe(false)
    second.close()
    await until('nobody to be there', () => room.here(caseId).length === 0)
  })

  test('[G3] a reader who is made an observer writes no more, on the connection they have', async () => {
    const { memberships, people } = server.running.services
    const person = await people.byLogin('lindqvist')
    if (!person) throw new Error('no such person')
    const page = await openPage(lindqvist, name)
    await memberships.set(projectId, person.id, 'observer')
    setReasoning(page.doc, annotate(page.doc, box), 'demoted')
    await until('the refusal', () => page.refusals.includes('role-may-not-annotate'))
    expect(await stored()).not.toContain('demoted')
    await memberships.set(projectId, person.id, 'reader')
    page.close()
  })
})

describe('presence', () => {
  const send = (page: RawPage, update: Uint8Array): void =>
    page.socket.send(page.frame(FRAME.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update)))

  test('[P2] nobody speaks for another’s clientID, under another’s name, or for ten thousand', async () => {
    const client = (await lease(lindqvist, name))[0] ?? 0
    const page = await RawPage.open(lindqvist, name)
    await page.authenticate(client)
    const crowd = (clients: readonly number[], state: unknown, clock = 1): Uint8Array => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, clients.length)
      for (const one of clients) {
        encoding.writeVarUint(encoder, one)
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarString(encoder, JSON.stringify(state))
      }
      return encoding.toUint8Array(encoder)
    }
    send(page, crowd([a.client ?? 0], { selection: 'forged' }, 2 ** 50))
    send(
      page,
      crowd(
        Array.from({ length: 1_000 }, (_, n) => n + 1),
        { selection: 'forged' },
      ),
    )
    send(
      page,
      crowd([client], {
        user: { name: 'Prof. Nobody', id: 'x', role: 'adjudicator' },
        cursor: { at: 'everywhere' },
        selection: 'mine',
        extra: 'x'.repeat(3_000),
      }),
    )
    await until('their own presence', () => b.provider.awareness?.getStates().has(client) === true)
    const states = b.provider.awareness?.getStates() ?? new Map()
    expect(states.get(client)).toEqual({
      selection: 'mine',
      user: {
        id: expect.any(String),
        name: 'Dr J. Lindqvist',
        initials: 'JL',
        role: 'reader',
        colour: expect.any(Number),
      },
    })
    expect(
      [...states.keys()].filter((one) => one !== client && one !== b.client && one !== a.client),
    ).toEqual([])
    expect(JSON.stringify([...states.values()])).not.toContain('forged')
    // The victim is still seen.
    a.provider.awareness?.setLocalState({ selection: 'honest' })
    await until(
      'the victim',
      () => b.provider.awareness?.getStates().get(a.client ?? 0)?.selection === 'honest',
    )
    page.close()
  })

  test('[P2] a connection without a clientID speaks for none that a page of the same person is seen under', async () => {
    a.provider.awareness?.setLocalState({ selection: 'honest' })
    const seen = () => b.provider.awareness?.getStates().get(a.client ?? 0)?.selection
    await until('the page to be seen', () => seen() === 'honest')
    const script = await RawPage.open(okafor, name)
    await script.authenticate(null)
    const doc = new Y.Doc()
    doc.clientID = a.client ?? 0
    const echo = new Awareness(doc)
    for (let n = 0; n < 9; n++) echo.setLocalState({ selection: 'repeated' })
    send(script, encodeAwarenessUpdate(echo, [doc.clientID]))
    script.ask()
    await until('it to be heard', () => script.count(FRAME.sync) >= 4)
    script.socket.close()
    await until('it to be gone', () => script.closed !== null)
    a.provider.awareness?.setLocalState({ selection: 'still here' })
    await until('the page to be seen', () => seen() === 'still here')
    expect(b.provider.awareness?.getStates().has(a.client ?? 0)).toBe(true)
    echo.destroy()
  })

  test('[P2] presence that is too large is not passed on', async () => {
    const client = (await lease(lindqvist, name))[0] ?? 0
    const page = await RawPage.open(lindqvist, name)
    await page.authenticate(client)
    const doc = new Y.Doc()
    doc.clientID = client
    const own = new Awareness(doc)
    own.setLocalState({ selection: 'x'.repeat(10_000) })
    send(page, encodeAwarenessUpdate(own, [client]))
    own.setLocalState({ selection: 'small' })
    send(page, encodeAwarenessUpdate(own, [client]))
    await until('the small one', () => b.provider.awareness?.getStates().get(client)?.selection === 'small')
    send(page, new Uint8Array(100_000))
    await until('the document to be closed', () => page.frames.some(({ type }) => type === FRAME.close))
    own.destroy()
    page.close()
  })
})

test('[G1] comments of several people reach everybody', async () => {
  const thread = openThread(a.doc, {
    about: 'comment',
    anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: target },
    reason: '',
    text: 'look',
  })
  await until('the thread', () => readRoots(b.doc).threads.has(thread))
  comment(b.doc, thread, 'seen')
  await until('the answer', () => [...readRoots(a.doc).comments.values()].some(({ text }) => text === 'seen'))
})
