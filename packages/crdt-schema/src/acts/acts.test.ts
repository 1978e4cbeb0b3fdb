/** Each act: what it writes, that it is one transaction with an Act as its origin, and what it turns away without a trace. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { AnnotationDraft, Source } from '../annotation.ts'
import { type Records, readRoots } from '../changes.ts'
import { type Anchor, TEXT_LIMITS } from '../discussion.ts'
import { creatorOf, type EntryKey } from '../entry.ts'
import * as acts from './all.ts'

const source: Source = { series: 'ser1', frame: 7, normal: [0, 0, 1] }
const square: AnnotationDraft = {
  kind: 'polygon',
  label: 'nodule',
  source,
  points: [
    [0, 0, 0],
    [10, 0, 0],
    [10, 10, 0],
    [0, 10, 0],
  ],
}
const anchor: Anchor = { series: 'ser1', frame: 7, point: [1, 2, 3], annotation: null }

let doc: Y.Doc
let origins: unknown[]
beforeEach(() => {
  doc = new Y.Doc()
  doc.clientID = 4_000_000_001
  origins = []
  doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin))
})

const annotation = (id: EntryKey) => {
  const found = readRoots(doc).annotations.get(id)
  if (!found) throw new Error('no such annotation')
  return found
}
const keys = (id: EntryKey) => annotation(id).vertices.map((v) => v.key)
const points = (id: EntryKey) => annotation(id).vertices.map((v) => v.at)
const dispute = () =>
  acts.openThread(doc, { about: 'dispute', anchor, reason: 'a vessel, not a nodule', text: '' })

describe('every act', () => {
  it('is one transaction, named, under a key of its maker', () => {
    const id = acts.annotate(doc, square)
    expect(creatorOf(id)).toBe(4_000_000_001)
    const [first = ''] = keys(id)
    acts.moveVertices(doc, id, [{ key: first, at: [-1, 0, 0] }])
    const inserted = acts.insertVertex(doc, id, first, [5, -1, 0])
    acts.removeVertex(doc, id, inserted)
    acts.setLabel(doc, id, 'mass')
    acts.setCertainty(doc, id, 'uncertain')
    acts.setConfidence(doc, id, 40)
    acts.setReasoning(doc, id, 'spiculated')
    const thread = dispute()
    acts.comment(doc, thread, 'look at the slice below')
    const decision = acts.decide(doc, { thread, outcome: 'amended', rationale: 'smaller', adopted: id })
    acts.dissent(doc, { decision, text: 'still a vessel' })
    acts.resolveThread(doc, thread, true)
    acts.retire(doc, id, 'superseded')
    acts.reinstate(doc, id)
    expect(origins.every((origin) => origin instanceof acts.Act)).toBe(true)
    expect(origins.map((origin) => (origin instanceof acts.Act ? origin.name : ''))).toEqual([
      'annotate',
      'move vertices',
      'insert vertex',
      'remove vertex',
      'set label',
      'set certainty',
      'set confidence',
      'set reasoning',
      'open dispute',
      'comment',
      'decide',
      'dissent',
      'resolve thread',
      'retire',
      'reinstate',
    ])
  })

  it('that changes nothing leaves no revision', () => {
    const id = acts.annotate(doc, { ...square, certainty: 'present', confidence: 3, reasoning: 'a' })
    const thread = dispute()
    origins.length = 0
    acts.setLabel(doc, id, 'nodule')
    acts.setCertainty(doc, id, 'present')
    acts.setConfidence(doc, id, 3)
    acts.setReasoning(doc, id, 'a')
    acts.moveVertices(doc, id, annotation(id).vertices)
    acts.reinstate(doc, id)
    acts.resolveThread(doc, thread, false)
    expect(origins).toEqual([])
  })
})

describe('geometry', () => {
  it('vertices keep their keys while they move', () => {
    const id = acts.annotate(doc, square)
    const before = keys(id)
    acts.moveVertices(doc, id, [{ key: before[2] ?? '', at: [20, 20, 0] }])
    expect(keys(id)).toEqual(before)
    expect(points(id)[2]).toEqual([20, 20, 0])
  })

  it('a vertex is inserted behind the named one, or before the first', () => {
    const id = acts.annotate(doc, square)
    const [first = '', second = ''] = keys(id)
    const between = acts.insertVertex(doc, id, first, [5, -1, 0])
    const head = acts.insertVertex(doc, id, null, [-1, 1, 0])
    const tail = acts.insertVertex(doc, id, keys(id).at(-1) ?? null, [-1, 9, 0])
    expect(keys(id).slice(0, 4)).toEqual([head, first, between, second])
    expect(keys(id).at(-1)).toBe(tail)
  })

  it('a drag outlives the removal of one of its vertices by somebody else', () => {
    const id = acts.annotate(doc, square)
    const held = annotation(id).vertices
    acts.removeVertex(doc, id, held[1]?.key ?? '')
    acts.moveVertices(
      doc,
      id,
      held.map(({ key, at }) => ({ key, at: [at[0] + 5, at[1], at[2]] })),
    )
    expect(points(id)).toEqual([
      [5, 0, 0],
      [15, 10, 0],
      [5, 10, 0],
    ])
  })

  it('what a merge left too small can still be repaired', () => {
    const id = acts.annotate(doc, { ...square, points: square.points.slice(0, 3) })
    const vertices = doc.getMap<Y.Map<unknown>>('annotations').get(id)?.get('vertices')
    if (!(vertices instanceof Y.Map)) throw new Error('no vertices')
    vertices.delete('a2')
    acts.moveVertices(doc, id, [{ key: 'a1', at: [12, 0, 0] }])
    acts.insertVertex(doc, id, 'a1', [6, 6, 0])
    expect(points(id)).toEqual([
      [0, 0, 0],
      [12, 0, 0],
      [6, 6, 0],
    ])
  })
})

describe('reasoning', () => {
  it.each([
    ['', 'new'],
    ['part-solid nodule', 'solid nodule'],
    ['aaaa', 'aa'],
    ['upper lobe', 'upper left lobe'],
    ['gone', ''],
    ['grün 🫁 a', 'grün 🫀 a'],
    ['🫁', '🫁🫁'],
  ])('"%s" becomes "%s"', (from, to) => {
    const id = acts.annotate(doc, { ...square, reasoning: from })
    acts.setReasoning(doc, id, to)
    expect(annotation(id).reasoning).toBe(to)
  })

  it('[G62] half a character, which could not be sent, is written as the sign for one that is missing', () => {
    const half = '\ud83e'
    const id = acts.annotate(doc, { ...square, reasoning: `a${half}` })
    expect(annotation(id).reasoning).toBe('a\ufffd')
    acts.setReasoning(doc, id, `b${half}`)
    const thread = acts.openThread(doc, { about: 'dispute', anchor, reason: `c${half}`, text: '' })
    acts.comment(doc, thread, `d${half}`)
    acts.retire(doc, id, `e${half}`)
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(readRoots(other)).toEqual(readRoots(doc))
    expect(annotation(id)).toMatchObject({ reasoning: 'b\ufffd', retired: { reason: 'e\ufffd' } })
  })

  it('two people type in one text and both are kept', () => {
    const id = acts.annotate(doc, { ...square, reasoning: 'nodule' })
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    acts.setReasoning(doc, id, 'solid nodule')
    acts.setReasoning(other, id, 'nodule, 8 mm')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(annotation(id).reasoning).toBe('solid nodule, 8 mm')
  })
})

describe('discussion', () => {
  it('a thread with a text brings its first comment along, in one revision', () => {
    const thread = acts.openThread(doc, { about: 'comment', anchor, reason: '', text: 'calcified?' })
    expect(origins).toHaveLength(1)
    const { threads, comments } = readRoots(doc)
    expect(threads.get(thread)).toEqual({ id: thread, about: 'comment', anchor, reason: '', resolved: false })
    expect([...comments.values()].map(({ thread: of, text }) => ({ of, text }))).toEqual([
      { of: thread, text: 'calcified?' },
    ])
  })

  it('a decision and a dissent say what they are about', () => {
    const thread = dispute()
    const decision = acts.decide(doc, {
      thread,
      outcome: 'rejected',
      rationale: 'vessel on MIP',
      adopted: null,
    })
    const dissent = acts.dissent(doc, { decision, text: 'no' })
    const records: Records = readRoots(doc)
    expect(records.decisions.get(decision)).toMatchObject({
      thread,
      outcome: 'rejected',
      rationale: 'vessel on MIP',
      adopted: null,
    })
    expect(records.dissents.get(dissent)).toMatchObject({ decision, text: 'no' })
  })
})

describe('[C8] what cannot be done leaves no trace', () => {
  const nobody = '1-aaaaaaaa'
  const cases: Record<string, { act: (id: EntryKey, thread: EntryKey) => unknown; code: acts.ActFaultCode }> =
    {
      'an unknown annotation': { act: () => acts.setLabel(doc, nobody, 'x'), code: 'unknown-entry' },
      'an unknown thread': { act: () => acts.comment(doc, nobody, 'x'), code: 'unknown-entry' },
      'an unknown decision': {
        act: () => acts.dissent(doc, { decision: nobody, text: 'x' }),
        code: 'unknown-entry',
      },
      'an unknown vertex moved': {
        act: (id) => acts.moveVertices(doc, id, [{ key: 'zz9', at: [0, 0, 0] }]),
        code: 'unknown-entry',
      },
      'an unknown vertex removed': { act: (id) => acts.removeVertex(doc, id, 'zz9'), code: 'unknown-entry' },
      'an unknown neighbour': {
        act: (id) => acts.insertVertex(doc, id, 'zz9', [0, 0, 0]),
        code: 'unknown-entry',
      },
      'a thread about an unknown annotation': {
        act: () =>
          acts.openThread(doc, {
            about: 'comment',
            anchor: { ...anchor, annotation: nobody },
            reason: '',
            text: '',
          }),
        code: 'unknown-entry',
      },
      'a vertex that is no point': {
        act: (id) => acts.insertVertex(doc, id, null, [Number.NaN, 0, 0]),
        code: 'invalid-geometry',
      },
      'a vertex beside the plane': {
        act: (id) => acts.moveVertices(doc, id, [{ key: 'a0', at: [0, 0, 9] }]),
        code: 'invalid-geometry',
      },
      'a retirement without a reason': {
        act: (id) => acts.retire(doc, id, ' '),
        code: 'empty-text',
      },
      'too few vertices': {
        act: (id) => {
          acts.removeVertex(doc, id, 'a0')
        },
        code: 'invalid-geometry',
      },
      'a polygon of two points': {
        act: () =>
          acts.annotate(doc, {
            ...square,
            points: [
              [0, 0, 0],
              [1, 0, 0],
            ],
          }),
        code: 'invalid-geometry',
      },
      'a normal that is no direction': {
        act: () => acts.annotate(doc, { ...square, source: { ...source, normal: [0, 0, 3] } }),
        code: 'invalid-geometry',
      },
      'a frame that is no number of a slice': {
        act: () => acts.annotate(doc, { ...square, source: { ...source, frame: 1.5 } }),
        code: 'invalid-value',
      },
      'no series': {
        act: () => acts.annotate(doc, { ...square, source: { ...source, series: '' } }),
        code: 'invalid-value',
      },
      'a kind nobody knows': {
        act: () => acts.annotate(doc, { ...square, kind: 'circle' as 'box' }),
        code: 'invalid-value',
      },
      'confidence above 100': { act: (id) => acts.setConfidence(doc, id, 101), code: 'invalid-value' },
      'confidence that is no number': {
        act: (id) => acts.setConfidence(doc, id, Number.NaN),
        code: 'invalid-value',
      },
      'a fourth answer': {
        act: (id) => acts.setCertainty(doc, id, 'maybe' as 'present'),
        code: 'invalid-value',
      },
      'a label too long': {
        act: (id) => acts.setLabel(doc, id, 'x'.repeat(TEXT_LIMITS.label + 1)),
        code: 'too-long',
      },
      'reasoning too long': {
        act: (id) => acts.setReasoning(doc, id, 'x'.repeat(TEXT_LIMITS.reasoning + 1)),
        code: 'too-long',
      },
      'a comment too long': {
        act: (_, thread) => acts.comment(doc, thread, 'x'.repeat(TEXT_LIMITS.comment + 1)),
        code: 'too-long',
      },
      'an empty comment': { act: (_, thread) => acts.comment(doc, thread, '  \n'), code: 'empty-text' },
      'a dispute without a reason': {
        act: () => acts.openThread(doc, { about: 'dispute', anchor, reason: ' ', text: 'x' }),
        code: 'empty-text',
      },
      'a reason without a dispute': {
        act: () => acts.openThread(doc, { about: 'comment', anchor, reason: 'x', text: 'x' }),
        code: 'invalid-value',
      },
      'a decision without a rationale': {
        act: (_, thread) => acts.decide(doc, { thread, outcome: 'accepted', rationale: '', adopted: null }),
        code: 'empty-text',
      },
      'an amendment of nothing': {
        act: (_, thread) => acts.decide(doc, { thread, outcome: 'amended', rationale: 'x', adopted: null }),
        code: 'invalid-value',
      },
      'an adoption without amendment': {
        act: (id, thread) => acts.decide(doc, { thread, outcome: 'accepted', rationale: 'x', adopted: id }),
        code: 'invalid-value',
      },
    }

  it.each(Object.entries(cases))('%s', (_, { act, code }) => {
    const id = acts.annotate(doc, { ...square, points: square.points.slice(0, 3) })
    const thread = dispute()
    const before = Y.encodeStateAsUpdate(doc)
    let fault: unknown
    try {
      act(id, thread)
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(acts.ActFault)
    expect(fault).toMatchObject({ code })
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })

  it('a decision on an ordinary thread', () => {
    const thread = acts.openThread(doc, { about: 'comment', anchor, reason: '', text: 'hm' })
    expect(() => acts.decide(doc, { thread, outcome: 'accepted', rationale: 'x', adopted: null })).toThrow(
      /Only a dispute/,
    )
  })

  it('a change to what was taken back, until it is brought back', () => {
    const id = acts.annotate(doc, square)
    acts.retire(doc, id, 'twice')
    acts.retire(doc, id, 'another reason')
    expect(annotation(id).retired).toEqual({ reason: 'twice' })
    expect(() => acts.setLabel(doc, id, 'mass')).toThrow(/taken back/)
    acts.reinstate(doc, id)
    acts.setLabel(doc, id, 'mass')
    expect(annotation(id).label).toBe('mass')
  })
})
