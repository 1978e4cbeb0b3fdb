/** The oracle must find what it is there to find: each gate here is the real one, but for one fault. */
import { Refusal } from '@consilium/contract/refusals'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { RowDraft } from '../../apps/collab-server/src/journal/append.ts'
import type { Writer } from '../../apps/collab-server/src/room/admit.ts'
import { encode } from './bytes.ts'
import { faultOf } from './copies.ts'
import { fuzz } from './fuzz.ts'
import { foreignIn, isPlain } from './oracle.ts'
import { type Content, type Id, type Item, TYPES } from './plan.ts'
import { PER_DOCUMENT, runDocument } from './run.ts'
import { GATE, type Gate } from './world.ts'

/** Of a document on which all kinds of offers are taken. */
const failureOf = async (gate: Gate, document = 0): Promise<string> => {
  const first = document * PER_DOCUMENT
  const { failures } = await runDocument(first, first + PER_DOCUMENT, undefined, gate)
  return failures.join() || 'nothing found'
}

/** Rows that say something else; asked again, it says the same. */
const lying = (lie: (draft: RowDraft) => RowDraft): Gate => ({
  admit: (append, ...rest) => GATE.admit((book, draft) => append(book, lie(draft)), ...rest),
  examine: (...asked) => {
    const draft = GATE.examine(...asked)
    return draft && lie(draft)
  },
})

/** Takes, as it came, what the real one refuses with this code. */
function open(code: string): Gate {
  const drafts: RowDraft[] = []
  return {
    async admit(append, gated, writer, offered, origin) {
      try {
        return await GATE.admit(append, gated, writer, offered, origin)
      } catch (error) {
        const [first] = offered
        const lease = gated.book.leases.byClient.get(writer.client ?? 0)
        if (!(error instanceof Refusal) || error.code !== code || !first || !lease) throw error
        const { client, id } = lease
        drafts.push({ lease: id, client, clock: 0, len: 0, act: 1, role: 1, said: 0, bytes: first.bytes })
        return append(gated.book, drafts.at(-1) as RowDraft)
      }
    },
    examine: (...asked) => drafts.pop() ?? GATE.examine(...asked),
  }
}

const adjudicator = (writer: Writer): Writer => ({ ...writer, role: () => 'adjudicator' })

const named = (touched: (fields: number) => number) => (draft: RowDraft) => ({
  ...draft,
  touched: (draft.touched ?? []).map((touch) => ({ ...touch, fields: touched(touch.fields) })),
})

describe('the oracle finds a gate that', () => {
  it.each<[what: string, gate: Gate, found: string, document?: number]>([
    ['has no fault', GATE, 'nothing found'],
    ['forgets a field', lying(named((fields) => fields & (fields - 1))), 'that the row does not name'],
    ['names a field too many', lying(named((fields) => fields | 1)), 'does not aim at'],
    [
      'forgets an entry',
      lying((draft) => ({ ...draft, touched: draft.touched?.slice(1) ?? [] })),
      'that the row does not name',
    ],
    ['counts from 1', lying((draft) => ({ ...draft, clock: draft.clock + 1 })), 'begins at another clock'],
    [
      'writes it under another lease',
      lying((draft) => ({ ...draft, lease: draft.lease > 3 ? 1 : 4 })),
      'under the lease of another',
    ],
    ['writes other bytes', lying((draft) => ({ ...draft, bytes: new Uint8Array(2) })), 'make another row'],
    // In the first document such a gate is found sooner, by another sign.
    ['takes holes', open('gap'), 'something stays pending', 1],
    ['takes what it cannot read', open('malformed'), 'applying it threw'],
    [
      'takes everybody for the adjudicator',
      {
        admit: (append, gated, writer, ...rest) => GATE.admit(append, gated, adjudicator(writer), ...rest),
        examine: (gated, writer, decoded) => GATE.examine(gated, adjudicator(writer), decoded),
      },
      'does not write',
    ],
    [
      'throws something else',
      { ...GATE, admit: () => Promise.reject(new TypeError('oops')) },
      'it threw TypeError',
    ],
    [
      'refuses for a reason that there is not',
      { ...GATE, admit: () => Promise.reject(Object.assign(new Refusal('gap'), { code: 'because' })) },
      'it threw',
    ],
    [
      'refuses honest work',
      { ...GATE, admit: () => Promise.reject(new Refusal('not-yours')) },
      'an honest change was answered: not-yours',
    ],
    [
      'changes the document itself',
      {
        ...GATE,
        admit: async (append, gated, ...rest) => {
          gated.ydoc.getMap('threads').set('key', 'value')
          return GATE.admit(append, gated, ...rest)
        },
      },
      'the gate changed the document',
    ],
  ])('%s', async (_, gate, found, document) => {
    expect(await failureOf(gate, document)).toContain(found)
  })

  it('never ends, and goes on behind it', async () => {
    const worker = `
      import { parentPort, workerData } from 'node:worker_threads'
      if (workerData.first < 400) { Atomics.store(new Int32Array(workerData.at), 0, 7); for (;;); }
      parentPort.postMessage({ trials: workerData.end - workerData.first, counts: {}, exact: 0, failures: [], slowest: 0 })`
    const url = new URL(`data:text/javascript,${encodeURIComponent(worker)}`)
    const { trials, failures } = await fuzz(3 * PER_DOCUMENT, 0, url, 1)
    expect(failures).toEqual(['seed 7: it did not end'])
    expect(trials).toBe(2 * PER_DOCUMENT + 1)
  })
})

