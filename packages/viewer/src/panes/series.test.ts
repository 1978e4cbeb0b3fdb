import { encodeFrames } from '@consilium/imaging/packs'
import { type Samples, samplesOver } from '@consilium/imaging/samples'
import { describe, expect, it, vi } from 'vitest'
import { packSource } from '../testing/packSource.ts'
import { framesAway, nextPack, retryAfterMs } from './packs.ts'
import {
  openSeries,
  planesOf,
  progressText,
  type SeriesFrames,
  type SeriesMeta,
  SeriesUnusable,
} from './series.ts'

const packs = [
  { first: 5, count: 1 },
  { first: 6, count: 2 },
  { first: 3, count: 2 },
  { first: 8, count: 2 },
  { first: 0, count: 3 },
]
const meta: SeriesMeta = {
  id: 's',
  modality: 'CT',
  rows: 3,
  columns: 4,
  slices: 10,
  moments: 1,
  frames: 10,
  times: null,
  spacing: { row: 1, column: 0.5 },
  spacingAt: 'patient',
  patientOrientation: null,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  positions: Array.from({ length: 10 }, (_, i) => [0, 0, i * 2]),
  photometric: 'MONOCHROME2',
  samples: 'int16',
  rescale: { slope: 1, intercept: 0, unit: '' },
  rescales: null,
  padding: null,
  voiFunction: 'LINEAR',
  voiLuts: [],
  lower: null,
  rescaled: { min: -100, max: 100 },
  windows: [],
  packs,
}
const frameOf = (n: number): Int16Array => Int16Array.from({ length: 12 }, (_, i) => n * 100 - i * 7)
const bytesOf = (pack: number): ArrayBuffer => {
  const { first, count } = packs[pack] ?? { first: 0, count: 0 }
  const frames = Array.from({ length: count }, (_, k) => frameOf(first + k))
  return encodeFrames(frames, meta).slice().buffer
}
/** Patient: the machine may be busy. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, 60_000)
const allHere = (series: SeriesFrames): Promise<void> => until(() => expect(series.progress().here).toBe(10))

describe('which pack comes next', () => {
  it('in the order given while nobody looks anywhere', () => {
    expect(nextPack(packs, ['here', 'waiting', 'waiting', 'waiting', 'waiting'], null)).toBe(1)
  })
  it('[W34] the one around the slice somebody looks at', () => {
    expect(nextPack(packs, ['here', 'waiting', 'waiting', 'waiting', 'waiting'], 9)).toBe(3)
    expect(nextPack(packs, ['here', 'waiting', 'coming', 'later', 'waiting'], 9)).toBe(1)
    expect(nextPack(packs, ['here', 'here', 'here', 'here', 'here'], 9)).toBeNull()
  })
  it('counts frames between', () => {
    expect([0, 5, 6, 7, 8].map((frame) => framesAway({ first: 6, count: 2 }, frame))).toEqual([6, 1, 0, 0, 1])
  })
  it('waits longer after each fault, and never longer than 38 s', () => {
    expect([1, 2, 3].map((fault) => retryAfterMs(fault, () => 0))).toEqual([500, 1000, 2000])
    expect(retryAfterMs(50, () => 1)).toBe(37_500)
  })
})

describe('a series', () => {
  it('brings every frame to its place and says so', async () => {
    const asked: number[] = []
    const series = openSeries(
      meta,
      packSource(async (pack) => {
        asked.push(pack)
        return bytesOf(pack)
      }),
    )
    expect(series.stored(5)).toBeNull()
    const seen = new Set<number>()
    series.onFrame((frame) => seen.add(frame))
    await allHere(series)
    expect(asked).toEqual([0, 1, 2, 3, 4])
    expect(seen.size).toBe(10)
    for (let n = 0; n < 10; n++) expect(series.stored(n)).toEqual(frameOf(n))
    expect(progressText(series.progress())).toBe('10 of 10 slices here')
    expect(series.planes[7]?.origin).toEqual([0, 0, 14])
    series.close()
  })

  it('tries again what failed, and reports it meanwhile', async () => {
    let tries = 0
    const faults: (string | null)[] = []
    const series = openSeries(
      meta,
      packSource(async (pack) => {
        if (pack === 2 && ++tries < 3) throw new Error('The connection broke')
        return bytesOf(pack)
      }),
      { waitMs: () => 1 },
    )
    series.onProgress((progress) => faults.push(progress.fault))
    await allHere(series)
    expect(tries).toBe(3)
    expect(faults).toContain('The connection broke')
    expect(series.progress().fault).toBeNull()
    series.close()
  })

  it('a pack that is too short is a fault, not a picture', async () => {
    const series = openSeries(
      meta,
      packSource(async () => new ArrayBuffer(5)),
      { waitMs: () => 60_000 },
    )
    await until(() => expect(series.progress().fault).toMatch(/5 bytes/))
    expect(series.have(5)).toBe(false)
    series.close()
  })

  it('closed, it asks for nothing more', async () => {
    let asked = 0
    const series = openSeries(
      meta,
      packSource(async (_pack, _lower, signal) => {
        asked++
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw new Error('aborted')
      }),
      { waitMs: () => 1 },
    )
    series.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBe(1)
    expect(series.progress().fault).toBeNull()
  })

  it.each([
    ['int32', 4],
    ['float32', 4],
    ['float64', 8],
    ['uint8x3', 3],
  ] as const)('brings values of %s to their places, whole', async (samples, bytes) => {
    const wide = { ...meta, samples }
    const values = (n: number): Samples => {
      const made = samplesOver(samples, new ArrayBuffer(12 * bytes))
      return made.map((_, i) => n * 3 + i * 1.5)
    }
    const series = openSeries(
      wide,
      packSource(async (pack) => {
        const { first, count } = packs[pack] ?? { first: 0, count: 0 }
        return encodeFrames(
          Array.from({ length: count }, (_, k) => values(first + k)),
          wide,
        ).slice().buffer
      }),
    )
    await allHere(series)
    for (let n = 0; n < 10; n++) expect(series.stored(n)).toEqual(values(n))
    series.close()
  })

  it('frames at one place share its plane', () => {
    const planes = planesOf({ ...meta, slices: 5, moments: 2 })
    expect(planes.length).toBe(10)
    expect(planes[7]).toBe(planes[2])
    expect(planes[7]?.origin).toEqual([0, 0, 4])
  })

  it('without places in the patient it is refused in words', () => {
    expect(() => planesOf({ ...meta, direction: [] })).toThrow(SeriesUnusable)
    expect(() => planesOf({ ...meta, positions: [] })).toThrow('Slice 1 has no position')
  })
})
