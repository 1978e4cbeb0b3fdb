import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  buildLut,
  CT_PRESETS,
  defaultWindow,
  type Greys,
  grey,
  inverted,
  LUT_SIZE,
  percentileRange,
  rescaledOf,
  type VoiFunction,
} from './window.ts'

const ct: Greys = {
  photometric: 'MONOCHROME2',
  bits: { signed: true },
  rescale: { slope: 1, intercept: -1024 },
}
const greyOf = (lut: Uint32Array, stored: number): number => (lut[stored & 0xffff] ?? 0) & 0xff

describe('[W23] grey follows DICOM PS3.3 C.11.2.1.2', () => {
  it('LINEAR: the note’s own examples', () => {
    // c=2048 w=4096: x<=0.5 black… c.f. C.11.2.1.2.1 note 3
    const window = { center: 2048, width: 4096 }
    expect(grey(0, window)).toBe(0)
    expect(grey(4095, window)).toBe(255)
    expect(grey(1, window)).toBeCloseTo(((1 - 2047.5) / 4095 + 0.5) * 255, 12)
  })
  it('LINEAR with width 1 is a threshold', () => {
    expect([99, 99.5, 99.6, 100].map((x) => grey(x, { center: 100, width: 1 }))).toEqual([0, 0, 255, 255])
  })

  const vectors = join(process.cwd(), '../shared/vectors/image-values.json')
  describe.skipIf(!existsSync(vectors))('published vectors', () => {
    interface VoiCase {
      id: string
      kind: string
      tolerance: number
      input: {
        function: VoiFunction
        windowCenter: number
        windowWidth: number
        modalityValues: number[]
      }
      expected: { display: number[]; displayMONOCHROME1: number[] }
    }
    const cases: VoiCase[] = existsSync(vectors) ? JSON.parse(readFileSync(vectors, 'utf8')).cases : []
    const voi = cases.filter((one) => one.kind === 'voi-lut')
    it.each(voi)('$id', ({ input, expected, tolerance }) => {
      expect(voi.length).toBeGreaterThan(5)
      const window = { center: input.windowCenter, width: input.windowWidth }
      input.modalityValues.forEach((value, i) => {
        const display = grey(value, window, { voi: input.function })
        expect(Math.abs(display - (expected.display[i] ?? -1))).toBeLessThanOrEqual(tolerance)
        const flipped = Math.abs(inverted(display) - (expected.displayMONOCHROME1[i] ?? -1))
        expect(flipped).toBeLessThanOrEqual(tolerance)
      })
    })
    it('rescale', () => {
      const rescales = cases.filter((one) => one.kind === 'modality-lut') as unknown as {
        input: { pixelRepresentation: number; slope: number; intercept: number; rawWords: number[] }
        expected: { modalityValues: number[] }
      }[]
      expect(rescales.length).toBeGreaterThan(0)
      for (const { input, expected } of rescales) {
        const greys: Greys = {
          photometric: 'MONOCHROME2',
          bits: { signed: input.pixelRepresentation === 1 },
          rescale: input,
        }
        expect(input.rawWords.map((word) => rescaledOf(word, greys))).toEqual(expected.modalityValues)
      }
    })
  })
})

describe('the table of greys', () => {
  it.each([
    ['signed', ct, { center: 40, width: 400 }],
    ['unsigned', { ...ct, bits: { signed: false } }, { center: -600, width: 1500 }],
    ['inverted', { ...ct, photometric: 'MONOCHROME1' as const }, { center: 40, width: 80 }],
    ['a falling slope', { ...ct, rescale: { slope: -0.5, intercept: 300 } }, { center: 0, width: 900 }],
    ['a threshold', ct, { center: 0, width: 1 }],
    ['a window beyond all values', ct, { center: 90_000, width: 10 }],
    ['a window below all values', ct, { center: -90_000, width: 10 }],
    ['a window wider than all values', ct, { center: 0, width: 200_000 }],
  ] as const)('holds the formula for each of the 65 536 words: %s', (_name, greys, window) => {
    const lut = buildLut(greys, window)
    let wrong = 0
    for (let word = 0; word < LUT_SIZE; word++) {
      const linear = grey(rescaledOf(word, greys), window)
      const expected = greys.photometric === 'MONOCHROME1' ? 255 - Math.round(linear) : Math.round(linear)
      const rgba = lut[word] ?? 0
      const same = [0, 8, 16].every((shift) => ((rgba >>> shift) & 0xff) === expected)
      if (!same || rgba >>> 24 !== 255) wrong++
    }
    expect(wrong).toBe(0)
  })

  it('turns white to black on request', () => {
    const lut = buildLut(ct, { center: 40, width: 400 }, true)
    expect(greyOf(lut, 1024 + 500)).toBe(0)
    expect(greyOf(lut, 0)).toBe(255)
  })
})

describe('the window a series opens with', () => {
  const rescaled = { min: -1000, max: 3000 }
  it('the file’s own first', () => {
    const windows = [{ center: 50, width: 350 }]
    expect(defaultWindow({ modality: 'MR', windows, rescaled })).toEqual(windows[0])
  })
  it('CT without one: soft tissue', () => {
    expect(defaultWindow({ modality: 'CT', windows: [], rescaled })).toEqual({ center: 40, width: 400 })
  })
  it('MR without one: percentiles of what is not background', () => {
    const words = new Uint16Array(10_000)
    for (let i = 5_000; i < words.length; i++) words[i] = 100 + (i % 1000)
    const greys: Greys = {
      photometric: 'MONOCHROME2',
      bits: { signed: false },
      rescale: { slope: 1, intercept: 0 },
    }
    const { low, high } = percentileRange(words, greys)
    expect(low).toBeCloseTo(109, -1)
    expect(high).toBeCloseTo(1089, -1)
    expect(defaultWindow({ modality: 'MR', windows: [], rescaled }, { words, greys })).toEqual({
      center: (low + high) / 2,
      width: high - low,
    })
  })
  it('a uniform picture has a window too', () => {
    const words = new Int16Array(100).fill(-7)
    expect(percentileRange(words, ct)).toEqual({ low: -1031, high: -1030 })
  })
  it('[W24] the presets on 1 to 5 are the ones radiologists know', () => {
    expect(CT_PRESETS.slice(0, 5).map((p) => [p.key, p.name, p.width, p.center])).toEqual([
      ['1', 'Soft tissue', 400, 40],
      ['2', 'Lung', 1500, -600],
      ['3', 'Liver', 150, 90],
      ['4', 'Bone', 2500, 480],
      ['5', 'Brain', 80, 40],
    ])
  })
})
