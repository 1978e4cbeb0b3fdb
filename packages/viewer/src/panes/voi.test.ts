import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { base64Of, madeMeta } from '../testing/meta.ts'
import { leastWidth, rescaledOf, type VoiFunction, voiFunctionOf } from './greys.ts'
import { inverted, toneOf, voi, windowOfTable } from './voi.ts'

describe('[W23] grey follows DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3', () => {
  it('LINEAR: the note’s own examples', () => {
    // c=2048 w=4096: x<=0.5 black… c.f. C.11.2.1.2.1 note 3
    const grey = voi({ center: 2048, width: 4096 })
    expect(grey(0)).toBe(0)
    expect(grey(4095)).toBe(255)
    expect(grey(1)).toBeCloseTo(((1 - 2047.5) / 4095 + 0.5) * 255, 12)
  })
  it('LINEAR with width 1 is a threshold', () => {
    expect([99, 99.5, 99.6, 100].map(voi({ center: 100, width: 1 }))).toEqual([0, 0, 255, 255])
  })
  it('LINEAR_EXACT: nothing is taken from the centre, and windows narrower than 1 are windows', () => {
    const grey = voi({ center: 0.5, width: 0.5 }, 'LINEAR_EXACT')
    expect([0.25, 0.375, 0.5, 0.75, 0.8].map(grey)).toEqual([0, 63.75, 127.5, 255, 255])
  })
  it('SIGMOID: half way at the centre, and the formula a quarter of the width beside it', () => {
    const grey = voi({ center: 40, width: 400 }, 'SIGMOID')
    expect(grey(40)).toBe(127.5)
    expect(grey(140)).toBeCloseTo(255 / (1 + Math.exp(-1)), 12)
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
    const windows = cases.filter((one) => one.kind === 'voi-lut')
    it.each(windows)('$id', ({ input, expected, tolerance }) => {
      expect(windows.length).toBeGreaterThan(5)
      const grey = voi({ center: input.windowCenter, width: input.windowWidth }, input.function)
      input.modalityValues.forEach((value, i) => {
        const display = grey(value)
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
        const words = Uint16Array.from(input.rawWords)
        const stored = input.pixelRepresentation === 1 ? new Int16Array(words.buffer) : words
        expect(Array.from(stored, (word) => rescaledOf(word, input))).toEqual(expected.modalityValues)
      }
    })
  })
})

describe('which function a series has', () => {
  const fractions = { rescaled: { min: 0, max: 1 }, samples: 'float32' } as const
  it('its own', () => {
    expect(voiFunctionOf(madeMeta({ voiFunction: 'SIGMOID' }))).toBe('SIGMOID')
    expect(voiFunctionOf(madeMeta({ rescaled: { min: 0, max: 20 } }))).toBe('LINEAR')
  })
  it('fractions between 0 and 1 have 256 greys, not one', () => {
    const series = madeMeta(fractions)
    expect(voiFunctionOf(series)).toBe('LINEAR_EXACT')
    expect(leastWidth(series)).toBe(1e-4)
    const { grey } = toneOf(series, { center: 0.5, width: 1 })
    expect([0, 0.25, 0.5, 1].map(grey)).toEqual([0, 63.75, 127.5, 255])
  })
  it('LINEAR is never narrower than 1', () => {
    expect(leastWidth(madeMeta())).toBe(1)
  })
})

describe('a table of the file (PS3.3 C.11.2.1.1)', () => {
  const table = { first: -10, bits: 12, values: base64Of([0, 1000, 3000, 4095]) }
  const series = madeMeta({ voiLuts: [table] })
  it('[W23] gives its own greys; below its first value the first, above its last the last', () => {
    const { grey } = toneOf(series, { center: 0, width: 0, table: 0 })
    const white = 4095
    expect([-1000, -10, -9, -8, -7, 500].map(grey)).toEqual(
      [0, 0, 1000, 3000, 4095, 4095].map((entry) => (entry / white) * 255),
    )
  })
  it('spans the window that LINEAR would need for the same ends', () => {
    const window = windowOfTable(table, 0)
    expect(window).toEqual({ center: -8, width: 4, table: 0 })
    expect([-10, -7].map(voi(window))).toEqual([0, 255])
  })
  it('that is not there leaves the window in its place', () => {
    const { grey } = toneOf(madeMeta(), { center: 100, width: 1, table: 3 })
    expect(grey(101)).toBe(255)
  })
})
