import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from './spread.ts'

describe('marks along a line', () => {
  it('stay where they are while there is room', () => {
    expect(spread([10, 90, 50], 100, 24)).toEqual([10, 90, 50])
  })

  it('[W117] are moved apart, and keep within the line', () => {
    expect(spread([50, 52], 100, 24)).toEqual([50, 74])
    expect(spread([99, 98, 97], 100, 24)).toEqual([100, 76, 52])
  })

  it('[W117] are never nearer than asked where there is room, and never in another order', () => {
    const places = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(places, (all) => {
        const moved = spread(all, 1000, 24)
        const gap = Math.min(24, 1000 / Math.max(1, all.length - 1))
        const order = all.map((_, i) => i).sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0) || a - b)
        const sorted = order.map((i) => moved[i] ?? Number.NaN)
        for (let n = 1; n < sorted.length; n++)
          expect((sorted[n] ?? 0) - (sorted[n - 1] ?? 0)).toBeGreaterThanOrEqual(gap - 1e-9)
        expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9)
        expect(sorted.at(-1)).toBeLessThanOrEqual(1000 + 1e-9)
      }),
    )
  })
})
