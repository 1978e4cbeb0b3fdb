/** Painting by two people and an adjudicator, as their documents tell it: who sees what, and whose it is. */
import type { Grid } from '@consilium/geometry/raster/grid'
import { workOf } from '@consilium/geometry/raster/limits'
import type { Shape, Stroke } from '@consilium/geometry/raster/shape'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { EntryKey } from '../entry.ts'
import type { ActId } from '../kinds/mask/act.ts'
import { TOGETHER_LIMITS } from '../kinds/mask/bytes/limits.ts'
import { MaskEngine } from '../kinds/mask/engine/engine.ts'
import { lanesOf } from '../kinds/mask/lanes.ts'
import { recordOf } from '../kinds/mask/record.ts'
import {
  ActFault,
  annotate,
  bringMasks,
  bringToTop,
  OwnHistory,
  paint,
  paintingNotTaken,
  putBackPainting,
  reinstate,
  restorePainting,
  retire,
  takeBack,
  turn,
  turnAsAdjudicator,
} from './all.ts'

const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
const EVERYTHING = { x0: 0, x1: 40, y0: 0, y1: 30, z0: 0, z1: 4 }

/** A dab of radius 3 mm around a voxel of slice 1. */
const dab = (x: number, y: number): Shape => ({
  shape: 'stroke',
  axis: 2,
  slice: 1,
  square: false,
  radiusUm: 3_000,
  points: Int32Array.of(4 * x, 4 * y),
})
const box = (x0: number, x1: number, y0: number, y1: number): Shape => ({
  shape: 'runs',
  rows: Int32Array.from(Array.from({ length: y1 - y0 }, (_, n) => [1, y0 + n, x0, x1]).flat()),
})

let ann: Y.Doc
let ben: Y.Doc
let ada: Y.Doc
let segment: EntryKey

function meet(...docs: readonly Y.Doc[]): void {
  for (const to of docs)
    for (const from of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from), 'wire')
}
const everybody = (): void => meet(ann, ben, ada)

function engineOf(doc: Y.Doc): MaskEngine {
  const engine = new MaskEngine({ grid })
  engine.feed(recordOf(doc).acts.map(({ act }) => act))
  engine.step()
  return engine
}
/** 1 for each voxel that is set. */
function raster(doc: Y.Doc): string {
  const target = new Uint8Array(40 * 30 * 4)
  engineOf(doc).copyBox(segment, EVERYTHING, target)
  return target.join('')
}
const at = (doc: Y.Doc, x: number, y: number) => engineOf(doc).valueAt(segment, x, y, 1)
const blame = (doc: Y.Doc, x: number, y: number): ActId | undefined =>
  engineOf(doc).blame(segment, x, y, 1)?.act.id
const put = (doc: Y.Doc, shape: Shape, value: 0 | 1 = 1): ActId =>
  paint(doc, grid, [{ segment, value, shape }])

beforeEach(() => {
  ;[ann, ben, ada] = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  ;[ann.clientID, ben.clientID, ada.clientID] = [11, 22, 33]
  segment = annotate(ann, {
    kind: 'segment',
    label: '',
    source: { series: 's1', frame: 1, normal: [0, 0, 1] },
    points: [],
    name: 'Nodule 1',
  })
  everybody()
})

