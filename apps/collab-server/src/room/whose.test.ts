/** Whose an entry is, and who may change what of it in which phase of its case. */
import {
  annotate,
  comment,
  insertVertex,
  moveVertices,
  openThread,
  resolveThread,
  retire,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import type { Role } from '@consilium/crdt-schema/roles'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { entryIn, panel, source, triangle, typeIn, updateOf, verdictOf, ward } from './gateRig.ts'

describe('whose it is', () => {
  test('[G20] only its maker changes an annotation, and the adjudicator anybody’s', () => {
    const { change, first, second } = ward()
    const acts: ((doc: Y.Doc, id: string) => void)[] = [
      (doc, id) => setLabel(doc, id, 'vessel'),
      (doc, id) => setReasoning(doc, id, 'oval'),
      (doc, id) => moveVertices(doc, id, [{ key: 'a0', at: [1, 1, 0] }]),
      (doc, id) => insertVertex(doc, id, 'a0', [9, 1, 0]),
      (doc, id) => retire(doc, id, 'no'),
    ]
    for (const act of acts) {
      expect(change(101, (doc) => act(doc, first))).toBe('let in')
      expect(change(102, (doc) => act(doc, first))).toBe('let in')
      expect(change(101, (doc) => act(doc, second))).toBe('not-yours')
      expect(change(301, (doc) => act(doc, second))).toBe('let in')
    }
    // Not even letter by letter, or by taking a point away.
    expect(change(101, (doc) => typeIn<Y.Text>(doc, second, 'reasoning').delete(0, 1))).toBe('not-yours')
    expect(change(101, (doc) => typeIn<Y.Map<unknown>>(doc, second, 'vertices').delete('a0'))).toBe(
      'not-yours',
    )
    // One change of another's among many of one's own, and nothing is taken.
    expect(
      change(101, (doc) => {
        setLabel(doc, first, 'vessel')
        setLabel(doc, second, 'vessel')
      }),
    ).toBe('not-yours')
  })

  test('[G20] words are their writer’s; who discusses may resolve a thread', () => {
    const { change, put, first } = ward()
    let thread = ''
    let words = ''
    put(101, (doc) => {
      const anchor = { series: source.series, frame: 0, point: [0, 0, 0], annotation: first } as const
      thread = openThread(doc, { about: 'dispute', anchor, reason: 'too small', text: '' })
      words = comment(doc, thread, 'see there')
    })
    const say = (text: string) => (doc: Y.Doc) => entryIn(doc, words, 'comments').set('text', text)
    expect(change(101, say('see here'))).toBe('let in')
    expect(change(201, say('never mind'))).toBe('not-yours')
    expect(change(301, say('never mind'))).toBe('not-yours')
    expect(change(201, (doc) => resolveThread(doc, thread, true))).toBe('let in')
    expect(change(201, (doc) => entryIn(doc, thread, 'threads').set('reason', 'another'))).toBe('not-yours')
    expect(change(101, (doc) => entryIn(doc, thread, 'threads').set('reason', 'far too small'))).toBe(
      'let in',
    )
    expect(change(101, (doc) => entryIn(doc, thread, 'threads').set('reason', ''))).toBe('invalid-value')
  })

  test('[G21] what an entry is about is never said again, by nobody', () => {
    const { change, put, first } = ward()
    let thread = ''
    put(101, (doc) => {
      const anchor = { series: source.series, frame: 0, point: [0, 0, 0], annotation: first } as const
      thread = openThread(doc, { about: 'comment', anchor, reason: '', text: 'see' })
    })
    for (const client of [101, 301]) {
      expect(change(client, (doc) => entryIn(doc, first).set('kind', 'freehand'))).toBe('never-changed')
      expect(change(client, (doc) => entryIn(doc, first).set('source', source))).toBe('never-changed')
      expect(change(client, (doc) => entryIn(doc, thread, 'threads').set('about', 'dispute'))).toBe(
        'never-changed',
      )
    }
  })

  test('[G3] who may only look writes nothing, in a decided case only words are written, in a signed one nothing', () => {
    const { gated, page, first } = panel()
    const label = updateOf(page(101), (doc) => setLabel(doc, first, 'vessel'))
    for (const role of ['observer', 'auditor', 'model', 'manager'] as const satisfies Role[])
      expect(verdictOf(gated, label, 101, role)).toBe('role-may-not-annotate')
    for (const [phase, words, drawing] of [
      ['decided', 'let in', 'case-decided'],
      ['signed', 'case-closed', 'case-closed'],
    ] as const) {
      const closed = panel(phase)
      const draw = updateOf(closed.page(101), (doc) => annotate(doc, triangle))
      const talk = updateOf(closed.page(101), (doc) =>
        openThread(doc, {
          about: 'comment',
          anchor: { series: source.series, frame: 0, point: [0, 0, 0], annotation: closed.first },
          reason: '',
          text: 'see',
        }),
      )
      expect(verdictOf(closed.gated, talk)).toBe(words)
      expect(verdictOf(closed.gated, draw)).toBe(drawing)
      expect(verdictOf(closed.gated, [talk, draw])).not.toBe('let in')
    }
  })
})
