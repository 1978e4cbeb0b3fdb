/** What operations come to, what they refuse, and what the page and the worker say to each other. */

import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { Grid } from '@consilium/geometry/raster/grid'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import { blank, holds, type Region, regionOf, runsOf } from '@consilium/geometry/voxels/region'
import { finish } from '@consilium/geometry/voxels/work'
import type { SeriesFrames } from '@consilium/viewer/series'
import { describe, expect, it } from 'vitest'
import { Topic } from '../../topic.ts'
import type { Dirty } from '../canvas.ts'
import { changeOf } from './change.ts'
import { read, written } from './exchange.ts'
import { type Hired, inWorker, type Reply } from './inWorker.ts'
import { type ChangeJob, type Operation, OperationFault, type Slice } from './job.ts'
import { rowsOf } from './reading.ts'
import { pictureAt } from './values.ts'

const grid: Grid = { size: [24, 20, 8], spacingUm: [1_000, 1_000, 2_000] }
const whole = wholeGrid(grid)

/** Blocks of voxels: x0, x1, y0, y1, z0, z1. */
const blocks = (...list: readonly (readonly [number, number, number, number, number, number])[]): Region =>
  regionOf(whole, (emit) => {
    for (let z = 0; z < 8; z++)
      for (let y = 0; y < 20; y++)
        for (const [x0, x1, y0, y1, z0, z1] of list)
          if (z >= z0 && z < z1 && y >= y0 && y < y1) emit(z, y, x0, x1)
  })
const jobOn = (region: Region, operation: Operation): ChangeJob => ({
  job: 'change',
  grid,
  rows: runsOf(region).rows,
  operation,
})
const covered = (shapes: readonly Shape[]): Region =>
  regionOf(whole, (emit) => {
    for (const shape of shapes) createRasteriser(grid)(shape, whole, emit)
  })
const count = ({ bits }: Region): number => bits.reduce((sum, bit) => sum + bit, 0)

/** What is painted after the change; nothing that was as it should be is touched. */
function after(before: Region, operation: Operation): Region {
  const change = finish(changeOf(jobOn(before, operation)))
  const [paint, erase] = [covered(change.paint), covered(change.erase)]
  expect([count(paint), count(erase)]).toEqual([change.painted, change.erased])
  const out = blank(whole)
  before.bits.forEach((bit, k) => {
    expect(bit === 1 ? paint.bits[k] : erase.bits[k]).toBe(0)
    out.bits[k] = erase.bits[k] === 1 ? 0 : paint.bits[k] === 1 ? 1 : bit
  })
  return out
}
const refusal = (before: Region, operation: Operation): string => {
  try {
    finish(changeOf(jobOn(before, operation)))
  } catch (error) {
    return error instanceof OperationFault ? error.message : String(error)
  }
  return 'done'
}

/** A square ring in slices 2 and 3, with a gap in slice 3. */
const ring = blocks([4, 14, 4, 5, 2, 4], [4, 14, 13, 14, 2, 4], [4, 5, 5, 13, 2, 4], [13, 14, 5, 13, 2, 3])

describe('[M115] an operation makes what it says of what was painted, and changes no voxel besides', () => {
  it('fills an outline in its slice, and takes a part away', () => {
    const place = { at: { x: 8, y: 8, z: 2 }, within: { axis: 2, index: 2 } } as const
    const filled = after(ring, { what: 'fill', value: 1, ...place })
    expect(count(filled)).toBe(count(ring) + 64)
    const gone = after(filled, { what: 'fill', value: 0, ...place })
    expect([holds(gone, 4, 4, 2), holds(gone, 4, 4, 3)]).toEqual([false, true])
  })

  it('grows from a place by values, within tolerance, range, slice and volume', () => {
    const values = new Int16Array(24 * 20 * 8).fill(-1_000)
    for (let z = 1; z < 6; z++)
      for (let y = 5; y < 10; y++) for (let x = 5; x < 10; x++) values[(z * 20 + y) * 24 + x] = 100 + 10 * z
    const slices = Array.from({ length: 8 }, (_, z) => values.subarray(z * 480, (z + 1) * 480))
    const scales = { slopes: Array(8).fill(2), intercepts: Array(8).fill(-24) }
    const grown = (tolerance: number, range: { min: number; max: number } | null, isFlat: boolean): number =>
      count(
        after(blank(whole), {
          what: 'grow',
          value: 1,
          at: { x: 7, y: 7, z: 3 },
          within: isFlat ? { axis: 2, index: 3 } : null,
          picture: {
            ...scales,
            slices: isFlat ? slices.map((slice, z) => (z === 3 ? slice : null)) : slices,
          },
          tolerance,
          range,
        }),
      )
    expect(grown(0, null, true)).toBe(25)
    expect(grown(20, null, false)).toBe(75)
    expect(grown(1_000, null, false)).toBe(125)
    expect(grown(20, { min: 230, max: 400 }, false)).toBe(50)
  })

  it('fills between slices, grows, shrinks, smooths, cleans, copies and combines', () => {
    const ends = blocks([4, 10, 4, 10, 1, 2], [4, 10, 4, 10, 5, 6])
    expect(count(after(ends, { what: 'between', axis: 2 }))).toBe(5 * 36)
    const block = blocks([6, 12, 6, 12, 2, 5])
    expect(holds(after(block, { what: 'margin', mm: 1 }), 5, 8, 3)).toBe(true)
    expect(count(after(block, { what: 'margin', mm: -1 }))).toBe(4 * 4 * 3)
    expect(
      holds(after(blocks([4, 16, 4, 16, 1, 7], [9, 10, 16, 18, 3, 4]), { what: 'smooth', mm: 2 }), 9, 17, 3),
    ).toBe(false)
    const parts = blocks([2, 8, 2, 8, 1, 3], [12, 14, 12, 14, 5, 6])
    expect(count(after(parts, { what: 'largest' }))).toBe(72)
    expect(count(after(parts, { what: 'islands', mm3: 9 }))).toBe(72)
    expect(count(after(block, { what: 'copy', axis: 2, from: 4, to: 5 }))).toBe(4 * 36)
    const other = runsOf(blocks([9, 15, 6, 12, 2, 5])).rows
    expect(count(after(block, { what: 'combine', how: 'union', other }))).toBe(9 * 6 * 3)
    expect(count(after(block, { what: 'combine', how: 'intersection', other }))).toBe(3 * 6 * 3)
    expect(count(after(block, { what: 'combine', how: 'difference', other }))).toBe(3 * 6 * 3)
  })
})

