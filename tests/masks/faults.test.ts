/** Random sessions must find what they are there to find: each of these is a fault in what reads, keeps or judges acts of painting. */
import { LaneFeed } from '@consilium/crdt-schema/painting/feed'
import { PaintRecord } from '@consilium/crdt-schema/painting/record'
import { afterEach, expect, test, vi } from 'vitest'
import { PaintLog } from '../../apps/collab-server/src/room/paintLog.ts'
import { sessions } from './run.ts'

const SEEDS = 300

afterEach(() => {
  vi.restoreAllMocks()
})

const news = LaneFeed.prototype.news

const FAULTS: [string, () => void][] = [
  ['a page does not read archives', () => vi.spyOn(PaintRecord.prototype, 'archived').mockReturnValue()],
  [
    'the gate forgets what was archived when it starts anew',
    () => vi.spyOn(PaintLog.prototype, 'archived').mockReturnValue(),
  ],
  [
    'now and then an act is not read',
    () =>
      vi.spyOn(LaneFeed.prototype, 'news').mockImplementation(function* (this: LaneFeed) {
        for (const found of news.call(this)) if (found.act.id.lamport % 11 !== 0) yield found
      }),
  ],
  [
    'numbers of acts do not grow',
    () => vi.spyOn(PaintRecord.prototype, 'nextLamport', 'get').mockReturnValue(1),
  ],
  [
    'acts that are there are not found',
    () => vi.spyOn(PaintRecord.prototype, 'find').mockImplementation(() => null),
  ],
  [
    'an act has no segment that the gate remembers',
    () => vi.spyOn(PaintLog.prototype, 'segmentOf').mockReturnValue(null),
  ],
  [
    'the gate takes every number for the highest',
    () => vi.spyOn(PaintLog.prototype, 'lastOf').mockReturnValue(1_000),
  ],
]

test.each(FAULTS)('[M48] %s: that is found', (_, fault) => {
  fault()
  expect(() => sessions(0, SEEDS)).toThrow('a session went wrong')
})

test('without a fault nothing is found', () => {
  expect(sessions(0, 20).acts).toBeGreaterThan(100)
})
