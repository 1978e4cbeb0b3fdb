/** What each field takes and what it refuses, and that the table knows every field that is read. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { annotate, decide, dissent, openThread } from '../acts/all.ts'
import { ROOTS, type RootName } from '../documents.ts'
import { KIND_NAMES, kindOf } from '../kinds/all.ts'
import {
  entryFault,
  fieldOf,
  fieldsOf,
  mostVertices,
  planeFault,
  pointFault,
  vertexKeyFault,
} from './values.ts'

const labels: ReadonlySet<string> = new Set(['nodule', 'x'.repeat(65)])
const source = { series: 's1', frame: 0, normal: [0, 0, 1] }
const anchor = { series: 's1', frame: 0, point: [1, 2, 3], annotation: null }
const long = (n: number) => 'x'.repeat(n)

const TAKES: Record<RootName, Record<string, readonly unknown[]>> = {
  annotations: {
    kind: [...KIND_NAMES],
    label: ['', 'nodule'],
    certainty: [null, 'present', 'uncertain', 'absent'],
    confidence: [null, 0, 50.5, 100],
    source: [source, { ...source, normal: [0, 0.6, 0.8] }],
    retired: [null, { reason: 'seen twice' }, { reason: long(1_000) }],
    name: ['', 'Nodule 3', long(64)],
    colour: ['#3f9edd'],
  },
  threads: {
    about: ['comment', 'dispute'],
    anchor: [anchor, { ...anchor, annotation: '77-aaaaaaaa' }],
    reason: ['', 'too small', long(1_000)],
    resolved: [true, false],
  },
  comments: { thread: ['77-aaaaaaaa'], text: ['seen', long(4_000)], writtenAt: [0, Date.now()] },
  decisions: {
    thread: ['77-aaaaaaaa'],
    outcome: ['accepted', 'rejected', 'amended'],
    rationale: ['agreed', long(4_000)],
    adopted: [null, '77-aaaaaaaa'],
    decidedAt: [1],
  },
  dissents: { decision: ['77-aaaaaaaa'], text: ['no', long(4_000)], writtenAt: [1] },
}

const REFUSES: Record<RootName, Record<string, readonly unknown[]>> = {
  annotations: {
    kind: ['circle', 'constructor', '', 1, null, undefined],
    label: ['vessel', long(65), 'toString', null, 3, undefined],
    certainty: ['perhaps', '', 0, undefined],
    confidence: [-1, 100.1, Number.NaN, Number.POSITIVE_INFINITY, '50', undefined],
    source: [
      null,
      's1',
      [],
      {},
      { ...source, series: '' },
      { ...source, series: long(65) },
      { ...source, frame: -1 },
      { ...source, frame: 1.5 },
      { ...source, frame: 2 ** 60 },
      { ...source, normal: [0, 0, 2] },
      { ...source, normal: [0, 0] },
      { ...source, normal: [0, 0, Number.NaN] },
      { ...source, more: 1 },
      { series: 's1', frame: 0, extra: [0, 0, 1] },
    ],
    retired: [
      {},
      { reason: '' },
      { reason: '  ' },
      { reason: long(1_001) },
      { reason: 'x', by: 'me' },
      'x',
      true,
      [],
    ],
    name: [long(65), null, 3, undefined],
    colour: ['', 'red', '#3f9ed', '#3F9EDD', null],
  },
  threads: {
    about: ['chat', null],
    anchor: [
      null,
      { ...anchor, point: [0, 0] },
      { ...anchor, point: [0, 0, 1e9] },
      { ...anchor, annotation: 'x' },
      { ...anchor, annotation: undefined },
      { ...anchor, frame: '0' },
      { ...anchor, more: 1 },
    ],
    reason: [null, '   ', long(1_001)],
    resolved: [0, 'true', null, undefined],
  },
  comments: {
    thread: ['x', '', null, '4294967296123-aaaaaaaa'],
    text: ['', ' \n', null, long(4_001), 7],
    writtenAt: [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '1', null],
  },
  decisions: {
    thread: [null, 'thread'],
    outcome: ['maybe', null],
    rationale: ['', long(4_001)],
    adopted: ['', 'x', undefined],
    decidedAt: [Number.NaN],
  },
  dissents: { decision: [null], text: ['', long(4_001)], writtenAt: [null] },
}

describe.each(ROOTS)('[G23] %s', (root) => {
  const plain = fieldsOf(root).flatMap(({ name, shape }) => (shape === 'plain' ? [name] : []))

  it('has every plain field in the tables of this test', () => {
    expect(Object.keys(TAKES[root]).sort()).toEqual(plain.toSorted())
    expect(Object.keys(REFUSES[root]).sort()).toEqual(plain.toSorted())
  })

  it.each(plain)(
    '%s takes what it may hold, and says in a sentence why it does not take the rest',
    (field) => {
      for (const value of TAKES[root][field] ?? [])
        expect(fieldOf(root, field)?.fault(value, labels), JSON.stringify(value)).toBeNull()
      for (const value of REFUSES[root][field] ?? [])
        expect(fieldOf(root, field)?.fault(value, labels), JSON.stringify(value)).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('has no fields but its own, not even those every object has', () => {
    for (const field of ['author', '', 'constructor', '__proto__', 'toString'])
      expect(fieldOf(root, field)).toBeNull()
  })
})

it('the table has exactly the fields that acts write', () => {
  const doc = new Y.Doc()
  const id = annotate(doc, {
    kind: 'keypoint',
    label: '',
    source: { series: 's1', frame: 0, normal: [0, 0, 1] },
    points: [[0, 0, 0]],
    name: 'carina',
    colour: '#3f9edd',
  })
  const thread = openThread(doc, {
    about: 'dispute',
    anchor: { series: 's1', frame: 0, point: [0, 0, 0], annotation: id },
    reason: 'no',
    text: 'see there',
  })
  const decision = decide(doc, { thread, outcome: 'accepted', rationale: 'so', adopted: null })
  dissent(doc, { decision, text: 'no' })
  for (const root of ROOTS) {
    const [entry] = [...doc.getMap<Y.Map<unknown>>(root).values()]
    expect([...(entry?.keys() ?? [])].sort(), root).toEqual(
      fieldsOf(root)
        .map(({ name }) => name)
        .sort(),
    )
  }
})

it('[G23] a dispute has a reason and nothing else has one; an amended decision names what is adopted and no other does', () => {
  const of = (fields: Record<string, unknown>) => (name: string) => fields[name]
  expect(entryFault('threads', of({ about: 'dispute', reason: 'too small' }))).toBeNull()
  expect(entryFault('threads', of({ about: 'comment', reason: '' }))).toBeNull()
  expect(entryFault('threads', of({ about: 'dispute', reason: '' }))).toMatch(/reason/)
  expect(entryFault('threads', of({ about: 'comment', reason: 'x' }))).toMatch(/reason/)
  expect(entryFault('decisions', of({ outcome: 'amended', adopted: '7-aaaaaaaa' }))).toBeNull()
  expect(entryFault('decisions', of({ outcome: 'rejected', adopted: null }))).toBeNull()
  expect(entryFault('decisions', of({ outcome: 'amended', adopted: null }))).toMatch(/adopted/)
  expect(entryFault('decisions', of({ outcome: 'accepted', adopted: '7-aaaaaaaa' }))).toMatch(/adopted/)
})

it('[G23] a point is three numbers within ten metres, under a key that has a place in the order', () => {
  expect(pointFault([1, -2.5, 0])).toBeNull()
  for (const bad of [[0, 0], [0, 0, 0, 0], [0, 0, '0'], [0, 0, null], [0, 0, 10_001], null, {}, '0,0,0'])
    expect(pointFault(bad), JSON.stringify(bad)).toMatch(/\.$/)
  for (const key of ['a0', 'b00', 'czzz', 'a0V']) expect(vertexKeyFault(key)).toBeNull()
  for (const key of ['', '0', 'a', 'a00', 'b0', '__proto__']) expect(vertexKeyFault(key)).toMatch(/order/)
})

it.each(KIND_NAMES)('[G23] a point of a %s may leave its plane only where the kind is not flat', (name) => {
  const fault = planeFault(name, [0, 0, 1], [0, 0, 3], [5, 5, 0])
  if (kindOf(name).planar) expect(fault).toMatch(/plane/)
  else expect(fault).toBeNull()
  expect(planeFault(name, [0, 0, 1], [40, 3, 0.2], [0, 0, 0])).toBeNull()
  expect(mostVertices(name)).toBeGreaterThan(2 * kindOf(name).vertices.max)
})
