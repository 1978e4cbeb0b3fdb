/** Keys stay in order, stay acceptable as neighbours, and never meet another client's. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstKeys, isVertexKey, KEY_LIMIT, keyBetween } from './vertexKeys.ts'

const never = () => false
const client = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const sorted = (keys: readonly string[]) => keys.toSorted((a, b) => (a < b ? -1 : 1))

describe('keys of vertices', () => {
  it('of a new annotation begin at a0 and are in order, up to the largest contour', () => {
    expect(firstKeys(3)).toEqual(['a0', 'a1', 'a2'])
    const many = firstKeys(2_000)
    expect(sorted(many)).toEqual(many)
    expect(new Set(many).size).toBe(2_000)
    expect(many.every(isVertexKey)).toBe(true)
  })

  it('lie between their neighbours, wherever and by whomever they are inserted', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), client), { maxLength: 60 }), (insertions) => {
        const keys = firstKeys(3)
        for (const [spot, who] of insertions) {
          const at = spot % (keys.length + 1)
          keys.splice(at, 0, keyBetween(keys[at - 1] ?? null, keys[at] ?? null, who, never))
        }
        expect(sorted(keys)).toEqual(keys)
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys.every(isVertexKey)).toBe(true)
      }),
    )
  })

  it('[C3] differ between any two clients that insert at the same spot', () => {
    fc.assert(
      fc.property(client, client, fc.integer({ min: 0, max: 3 }), (a, b, spot) => {
        fc.pre(a !== b)
        const keys = firstKeys(3)
        const key = (who: number) => keyBetween(keys[spot - 1] ?? null, keys[spot] ?? null, who, never)
        expect(key(a)).not.toBe(key(b))
      }),
    )
  })

  it('are never used again by their maker', () => {
    const first = keyBetween('a0', 'a1', 7, never)
    const second = keyBetween('a0', 'a1', 7, (key) => key === first)
    expect(second).not.toBe(first)
    expect(sorted(['a0', 'a1', first, second])).toEqual(['a0', first, second, 'a1'])
  })

  it('stay short where a person inserts again and again', () => {
    let after = 'a1'
    for (let i = 0; i < 300; i++) after = keyBetween('a0', after, 4_294_967_295, never)
    expect(after.length).toBeLessThan(KEY_LIMIT)
  })

  it.each(['', 'a', 'a00', 'zz', '0', 'a0!', '__proto__', `a0${'V'.repeat(KEY_LIMIT)}`])(
    '"%s" is none',
    (key) => {
      expect(isVertexKey(key)).toBe(false)
    },
  )
})
