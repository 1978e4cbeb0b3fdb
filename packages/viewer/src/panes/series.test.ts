import { decodeFrames, encodeFrames } from '@consilium/imaging/packs'
import { type Samples, samplesOver } from '@consilium/imaging/samples'
import { describe, expect, it, vi } from 'vitest'
import { probeAt } from '../stage/probe.ts'
import { detailOf } from '../stage/readouts.ts'
import type { Decoder } from './decoder.ts'
import { framesAway, nextOfTwo, nextPack, type PackState, retryAfterMs } from './packs.ts'
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
/** The worker's work, without a worker. */
const inPlace: Decoder = {
  async decode(bytes, job, target) {
    decodeFrames(new Uint8Array(bytes), job, target)
  },
  close() {},
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
  it('[W90] in less detail first where one looks, then whole, then in less detail everywhere, then the rest', () => {
    const order = (around: number | null): string[] => {
      const waiting = () => ({ packs, states: packs.map((): PackState => 'waiting') })
      const copies = { lower: waiting(), whole: waiting() }
      const asked: string[] = []
      for (;;) {
        const next = nextOfTwo(copies.lower, copies.whole, around)
        if (!next) return asked
        copies[next.of].states[next.index] = 'here'
        asked.push(`${next.of} ${next.index}`)
      }
    }
    const rest = (of: string, indices: number[]) => indices.map((index) => `${of} ${index}`)
    expect(order(null)).toEqual([
      'lower 0',
      'whole 0',
      ...rest('lower', [1, 2, 3, 4]),
      ...rest('whole', [1, 2, 3, 4]),
    ])
    expect(order(9)).toEqual([
      'lower 3',
      'whole 3',
      ...rest('lower', [1, 0, 2, 4]),
      ...rest('whole', [1, 0, 2, 4]),
    ])
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
      async (pack) => {
        asked.push(pack)
        return bytesOf(pack)
      },
      { decoder: inPlace },
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
      async (pack) => {
        if (pack === 2 && ++tries < 3) throw new Error('The connection broke')
        return bytesOf(pack)
      },
      { decoder: inPlace, waitMs: () => 1 },
    )
    series.onProgress((progress) => faults.push(progress.fault))
    await allHere(series)
    expect(tries).toBe(3)
    expect(faults).toContain('The connection broke')
    expect(series.progress().fault).toBeNull()
    series.close()
  })

  it('a pack that is too short is a fault, not a picture', async () => {
    const series = openSeries(meta, async () => new ArrayBuffer(5), {
      decoder: inPlace,
      waitMs: () => 60_000,
    })
    await until(() => expect(series.progress().fault).toMatch(/5 bytes/))
    expect(series.have(5)).toBe(false)
    series.close()
  })

  it('closed, it asks for nothing more', async () => {
    let asked = 0
    const series = openSeries(
      meta,
      async (_pack, signal) => {
        asked++
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw new Error('aborted')
      },
      { decoder: inPlace, waitMs: () => 1 },
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
      async (pack) => {
        const { first, count } = packs[pack] ?? { first: 0, count: 0 }
        return encodeFrames(
          Array.from({ length: count }, (_, k) => values(first + k)),
          wide,
        ).slice().buffer
      },
      { decoder: inPlace },
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

describe('a series in less detail', () => {
  const lowerMeta = { factor: 2, rows: 2, columns: 2, packs }
  const lowerFrame = (n: number): Int16Array => Int16Array.of(n, n + 1, n + 2, n + 3)
  const lowerBytes = (pack: number): ArrayBuffer => {
    const { first, count } = packs[pack] ?? { first: 0, count: 0 }
    const frames = Array.from({ length: count }, (_, k) => lowerFrame(first + k))
    return encodeFrames(frames, { ...lowerMeta, samples: 'int16' }).slice().buffer
  }
  const lowered = { ...meta, lower: lowerMeta }
  /** Whole packs come once `letGo` was called. */
  const opened = (about: SeriesMeta) => {
    let letGo = (): void => {}
    const free = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const asked: string[] = []
    const series = openSeries(
      about,
      async (pack, _signal, lower) => {
        asked.push(`${lower ? 'lower' : 'whole'} ${pack}`)
        if (lower) return lowerBytes(pack)
        await free
        return bytesOf(pack)
      },
      { decoder: inPlace },
    )
    return { series, asked, letGo }
  }

  it('[W90] is drawn until the values are here, and none of it is a value', async () => {
    const { series, asked, letGo } = opened(lowered)
    const shown: (number | undefined)[] = []
    series.onFrame((frame) => frame === 5 && shown.push(series.drawable(5)?.factor))
    await until(() =>
      expect(Array.from({ length: 10 }, (_, n) => series.drawable(n)?.factor)).toEqual(Array(10).fill(2)),
    )
    expect(asked.slice(0, 2)).toEqual(['lower 0', 'whole 0'])
    expect(series.drawable(7)).toEqual({ values: lowerFrame(7), rows: 2, columns: 2, factor: 2 })
    for (let n = 0; n < 10; n++) expect([series.have(n), series.stored(n)]).toEqual([false, null])
    expect(progressText(series.progress())).toBe('0 of 10 slices here')
    const camera = {
      right: [1, 0, 0],
      down: [0, 1, 0],
      center: [0, 0, 10],
      mmPerPixel: 1,
      width: 4,
      height: 4,
    } as const
    const underPointer = () => probeAt(series, 5, camera, { x: 2, y: 2 })
    expect(underPointer()).toMatchObject({ pixel: [1, 1], value: null })

    letGo()
    await allHere(series)
    expect(shown).toEqual([2, 1])
    expect(series.drawable(7)).toEqual({ values: frameOf(7), rows: 3, columns: 4, factor: 1 })
    expect(underPointer()?.value).toBe(500)
    series.close()
  })

  it('[W90] is not asked for where the values are here already', async () => {
    const asked: string[] = []
    const series = openSeries(
      { ...lowered, packs: [{ first: 0, count: 10 }] },
      async (pack, signal, lower) => {
        asked.push(`${lower ? 'lower' : 'whole'} ${pack}`)
        if (lower && pack === 0) return lowerBytes(pack)
        // The second one never comes.
        if (lower) return new Promise((_, reject) => signal.addEventListener('abort', reject))
        return encodeFrames(
          Array.from({ length: 10 }, (_, n) => frameOf(n)),
          meta,
        ).slice().buffer
      },
      { decoder: inPlace },
    )
    await allHere(series)
    expect(asked).toEqual(['lower 0', 'whole 0', 'lower 1'])
    series.retry()
    expect(asked).toHaveLength(3)
    series.close()
  })

  it('[W91] is all that comes where the values do not fit into memory, and says so', async () => {
    const { series, asked } = opened({ ...lowered, rows: 40_000, columns: 40_000 })
    await allHere(series)
    expect(asked).toEqual(['lower 0', 'lower 1', 'lower 2', 'lower 3', 'lower 4'])
    expect([series.onlyLower, series.have(3), series.stored(3)]).toEqual([true, true, null])
    expect(series.drawable(3)).toMatchObject({ values: lowerFrame(3), factor: 2 })
    expect([detailOf(series, 3), detailOf(series, 99)]).toEqual(['alone', 'none'])
    series.close()
  })

  it('[W91] without such a copy it is refused in words, not with a broken page', () => {
    expect(() =>
      openSeries({ ...meta, rows: 2 ** 20, columns: 2 ** 24 }, async () => new ArrayBuffer(0), {
        decoder: inPlace,
      }),
    ).toThrow(/needs \d+ MB of memory/)
  })
})