const updateOf = (of: Partial<Item> & Pick<Item, 'content'>): Uint8Array =>
  encode({
    sections: [
      {
        client: 2,
        clock: 0,
        structs: [{ is: 'item', origin: null, right: null, parent: 'annotations', sub: null, ...of }],
      },
    ],
    deletions: [],
  })

describe('the oracle finds', () => {
  it.each<[Content, string]>([
    [{ is: 'doc', guid: 'a', options: {} }, 'ContentDoc'],
    [{ is: 'type', type: TYPES.fragment, name: '' }, 'YXmlFragment'],
    [{ is: 'format', key: 'bold', value: true }, 'ContentFormat'],
    [{ is: 'any', values: [1, Number.NaN] }, 'a value that is not JSON'],
  ])('what no record holds: %o', (content, name) => {
    expect(foreignIn(updateOf({ content }))).toContain(name)
  })

  it('copies that differ: letters put between two in the wrong order', () => {
    const doc = new Y.Doc()
    doc.clientID = 1
    const text = new Y.Text()
    doc.getMap('annotations').set('1-aaaa', new Y.Map([['reasoning', text]]))
    text.insert(0, 'abc')
    const sound = Y.encodeStateAsUpdate(doc)
    const b = { client: 1, clock: 3 }
    const c = { client: 1, clock: 4 }
    const between = (origin: Id, right: Id): Uint8Array =>
      updateOf({ origin, right, content: { is: 'string', text: 'x' } })
    // It has no other fields.
    expect(faultOf([sound, between(b, c)])).toBe('a page cannot read annotations 1-aaaa')
    expect(faultOf([sound, between(c, b)])).toBe('who joins has another document')
  })

  it.each([
    Number.NaN,
    undefined,
    1n,
    new Uint8Array(1),
    [[[[[[[[[0]]]]]]]]],
    JSON.parse('{"__proto__": 1}'),
  ])('values that are not plain: %s', (value) => {
    expect(isPlain(value)).toBe(false)
    expect(isPlain([value])).toBe(false)
  })
})

it('a number always makes the same offer, in whatever range it lies', async () => {
  const whole = await runDocument(0, PER_DOCUMENT)
  const parts = [await runDocument(0, 150), await runDocument(150, PER_DOCUMENT)]
  const counts: Record<string, number> = {}
  for (const part of parts)
    for (const [key, n] of Object.entries(part.counts)) counts[key] = (counts[key] ?? 0) + n
  expect(counts).toEqual(whole.counts)
})

it.each([
  [0, 5],
  [Number.NaN, 0],
])('asked for %d offers it makes none, and ends', async (trials, seed) => {
  expect((await fuzz(trials, seed)).trials).toBe(0)
})