describe('undo of painting', () => {
  it("[M40] A paints, B overpaints, A undoes: B's voxels are unchanged, and those that were A's alone are gone", () => {
    const history = new OwnHistory(ann)
    put(ann, dab(10, 10))
    everybody()
    const mine = put(ben, dab(13, 10))
    everybody()
    const alone = new Y.Doc()
    alone.clientID = 22
    Y.applyUpdate(alone, Y.encodeStateAsUpdate(ann))
    const before = engineOf(ben)
    expect(history.undo()).toBe(true)
    everybody()
    let kept = 0
    for (let y = 0; y < 30; y++)
      for (let x = 0; x < 40; x++) {
        const isBens = before.blame(segment, x, y, 1)?.act.id.client === 22
        if (isBens) kept += 1
        expect(at(ann, x, y), `${x} ${y}`).toBe(isBens ? 1 : 0)
      }
    expect(kept).toBeGreaterThan(20)
    expect(blame(ann, 13, 10)).toEqual(mine)
    expect(raster(ann)).toBe(raster(ben))
  })

  it("[M40] redo puts the act back where it was: what B painted over it is still B's", () => {
    const history = new OwnHistory(ann)
    const first = put(ann, dab(10, 10))
    everybody()
    const second = put(ben, dab(13, 10))
    everybody()
    const before = raster(ann)
    history.undo()
    everybody()
    history.redo()
    everybody()
    expect(raster(ben)).toBe(before)
    expect(blame(ben, 12, 10)).toEqual(second)
    expect(blame(ben, 8, 10)).toEqual(first)
  })

  it('undo of a fill that somebody erased into leaves nothing of the fill, and brings back nothing', () => {
    const history = new OwnHistory(ann)
    put(ann, box(5, 25, 5, 25))
    everybody()
    const hole = put(ben, box(10, 15, 10, 15), 0)
    everybody()
    history.undo()
    everybody()
    expect(raster(ben)).not.toContain('1')
    expect(blame(ben, 12, 12)).toEqual(hole)
    history.redo()
    everybody()
    expect(at(ben, 12, 12)).toBe(0)
    expect(at(ben, 6, 6)).toBe(1)
  })

  it('two people fill the same hole and one undoes: it stays filled, and the blame passes on', () => {
    const [anns, bens] = [put(ann, box(5, 9, 5, 9)), put(ben, box(5, 9, 5, 9))]
    const history = new OwnHistory(ben)
    everybody()
    expect(blame(ada, 6, 6)).toEqual(bens)
    history.undo()
    everybody()
    expect(at(ada, 6, 6)).toBe(1)
    expect(blame(ada, 6, 6)).toEqual(anns)
  })

  it('[M41] any act of one’s own can be taken back, not only the last, also on another page after a reload', () => {
    const first = put(ann, dab(5, 5))
    put(ann, dab(20, 20))
    everybody()
    turn(ann, 'withdraw', 'author', [{ target: first, count: 1 }])
    expect(at(ann, 5, 5)).toBe(0)
    expect(at(ann, 20, 20)).toBe(1)

    const page = new Y.Doc()
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ann))
    page.clientID = 12
    const history = new OwnHistory(page, (client) => client === 11 || client === 12)
    expect(history.nextUndo).toBe('Undo painting')
    history.undo()
    expect(at(page, 20, 20)).toBe(0)
    expect(history.canUndo).toBe(false)
    history.redo()
    expect(at(page, 20, 20)).toBe(1)
  })

  it('[M41] what one painted on another device is undone here too, once it is known to be one’s own, before nothing that was done here', () => {
    const page = new Y.Doc()
    page.clientID = 12
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ann))
    const mine = new Set([12])
    const history = new OwnHistory(
      page,
      (client) => mine.has(client),
      (group) => `${group.length} stroke`,
    )
    put(ann, dab(5, 5))
    put(ben, dab(30, 20))
    meet(ann, ben, page)
    put(page, dab(20, 20))
    mine.add(11)
    history.recall()
    history.recall()
    expect(history.nextUndo).toBe('Undo painting')
    history.undo()
    expect([at(page, 20, 20), at(page, 5, 5)]).toEqual([0, 1])
    expect(history.nextUndo).toBe('Undo 1 stroke')
    history.undo()
    expect([at(page, 5, 5), at(page, 30, 20)]).toEqual([0, 1])
    expect(history.nextUndo).toBeNull()
  })

  it('[M41] what one painted on other pages is undone in the order in which it was painted, whatever comes here first', () => {
    const first = put(ann, dab(5, 5))
    meet(ann, ben)
    ben.clientID = 12
    const second = put(ben, dab(20, 20))
    expect(second.lamport).toBeGreaterThan(first.lamport)
    const page = new Y.Doc()
    page.clientID = 13
    const mine = new Set([13, 12])
    const history = new OwnHistory(
      page,
      (client) => mine.has(client),
      ([one]) => `stroke ${one?.id.client}`,
    )
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ben))
    mine.add(11)
    history.recall()
    expect(history.undoable.map(({ title }) => title)).toEqual(['stroke 12', 'stroke 11'])
    history.undo()
    expect([at(page, 5, 5), at(page, 20, 20)]).toEqual([1, 0])
    expect(history.nextUndo).toBe('Undo stroke 11')
  })

  it('[M108] what an adjudicator withdraws its author does not bring back; the adjudicator restores it, and can undo both', () => {
    const mine = new OwnHistory(ann)
    const theirs = new OwnHistory(ada)
    const id = paint(ann, grid, [
      { segment, value: 1, shape: dab(5, 5) },
      { segment, value: 1, shape: dab(12, 5) },
    ])
    everybody()
    turnAsAdjudicator(ada, 'withdraw', { ...id, lamport: id.lamport + 1 })
    everybody()
    expect([at(ann, 5, 5), at(ann, 12, 5)]).toEqual([0, 0])
    expect(() => takeBack(ann, id)).toThrow(ActFault)
    expect(mine.canUndo).toBe(false)
    expect(() => turnAsAdjudicator(ada, 'withdraw', id)).toThrow('withdrawn already')
    turnAsAdjudicator(ada, 'restore', id)
    everybody()
    expect([at(ann, 5, 5), at(ann, 12, 5)]).toEqual([1, 1])
    expect(() => turnAsAdjudicator(ada, 'restore', id)).toThrow('restored already')
    expect([theirs.undo(), at(ada, 5, 5), theirs.undo(), at(ada, 5, 5)]).toEqual([true, 0, true, 1])
  })

  it('[M41] what was pointed at is taken back with all that belongs to it, on another page too, and undo brings it back', () => {
    const other = annotate(ann, {
      kind: 'segment',
      label: '',
      source: { series: 's1', frame: 1, normal: [0, 0, 1] },
      points: [],
    })
    const group = paint(ann, grid, [
      { segment: other, value: 0, shape: dab(5, 5) },
      { segment, value: 1, shape: dab(5, 5) },
    ])
    put(ann, dab(20, 20))
    everybody()
    const page = new Y.Doc()
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ann))
    page.clientID = 12
    const history = new OwnHistory(page, (client) => client === 11 || client === 12)
    const seen = { client: 11, lamport: group.lamport + 1 }
    takeBack(page, seen, 'taking back')
    expect([at(page, 5, 5), at(page, 20, 20)]).toEqual([0, 1])
    expect([0, 1].map((n) => recordOf(page).effective({ client: 11, lamport: group.lamport + n }))).toEqual([
      false,
      false,
    ])
    expect(() => takeBack(page, seen)).toThrow(ActFault)
    expect(history.nextUndo).toBe('Undo taking back')
    history.undo()
    expect(at(page, 5, 5)).toBe(1)
  })

  it('[M41] of what can be undone any is chosen: the others stay, and redo brings back what was chosen last', () => {
    const history = new OwnHistory(ann)
    for (const [n, x] of [5, 15, 25].entries())
      paint(ann, grid, [{ segment, value: 1, shape: dab(x, 10) }], `stroke ${n}`)
    const [, middle] = history.undoable
    expect(history.undoable.map(({ title }) => title)).toEqual(['stroke 2', 'stroke 1', 'stroke 0'])
    expect(history.undo(middle)).toBe(true)
    expect([5, 15, 25].map((x) => at(ann, x, 10))).toEqual([1, 0, 1])
    expect(history.undo(middle)).toBe(false)
    expect(history.nextUndo).toBe('Undo stroke 2')
    expect(history.nextRedo).toBe('Redo stroke 1')
    history.redo()
    expect([5, 15, 25].map((x) => at(ann, x, 10))).toEqual([1, 1, 1])
  })

  it('[M41] painting and other acts are undone in the order in which they were done', () => {
    const history = new OwnHistory(ann)
    paint(ann, grid, [{ segment, value: 1, shape: dab(5, 5) }], 'paint, Nodule 1')
    const other = annotate(ann, {
      kind: 'keypoint',
      label: '',
      source: { series: 's1', frame: 1, normal: [0, 0, 1] },
      points: [[1, 2, 3]],
    })
    paint(ann, grid, [{ segment, value: 1, shape: dab(20, 20) }])
    const titles: (string | null)[] = []
    while (history.canUndo) {
      titles.push(history.nextUndo)
      history.undo()
    }
    expect(titles).toEqual(['Undo painting', 'Undo new key point', 'Undo paint, Nodule 1'])
    expect(raster(ann)).not.toContain('1')
    expect(ann.getMap<Y.Map<unknown>>('annotations').get(other)?.get('retired')).not.toBeNull()
    while (history.redo());
    expect(at(ann, 5, 5) + at(ann, 20, 20)).toBe(2)
  })

  it('[M122] masks that are brought in come with their segments, and go and come back with them at once', () => {
    const history = new OwnHistory(ann)
    const source = { series: 's1', frame: 1, normal: [0, 0, 1] } as const
    const drafts = ['Liver', 'Spleen'].map((name) => ({
      kind: 'segment' as const,
      label: '',
      source,
      points: [],
      name,
    }))
    const shapes = [[box(0, 9, 0, 9), box(20, 30, 0, 9)], [box(0, 9, 10, 19)]]
    const kept = () => ann.getMap<Y.Map<unknown>>('annotations')
    const before = Y.encodeStateAsUpdate(ann)
    const brought = drafts.map((draft, k) => ({ segment: draft, shapes: shapes[k] ?? [] }))
    expect(() =>
      bringMasks(ann, grid, [
        ...brought,
        { segment: drafts[0]!, shapes: [dab(1, 1), { ...dab(1, 1), slice: 9 } as Shape] },
      ]),
    ).toThrow(ActFault)
    expect(Y.encodeStateAsUpdate(ann)).toEqual(before)
    const [liver = '', spleen = ''] = bringMasks(ann, grid, brought, 'two masks')
    const set = () => [engineOf(ann).valueAt(liver, 25, 5, 1), engineOf(ann).valueAt(spleen, 5, 15, 1)]
    expect(set()).toEqual([1, 1])
    expect(history.nextUndo).toBe('Undo two masks')
    history.undo()
    expect(set()).toEqual([0, 0])
    expect([liver, spleen].map((id) => kept().get(id)?.get('retired') === null)).toEqual([false, false])
    expect(history.canUndo).toBe(false)
    history.redo()
    expect(set()).toEqual([1, 1])
    expect([liver, spleen].map((id) => kept().get(id)?.get('retired'))).toEqual([null, null])
  })

  it('what belongs together goes together: an exclusive stroke is one undo', () => {
    const lung = annotate(ann, {
      kind: 'segment',
      label: '',
      source: { series: 's1', frame: 1, normal: [0, 0, 1] },
      points: [],
    })
    put(ann, dab(8, 8))
    const history = new OwnHistory(ann)
    history.redo()
    paint(ann, grid, [
      { segment: lung, value: 1, shape: dab(8, 8) },
      { segment, value: 0, shape: dab(8, 8) },
    ])
    expect(at(ann, 8, 8)).toBe(0)
    history.undo()
    expect(at(ann, 8, 8)).toBe(1)
    expect(engineOf(ann).valueAt(lung, 8, 8, 1)).toBe(0)
    const { elements } = recordOf(ann).standing(11)?.state ?? { elements: 0 }
    expect(lanesOf(ann).get('11/0')?.length).toBe(elements)
  })

  it('[M42] what the adjudicator took out its author does not bring back, nor the other way round', () => {
    const history = new OwnHistory(ann)
    const act = put(ann, dab(8, 8))
    everybody()
    turn(ada, 'withdraw', 'adjudicator', [{ target: act, count: 1 }])
    everybody()
    expect(history.canUndo).toBe(false)
    turn(ann, 'restore', 'author', [{ target: act, count: 1 }])
    everybody()
    expect(at(ben, 8, 8)).toBe(0)
    turn(ada, 'restore', 'adjudicator', [{ target: act, count: 1 }])
    turn(ann, 'withdraw', 'author', [{ target: act, count: 1 }])
    everybody()
    turn(ada, 'restore', 'adjudicator', [{ target: act, count: 1 }])
    everybody()
    expect(at(ben, 8, 8)).toBe(0)
  })
})

