/** People who do not keep to the rules, on the wire: what they send changes nothing, and everybody else keeps working. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  decide,
  openThread,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { FRAME, lease, openPage, type Page, RawPage, until, upgradeStatus } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let solberg: Client
let projectId: string

/** Two honest people at work in the document that is attacked. */
let name: string
let a: Page
let b: Page
let target: string

const annotations = (doc: Y.Doc) => readRoots(doc).annotations
const head = async (): Promise<number> =>
  (await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)).head
const stored = async (): Promise<string> =>
  JSON.stringify(await okafor.get(`/documents/${name}/at/${await head()}?as=json`))

beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  ;({ server, okafor, lindqvist, vasquez, solberg, projectId } = ward)
})
afterAll(() => server?.close())

beforeEach(async () => {
  name = (await ward.newDocument()).name
  a = await openPage(okafor, name)
  b = await openPage(lindqvist, name)
  target = annotate(a.doc, box)
  await a.saved()
  await until('it to arrive', () => annotations(b.doc).size === 1)
})

/** Whatever happened: A and B work on, B sees what A does, and the chain holds. */
afterEach(async () => {
  const words = `after ${Math.random()}`
  setReasoning(a.doc, target, words)
  await until('the others to keep working', () => annotations(b.doc).get(target)?.reasoning === words)
  expect(await okafor.get(`/documents/${name}/chain`)).toMatchObject({ ok: true, fault: null })
  expect([...a.refusals, ...b.refusals]).toEqual([])
  a.close()
  b.close()
})

/** The bytes of what `write` would do on a page of this clientID. */
function forged(client: number, write: (doc: Y.Doc) => void, base: Y.Doc = b.doc): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base))
  doc.clientID = client
  const before = Y.encodeStateVector(doc)
  doc.transact(() => write(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

/** Opens the document raw, sends one update, and returns the code it was refused with. */
async function attack(
  person: Client,
  update: Uint8Array,
  { client, kind = 2 }: { client?: number; kind?: 1 | 2 } = {},
): Promise<string> {
  const own = client ?? (await lease(person, name))[0] ?? 0
  const before = {
    head: await head(),
    stored: await stored(),
    shown: JSON.stringify([...annotations(b.doc)]),
  }
  const page = await RawPage.open(person, name)
  await page.authenticate(own)
  page.sendUpdate(update, kind)
  await until('the refusal and the end of the document', () =>
    page.frames.some(({ type }) => type === FRAME.close),
  )
  const refused = page.stateless.find((message) => message.t === 'refused')
  expect(refused).toMatchObject({ message: expect.stringMatching(/\w/), next: expect.stringMatching(/\w/) })
  expect(page.frames.some(({ type }) => type === FRAME.status)).toBe(false)
  expect({
    head: await head(),
    stored: await stored(),
    shown: JSON.stringify([...annotations(b.doc)]),
  }).toEqual(before)
  page.close()
  return refused?.t === 'refused' ? refused.code : ''
}

describe('forged updates', () => {
  test('[G2] under the clientID of another person: refused, nothing changes, the others work on', async () => {
    const victim = a.client ?? 0
    expect(
      await attack(
        lindqvist,
        forged(victim, (doc) => setReasoning(doc, target, 'forged')),
      ),
    ).toBe('foreign-authorship')
    expect(
      await attack(
        lindqvist,
        forged(victim, (doc) => annotate(doc, box)),
        { kind: 1 },
      ),
    ).toBe('foreign-authorship')
    // The victim's next work is not taken for a repetition of the forger's.
    annotate(a.doc, box)
    await a.saved()
    await until('it to arrive', () => annotations(b.doc).size === 2)
  })

  test('[G2] a page cannot claim a clientID that was leased to another person', async () => {
    const page = await RawPage.open(lindqvist, name)
    await page.authenticate(a.client)
    expect(page.denied).toEqual(['foreign-authorship'])
    page.close()
  })

  test('[G3] an observer’s update is refused', async () => {
    const client = (await lease(solberg, name))[0] ?? 0
    expect(
      await attack(
        solberg,
        forged(client, (doc) => annotate(doc, box)),
        { client },
      ),
    ).toBe('role-may-not-annotate')
    expect(
      await attack(
        solberg,
        forged(client, (doc) =>
          openThread(doc, {
            about: 'comment',
            anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: target },
            reason: '',
            text: 'hm',
          }),
        ),
        { client },
      ),
    ).toBe('role-may-not-discuss')
  })

  test('[G3] only the adjudicator settles a dispute', async () => {
    const thread = openThread(b.doc, {
      about: 'dispute',
      anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: target },
      reason: 'a vessel',
      text: '',
    })
    await b.saved()
    const verdict = { thread, outcome: 'accepted', rationale: 'it is round', adopted: null } as const
    const client = (await lease(okafor, name))[0] ?? 0
    expect(
      await attack(
        okafor,
        forged(client, (doc) => decide(doc, verdict)),
        { client },
      ),
    ).toBe('role-may-not-decide')
    const c = await openPage(vasquez, name)
    decide(c.doc, verdict)
    await c.saved()
    await until('the decision', () => readRoots(b.doc).decisions.size === 1)
    c.close()
  })

  test('[G4] an entry cannot be removed, whoever made it', async () => {
    const client = (await lease(lindqvist, name))[0] ?? 0
    expect(
      await attack(
        lindqvist,
        forged(client, (doc) => doc.getMap('annotations').delete(target)),
        { client },
      ),
    ).toBe('never-removed')
  })

  test('[G5] [G6] unknown places and values that are no JSON are refused', async () => {
    const client = (await lease(lindqvist, name))[0] ?? 0
    const entry = (doc: Y.Doc) => doc.getMap('annotations').get(target) as Y.Map<unknown>
    expect(
      await attack(
        lindqvist,
        forged(client, (doc) => entry(doc).set('author', 'me')),
        { client },
      ),
    ).toBe('unknown-place')
    expect(
      await attack(
        lindqvist,
        forged(client, (doc) => doc.getMap('secrets').set('x', 1)),
        { client },
      ),
    ).toBe('unknown-place')
    expect(
      await attack(
        lindqvist,
        forged(client, (doc) => entry(doc).set('source', new Y.Doc())),
        { client },
      ),
    ).toBe('malformed')
    expect(
      await attack(
        lindqvist,
        forged(client, (doc) => entry(doc).set('source', { n: 1n })),
        { client },
      ),
    ).toBe('malformed')
  })

  test('[G8] garbage is refused, and never acknowledged as Yjs itself would', async () => {
    for (const bytes of [
      [],
      [7],
      [1, 1, 255, 255],
      [1, 255, 255, 255, 255, 15, 1, 0],
      Array.from({ length: 300 }, (_, n) => (n * 37) % 256),
    ])
      expect(await attack(lindqvist, Uint8Array.from(bytes))).toBe('malformed')
    expect(await attack(lindqvist, new Uint8Array(5 * 1024 * 1024))).toBe('too-large')
  })

  test('[G7] a hole is asked for again; a page that never fills it is let go', async () => {
    const client = (await lease(lindqvist, name))[0] ?? 0
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(b.doc))
    doc.clientID = client
    const start = Y.encodeStateVector(doc)
    const own = annotate(doc, box)
    const between = Y.encodeStateVector(doc)
    setLabel(doc, own, 'vessel')
    const page = await RawPage.open(lindqvist, name)
    await page.authenticate(client)
    const questions = (): number =>
      page.frames.filter(({ type, decoder }) => type === FRAME.sync && decoding.peekVarUint(decoder) === 0)
        .length
    await until('the first question', () => questions() === 1)
    page.sendUpdate(Y.encodeStateAsUpdate(b.doc), 1)
    page.sendUpdate(Y.encodeStateAsUpdate(doc, between))
    await until('the question for all', () => questions() === 2)
    page.sendUpdate(Y.encodeStateAsUpdate(doc, start), 1)
    await until('both to be there', () => annotations(b.doc).get(own)?.label === 'vessel')
    setLabel(doc, own, 'lymph-node')
    const far = Y.encodeStateVector(doc)
    setLabel(doc, own, 'other')
    const hole = Y.encodeStateAsUpdate(doc, far)
    for (let n = 0; n < 20; n++) page.sendUpdate(hole, 1)
    await until('the end of patience', () =>
      page.stateless.some((message) => message.t === 'refused' && message.code === 'gap'),
    )
    expect(annotations(b.doc).get(own)?.label).toBe('vessel')
    page.close()
  })
})

