/** Areas with known answers, on planes anywhere in patient space. */
import { describe, expect, it } from 'vitest'
import { areaOf, boundsOf, thicknessOf } from './polygon.ts'
import { add, cross, normalize, scale, type Vec3 } from './vec3.ts'

/** Regular polygon of `n` corners on a circle of radius `r` around `at`. */
function ring(n: number, r: number, at: Vec3, row: Vec3, column: Vec3): Vec3[] {
  return Array.from({ length: n }, (_, i) => {
    const t = (2 * Math.PI * i) / n
    return add(at, add(scale(row, r * Math.cos(t)), scale(column, r * Math.sin(t))))
  })
}

describe('area', () => {
  it('is that of the shoelace formula: the L of 75 mm²', () => {
    const l: Vec3[] = [
      [0, 0, 0],
      [10, 0, 0],
      [10, 5, 0],
      [5, 5, 0],
      [5, 10, 0],
      [0, 10, 0],
    ]
    expect(areaOf(l, [0, 0, 1])).toBe(75)
    expect(areaOf(l.toReversed(), [0, 0, 1])).toBe(75)
  })

  it('of a regular polygon is n/2 r² sin(2π/n), in an oblique plane far from the origin', () => {
    const row = normalize([1, 2, -0.5])
    const column = normalize(cross([0, 0, 1], row))
    const normal = cross(row, column)
    for (const n of [3, 7, 2_000]) {
      const points = ring(n, 12, [9_000, -8_500, 7_700], row, column)
      expect(areaOf(points, normal)).toBeCloseTo((n / 2) * 144 * Math.sin((2 * Math.PI) / n), 6)
    }
  })

  it('is nothing where there is nothing to enclose', () => {
    expect(areaOf([], [0, 0, 1])).toBe(0)
    expect(areaOf([[1, 2, 3]], [0, 0, 1])).toBe(0)
    expect(
      areaOf(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [0, 0, 1],
      ),
    ).toBe(0)
  })
})

describe('where the points lie', () => {
  const points: Vec3[] = [
    [0, 4, -2],
    [6, -2, 1],
    [3, 1, 4],
  ]
  it('bounds', () => {
    expect(boundsOf(points)).toEqual({ min: [0, -2, -2], max: [6, 4, 4] })
    expect(boundsOf([])).toBeNull()
  })

  it('thickness along the normal', () => {
    expect(thicknessOf(points, [0, 0, 1])).toBe(6)
    expect(thicknessOf([], [0, 0, 1])).toBe(0)
  })
})
