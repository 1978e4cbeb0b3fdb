import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { Glide } from './glide.ts'

const peer = (at: Vec3) => [{ id: 'p', at }]
const placed = (glide: Glide, at: Vec3, now: number): number | undefined =>
  glide.at(peer(at), now).get('p')?.[0]

describe('cursors of others', () => {
  it('go to their new place within a moment', () => {
    const glide = new Glide(() => false)
    placed(glide, [0, 0, 0], 0)
    placed(glide, [8, 0, 0], 1_000)
    expect(placed(glide, [8, 0, 0], 1_040)).toBeCloseTo(4)
    expect(glide.moving(1_040)).toBe(true)
    expect(placed(glide, [8, 0, 0], 1_080)).toBe(8)
    expect(glide.moving(1_080)).toBe(false)
  })

  it('[V95] are there at once for whoever wants less motion, and nothing is painted in between', () => {
    const glide = new Glide(() => true)
    placed(glide, [0, 0, 0], 0)
    expect(placed(glide, [8, 0, 0], 1_000)).toBe(8)
    expect(glide.moving(1_000)).toBe(false)
  })
})