describe('frames', () => {
  const closedAs = async (page: RawPage): Promise<number> => {
    await until('the socket to be closed', () => page.closed !== null)
    return page.closed?.code ?? 0
  }

  test('[G9] text, unreadable and oversized frames end that socket only', async () => {
    const text = await RawPage.open(lindqvist, name)
    text.socket.send('hello')
    expect(await closedAs(text)).toBe(1003)
    for (const bytes of [[], [255], [200, 1, 2]]) {
      const page = await RawPage.open(lindqvist, name)
      page.socket.send(Uint8Array.from(bytes))
      await closedAs(page)
    }
    const large = await RawPage.open(lindqvist, name)
    large.socket.send(new Uint8Array(9 * 1024 * 1024))
    expect(await closedAs(large)).toBe(1009)
  })

  test('[G9] unknown types and frames that only servers send relay nothing and end nobody else', async () => {
    const heard = b.said.length
    for (let type = 3; type < 40; type++) {
      const page = await RawPage.open(lindqvist, name)
      await page.authenticate((await lease(lindqvist, name))[0] ?? 0)
      page.socket.send(
        page.frame(type, (encoder) => {
          encoding.writeVarUint(encoder, 1)
          encoding.writeVarString(encoder, '{"t":"journal","forged":true}')
        }),
      )
      page.socket.send(
        page.frame(FRAME.stateless, (encoder) => encoding.writeVarString(encoder, '{not json')),
      )
      page.close()
    }
    expect(b.said.slice(heard).filter((message) => JSON.stringify(message).includes('forged'))).toEqual([])
  })

  test('[G9] random frames from many sockets', async () => {
    for (let round = 0; round < 30; round++) {
      const page = await RawPage.open(lindqvist, name)
      if (round % 2) await page.authenticate((await lease(lindqvist, name))[0] ?? 0)
      for (let n = 0; n < 20; n++) {
        const noise = Uint8Array.from(
          { length: 1 + ((round * 7 + n * 13) % 60) },
          (_, i) => (round * 31 + n * 17 + i * 101) % 256,
        )
        page.socket.send(
          n % 2 ? noise : page.frame(n % 10, (encoder) => encoding.writeUint8Array(encoder, noise)),
        )
      }
      page.close()
    }
  })
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
