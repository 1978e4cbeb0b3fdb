/** Division and roots against arithmetic that has no limits. */
import { describe, expect, it } from 'vitest'
import { ceilDiv, floorDiv, isqrt, nearestVoxel } from './exact.ts'
import { GRID_LIMITS, Q } from './grid.ts'
import { BASIS_SCALE } from './path.ts'
import { chance } from './testing/chance.ts'

const MOST = 2 ** 52

/** Whole numbers up to the limit, most of them next to where rounding would go wrong. */
function* pairs(count: number): Generator<readonly [number, number]> {
  const by = chance(1)
  const wide = (bits: number): number => by(0, 2 ** 26 - 1) * 2 ** Math.max(0, bits - 26) + by(0, 2 ** 20)
  for (let n = 0; n < count; n++) {
    const b = 1 + (wide(by(1, 46)) % 2 ** by(1, 46))
    const multiple = Math.floor(wide(52) / b) * b
    yield [Math.min(MOST, multiple + by(-1, 1)) * (by(0, 1) ? 1 : -1), b]
  }
}

const floorOf = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b))

describe('division', () => {
  it('[M1] of whole numbers up to 2^52 is never rounded across one', () => {
    for (const [a, b] of pairs(300_000)) {
      const floor = floorOf(BigInt(a), BigInt(b))
      if (BigInt(floorDiv(a, b)) !== floor) expect.fail(`floor(${a} / ${b}) is ${floor}`)
      const ceil = -floorOf(-BigInt(a), BigInt(b))
      if (BigInt(ceilDiv(a, b)) !== ceil) expect.fail(`ceil(${a} / ${b}) is ${ceil}`)
    }
  })

  it('of places by four: two quarters above a voxel are nearer to the next', () => {
    expect([-6, -3, -2, -1, 0, 1, 2, 5, 6].map(nearestVoxel)).toEqual([-1, -1, 0, 0, 0, 0, 1, 1, 2])
  })
})

describe('roots', () => {
  it('[M1] are the greatest whole numbers whose square is not above, next to squares too', () => {
    const by = chance(2)
    for (let n = 0; n < 300_000; n++) {
      const r = by(0, 2 ** by(1, 26) - 1)
      for (const value of [r * r, r * r + 2 * r, r * r + by(0, 2 * r)]) {
        if (isqrt(value) !== r) expect.fail(`the root of ${value} is ${r}`)
      }
    }
  })
})

describe('the limits', () => {
  const { size, spacingUm: spacing, radiusUm, basis, place } = GRID_LIMITS
  /** A point in an oblique plane lies as far from its origin as u and v may, along the longest vectors. */
  const farthest = place + (2 * place * basis) / BASIS_SCALE + 1
  const radius = Q * radiusUm
  const largest: readonly (readonly [string, number])[] = [
    ['a point in an oblique plane', 2 * place * basis + BASIS_SCALE],
    ['a square of a radius', radius ** 2],
    ['a place and a radius, in µm', farthest * spacing + radius],
    ['a voxel and a place, in µm', (Q * size + farthest) * spacing],
    ['a height over a plane', 3 * basis * 2 * (farthest * spacing + radius)],
    // The finest spacing is 1 µm and the way lies along the coarsest: as many places as there can be.
    ['a place between two', 2 * (2 * farthest) * ((2 * farthest * spacing) / 2)],
    ['where an edge crosses', 3 * (2 * place) ** 2],
  ]

  it.each(largest)('[M1] keep %s below 2^52', (_, value) => {
    expect(value).toBeLessThan(2 ** 52)
  })
})
