/** What an update would make of the fields it touches: whole entries, sound values, and nothing refused that honest people bring about. */
import {
  annotate,
  comment,
  decide,
  insertVertex,
  moveVertices,
  OwnHistory,
  openThread,
  reinstate,
  removeVertex,
  resolveThread,
  retire,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import { readRoots } from '@consilium/crdt-schema/changes'
import { KIND_NAMES } from '@consilium/crdt-schema/kinds'
import type { Role } from '@consilium/crdt-schema/roles'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  entryIn,
  LABELS,
  leaseOf,
  PEOPLE,
  panel,
  source,
  triangle,
  typeIn,
  updateOf,
  verdictOf,
} from './gateRig.ts'

type Panel = ReturnType<typeof panel>
const ward = (): Panel & {
  change(client: number, write: (doc: Y.Doc) => void): string
} => {
  const made = panel()
  return {
    ...made,
    change: (client, write) => verdictOf(made.gated, updateOf(made.page(client), write), client),
  }
}

/** An annotation as acts write it, but for what is given. */
const entry = (fields: Record<string, unknown>) =>
  new Y.Map(
    Object.entries({
      kind: 'polygon',
      label: 'nodule',
      certainty: null,
      confidence: null,
      reasoning: new Y.Text('round'),
      source: { ...source, normal: [...source.normal] },
      vertices: points([0, 0, 0], [30, 0, 0], [0, 30, 0]),
      retired: null,
      ...fields,
    }).filter(([, value]) => value !== undefined),
  )
const points = (...at: unknown[]) => new Y.Map(at.map((point, n): [string, unknown] => [`a${n}`, point]))
const make = (fields: Record<string, unknown>) => (doc: Y.Doc) =>
  doc.getMap('annotations').set('101-abcdefgh', entry(fields))

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
      ] as const
      const count = { box: 2, polygon: 3, freehand: 3, keypoint: 1, length: 2, finding: 0 }[kind]
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

describe('at the same time', () => {
  test('[G25] two who remove corners leave fewer than a shape needs, and neither is refused', () => {
    const { gated, page, put, first } = ward()
    put(101, (doc) => insertVertex(doc, first, 'a2', [5, 5, 0]))
    const [one, other] = [page(101), page(102)].map((doc, n) =>
      updateOf(doc, () =>
        removeVertex(doc, first, readRoots(doc).annotations.get(first)?.vertices[n]?.key ?? ''),
      ),
    )
    Y.applyUpdate(gated.ydoc, one as Uint8Array)
    expect(verdictOf(gated, other as Uint8Array)).toBe('let in')
    Y.applyUpdate(gated.ydoc, other as Uint8Array)
    expect(readRoots(gated.ydoc).annotations.get(first)?.vertices).toHaveLength(2)
  })

  test('[G25] nor where both did so before the annotation itself had arrived', () => {
    const { gated, page } = ward()
    const one = page(101)
    let id = ''
    const corners = [...triangle.points, [-9, 20, 0]] as const
    one.transact(() => {
      id = annotate(one, { ...triangle, points: corners })
    })
    const twin = page(102)
    Y.applyUpdate(twin, Y.encodeStateAsUpdate(one))
    removeVertex(one, id, 'a0')
    removeVertex(twin, id, 'a1')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(twin))
    expect(verdictOf(gated, Y.encodeStateAsUpdate(one))).toBe('let in')
  })

  test('[G25] a value that loses against another is let in, in whatever order they come', () => {
    const { gated, page, first } = ward()
    const pages = [page(101), page(102), page(301)]
    const updates = pages.map((doc, n) => updateOf(doc, () => setLabel(doc, first, [...LABELS][n + 1] ?? '')))
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const server = new Y.Doc()
      Y.applyUpdate(server, Y.encodeStateAsUpdate(gated.ydoc))
      for (const n of order) {
        expect(verdictOf({ ...gated, ydoc: server }, updates[n] as Uint8Array, pages[n]?.clientID)).toBe(
          'let in',
        )
        Y.applyUpdate(server, updates[n] as Uint8Array)
      }
      // Having heard of each other, each page sends everything it has.
      for (const doc of pages) {
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
        expect(verdictOf({ ...gated, ydoc: server }, Y.encodeStateAsUpdate(doc), doc.clientID)).toBe(
          'nothing new',
        )
      }
    }
  })

  test('[G25] a page that won against a value it has since heard of sends its own after all', () => {
    const { gated, page, first } = ward()
    const winner = page(102)
    setLabel(winner, first, 'one')
    Y.applyUpdate(
      gated.ydoc,
      updateOf(page(101), (doc) => setLabel(doc, first, 'two')),
    )
    // It hears of the other value, takes it for overwritten, and only then is heard itself.
    Y.applyUpdate(winner, Y.encodeStateAsUpdate(gated.ydoc))
    expect(entryIn(winner, first).get('label')).toBe('one')
    const answer = Y.encodeStateAsUpdate(winner, Y.encodeStateVector(gated.ydoc))
    expect(verdictOf(gated, answer, 102)).toBe('let in')
  })

  test('[G25] undo and redo pass, whatever happened in between', () => {
    const { gated, page, put, first } = ward()
    const doc = page(101)
    const history = new OwnHistory(doc)
    const made = annotate(doc, triangle)
    setLabel(doc, first, 'vessel')
    moveVertices(doc, first, [{ key: 'a1', at: [40, 0, 0] }])
    setReasoning(doc, first, 'round and smooth')
    put(301, (other) => setLabel(other, first, 'two'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(gated.ydoc))
    const send = () => {
      const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(gated.ydoc))
      expect(verdictOf(gated, update)).toBe('let in')
      Y.applyUpdate(gated.ydoc, update)
    }
    send()
    let steps = 0
    for (; history.undo(); steps++) send()
    expect(readRoots(gated.ydoc).annotations.get(made)?.retired).not.toBeNull()
    for (; history.redo(); steps++) send()
    expect(steps).toBeGreaterThan(5)
    expect(readRoots(gated.ydoc).annotations.get(made)?.retired).toBeNull()
  })

  test('[G1] a page that was offline for days brings everything at once, under every clientID it had', () => {
    const { gated, page, first } = ward()
    const doc = page(101)
    for (let n = 0; n < 30; n++) {
      doc.clientID = PEOPLE[0].clients[n % 2] ?? 0
      const id = annotate(doc, triangle)
      moveVertices(doc, id, [{ key: 'a0', at: [-n, 1, 0] }])
      setReasoning(doc, first, `round ${n}`)
      if (n % 3 === 0) retire(doc, id, 'seen twice')
    }
    expect(verdictOf(gated, Y.encodeStateAsUpdate(doc))).toBe('let in')
  })
})