describe('what is too much', () => {
  it('[M58] is refused before anything of it is written, as the gate would', () => {
    const before = Y.encodeStateAsUpdate(ann)
    const huge = (x: number): Shape => ({
      ...(dab(x, 10) as Stroke),
      radiusUm: 100_000,
      points: Int32Array.from({ length: 1_980 }, (_, n) => 4 * (n % 4)),
    })
    const most = Math.floor(TOGETHER_LIMITS.work / workOf(huge(1), grid))
    const drafts = (count: number) =>
      Array.from({ length: count }, () => ({ segment, value: 1, shape: huge(1) }) as const)
    expect(() => paint(ann, grid, drafts(most + 1))).toThrow(ActFault)
    expect(Y.encodeStateAsUpdate(ann)).toEqual(before)
    expect(most).toBeGreaterThanOrEqual(128)
    const target = paint(ann, grid, drafts(most))
    const turns = Array.from({ length: 60 }, () => ({ target, count: 4_096 }))
    expect(() => turn(ann, 'withdraw', 'author', turns)).toThrow('at once')
  })
})

describe('order', () => {
  it('[M43] what was painted offline lies under what was painted later by somebody who had gone on, until it is brought to the top', () => {
    put(ann, dab(5, 5))
    meet(ann, ada)
    const offline = put(ben, box(10, 20, 10, 20))
    for (let n = 0; n < 3; n++) put(ann, box(12, 14, 12, 14), 0)
    everybody()
    expect(at(ada, 12, 12)).toBe(0)
    expect(at(ada, 11, 11)).toBe(1)
    const history = new OwnHistory(ben)
    bringToTop(ben, { target: offline, count: 1 })
    everybody()
    expect(at(ada, 12, 12)).toBe(1)
    history.undo()
    everybody()
    expect(at(ada, 12, 12)).toBe(0)
    expect(at(ada, 11, 11)).toBe(1)
  })

  it('a lane that is full is followed by another, and everything in both counts', () => {
    for (let n = 0; n < 4_200; n++) put(ann, dab(5 + (n % 30), 5))
    expect([...lanesOf(ann).keys()]).toEqual(['11/0', '11/1'])
    Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann))
    expect(recordOf(ben).acts).toHaveLength(4_200)
    expect(recordOf(ben).acts.map(({ act }) => act.id.lamport)).toEqual(
      Array.from({ length: 4_200 }, (_, n) => n + 1),
    )
    expect(raster(ben)).toBe(raster(ann))
  })
})

