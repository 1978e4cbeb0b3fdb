/** What one painted is taken back and brought back: one's own alone, and whatever others painted stays. */
import type { Shape } from '@consilium/geometry/raster/shape'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { lanesOf } from '../kinds/mask/lanes.ts'
import { recordOf } from '../kinds/mask/record.ts'
import {
  ActFault,
  annotate,
  bringMasks,
  OwnHistory,
  paint,
  takeBack,
  turn,
  turnAsAdjudicator,
} from './all.ts'
import { box, dab, engineOf, grid, meet, threePainters } from './testing/painters.ts'

describe('undo of painting', () => {
  it("[M40] A paints, B overpaints, A undoes: B's voxels are unchanged, and those that were A's alone are gone", () => {
    const { ann, ben, segment, everybody, put, raster, at, blame } = threePainters()
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
    const { ann, ben, everybody, put, raster, blame } = threePainters()
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
    const { ann, ben, everybody, put, raster, at, blame } = threePainters()
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
    const { ann, ben, ada, everybody, put, at, blame } = threePainters()
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
    const { ann, everybody, put, at } = threePainters()
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
    const { ann, ben, put, at } = threePainters()
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
    const { ann, ben, put, at } = threePainters()
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
    const { ann, ada, segment, everybody, at } = threePainters()
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
    const { ann, segment, everybody, put, at } = threePainters()
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
    const { ann, segment, at } = threePainters()
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
    const { ann, segment, raster, at } = threePainters()
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
    const { ann } = threePainters()
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
    const { ann, segment, put, at } = threePainters()
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
    const { ann, ben, ada, everybody, put, at } = threePainters()
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