it.each<[string, Region, Operation, RegExp]>([
  ['an empty segment', blank(whole), { what: 'smooth', mm: 1 }, /^Nothing is painted in it yet/],
  [
    'an open outline',
    ring,
    { what: 'fill', value: 1, at: { x: 8, y: 8, z: 3 }, within: { axis: 2, index: 3 } },
    /^Nothing encloses this place/,
  ],
  [
    'a place that is painted',
    ring,
    { what: 'fill', value: 1, at: { x: 4, y: 4, z: 2 }, within: null },
    /painted already/,
  ],
  ['a bare slice', ring, { what: 'copy', axis: 2, from: 6, to: 7 }, /^Nothing is painted in this slice/],
  ['no gap', ring, { what: 'between', axis: 2 }, /^No slice lies bare/],
  ['one part', ring, { what: 'largest' }, /but one part/],
  [
    'parts that are all small',
    ring,
    { what: 'islands', mm3: 9_999 },
    /^Nothing would be left: every part of it is smaller than 9 999 mm³/,
  ],
  ['what is too thin', ring, { what: 'margin', mm: -2 }, /^Nothing would be left: it is too thin/],
  [
    'segments apart',
    ring,
    { what: 'combine', how: 'intersection', other: runsOf(blocks([20, 22, 1, 2, 0, 1])).rows },
    /share no voxel/,
  ],
  ['a margin beyond the bound', ring, { what: 'margin', mm: 51 }, /at most 50 mm/],
])(
  '[M116] what would come to nothing, or is too much, is refused in a sentence: %s',
  (_, before, operation, words) => {
    expect(refusal(before, operation)).toMatch(words)
  },
)

/** The other end, played by the test. */
class Played implements Hired {
  job: unknown = null
  isEnded = false
  say: (reply: Reply) => void = () => undefined
  breakOff: () => void = () => undefined
  postMessage(job: unknown): void {
    this.job = job
  }
  terminate(): void {
    this.isEnded = true
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    if (type === 'message') this.say = (data) => listener({ data } as never)
    else this.breakOff = () => listener({ message: 'out of order' } as never)
  }
}

describe('[M117] a worker tells how far it is, is given up at once, and never outlives its job', () => {
  const job = jobOn(ring, { what: 'largest' })
  const begin = () => {
    const played = new Played()
    const stop = new AbortController()
    const shares: number[] = []
    const outcome = inWorker(
      job,
      { signal: stop.signal, progress: (share) => shares.push(share) },
      () => played,
    )
    outcome.catch(() => undefined)
    return { played, stop, shares, outcome }
  }

  it('passes shares and the outcome on', async () => {
    const { played, shares, outcome } = begin()
    expect(played.job).toBe(job)
    played.say({ share: 0.5 })
    const change = finish(changeOf(jobOn(ring, { what: 'margin', mm: 1 })))
    played.say({ done: change })
    await expect(outcome).resolves.toBe(change)
    expect([shares, played.isEnded]).toEqual([[0.5], true])
  })

  it('ends with the sentence that it is refused with, or breaks off', async () => {
    const refused = begin()
    refused.played.say({ fault: 'Too large.' })
    await expect(refused.outcome).rejects.toEqual(new OperationFault('Too large.'))
    const broken = begin()
    broken.played.breakOff()
    await expect(broken.outcome).rejects.toThrow('out of order')
    expect([refused.played.isEnded, broken.played.isEnded]).toEqual([true, true])
  })

  it('is ended where it stands when it is given up', async () => {
    const { played, stop, outcome } = begin()
    stop.abort('enough')
    await expect(outcome).rejects.toBe('enough')
    expect(played.isEnded).toBe(true)
  })
})

