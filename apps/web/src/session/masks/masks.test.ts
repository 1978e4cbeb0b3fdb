/** The voxels of a series as a page keeps them: fed in slices of work, now and at moments of the past. */
import { annotate, paint, turn } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { ActId } from '@consilium/crdt-schema/painting'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Turns } from './canvas.ts'
import { coveredBy } from './covered.ts'
import { LiveMasks } from './live.ts'
import { MomentMasks } from './moment.ts'
import { heardStroke, saidStroke } from './strokes.ts'
import { Written } from './written.ts'

const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
const box = (x0: number, x1: number): Shape => ({ shape: 'runs', rows: Int32Array.of(1, 5, x0, x1) })

/** Turns that come when the test says so. */
class Pages implements Turns {
  waiting: (() => void)[] = []
  at = 0
  readonly later = (work: () => void): void => void this.waiting.push(work)
  readonly now = (): number => this.at++
  /** Returns how many it took. */
  all(): number {
    let turns = 0
    for (let work = this.waiting.shift(); work; work = this.waiting.shift()) {
      turns += 1
      work()
    }
    return turns
  }
}

let doc: Y.Doc
let turns: Pages
let segment: EntryKey

function segmentOn(series: string, of = doc): EntryKey {
  const source = { series, frame: 1, normal: [0, 0, 1] } as const
  return annotate(of, { kind: 'segment', label: '', source, points: [] })
}
const put = (shape: Shape, into = segment): ActId => paint(doc, grid, [{ segment: into, value: 1, shape }])
const widthIn = (masks: LiveMasks | MomentMasks, of = segment): number => {
  turns.all()
  return masks.canvas.engine.statistics(of)?.voxels ?? Number.NaN
}

beforeEach(() => {
  doc = new Y.Doc()
  turns = new Pages()
  segment = segmentOn('s1')
})

describe('now', () => {
  it('[M102] shows what is painted at once, and counts it when its work is done, a few milliseconds a turn', () => {
    const masks = new LiveMasks(doc, 's1', grid, turns)
    const settled: EntryKey[] = []
    masks.canvas.settled.on((segments) => settled.push(...segments))
    for (let n = 0; n < 20; n++) put(box(n, n + 2))
    expect(masks.canvas.engine.valueAt(segment, 20, 5, 1)).toBe(1)
    expect(masks.canvas.engine.statistics(segment)).toBeNull()
    expect(turns.all()).toBeGreaterThan(1)
    expect(masks.canvas.engine.statistics(segment)?.voxels).toBe(21)
    expect(settled).toEqual([segment])
  })

  it('draws nothing of another series', () => {
    const other = segmentOn('s2')
    const masks = new LiveMasks(doc, 's1', grid, turns)
    put(box(0, 4), other)
    put(box(0, 3))
    expect([widthIn(masks), widthIn(masks, other)]).toEqual([3, 0])
  })

  it('draws what came before its segment was known once that is', () => {
    const painter = new Y.Doc()
    Y.applyUpdate(painter, Y.encodeStateAsUpdate(doc))
    paint(painter, grid, [{ segment, value: 1, shape: box(0, 3) }])
    const here = new Y.Doc()
    const masks = new LiveMasks(here, 's1', grid, turns)
    Y.applyUpdate(here, Y.encodeStateAsUpdate(painter, Y.encodeStateVector(doc)))
    expect(masks.record.acts).toHaveLength(1)
    expect(widthIn(masks)).toBe(0)
    Y.applyUpdate(here, Y.encodeStateAsUpdate(doc))
    masks.retry()
    expect(widthIn(masks)).toBe(3)
  })

  it('draws nothing any more once it is closed', () => {
    const masks = new LiveMasks(doc, 's1', grid, turns)
    masks.close()
    put(box(0, 3))
    expect(masks.canvas.engine.segments).toEqual([])
  })
})

describe('own strokes under newer work', () => {
  it('[M104] are those upon which others painted to another effect, by whom; what was painted alike or taken back is none', () => {
    const own = [put(box(0, 4)), put(box(10, 14)), put(box(20, 24))]
    const ben = new Y.Doc()
    Y.applyUpdate(ben, Y.encodeStateAsUpdate(doc))
    paint(ben, grid, [{ segment, value: 0, shape: box(3, 12) }])
    paint(ben, grid, [{ segment, value: 1, shape: box(20, 24) }])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben))
    turn(doc, 'withdraw', 'author', [{ target: own[1] as ActId, count: 1 }])
    const masks = new LiveMasks(doc, 's1', grid, turns)
    const strokes = own.map((id) => [masks.record.find(id)?.act].filter((act) => act !== undefined))
    const isOwn = (client: number): boolean => client === doc.clientID
    expect(coveredBy(strokes, masks.canvas.engine, isOwn)).toEqual([
      { turn: { target: own[0], count: 1 }, by: ben.clientID },
    ])
  })
})

