/** What the gate lets into lanes of painting, and what it does not: honest pages, and forgers who write what no page would. */
import { annotate, bringToTop, paint, retire, setLabel, turn } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { LaneReader, LaneWriter } from '@consilium/crdt-schema/painting/lane'
import { type Lane, lanesOf } from '@consilium/crdt-schema/painting/lanes'
import { ACT_LIMITS, TOGETHER_LIMITS } from '@consilium/crdt-schema/painting/limits'
import { workOf } from '@consilium/geometry/raster/limits'
import type { Shape } from '@consilium/geometry/raster/shape'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { examine } from './admit.ts'
import {
  clockOf,
  copyOf,
  encoded,
  GRID,
  item,
  offer,
  panel,
  source,
  updateOf,
  verdictOf,
  writerOf,
} from './gateRig.ts'

const dab = (x: number, over: Partial<Shape> = {}): Shape =>
  ({
    shape: 'stroke',
    axis: 2,
    slice: 1,
    square: false,
    radiusUm: 3_000,
    points: Int32Array.of(4 * x, 40),
    ...over,
  }) as Shape

/** A panel with a segment of person 1, in which both readers have painted. */
function studio() {
  const made = panel()
  let segment = ''
  made.put(101, (doc) => {
    segment = annotate(doc, { kind: 'segment', label: '', source, points: [] })
  })
  const put = (doc: Y.Doc, shape: Shape = dab(10)) => paint(doc, GRID, [{ segment, value: 1, shape }])
  made.put(101, (doc) => put(doc))
  made.put(201, (doc) => put(doc, dab(12)))
  const change = (client: number, write: (doc: Y.Doc) => void) =>
    verdictOf(made.gated, updateOf(made.page(client), write), client)
  return { ...made, lay: made.put, segment, put, change }
}

const FIRST = { client: 101, lamport: 1 }
const SECOND = { client: 201, lamport: 2 }
const one = (target: { client: number; lamport: number }) => [{ target, count: 1 }]

describe('[M45] honest painting is let in', () => {
  test('of everybody who annotates, in any segment, and says which one it touched', () => {
    const { gated, page, put, segment } = studio()
    for (const client of [101, 102, 201, 301]) {
      const update = updateOf(page(client), (doc) => put(doc))
      expect(verdictOf(gated, update, client)).toBe('let in')
      expect(examine(gated, writerOf(client), offer(update))?.touched).toEqual([
        { root: 'annotations', entry: segment, kind: 2, fields: 1 << 10 },
      ])
    }
  })

  test('with a segment that the same update makes, and with other changes', () => {
    const { gated, page, put, first, segment } = studio()
    const update = updateOf(page(101), (doc) => {
      const lung = annotate(doc, { kind: 'segment', label: '', source, points: [] })
      paint(doc, GRID, [
        { segment: lung, value: 1, shape: dab(20) },
        { segment, value: 0, shape: dab(20) },
      ])
      setLabel(doc, first, 'one')
      put(doc)
    })
    const touched = examine(gated, writerOf(101), offer(update))?.touched ?? []
    expect(touched.map(({ kind, fields }) => [kind, fields >= 1 << 10]).sort()).toEqual([
      [2, false],
      [2, true],
      [3, true],
    ])
  })

  test('taken back and restored by its author under another clientID of theirs, and by the adjudicator', () => {
    const { change } = studio()
    expect(change(101, (doc) => void turn(doc, 'withdraw', 'author', one(FIRST)))).toBe('let in')
    expect(change(102, (doc) => void turn(doc, 'withdraw', 'author', one(FIRST)))).toBe('let in')
    expect(change(301, (doc) => void turn(doc, 'withdraw', 'adjudicator', one(FIRST)))).toBe('let in')
    expect(change(301, (doc) => void turn(doc, 'restore', 'adjudicator', one(SECOND)))).toBe('let in')
    expect(change(101, (doc) => void bringToTop(doc, { target: FIRST, count: 1 }))).toBe('let in')
  })

  test('taken back in the very update that painted it', () => {
    const { change, put } = studio()
    expect(change(201, (doc) => void turn(doc, 'withdraw', 'author', one(put(doc))))).toBe('let in')
  })

  test('a long time offline, in several lanes, in one update; and in a segment that was retired meanwhile', () => {
    const { gated, page, put, segment, server } = studio()
    const doc = page(201)
    const update = updateOf(doc, () => {
      for (let n = 0; n < 5_000; n++) put(doc, dab(n % 60))
    })
    Y.applyUpdate(
      server,
      updateOf(page(101), (other) => retire(other, segment, 'none')),
    )
    expect(lanesOf(doc).size).toBe(3)
    expect(verdictOf(gated, update, 201)).toBe('let in')
  })

  test('two pages of one person that have seen each other, in one update', () => {
    const { gated, page, put, server } = studio()
    const [a, b] = [page(101), page(102)]
    for (let n = 0; n < 3; n++) {
      put(a)
      Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
      put(b)
      Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    }
    const update = Y.encodeStateAsUpdate(a, Y.encodeStateVector(server))
    expect(verdictOf(gated, update, 101)).toBe('let in')
  })

  test('what is known already is nothing new, and the rest of it is', () => {
    const { gated, page, put, server } = studio()
    expect(verdictOf(gated, Y.encodeStateAsUpdate(server))).toBe('nothing new')
    const doc = page(101)
    put(doc)
    expect(verdictOf(gated, Y.encodeStateAsUpdate(doc))).toBe('let in')
  })
})

