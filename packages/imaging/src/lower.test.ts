import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerOf, lowerShape } from './lower.ts'
import type { Samples } from './samples.ts'

describe('a frame in less detail', () => {
  it('is the mean of each square, rounded where numbers are whole', () => {
    const frame = Int16Array.of(1, 2, -10, -20, 3, 5, -30, -41)
    expect(lowerOf(frame, { rows: 2, columns: 4, samples: 'int16' }, 2)).toEqual(Int16Array.of(3, -25))
    const fine = Float32Array.of(1, 2, 3, 5)
    expect(lowerOf(fine, { rows: 2, columns: 2, samples: 'float32' }, 2)).toEqual(Float32Array.of(2.75))
  })

  it('has squares of its own at the edges', () => {
    const shape = { rows: 3, columns: 3, samples: 'uint16' } as const
    expect(lowerShape(shape, 2)).toEqual({ rows: 2, columns: 2, samples: 'uint16' })
    const frame = Uint16Array.of(0, 4, 10, 8, 12, 20, 100, 200, 65535)
    expect(lowerOf(frame, shape, 2)).toEqual(Uint16Array.of(6, 15, 150, 65535))
    expect(lowerOf(frame, shape, 9)).toEqual(Uint16Array.of(Math.round(65889 / 9)))
  })

  it('keeps each colour to itself', () => {
    const frame = Uint8Array.of(0, 10, 255, 100, 30, 255)
    expect(lowerOf(frame, { rows: 1, columns: 2, samples: 'uint8x3' }, 2)).toEqual(Uint8Array.of(50, 20, 255))
  })

  it('leaves out where there is no picture, and what is no number', () => {
    const shape = { rows: 2, columns: 4, samples: 'int16' } as const
    const frame = Int16Array.of(-2000, 40, -2000, -2000, -2000, 60, -2000, -2000)
    expect(lowerOf(frame, shape, 2, -2000)).toEqual(Int16Array.of(50, -2000))
    const real = Float64Array.of(Number.NaN, 3, Number.NaN, Number.NaN)
    expect(lowerOf(real, { rows: 1, columns: 4, samples: 'float64' }, 2)).toEqual(
      Float64Array.of(3, Number.NaN),
    )
  })

  it('stays within the values it is made of, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 14 }),
        fc.infiniteStream(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        (rows, columns, factor, values) => {
          const frame = Int32Array.from({ length: rows * columns }, () => values.next().value as number)
          const shape = { rows, columns, samples: 'int32' } as const
          const lower: Samples = lowerOf(frame, shape, factor)
          expect(lower).toHaveLength(Math.ceil(rows / factor) * Math.ceil(columns / factor))
          expect(Math.min(...lower)).toBeGreaterThanOrEqual(Math.min(...frame))
          expect(Math.max(...lower)).toBeLessThanOrEqual(Math.max(...frame))
          if (factor === 1) expect(lower).toEqual(frame)
        },
      ),
    )
  })

  it('is refused for what is no frame of this shape, and no factor', () => {
    const shape = { rows: 2, columns: 2, samples: 'uint16' } as const
    expect(() => lowerOf(new Uint16Array(3), shape, 2)).toThrow('holds 6 bytes, not 8')
    for (const factor of [0, 1.5, -1, Number.NaN])
      expect(() => lowerOf(new Uint16Array(4), shape, factor)).toThrow('a factor of')
  })
})