describe('what cannot be painted', () => {
  const state = () => Y.encodeStateAsUpdate(ann)

  it.each([
    [
      'in a segment that is not there',
      () => paint(ann, grid, [{ segment: '11-aaaaaaaa', value: 1, shape: dab(1, 1) }]),
    ],
    ['beyond the volume', () => put(ann, { ...dab(1, 1), slice: 9 } as Shape)],
    ['nothing', () => paint(ann, grid, [])],
    [
      'back what nobody painted',
      () => turn(ann, 'withdraw', 'author', [{ target: { client: 11, lamport: 7 }, count: 1 }]),
    ],
    [
      'with too large a brush',
      () =>
        put(ann, {
          shape: 'stroke',
          axis: 2,
          slice: 0,
          square: true,
          radiusUm: 100_100,
          points: Int32Array.of(1, 1),
        }),
    ],
  ])('%s leaves no trace', (_, act) => {
    const before = state()
    expect(act).toThrow(ActFault)
    expect(state()).toEqual(before)
  })

  it('deleting a segment under somebody’s brush: what they go on to paint is kept and comes back with it, but a new stroke is not begun', () => {
    put(ann, dab(5, 5))
    everybody()
    retire(ann, segment, 'none')
    put(ben, dab(20, 20))
    everybody()
    expect(() => put(ben, dab(8, 20))).toThrow(/taken back/)
    expect(recordOf(ada).acts).toHaveLength(2)
    reinstate(ann, segment)
    everybody()
    expect(at(ada, 5, 5) + at(ada, 20, 20)).toBe(2)
  })
})

