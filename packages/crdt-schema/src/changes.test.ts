/** Reading what is there, surviving what should not be there, and hearing of exactly what changed. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  Act,
  annotate,
  comment,
  moveVertices,
  openThread,
  reinstate,
  retire,
  setLabel,
  setReasoning,
} from './acts/all.ts'
import type { AnnotationDraft } from './annotation.ts'
import { type RootChange, readAnnotation, readEntry, readRoots, watch } from './changes.ts'

const draft: AnnotationDraft = {
  kind: 'box',
  label: '',
  source: { series: 'ser1', frame: 0, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [4, 4, 0],
  ],
}

let doc: Y.Doc
beforeEach(() => {
  doc = new Y.Doc()
})

const good = (): [string, unknown][] => [
  ['kind', 'box'],
  ['label', 'nodule'],
  ['certainty', null],
  ['confidence', null],
  ['reasoning', new Y.Text('x')],
  ['source', draft.source],
  [
    'vertices',
    new Y.Map<unknown>([
      ['a0', [0, 0, 0]],
      ['a1', [4, 4, 0]],
    ]),
  ],
  ['retired', null],
]

describe('[C7] an entry that is not one', () => {
  const put = (fields: [string, unknown][], id = '7-aaaaaaaa') =>
    doc.getMap('annotations').set(id, new Y.Map(fields))
  const without = (field: string) => good().filter(([name]) => name !== field)
  const wrong: Record<string, unknown[]> = {
    kind: ['circle', 7, null, 'constructor'],
    label: [null, 3, { a: 1 }],
    certainty: ['maybe', 1],
    confidence: [-1, 100.5, Number.NaN, Number.POSITIVE_INFINITY, '50'],
    reasoning: ['plain', null, new Y.Map()],
    source: [
      null,
      [],
      { series: 'a', frame: -1, normal: [0, 0, 1] },
      { series: 'a', frame: 0, normal: [0, 1] },
      new Y.Map(),
    ],
    vertices: [
      null,
      [[0, 0, 0]],
      new Y.Array(),
      new Y.Map([['', [0, 0, 0]]]),
      new Y.Map([['a00', [0, 0, 0]]]),
      new Y.Map<unknown>([['a0', [0, 0]]]),
      new Y.Map<unknown>([['a0', [0, 0, Number.NaN]]]),
      new Y.Map<unknown>([['a0', ['0', 0, 0]]]),
      new Y.Map<unknown>([['a0', new Y.Array()]]),
    ],
    retired: [true, {}, { reason: 1 }, 'yes'],
  }

  it('the good one reads', () => {
    put(good())
    expect(readEntry(doc, 'annotations', '7-aaaaaaaa')).toMatchObject({ kind: 'box', reasoning: 'x' })
  })

  it.each(Object.keys(wrong))(
    'with a wrong %s reads as nothing and is listed, and the others are read',
    (field) => {
      const fine = annotate(doc, draft)
      put(without(field), '7-missing0')
      for (const [i, value] of (wrong[field] ?? []).entries())
        put([...without(field), [field, value]], `7-wrong00${i}`)
      const { annotations, unreadable } = readRoots(doc)
      expect([...annotations.keys()]).toEqual([fine])
      expect(unreadable).toHaveLength(1 + (wrong[field] ?? []).length)
    },
  )

  it.each(['', 'nodule', '7', '7-A', '-aaaaaaaa', '7-aaaaaaaa-b', '__proto__'])(
    'under the key "%s" reads as nothing',
    (id) => {
      put(good(), id)
      expect(readRoots(doc).annotations.size).toBe(0)
      expect(readRoots(doc).unreadable).toEqual([{ root: 'annotations', id }])
    },
  )

  it.each([
    ['nothing', () => null],
    ['a number', () => 3],
    ['a text', () => 'text'],
    ['a plain list', () => []],
    ['a plain object', () => ({ kind: 'box' })],
    ['a Y.Array', () => new Y.Array()],
    ['a Y.Text', () => new Y.Text('x')],
  ] as [string, () => unknown][])('that is %s instead of a map', (_, make) => {
    for (const root of ['annotations', 'threads', 'comments', 'decisions', 'dissents'] as const)
      doc.getMap(root).set('7-aaaaaaaa', make())
    expect(readRoots(doc).unreadable).toHaveLength(5)
    expect(readAnnotation('7-aaaaaaaa', doc.getMap('annotations').get('7-aaaaaaaa'))).toBeNull()
  })

  it('in a discussion', () => {
    doc.getMap('threads').set(
      '7-aaaaaaaa',
      new Y.Map<unknown>([
        ['about', 'gossip'],
        ['anchor', {}],
        ['reason', ''],
        ['resolved', false],
      ]),
    )
    doc.getMap('comments').set(
      '7-aaaaaaaa',
      new Y.Map<unknown>([
        ['thread', '1-x'],
        ['text', 5],
        ['writtenAt', 0],
      ]),
    )
    doc.getMap('decisions').set(
      '7-aaaaaaaa',
      new Y.Map<unknown>([
        ['thread', '1-x'],
        ['outcome', 'perhaps'],
      ]),
    )
    doc.getMap('dissents').set('7-aaaaaaaa', new Y.Map())
    expect(readRoots(doc).unreadable.map(({ root }) => root)).toEqual([
      'threads',
      'comments',
      'decisions',
      'dissents',
    ])
  })
})

describe('reading', () => {
  it('gives vertices in drawing order, whatever the order of writing', () => {
    const fields = good().filter(([name]) => name !== 'vertices')
    const vertices = new Y.Map<unknown>([
      ['b00', [3, 0, 0]],
      ['a1', [2, 0, 0]],
      ['Zz', [1, 0, 0]],
      ['a1V', [2, 5, 0]],
    ])
    doc.getMap('annotations').set('7-aaaaaaaa', new Y.Map([...fields, ['vertices', vertices]]))
    expect(readEntry(doc, 'annotations', '7-aaaaaaaa')?.vertices.map((v) => v.key)).toEqual([
      'Zz',
      'a1',
      'a1V',
      'b00',
    ])
  })

  it('gives copies: whoever changes one does not change the document', () => {
    const id = annotate(doc, draft)
    const at = readRoots(doc).annotations.get(id)?.vertices[0]?.at as unknown as number[]
    at[0] = 99
    expect(readRoots(doc).annotations.get(id)?.vertices[0]?.at).toEqual([0, 0, 0])
  })
})

describe('watching', () => {
  const heard: RootChange[] = []
  const last = () =>
    heard.splice(0).map(({ root, added, changed, removed }) => ({ root, added, changed, removed }))
  beforeEach(() => {
    heard.length = 0
  })

  it('tells what each transaction added and changed, once', () => {
    watch(doc, (change) => heard.push(change))
    const id = annotate(doc, draft)
    expect(heard[0]?.origin).toBeInstanceOf(Act)
    expect(heard[0]?.local).toBe(true)
    expect(last()).toEqual([{ root: 'annotations', added: [id], changed: [], removed: [] }])
    const changed = [{ root: 'annotations', added: [], changed: [id], removed: [] }]
    setLabel(doc, id, 'nodule')
    expect(last()).toEqual(changed)
    moveVertices(doc, id, [
      { key: 'a0', at: [1, 1, 0] },
      { key: 'a1', at: [5, 5, 0] },
    ])
    expect(last()).toEqual(changed)
    setReasoning(doc, id, 'round')
    expect(last()).toEqual(changed)
    retire(doc, id, 'no nodule')
    expect(last()).toEqual(changed)
    reinstate(doc, id)
    expect(last()).toEqual(changed)
  })

  it('tells each root apart', () => {
    watch(doc, (change) => heard.push(change))
    const anchor = { series: 'ser1', frame: 0, point: [0, 0, 0], annotation: null } as const
    const thread = openThread(doc, { about: 'comment', anchor, reason: '', text: 'first' })
    expect(last().map(({ root, added }) => [root, added.length])).toEqual([
      ['threads', 1],
      ['comments', 1],
    ])
    comment(doc, thread, 'second')
    expect(last().map(({ root }) => root)).toEqual(['comments'])
  })

  it('tells of others, of many at once, and of an entry that somebody took out', () => {
    const other = new Y.Doc()
    const ids = [annotate(other, draft), annotate(other, draft)]
    watch(doc, (change) => heard.push(change))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'wire')
    expect(heard[0]).toMatchObject({ origin: 'wire', local: false })
    expect(new Set(last()[0]?.added)).toEqual(new Set(ids))
    other.getMap('annotations').delete(ids[0] ?? '')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'wire')
    expect(last()).toEqual([{ root: 'annotations', added: [], changed: [], removed: [ids[0]] }])
  })

  it('stops when asked', () => {
    const stop = watch(doc, (change) => heard.push(change))
    stop()
    annotate(doc, draft)
    expect(heard).toEqual([])
  })

  it('keeps a copy equal to the document by reading only what it was told', () => {
    const copy = new Map<string, unknown>()
    watch(doc, ({ root, added, changed, removed }) => {
      if (root !== 'annotations') return
      for (const id of [...added, ...changed]) copy.set(id, readEntry(doc, root, id))
      for (const id of removed) copy.delete(id)
    })
    const ids = [annotate(doc, draft), annotate(doc, draft)]
    for (const [i, id] of ids.entries()) setLabel(doc, id, `l${i}`)
    retire(doc, ids[0] ?? '', 'twice')
    expect(copy).toEqual(readRoots(doc).annotations)
  })
})