/** Bytes of an act as if its page had written it. */
function elementOf(doc: Y.Doc, act: Partial<MaskAct> & Pick<MaskAct, 'body'>, lamport: number): Uint8Array[] {
  let reader = new LaneReader(doc.clientID)
  for (const element of lanesOf(doc).get(`${doc.clientID}/0`) ?? []) {
    const next = new LaneReader(reader.state)
    next.read(element)
    reader = next
  }
  return new LaneWriter(reader.state).write({
    id: { client: doc.clientID, lamport },
    at: Date.now(),
    group: 1,
    ...act,
  })
}
const loose = (doc: Y.Doc) => doc.getMap<Y.Array<unknown>>('masks').get('101/0') as Y.Array<unknown>
const lane = (doc: Y.Doc, key: string): Lane => lanesOf(doc).get(key) as Lane

describe('[M46] what no page would write is refused', () => {
  test('turning what somebody else painted, or with the adjudicator’s hand', () => {
    const { change, gated, page } = studio()
    expect(change(201, (doc) => void turn(doc, 'withdraw', 'author', one(FIRST)))).toBe('not-yours')
    expect(change(301, (doc) => void turn(doc, 'withdraw', 'author', one(FIRST)))).toBe('not-yours')
    expect(change(101, (doc) => void turn(doc, 'withdraw', 'adjudicator', one(FIRST)))).toBe('not-yours')
    const update = updateOf(page(101), (doc) => void turn(doc, 'withdraw', 'author', one(FIRST)))
    expect(verdictOf(gated, update, 101, 'observer')).toBe('role-may-not-annotate')
  })

  test('painting in what is no segment, beyond the volume, or on pictures without a grid', () => {
    const { change, put, first, gated, page, segment } = studio()
    const raw = (doc: Y.Doc, body: MaskAct['body']) =>
      doc.transact(() => lane(doc, `${doc.clientID}/0`).push(elementOf(doc, { body }, 3)))
    const shape = dab(5)
    const stroke = { act: 'paint', value: 1, shape } as const
    expect(change(101, (doc) => raw(doc, { ...stroke, segment: first }))).toBe('invalid-value')
    expect(change(101, (doc) => raw(doc, { ...stroke, segment: '101-nowhere0' }))).toBe('invalid-value')
    expect(change(101, (doc) => raw(doc, { ...stroke, segment, shape: dab(5, { slice: 8 }) }))).toBe(
      'invalid-value',
    )
    const huge = dab(5, {
      radiusUm: 100_000,
      points: Int32Array.from({ length: 2_000 }, (_, n) => (n * 97) % 4_000),
    })
    expect(change(101, (doc) => raw(doc, { ...stroke, segment, shape: huge }))).toBe('invalid-value')
    const ungridded = (doc: Y.Doc) => {
      const other = annotate(doc, {
        kind: 'segment',
        label: '',
        source: { ...source, series: 'flat' },
        points: [],
      })
      paint(doc, GRID, [{ segment: other, value: 1, shape }])
    }
    expect(() => verdictOf(gated, updateOf(page(101), ungridded))).toThrow('not looked up')
    expect(change(201, (doc) => void put(doc))).toBe('let in')
  })

  test('turning what nobody painted, and what is no paint', () => {
    const { change, put } = studio()
    const raw = (target: { client: number; lamport: number }, count: number) => (doc: Y.Doc) => {
      for (let n = 0; n < 4; n++) put(doc)
      const body = { act: 'withdraw', hand: 'author', target, count } as const
      doc.transact(() => lane(doc, '101/0').push(elementOf(doc, { body }, 9)))
    }
    expect(change(101, raw(FIRST, 1))).toBe('let in')
    expect(change(101, raw(FIRST, 2))).toBe('invalid-value')
    expect(change(101, raw({ client: 102, lamport: 1 }, 1))).toBe('invalid-value')
  })

  test('numbers that do not grow, or that belong to a time when nobody has painted yet', () => {
    const { change, segment } = studio()
    const body = { act: 'paint', segment, value: 1, shape: dab(5) } as const
    const at = (lamport: number) => (doc: Y.Doc) =>
      doc.transact(() => lane(doc, '101/0').push(elementOf(doc, { body }, lamport)))
    expect(change(101, at(3))).toBe('let in')
    expect(change(101, at(4_098))).toBe('let in')
    expect(change(101, at(4_099))).toBe('invalid-value')
    expect(change(101, at(1))).toBe('malformed')
  })

  test('bytes that are no act, one byte more, and too many of them', () => {
    const { change, segment } = studio()
    const push = (bytes: Uint8Array) => (doc: Y.Doc) => doc.transact(() => lane(doc, '101/0').push([bytes]))
    expect(change(101, push(Uint8Array.of()))).toBe('malformed')
    expect(change(101, push(Uint8Array.of(255, 1, 2)))).toBe('malformed')
    const body = { act: 'paint', segment, value: 1, shape: dab(5) } as const
    const more = (doc: Y.Doc) => {
      const [good = new Uint8Array()] = elementOf(doc, { body }, 3)
      push(Uint8Array.of(...good, 0))(doc)
    }
    expect(change(101, more)).toBe('malformed')
    expect(change(101, push(new Uint8Array(20_000)))).toBe('too-large')
    const slow = (doc: Y.Doc) => {
      const acts = Array.from({ length: 5_000 }, () => Uint8Array.of(1))
      doc.transact(() => lane(doc, '101/0').push(acts))
    }
    expect(change(101, slow)).toBe('too-large')
  })

  test('lanes of others, lanes out of turn, lanes that exist', () => {
    const { change } = studio()
    const open = (key: string) => (doc: Y.Doc) => void lanesOf(doc).set(key, new Y.Array<Uint8Array>())
    expect(change(101, open('101/1'))).toBe('let in')
    expect(change(101, open('101/2'))).toBe('malformed')
    expect(change(101, open('101/0'))).toBe('never-removed')
    expect(change(101, open('201/1'))).toBe('foreign-authorship')
    expect(change(101, open('102/0'))).toBe('foreign-authorship')
    for (const key of ['101', '101/01', '101/-1', '101/x', '/0', '101/1/1'])
      expect(change(101, open(key))).toBe('unknown-place')
    expect(change(101, (doc) => void doc.getMap('masks').set('101/1', new Y.Map()))).toBe('malformed')
    expect(change(101, (doc) => void doc.getMap('masks').set('101/1', new Uint8Array(3)))).toBe('malformed')
    expect(change(101, (doc) => void doc.getMap('masks').set('101/1', [1]))).toBe('malformed')
  })

  test('writing into the lane of somebody else, in front, in the middle, or anything but bytes', () => {
    const { change, put, lay: made } = studio()
    const act = Uint8Array.of(1)
    expect(change(101, (doc) => lane(doc, '201/0').push([act]))).toBe('foreign-authorship')
    expect(change(101, (doc) => lane(doc, '101/0').insert(0, [act]))).toBe('malformed')
    expect(change(101, (doc) => lane(doc, '101/0').insert(1, [act]))).toBe('malformed')
    expect(change(101, (doc) => loose(doc).push([[1, 2]]))).toBe('malformed')
    expect(change(101, (doc) => loose(doc).push(['paint']))).toBe('malformed')
    expect(change(101, (doc) => loose(doc).push([new Y.Map()]))).toBe('malformed')
    made(101, (doc) => void lanesOf(doc).set('101/1', new Y.Array<Uint8Array>()))
    expect(change(101, (doc) => void put(doc))).toBe('malformed')
  })

  test('removing: an act, a lane, one’s own or another’s', () => {
    const { change } = studio()
    for (const client of [101, 201, 301]) {
      expect(change(client, (doc) => lane(doc, '101/0').delete(1, 1))).toBe('never-removed')
      expect(change(client, (doc) => lanesOf(doc).delete('101/0'))).toBe('never-removed')
    }
    const brief = (doc: Y.Doc) => {
      lane(doc, '101/0').push([Uint8Array.of(1)])
      lane(doc, '101/0').delete(lane(doc, '101/0').length - 1, 1)
    }
    expect(change(101, brief)).toMatch(/malformed|never-removed/)
  })

  test('archives, which only the server writes', () => {
    const { change } = studio()
    const note = { revision: 1, elements: 1, bytes: 1, lanes: [] }
    expect(change(301, (doc) => void doc.getMap('masks-archive').set('a'.repeat(64), note))).toBe(
      'never-changed',
    )
    expect(change(301, (doc) => void doc.getMap('masks-archive').set('x', new Y.Map()))).toBe('invalid-value')
  })

  test('bytes and lists anywhere else, also in what is gone', () => {
    const { change, first, gated, server } = studio()
    const into = (value: unknown) => (doc: Y.Doc) =>
      void (doc.getMap('annotations').get(first) as Y.Map<unknown>).set('label', value)
    expect(change(101, into(new Uint8Array(2)))).toBe('malformed')
    expect(change(101, into(new Y.Array()))).toBe('malformed')
    const clock = clockOf(server, 101)
    const gone = (server.getMap('annotations').get(first) as Y.Map<unknown>)._map.get('label')?.id as Y.ID
    const hidden = item(101, clock, { parent: gone, content: new Y.ContentBinary(Uint8Array.of(1)) })
    expect(verdictOf(gated, encoded(101, clock, [hidden]))).toBe('malformed')
  })
})

