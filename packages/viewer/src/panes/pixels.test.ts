import type { Samples } from '@consilium/imaging/samples'
import { describe, expect, it } from 'vitest'
import { madeMeta } from '../testing/meta.ts'
import { type Look, Pixels } from './pixels.ts'
import type { SeriesMeta } from './series.ts'

/** As red, green, blue. */
function shown(stored: Samples, meta: SeriesMeta, look: Partial<Look> = {}, pixels = new Pixels()) {
  const count = meta.samples === 'uint8x3' ? stored.length / 3 : stored.length
  const into = new Uint32Array(count)
  const window = { center: 40, width: 400 }
  pixels.fill(stored, { greys: meta, frame: 0, window, invert: false, ...look }, into)
  return Array.from(into, (rgba) => [rgba & 0xff, (rgba >> 8) & 0xff, (rgba >> 16) & 0xff, rgba >>> 24])
}
const greys = (...list: Parameters<typeof shown>) => shown(...list).map(([red]) => red)

describe('values become pixels', () => {
  it('[W63] wide values and fractions follow the same formula as those of 16 bits', () => {
    const rescale = { slope: 1, intercept: 0, unit: 'HU' }
    // C.11.2.1.2.1 for c=40 w=400: 0 at -160, 255 above 239, and 102.2… at 0.
    const list = [-1000, -160, 0, 239, 1000]
    const expected = [0, 0, 102, 255, 255]
    for (const [samples, stored] of [
      ['int16', Int16Array.from(list)],
      ['int32', Int32Array.from(list)],
      ['float32', Float32Array.from(list)],
      ['float64', Float64Array.from(list)],
    ] as const)
      expect(greys(stored, madeMeta({ samples, rescale }))).toEqual(expected)
  })

  it('[W63] what a 16-bit table cannot hold is told apart', () => {
    const meta = madeMeta({ samples: 'uint32', rescale: { slope: 1, intercept: 0, unit: '' } })
    const window = { center: 3_000_000_000, width: 201 }
    expect(greys(Uint32Array.of(2_999_999_000, 3_000_000_000, 3_000_000_500), meta, { window })).toEqual([
      0,
      Math.round((0.5 / 200 + 0.5) * 255),
      255,
    ])
  })

  it('[W63] what is no finite number looks like the lowest value, padding is black', () => {
    const meta = madeMeta({ samples: 'float32', rescale: { slope: 1, intercept: 0, unit: '' }, padding: -5 })
    const stored = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 900, -5)
    expect(greys(stored, meta)).toEqual([0, 0, 0, 255, 0])
    expect(greys(stored, { ...meta, photometric: 'MONOCHROME1' })).toEqual([255, 255, 255, 0, 0])
  })

  it('[W65] a frame’s own slope and intercept count, also where the next frame has others', () => {
    const rescales = [
      { slope: 1, intercept: 0 },
      { slope: 2, intercept: 100 },
    ]
    const meta = madeMeta({ slices: 2, rescales, samples: 'uint16' })
    const window = { center: 128, width: 256 }
    const pixels = new Pixels()
    const stored = Uint16Array.of(0, 10, 60)
    expect(greys(stored, meta, { window, frame: 0 }, pixels)).toEqual([0, 10, 60])
    expect(greys(stored, meta, { window, frame: 1 }, pixels)).toEqual([100, 120, 220])
    expect(greys(stored, meta, { window, frame: 0 }, pixels)).toEqual([0, 10, 60])
  })

  it('the least value of MONOCHROME1 is white, and black once it is inverted', () => {
    const meta = madeMeta({ photometric: 'MONOCHROME1' })
    const stored = Int16Array.of(0, 3000)
    expect(greys(stored, meta)).toEqual([255, 0])
    expect(greys(stored, meta, { invert: true })).toEqual([0, 255])
  })

  it('[W64] colour is as it is: each channel, each level', () => {
    const meta = madeMeta({ samples: 'uint8x3', photometric: 'RGB' })
    const stored = Uint8Array.from({ length: 256 * 3 }, (_, i) =>
      i % 3 === 0 ? i / 3 : i % 3 === 1 ? 7 : 255,
    )
    const pixels = shown(stored, meta, { window: { center: 128, width: 256 } })
    expect(pixels).toEqual(Array.from({ length: 256 }, (_, level) => [level, 7, 255, 255]))
  })

  it('[W64] brighter, darker and inverted in all its channels alike', () => {
    const meta = madeMeta({ samples: 'uint8x3', photometric: 'RGB' })
    const stored = Uint8Array.of(10, 100, 200)
    const brighter = shown(stored, meta, { window: { center: 78, width: 256 } })
    expect(brighter).toEqual([[60, 150, 250, 255]])
    const inverse = shown(stored, meta, { window: { center: 128, width: 256 }, invert: true })
    expect(inverse).toEqual([[245, 155, 55, 255]])
  })
})