describe('a moment of the past', () => {
  /** Each act is its own revision, in the order in which they were done. */
  function moments(): MomentMasks {
    const { acts } = recordOf(doc)
    const seqs = new Map(acts.map(({ act, clock }, n) => [`${act.id.client}/${clock}`, n + 1]))
    return new MomentMasks({
      doc,
      series: 's1',
      grid,
      acts: () => recordOf(doc).acts,
      seqOf: (client, clock) => seqs.get(`${client}/${clock}`) ?? null,
      turns,
    })
  }

  it('[M103] is what its acts made of it then, forwards and backwards, whatever was withdrawn and put back later', () => {
    const first = put(box(0, 4))
    put(box(2, 10))
    const out = { target: first, count: 1 }
    turn(doc, 'withdraw', 'author', [out])
    turn(doc, 'restore', 'author', [out])
    turn(doc, 'withdraw', 'adjudicator', [out])
    turn(doc, 'restore', 'author', [out])
    const masks = moments()
    const then = (seq: number): number => {
      masks.show(seq)
      return widthIn(masks)
    }
    expect([0, 1, 2, 3, 4, 5, 6].map(then)).toEqual([0, 4, 10, 8, 10, 8, 8])
    expect([5, 4, 3, 2, 1, 0].map(then)).toEqual([8, 10, 8, 10, 4, 0])
    expect([6, 1, 4].map(then)).toEqual([8, 4, 10])
  })

  it('what is not in the journal yet is in no moment', () => {
    put(box(0, 4))
    const masks = moments()
    put(box(10, 12))
    masks.show(1_000)
    expect(widthIn(masks)).toBe(4)
  })
})

describe('in which revision an item was written', () => {
  it('is known of what the journal announces, in any order, and of nothing else', () => {
    const written = new Written()
    written.note({ client: 7, clock: 10, len: 5, seq: 3 })
    written.note({ client: 7, clock: 0, len: 4, seq: 1 })
    written.note({ client: 9, clock: 0, len: 1, seq: 2 })
    expect([0, 3, 4, 9, 10, 14, 15].map((clock) => written.seqOf(7, clock))).toEqual([
      1,
      1,
      null,
      null,
      3,
      3,
      null,
    ])
    expect(written.seqOf(8, 0)).toBeNull()
  })

  it('is read as the server writes it', () => {
    const written = new Written()
    // One client, 5: clocks 0–2 in revision 4, 3–9 in 6, 12 in 5.
    written.read(Uint8Array.of(1, 5, 3, 0, 3, 8, 0, 7, 4, 2, 1, 1))
    expect([0, 2, 3, 9, 10, 12].map((clock) => written.seqOf(5, clock))).toEqual([4, 4, 6, 6, null, 5])
  })
})

describe('a stroke that is heard of while it is made', () => {
  const stroke: Shape = {
    shape: 'stroke',
    axis: 2,
    slice: 1,
    square: false,
    radiusUm: 2_000,
    points: Int32Array.of(4, 4, 9, 9),
  }
  const ball: Shape = {
    shape: 'ball',
    slab: true,
    radiusUm: 2_000,
    origin: [0, 0, 0],
    u: [1000, 0, 0],
    v: [0, 1000, 0],
    normal: [0, 0, 1000],
    points: Int32Array.of(4, 4),
  }
  const shapes: readonly Shape[] = [
    stroke,
    ball,
    { shape: 'polygon', axis: 0, slice: 2, points: Int32Array.of(0, 0, 40, 0, 40, 8) },
    { shape: 'masked', base: stroke, keep: Int32Array.of(3, 2, 4) },
  ]

  it.each(shapes.map((shape) => [shape.shape, shape] as const))('comes over as it is: %s', (_, shape) => {
    const said = saidStroke('s1', { segment, value: 0, shape })
    const heard = said && heardStroke(JSON.parse(JSON.stringify(said)), grid)
    expect(heard).toEqual({ segment, value: 0, shape })
  })

  it('is not heard of where it is too long, or what nobody could paint', () => {
    const long: Shape = { ...stroke, points: new Int32Array(5_000) }
    expect(saidStroke('s1', { segment, value: 1, shape: long })).toBeNull()
    const said = saidStroke('s1', { segment, value: 1, shape: { ...stroke, radiusUm: 1e9 } })
    expect(said && heardStroke(said, grid)).toBeNull()
  })
})
