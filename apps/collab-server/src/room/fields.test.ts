/** What an update would make of the fields it touches: whole entries, and sound values. */
import {
  annotate,
  comment,
  decide,
  openThread,
  reinstate,
  resolveThread,
  retire,
} from '@consilium/crdt-schema/acts'
import { KIND_NAMES, kindOf } from '@consilium/crdt-schema/kinds'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  entry,
  entryIn,
  leaseOf,
  make,
  points,
  source,
  triangle,
  typeIn,
  updateOf,
  verdictOf,
  ward,
} from './gateRig.ts'

describe('a new entry', () => {
  test('[G22] is whole', () => {
    const { change } = ward()
    expect(change(101, make({}))).toBe('let in')
    for (const field of entry({}).keys())
      expect(change(101, make({ [field]: undefined })), field).toBe('invalid-value')
    expect(change(101, (doc) => doc.getMap('annotations').set('101-abcdefgh', new Y.Map()))).toBe(
      'invalid-value',
    )
    expect(change(101, make({ author: 'somebody else' }))).toBe('unknown-place')
  })

  test('[G22] has a field taken away as little as left out', () => {
    const { change } = ward()
    const without = (field: string) =>
      change(101, (doc) => {
        make({})(doc)
        entryIn(doc, '101-abcdefgh').delete(field)
      })
    for (const field of ['label', 'vertices', 'reasoning', 'retired'])
      expect(without(field), field).toBe('invalid-value')
  })

  test('[G22] has a shape that its kind accepts', () => {
    const { change } = ward()
    const shape = (kind: string, ...at: unknown[]) => change(101, make({ kind, vertices: points(...at) }))
    expect(shape('box', [0, 0, 0], [9, 9, 0])).toBe('let in')
    expect(shape('polygon', [0, 0, 0], [30, 0, 0])).toBe('invalid-value')
    expect(shape('polygon', [0, 0, 0], [30, 0, 0], [60, 0, 0])).toBe('invalid-value')
    expect(shape('polygon', [0, 0, 0], [30, 0, 0], [0, 30, 0.3])).toBe('invalid-value')
    expect(shape('box', [0, 0, 0], [9, 9, 0], [1, 1, 0])).toBe('invalid-value')
    expect(shape('ellipse', [0, 0, 0])).toBe('invalid-value')
    for (const kind of KIND_NAMES) expect(shape(kind, 'here'), kind).toBe('invalid-value')
    expect(change(101, make({ vertices: new Y.Map([['0', [0, 0, 0]]]) }))).toBe('invalid-value')
    expect(change(101, make({ vertices: [[0, 0, 0]] }))).toBe('invalid-value')
    expect(change(101, make({ reasoning: 'round' }))).toBe('invalid-value')
    expect(change(101, make({ reasoning: new Y.Text('x'.repeat(20_000)) }))).toBe('invalid-value')
  })

  test('[G23] has values that its fields may hold', () => {
    const { change } = ward()
    const { series, frame } = source
    for (const bad of [
      { label: 'unheard-of' },
      { certainty: 'perhaps' },
      { confidence: 101 },
      { kind: 'constructor' },
      { retired: { reason: '' } },
      { source: { series, frame, normal: [0, 0, 3] } },
      { source: { series, frame: -1, normal: [0, 0, 1] } },
    ])
      expect(change(101, make(bad)), JSON.stringify(bad)).toBe('invalid-value')
    expect(change(101, make({ label: '', certainty: 'absent', confidence: 0 }))).toBe('let in')
  })

  test('[G22] of words and decisions is whole as well', () => {
    const { change, put, first } = ward()
    const anchor = { series: source.series, frame: 0, point: [0, 0, 0] as const, annotation: first }
    let thread = ''
    put(101, (doc) => {
      thread = openThread(doc, { about: 'dispute', anchor, reason: 'too small', text: 'see' })
    })
    const set = (root: string, fields: Record<string, unknown>) => (doc: Y.Doc) =>
      doc.getMap(root).set(`${doc.clientID}-abcdefgh`, new Y.Map(Object.entries(fields)))
    expect(change(201, set('comments', { thread, text: 'yes', writtenAt: 1 }))).toBe('let in')
    expect(change(201, set('comments', { thread, text: '', writtenAt: 1 }))).toBe('invalid-value')
    expect(change(201, set('comments', { thread, writtenAt: 1 }))).toBe('invalid-value')
    expect(change(201, set('comments', { thread, text: new Y.Text('yes'), writtenAt: 1 }))).toBe(
      'invalid-value',
    )
    const opened = { about: 'dispute', anchor, reason: 'no', resolved: false }
    expect(change(201, set('threads', opened))).toBe('let in')
    expect(change(201, set('threads', { ...opened, reason: '' }))).toBe('invalid-value')
    expect(change(201, set('threads', { ...opened, about: 'comment' }))).toBe('invalid-value')
    const decided = { thread, outcome: 'rejected', rationale: 'so', adopted: null, decidedAt: 1 }
    expect(change(301, set('decisions', decided))).toBe('let in')
    expect(change(301, set('decisions', { ...decided, outcome: 'amended' }))).toBe('invalid-value')
    expect(change(301, set('decisions', { ...decided, adopted: first }))).toBe('invalid-value')
    expect(change(201, set('decisions', decided))).toBe('role-may-not-decide')
    expect(change(201, set('dissents', { decision: thread, text: 'no', writtenAt: 1 }))).toBe('let in')
    expect(change(201, set('dissents', { decision: thread, text: ' ', writtenAt: 1 }))).toBe('invalid-value')
  })

  test('everything that acts write is let in', () => {
    const { change, first } = ward()
    for (const kind of KIND_NAMES) {
      const all = [
        [0, 0, 0],
        [30, 0, 0],
        [0, 30, 0],
        [30, 40, 0],
      ] as const
      const count = kindOf(kind).vertices.min
      expect(
        change(101, (doc) => annotate(doc, { ...triangle, kind, points: all.slice(0, count) })),
        kind,
      ).toBe('let in')
    }
    const talk = (doc: Y.Doc) => {
      const anchor = { series: source.series, frame: 0, point: [0, 0, 0], annotation: first } as const
      const thread = openThread(doc, { about: 'dispute', anchor, reason: 'too small', text: 'see' })
      comment(doc, thread, 'there')
      decide(doc, { thread, outcome: 'amended', rationale: 'so', adopted: first })
      resolveThread(doc, thread, true)
    }
    expect(change(301, talk)).toBe('let in')
  })
})

