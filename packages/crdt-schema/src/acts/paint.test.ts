/** What can be painted, in which order it lies, and what is refused. */
import { workOf } from '@consilium/geometry/raster/limits'
import type { Shape, Stroke } from '@consilium/geometry/raster/shape'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { TOGETHER_LIMITS } from '../kinds/mask/bytes/limits.ts'
import { lanesOf } from '../kinds/mask/lanes.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { ActFault, bringToTop, OwnHistory, paint, reinstate, retire, turn } from './all.ts'
import { box, dab, grid, meet, threePainters } from './testing/painters.ts'

describe('what is too much', () => {
  it('[M58] is refused before anything of it is written, as the gate would', () => {
    const { ann, segment } = threePainters()
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
    const { ann, ben, ada, everybody, put, at } = threePainters()
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
    const { ann, ben, put, raster } = threePainters()
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
  it.each<[string, (painters: ReturnType<typeof threePainters>) => unknown]>([
    [
      'in a segment that is not there',
      ({ ann }) => paint(ann, grid, [{ segment: '11-aaaaaaaa', value: 1, shape: dab(1, 1) }]),
    ],
    ['beyond the volume', ({ ann, put }) => put(ann, { ...dab(1, 1), slice: 9 } as Shape)],
    ['nothing', ({ ann }) => paint(ann, grid, [])],
    [
      'back what nobody painted',
      ({ ann }) => turn(ann, 'withdraw', 'author', [{ target: { client: 11, lamport: 7 }, count: 1 }]),
    ],
    [
      'with too large a brush',
      ({ ann, put }) =>
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
    const painters = threePainters()
    const state = () => Y.encodeStateAsUpdate(painters.ann)
    const before = state()
    expect(() => act(painters)).toThrow(ActFault)
    expect(state()).toEqual(before)
  })

  it('deleting a segment under somebody’s brush: what they go on to paint is kept and comes back with it, but a new stroke is not begun', () => {
    const { ann, ben, ada, segment, everybody, put, at } = threePainters()
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