describe('[M118] what an operation starts from is what is painted when it is asked for', () => {
  const paintedIn = (region: Region) => {
    const engine = new MaskEngine({ grid, onDirty: (segment, box) => dirty.emit({ segment, box }) })
    const dirty = new Topic<Dirty>()
    let lamport = 0
    const put = (shape: Shape): void =>
      engine.feed([
        {
          id: { client: 1, lamport: ++lamport },
          at: 0,
          group: 1,
          body: { act: 'paint', segment: 'a', value: 1, shape },
        },
      ])
    put(runsOf(region))
    return { canvas: { engine, dirty }, put }
  }

  it('is read a little at a time, and once more where somebody paints in it meanwhile', async () => {
    const { canvas, put } = paintedIn(ring)
    const { signal } = new AbortController()
    let now = 0
    const waits: (() => void)[] = []
    const slow = { later: (work: () => void) => void waits.push(work), now: () => (now += 10) }
    const quiet = rowsOf(canvas, 'a', slow, signal)
    let turns = 0
    while (waits.length > 0) {
      waits.shift()?.()
      turns += 1
      await Promise.resolve()
    }
    expect(await quiet).toEqual(runsOf(ring).rows)
    expect(turns).toBe(8)

    const disturbed = rowsOf(canvas, 'a', slow, signal)
    put(runsOf(blocks([20, 22, 1, 2, 0, 1])))
    waits.shift()?.()
    expect(count(covered([{ shape: 'runs', rows: await disturbed }]))).toBe(count(ring) + 2)
  })
})

describe('the values of a series are given as they are looked at', () => {
  const meta = {
    slices: 3,
    moments: 2,
    rescale: { slope: 2, intercept: 1 },
    rescales: null,
    samples: 'int16',
  }
  const seriesWith = (here: readonly number[], more: object = {}): SeriesFrames =>
    ({
      meta: { ...meta, ...more },
      onlyLower: false,
      stored: (frame: number) => (here.includes(frame) ? Int16Array.of(frame) : null),
    }) as unknown as SeriesFrames
  const words = (series: SeriesFrames, within: Slice | null): string => {
    try {
      pictureAt(series, 4, within)
    } catch (error) {
      return error instanceof OperationFault ? error.message : String(error)
    }
    return 'given'
  }

  it('of the moment in view, all slices or the one that is meant', () => {
    const { slices, slopes } = pictureAt(seriesWith([0, 3, 4, 5]), 4, null)
    expect([slices.map((slice) => slice?.[0]), slopes]).toEqual([
      [3, 4, 5],
      [2, 2, 2],
    ])
    expect(pictureAt(seriesWith([5]), 4, { axis: 2, index: 2 }).slices).toEqual([
      null,
      null,
      Int16Array.of(5),
    ])
  })

  it('and where they are not here, or are colours, a sentence says so', () => {
    expect(words(seriesWith([3, 4]), null)).toMatch(/^2 of 3 slices are here/)
    expect(words(seriesWith([3, 4]), { axis: 0, index: 1 })).toMatch(/^2 of 3 slices are here/)
    expect(words(seriesWith([3, 4]), { axis: 2, index: 2 })).toMatch(
      /^The values of this slice are not here yet/,
    )
    expect(words(seriesWith([3, 4, 5], { samples: 'uint8x3' }), null)).toMatch(/this picture is in colour/)
  })
})

describe('masks as files', () => {
  const series = {
    rows: 20,
    columns: 24,
    spacing: { row: 1, column: 1, slice: 2 },
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    positions: Array.from({ length: 8 }, (_, z) => [-10, 4, 2 * z]),
    frameOfReference: '1.2.3',
  }
  const segment = (region: Region) => ({ name: 'Cyst', colour: '#e3a62f', runs: runsOf(region) })
  const segments = [segment(ring), segment(blocks([20, 22, 1, 2, 0, 1]))]
  const still = (): void => undefined

  it.each([false, true])(
    '[M122] what goes out comes in as it was; a file for each has a name of its own: %s',
    async (apart) => {
      const job = { job: 'write', series, segments, name: 'OPR-0001', apart } as const
      const { files } = await written(job, still)
      const masks = files.filter(({ name }) => name.endsWith('.nii.gz'))
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
      expect(masks).toHaveLength(apart ? 2 : 1)
      const labels = await Promise.all(
        masks.map(({ bytes }) => read({ job: 'read', bytes, series, grid }, still)),
      )
      expect(labels.flat().map(({ parts }) => runsOf(covered(parts)).rows)).toEqual(
        segments.map(({ runs }) => runs.rows),
      )
      const [bytes] = masks.map((file) => file.bytes)
      const shifted = { ...series, positions: series.positions.map(([x = 0, ...rest]) => [x + 3, ...rest]) }
      await expect(
        read({ job: 'read', bytes: bytes ?? new Uint8Array(), series: shifted, grid }, still),
      ).rejects.toThrow('The mask lies 3 mm beside the series.')
    },
  )
})