describe('a later change', () => {
  test('[G23] puts points where they can be, on the plane of their annotation', () => {
    const { change, first } = ward()
    const vertex = (key: string, at: unknown) =>
      change(101, (doc) => typeIn<Y.Map<unknown>>(doc, first, 'vertices').set(key, at))
    expect(vertex('a0', [1, 1, 0])).toBe('let in')
    expect(vertex('a0', [1, 1, 0.2])).toBe('let in')
    expect(vertex('a9', [1, 1, 0])).toBe('let in')
    for (const bad of [[1, 1, 3], [1, 1], [1, 1, '0'], [1e5, 0, 0], null, { x: 1 }, [1, 1, null]])
      expect(vertex('a0', bad), JSON.stringify(bad)).toBe('invalid-value')
    expect(vertex('a9', [1, 1, 3])).toBe('invalid-value')
    expect(vertex('0', [1, 1, 0])).toBe('invalid-value')
    expect(vertex('a00', [1, 1, 0])).toBe('invalid-value')
  })

  test('[G23] keeps shapes and texts of a sane size', () => {
    const { change, first } = ward()
    const grow = (count: number) =>
      change(101, (doc) => {
        const vertices = typeIn<Y.Map<unknown>>(doc, first, 'vertices')
        for (let n = 0; n < count; n++) vertices.set(`b10${n}V`, [n, 0, 0])
      })
    expect(grow(900)).toBe('let in')
    expect(grow(1_100)).toBe('invalid-value')
    const type = (count: number) =>
      change(101, (doc) => typeIn<Y.Text>(doc, first, 'reasoning').insert(0, 'x'.repeat(count)))
    expect(type(12_000)).toBe('let in')
    expect(type(17_000)).toBe('invalid-value')
    // What is typed and taken away again does not count.
    expect(
      change(101, (doc) => {
        const text = typeIn<Y.Text>(doc, first, 'reasoning')
        for (let n = 0; n < 10; n++) {
          text.insert(0, 'x'.repeat(3_000))
          text.delete(0, 3_000)
        }
      }),
    ).toBe('let in')
  })

  test('[G23] takes nothing away that an entry needs', () => {
    const { change, first, put } = ward()
    for (const field of ['label', 'retired', 'reasoning', 'vertices', 'confidence'])
      expect(
        change(101, (doc) => entryIn(doc, first).delete(field)),
        field,
      ).toBe('invalid-value')
    let thread = ''
    put(101, (doc) => {
      const anchor = { series: source.series, frame: 0, point: [0, 0, 0], annotation: first } as const
      thread = openThread(doc, { about: 'comment', anchor, reason: '', text: '' })
    })
    // Everybody may resolve a thread; nobody may make it unreadable.
    expect(change(201, (doc) => entryIn(doc, thread, 'threads').delete('resolved'))).toBe('invalid-value')
    expect(change(201, (doc) => entryIn(doc, thread, 'threads').set('resolved', 'yes'))).toBe('invalid-value')
    expect(change(101, (doc) => entryIn(doc, first).set('reasoning', new Y.Text('mine')))).toBe(
      'invalid-value',
    )
    expect(change(101, (doc) => entryIn(doc, first).set('vertices', points([0, 0, 0])))).toBe('invalid-value')
  })

  test('[G24] an annotation is retired with a reason', () => {
    const { change, first, second } = ward()
    const retired = (value: unknown) => (doc: Y.Doc) => entryIn(doc, first).set('retired', value)
    expect(change(101, retired({ reason: 'seen twice' }))).toBe('let in')
    for (const bad of [{ reason: '' }, { reason: '  ' }, {}, true, 'gone', { reason: 'x', by: 'them' }])
      expect(change(101, retired(bad)), JSON.stringify(bad)).toBe('invalid-value')
    expect(change(301, (doc) => entryIn(doc, second).set('retired', { reason: '' }))).toBe('invalid-value')
  })

  test('[G24] what the adjudicator retired its author does not bring back, nor put in other words', () => {
    const { change, put, first } = ward()
    put(301, (doc) => retire(doc, first, 'a vessel'))
    expect(change(101, (doc) => reinstate(doc, first))).toBe('not-yours')
    expect(change(101, (doc) => entryIn(doc, first).set('retired', { reason: 'mine' }))).toBe('not-yours')
    expect(change(101, (doc) => entryIn(doc, first).delete('retired'))).toBe('not-yours')
    expect(change(301, (doc) => reinstate(doc, first))).toBe('let in')
    put(301, (doc) => reinstate(doc, first))
    expect(change(101, (doc) => retire(doc, first, 'after all'))).toBe('let in')
    put(101, (doc) => retire(doc, first, 'after all'))
    expect(change(101, (doc) => reinstate(doc, first))).toBe('let in')
  })

  test('[G24] not by pretending to know nothing of it either', () => {
    const { gated, page, put, first } = ward()
    // Two pages of the author that were open before: one clientID below the adjudicator's, one above.
    const [low, high] = [page(101), page(4_000_000_000)]
    gated.book.leases.byClient.set(4_000_000_000, leaseOf(4_000_000_000, 1))
    put(301, (doc) => retire(doc, first, 'a vessel'))
    const blank = (doc: Y.Doc) => updateOf(doc, () => entryIn(doc, first).set('retired', null))
    // Yjs prefers the higher clientID: this one would bring it back, the other changes nothing that is seen.
    expect(verdictOf(gated, blank(high), 101)).toBe('not-yours')
    expect(verdictOf(gated, blank(low), 101)).toBe('let in')
  })
})