describe('[M57] painting that was refused', () => {
  it('comes back above what was painted since, with what was taken back in between', () => {
    put(ann, box(5, 15, 5, 15))
    everybody()
    const page = new Y.Doc()
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ann))
    page.clientID = 12
    const gone = put(page, box(20, 30, 5, 15))
    put(page, dab(10, 20))
    turn(page, 'withdraw', 'author', [{ target: gone, count: 1 }])
    turn(page, 'withdraw', 'author', [{ target: { client: 11, lamport: 1 }, count: 1 }])
    const before = raster(page)
    put(ann, dab(10, 20), 0)
    expect(paintingNotTaken(ann, page)).toHaveLength(4)
    expect(putBackPainting(ann, page)).toBe(4)
    everybody()
    expect(raster(ben)).toBe(before)
    expect(paintingNotTaken(ben, ann)).toEqual([])
  })

  it('finds its segment under another key, and is left out where there is none', () => {
    const page = new Y.Doc()
    Y.applyUpdate(page, Y.encodeStateAsUpdate(ann))
    page.clientID = 12
    const source = { series: 's1', frame: 1, normal: [0, 0, 1] } as const
    const mine = annotate(page, { kind: 'segment', label: '', source, points: [] })
    paint(page, grid, [{ segment: mine, value: 1, shape: dab(10, 10) }])
    expect(putBackPainting(ann, page)).toBe(0)
    expect(putBackPainting(ann, page, { places: new Map([[mine, segment]]) })).toBe(1)
    expect(at(ann, 10, 10)).toBe(1)
  })
})

