/** People who do not keep to the rules, on the wire: what they send changes nothing, and everybody else keeps working. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  annotate,
  decide,
  openThread,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client } from '../support/server.ts'
import { FRAME, lease, openPage, type Page, RawPage, until } from './page.ts'
import { annotations, besieged } from './siege.ts'
import { box } from './ward.ts'

const siege = besieged()
const { head, stored } = siege
let okafor: Client
let lindqvist: Client
let vasquez: Client
let solberg: Client
let name: string
let a: Page
let b: Page
let target: string
beforeEach(() => {
  ;({ name, a, b, target } = siege)
  ;({ okafor, lindqvist, vasquez, solberg } = siege.ward)
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
