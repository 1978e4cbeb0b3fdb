import type { PackReader } from '@consilium/viewer/decoder'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { bringFirst, bringMore, type Told, takeSource } from './firstPack.ts'

const told = (id: string, own: Partial<Told> = {}): Told => ({
  id,
  rows: 2,
  columns: 3,
  samples: 'int16',
  packs: [{ first: 4, count: 1, bytes: 12 }],
  lower: null,
  ...own,
})

/** Writes which answer it is into the values. */
function reader() {
  const asked: string[] = []
  const close = vi.fn()
  const made: PackReader = {
    async read(address, { rows, columns, count }, place) {
      asked.push(`${address} ${rows}x${columns}x${count}`)
      return place.fill(asked.length)
    },
    rest: () => {},
    close,
  }
  return { made, asked, close }
}
const place = () => new Int16Array(6)
const wanted = { pack: 0, lower: false, rows: 2, columns: 3, count: 1, samples: 'int16' } as const
const { signal } = new AbortController()
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[V39] the first pack is asked for before anybody opens the series, and once', async () => {
  const { made, asked } = reader()
  bringFirst(Promise.resolve(told('a')), made)
  await settled()
  expect(asked).toEqual(['/api/series/a/packs/0 2x3x1'])
  expect(takeSource('b')).toBeNull()
  const source = takeSource('a')
  expect(takeSource('a')).toBeNull()
  expect(await source?.read(wanted, place(), signal)).toEqual(new Int16Array(6).fill(1))
  expect(asked).toHaveLength(1)
  // After a fault, or because it had to go.
  expect(await source?.read(wanted, place(), signal)).toEqual(new Int16Array(6).fill(2))
  expect(asked).toHaveLength(2)
})

it('[V39] once the code is here the packs after it come, each once', async () => {
  const { made, asked } = reader()
  const packs = [4, 5, 3, 6].map((first) => ({ first, count: 1, bytes: 12 }))
  bringFirst(Promise.resolve(told('a', { packs })), made)
  await settled()
  bringMore()
  await settled()
  const source = takeSource('a')
  for (const pack of [0, 1, 2, 3]) await source?.read({ ...wanted, pack }, place(), signal)
  expect(asked).toEqual([0, 1, 2, 3].map((pack) => `/api/series/a/packs/${pack} 2x3x1`))
})

it('[V39] of a large series it is that in less detail; the whole one is asked for as ever', async () => {
  const { made, asked } = reader()
  const lower = { factor: 2, rows: 1, columns: 2, packs: [{ first: 4, count: 1, bytes: 12 }] }
  bringFirst(Promise.resolve(told('a', { lower })), made)
  await settled()
  bringMore()
  await settled()
  const source = takeSource('a')
  await source?.read(wanted, place(), signal)
  await source?.read({ ...wanted, lower: true }, place(), signal)
  expect(asked).toEqual(['/api/series/a/lower/packs/0 1x2x1', '/api/series/a/packs/0 2x3x1'])
})

it('[V39] what fails is told to whoever opens the series, and asked for again by them', async () => {
  const { made } = reader()
  const read = vi.spyOn(made, 'read').mockRejectedValueOnce(new Error('refused'))
  bringFirst(Promise.resolve(told('a')), made)
  await settled()
  const source = takeSource('a')
  await expect(source?.read(wanted, place(), signal)).rejects.toThrow('refused')
  expect(await source?.read(wanted, place(), signal)).toEqual(new Int16Array(6).fill(1))
  expect(read).toHaveBeenCalledTimes(2)
})

it('[V39] where there is nothing to see, or nobody opens it, the worker goes', async () => {
  for (const largest of [async () => null, async () => Promise.reject(new Error('offline'))]) {
    const { made, asked, close } = reader()
    bringFirst(largest(), made)
    await settled()
    expect([asked, close.mock.calls.length]).toEqual([[], 1])
  }
  const { made, close } = reader()
  bringFirst(Promise.resolve(told('a')), made)
  await settled()
  expect(close).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([close.mock.calls.length, takeSource('a')]).toEqual([1, null])
})