describe('[M58] what one update brings is bounded together, however little each of its acts is', () => {
  test('the work of painting all of it', () => {
    const { change, put } = studio()
    const far = dab(5, {
      radiusUm: 100_000,
      points: Int32Array.from({ length: 1_980 }, (_, n) => 4 * (n % 4)),
    })
    const most = Math.floor(TOGETHER_LIMITS.work / workOf(far, GRID))
    expect(most).toBeGreaterThanOrEqual(128)
    const strokes = (count: number) => (doc: Y.Doc) => {
      for (let n = 0; n < count; n++) put(doc, far)
    }
    expect(change(101, strokes(most))).toBe('let in')
    expect(change(101, strokes(most + 1))).toBe('too-large')
  })

  test('the acts that its switches turn', () => {
    const { change, lay: made, segment } = studio()
    const target = { client: 101, lamport: 3 }
    const count = ACT_LIMITS.together
    made(101, (doc) => {
      const draft = { segment, value: 1, shape: dab(5) } as const
      expect(paint(doc, GRID, Array(count).fill(draft))).toEqual(target)
    })
    const switches = (times: number) => (doc: Y.Doc) => {
      for (let n = 0; n < times; n++)
        turn(doc, n % 2 === 0 ? 'withdraw' : 'restore', 'author', [{ target, count }])
    }
    const most = Math.floor(TOGETHER_LIMITS.turned / count)
    expect(change(101, switches(most))).toBe('let in')
    expect(change(101, switches(most + 1))).toBe('too-large')
  })
})

test('[M47] refusing or asking twice leaves nothing behind: the same update is judged the same', () => {
  const { gated, page, put, server } = studio()
  const update = updateOf(page(101), (doc) => put(doc))
  const bad = updateOf(page(101), (doc) => lane(doc, '101/0').push([Uint8Array.of(255)]))
  for (let n = 0; n < 3; n++) {
    expect(verdictOf(gated, update)).toBe('let in')
    expect(verdictOf(gated, bad)).toBe('malformed')
  }
  Y.applyUpdate(server, update)
  expect(verdictOf(gated, update)).toBe('nothing new')
  const copy = copyOf(server)
  copy.clientID = 101
  expect(
    verdictOf(
      gated,
      updateOf(copy, (doc) => put(doc)),
    ),
  ).toBe('let in')
})
