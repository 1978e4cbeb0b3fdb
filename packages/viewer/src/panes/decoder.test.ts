import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { madeMeta } from '../testing/meta.ts'
import type { PackJob, PackReply } from './decode.worker.ts'
import { type DecodeJob, placeFor, workerReader } from './decoder.ts'
import { openSeries } from './series.ts'

/** Workers that answer at once. */
class Fake extends EventTarget {
  static all: Fake[] = []
  isOver = false
  constructor() {
    super()
    Fake.all.push(this)
  }
  postMessage({ id }: PackJob): void {
    const data: PackReply = { id, outcome: { is: 'here', values: null } }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
  terminate(): void {
    this.isOver = true
  }
}
const running = (): number => Fake.all.filter(({ isOver }) => !isOver).length

beforeEach(() => {
  Fake.all = []
  vi.stubGlobal('Worker', Fake)
})
afterEach(() => vi.unstubAllGlobals())

const SHAPE: DecodeJob = { rows: 2, columns: 2, count: 1, samples: 'int16' }
const { signal } = new AbortController()

it('[V113] the worker of a series goes once all of it is here', async () => {
  const reader = workerReader()
  const meta = madeMeta({
    rows: 2,
    columns: 2,
    slices: 3,
    packs: [0, 1, 2].map((first) => ({ first, count: 1 })),
  })
  const seen: number[] = []
  const series = openSeries(meta, {
    read: async ({ pack, lower: _lower, ...shape }, place, stop) => {
      seen.push(running())
      return reader.read(`/${pack}`, shape, place, stop)
    },
    rest: reader.rest,
    close: reader.close,
  })
  await vi.waitFor(() => expect(series.progress().here).toBe(3))
  expect(seen).toEqual([1, 1, 1])
  expect(running()).toBe(0)
})

it('[V113] a pack that is asked for later has a worker of its own, and none goes while a pack is on its way', async () => {
  const reader = workerReader()
  reader.rest()
  expect(running()).toBe(0)
  const place = placeFor(SHAPE)
  const coming = reader.read('/0', SHAPE, place, signal)
  reader.rest()
  expect(running()).toBe(1)
  expect(await coming).toBe(place)
  expect(Fake.all).toHaveLength(2)
  reader.close()
  expect(running()).toBe(0)
})
