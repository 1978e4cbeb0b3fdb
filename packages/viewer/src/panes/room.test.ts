/** A series of more values than may stay in memory. */
import { encodeFrames } from '@consilium/imaging/packs'
import { describe, expect, it, vi } from 'vitest'
import { madeMeta } from '../testing/meta.ts'
import { packSource } from '../testing/packSource.ts'
import { type PackState, packsToDrop } from './packs.ts'
import { openSeries, type SeriesFrames } from './series.ts'

const SLICES = 2500
const PACK = 16
const MIDDLE = SLICES / 2
/** Of one slice: 2 x 2 pixels of 16 bits. */
const BYTES = 8
const ROOM = 200

/** The middle frame alone, then centre-out. */
const packs = [
  { first: MIDDLE, count: 1 },
  ...Array.from({ length: Math.ceil(MIDDLE / PACK) }, (_, n) => {
    const up = MIDDLE + 1 + n * PACK
    const end = MIDDLE - n * PACK
    const first = Math.max(0, end - PACK)
    return [
      { first: up, count: Math.min(PACK, SLICES - up) },
      { first, count: end - first },
    ]
  })
    .flat()
    .filter(({ count }) => count > 0),
]
const meta = madeMeta({ slices: SLICES, packs })
const valuesOf = (n: number): Int16Array => Int16Array.of(n, n + 1, n + 2, n + 3)

function opened() {
  const asked: number[] = []
  let most = 0
  const series: SeriesFrames = openSeries(
    meta,
    packSource(async (index) => {
      const { first, count } = packs[index] ?? { first: 0, count: 0 }
      asked.push(first)
      return encodeFrames(
        Array.from({ length: count }, (_, k) => valuesOf(first + k)),
        meta,
      ).slice().buffer
    }),
  )
  series.allow?.(ROOM * BYTES)
  series.onProgress(({ here }) => {
    most = Math.max(most, here)
  })
  return { series, asked, most: () => most }
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, 60_000)
/** Nothing more comes. */
async function settled(asked: readonly number[]): Promise<void> {
  for (let before = -1; before !== asked.length; ) {
    before = asked.length
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a series of 2,500 slices with room for 200', () => {
  it('[V21] holds those around where one looks, never more than fit, and those one comes back to are fetched again', async () => {
    expect(packs.reduce((sum, { count }) => sum + count, 0)).toBe(SLICES)
    const { series, asked, most } = opened()
    const pane = {}
    for (const frame of [MIDDLE, 40, 2460, MIDDLE]) {
      series.lookAt(frame, pane)
      await until(() => expect(series.stored(frame)).toEqual(valuesOf(frame)))
      await settled(asked)
      for (let away = -30; away <= 30; away++)
        expect(series.stored(frame + away)).toEqual(valuesOf(frame + away))
    }
    expect(series.have(40)).toBe(false)
    expect(most()).toBeLessThanOrEqual(ROOM)
    expect(asked.filter((first) => first === MIDDLE).length).toBe(2)
    series.close()
  })

  it('[V21] what any pane shows stays while another scrolls', async () => {
    const { series, asked } = opened()
    const [one, other] = [{}, {}]
    series.lookAt(100, one)
    series.lookAt(2400, other)
    await settled(asked)
    for (let frame = 2400; frame > 300; frame -= 100) {
      series.lookAt(frame, other)
      await until(() => expect(series.have(frame)).toBe(true))
      expect(series.have(100)).toBe(true)
    }
    series.leave?.(one)
    series.lookAt(1500, other)
    await settled(asked)
    expect([series.have(1500), series.have(100)]).toEqual([true, false])
    series.close()
  })

  it('[V21] with less room later the farthest go first', async () => {
    const { series, asked } = opened()
    series.lookAt(MIDDLE)
    await settled(asked)
    series.allow?.(40 * BYTES)
    expect(series.progress().here).toBeLessThanOrEqual(40)
    expect([series.have(MIDDLE), series.have(MIDDLE + 90)]).toEqual([true, false])
    series.close()
  })
})

describe('what goes for another pack to fit', () => {
  const three = [0, 10, 20].map((first) => ({ first, count: 10 }))
  const states: PackState[] = ['here', 'here', 'waiting']
  const drop = (room: number, around: number | null, next = 2) =>
    packsToDrop({ packs: three, states }, () => 10, next, room, around)
  it('nothing where there is room, else the farthest, and never what is as near', () => {
    expect(drop(30, 25)).toEqual([])
    expect(drop(20, 25)).toEqual([0])
    expect(drop(20, 5)).toBeNull()
  })
  it('what is looked at comes whatever the room', () => {
    expect(drop(5, 25)).toEqual([0, 1])
  })
})
