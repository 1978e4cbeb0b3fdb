/** Painting as it was at a moment of the past, as acts of now. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { EntryKey } from '../entry.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { annotate, paint, restorePainting, turn } from './all.ts'
import { box, dab, engineOf, grid, threePainters } from './testing/painters.ts'

describe('[M53] restoring painting', () => {
  const back = (doc: Y.Doc, then: Y.Doc, own: number, only: EntryKey | null = null) =>
    restorePainting(doc, then, { segment: only, isOwn: (client) => client === own, grid: () => grid })
  const copy = (doc: Y.Doc): Y.Doc => {
    const then = new Y.Doc()
    Y.applyUpdate(then, Y.encodeStateAsUpdate(doc))
    return then
  }

  it('takes out what came since and puts back what was taken out since, and leaves the blame where it was', () => {
    const { ann, ben, ada, everybody, put, raster, blame } = threePainters()
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
    const { ann, ben, ada, everybody, put, raster, at, blame } = threePainters()
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
    const { ann, segment, put, at } = threePainters()
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
