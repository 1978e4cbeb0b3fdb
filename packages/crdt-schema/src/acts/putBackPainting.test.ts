/** Painting that the server refused, put back. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { annotate, paint, paintingNotTaken, putBackPainting, turn } from './all.ts'
import { box, dab, grid, threePainters } from './testing/painters.ts'

describe('[M57] painting that was refused', () => {
  it('comes back above what was painted since, with what was taken back in between', () => {
    const { ann, ben, everybody, put, raster } = threePainters()
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
    const { ann, segment, at } = threePainters()
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
