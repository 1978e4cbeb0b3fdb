import { expect, test } from 'vitest'
import type { Summary } from './fault.ts'
import { begunOf, joined, product } from './pieces.ts'
import type { Kept } from './report.ts'

const summary: Summary = (trials) => ({ most: Math.max(...trials.map(({ ms }) => ms ?? 0)) })

const kept = (seed: number, ms: readonly number[], more: Partial<Kept> = {}): Kept => ({
  fault: 'a fault',
  must: 'a must',
  trials: ms.length,
  failures: [],
  figures: {},
  each: ms.map((one) => ({ ms: one })),
  seed,
  seconds: 60,
  date: '2026-11-22',
  machine: 'this one',
  product: 'aaaa',
  ...more,
})

test('figures of a record in pieces are those of all its trials', () => {
  const two = joined(kept(7, [30, 10]), kept(9, [20], { failures: ['seed 9: it broke'] }), summary)
  const all = joined(two, kept(10, [40]), summary)
  expect(all).toMatchObject({ trials: 4, seed: 7, seconds: 180, pieces: '2 + 1 + 1', figures: { most: 40 } })
  expect(all.failures).toEqual(['seed 9: it broke'])
  expect(all.each).toHaveLength(4)
})

test('no seed is played twice in a record, and none is left out', () => {
  for (const seed of [7, 8, 10])
    expect(() => joined(kept(7, [30, 10]), kept(seed, [20]), summary)).toThrow('seeds')
})

test('trials are only added to those of the same product on the same machine', () => {
  const now = { product: 'aaaa', machine: 'this one' }
  const shown = kept(1, [1, 2, 3])
  expect(begunOf(shown, now)).toBe(shown)
  expect(begunOf(undefined, now)).toBeUndefined()
  expect(begunOf(shown, { ...now, product: 'bbbb' })).toBeUndefined()
  expect(begunOf(shown, { ...now, machine: 'another one' })).toBeUndefined()
  const { each: _, ...summedUp } = shown
  expect(begunOf(summedUp, now), 'what each trial found is not known').toBeUndefined()
  const begun = kept(1, [1], { product: 'bbbb' })
  expect(begunOf({ ...shown, begun }, { ...now, product: 'bbbb' })).toBe(begun)
})

test('a product is known by its sources', () => {
  expect(product()).toMatch(/^[0-9a-f]{12}$/)
})