describe('[M53] restoring painting', () => {
  const back = (doc: Y.Doc, then: Y.Doc, own: number, only: EntryKey | null = null) =>
    restorePainting(doc, then, { segment: only, isOwn: (client) => client === own, grid: () => grid })
  const copy = (doc: Y.Doc): Y.Doc => {
    const then = new Y.Doc()
    Y.applyUpdate(then, Y.encodeStateAsUpdate(doc))
    return then
  }

  it('takes out what came since and puts back what was taken out since, and leaves the blame where it was', () => {
    const first = put(ann, box(5, 15, 5, 15))
    everybody()
    const removed = put(ben, box(10, 20, 10, 20))
    everybody()
    const then = copy(ann)
    turn(ada, 'withdraw', 'adjudicator', [{ target: removed, count: 1 }])
    everybody()
    for (let n = 0; n < 3; n++) put(ann, dab(30, 10 + n))
    put(ben, box(0, 40, 0, 10), 0)
    everybody()
    back(ada, then, 33)
    everybody()
    expect(raster(ben)).toBe(raster(then))
    expect(blame(ben, 6, 6)).toEqual(first)
    expect(blame(ben, 16, 16)).toEqual(removed)
    const acts = recordOf(ada).acts.length
    back(ada, then, 33)
    expect(recordOf(ada).acts).toHaveLength(acts)
  })

  it('paints anew what its author took back, and erases what that uncovered', () => {
    put(ann, box(5, 15, 5, 15))
    everybody()
    const hole = put(ben, box(8, 10, 8, 10), 0)
    const more = put(ben, box(20, 25, 5, 15))
    everybody()
    const then = copy(ann)
    turn(ben, 'withdraw', 'author', [{ target: hole, count: 2 }])
    everybody()
    expect(at(ada, 8, 8)).toBe(1)
    back(ada, then, 33)
    everybody()
    expect(raster(ben)).toBe(raster(then))
    expect(blame(ben, 22, 8)?.client).toBe(33)
    expect(blame(ben, 6, 6)?.client).toBe(11)
    expect(recordOf(ben).effective(more)).toBe(false)
  })

  it('of one segment leaves the others as they are', () => {
    const other = annotate(ann, {
      kind: 'segment',
      label: '',
      source: { series: 's1', frame: 1, normal: [0, 0, 1] },
      points: [],
    })
    const then = copy(ann)
    put(ann, dab(5, 5))
    paint(ann, grid, [{ segment: other, value: 1, shape: dab(20, 20) }])
    back(ann, then, 11, segment)
    expect(at(ann, 5, 5)).toBe(0)
    expect(engineOf(ann).valueAt(other, 20, 20, 1)).toBe(1)
  })
})
