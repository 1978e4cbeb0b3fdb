import { encodeFrames } from '@consilium/imaging/packs'
import { describe, expect, it, vi } from 'vitest'
import { probeAt } from '../stage/probe.ts'
import { detailOf } from '../stage/readouts.ts'
import { madeMeta } from '../testing/meta.ts'
import { packSource } from '../testing/packSource.ts'
import { nextOfTwo, type PackState } from './packs.ts'
import { openSeries, progressText, type SeriesFrames, type SeriesMeta } from './series.ts'

const packs = [
  { first: 5, count: 1 },
  { first: 6, count: 2 },
  { first: 3, count: 2 },
  { first: 8, count: 2 },
  { first: 0, count: 3 },
]
const meta = madeMeta({
  rows: 3,
  columns: 4,
  slices: 10,
  rescale: { slope: 1, intercept: 0, unit: '' },
  packs,
})
const frameOf = (n: number): Int16Array => Int16Array.from({ length: 12 }, (_, i) => n * 100 - i * 7)
const bytesOf = (pack: number): ArrayBuffer => {
  const { first, count } = packs[pack] ?? { first: 0, count: 0 }
  const frames = Array.from({ length: count }, (_, k) => frameOf(first + k))
  return encodeFrames(frames, meta).slice().buffer
}
/** Patient: the machine may be busy. */
const until = (check: () => void): Promise<void> => vi.waitFor(check, 60_000)
const allHere = (series: SeriesFrames): Promise<void> => until(() => expect(series.progress().here).toBe(10))

describe('a series in less detail', () => {
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
      packSource(async (pack, lower) => {
        asked.push(`${lower ? 'lower' : 'whole'} ${pack}`)
        if (lower) return lowerBytes(pack)
        await free
        return bytesOf(pack)
      }),
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
      center: [-50, -50, 15],
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
      packSource(async (pack, lower, signal) => {
        asked.push(`${lower ? 'lower' : 'whole'} ${pack}`)
        if (lower && pack === 0) return lowerBytes(pack)
        // The second one never comes.
        if (lower) return new Promise((_, reject) => signal.addEventListener('abort', reject))
        return encodeFrames(
          Array.from({ length: 10 }, (_, n) => frameOf(n)),
          meta,
        ).slice().buffer
      }),
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
      openSeries(
        { ...meta, rows: 2 ** 20, columns: 2 ** 24 },
        packSource(async () => new ArrayBuffer(0)),
      ),
    ).toThrow(/needs \d+ MB of memory/)
  })
})
