/** A series laid over another: what lies at a place of one is found at that place of the other, and stands in its colour. */
import { toPatient } from '@consilium/geometry/plane'
import { cross, scale, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { madeMeta } from '../../testing/meta.ts'
import { type MadeVolume, madeVolume } from '../../testing/volume.ts'
import { resliceByVtk } from '../../testing/vtkReslice.ts'
import { coloursOf } from '../colour/palettes.ts'
import { slicedAs } from '../reformat/slicings.ts'
import type { SeriesFrames } from '../series.ts'
import { frameOver, overOn } from './over.ts'
import { overWindow, tint, wordsOf } from './tint.ts'

const field = (at: Vec3): number => 3 * at[0] - 2 * at[1] + 5 * at[2]
const FLOATS = {
  samples: 'float32',
  rescaled: { min: -1000, max: 1000 },
  rescale: { slope: 1, intercept: 0, unit: '' },
} as const
const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]
const row: Vec3 = [cos, sin, 0]
const column: Vec3 = [0, 0, -1]
/** Oblique, with pixels that are not square. */
const below: MadeVolume = {
  row,
  column,
  step: scale(cross(row, column), 2),
  origin: [-6, -4, 8],
  columns: 14,
  rows: 10,
  slices: 6,
  columnSpacing: 0.8,
  rowSpacing: 1.3,
  storedAt: () => 0,
}
/** Coarser, along the patient's axes, and around all of the other. */
const over: MadeVolume = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 3],
  origin: [-40, -40, -30],
  columns: 30,
  rows: 32,
  slices: 24,
  columnSpacing: 2.5,
  rowSpacing: 2.4,
  storedAt: (_voxel, at) => field(at),
  meta: FLOATS,
}
const laid = (a: SeriesFrames, b: SeriesFrames): SeriesFrames => {
  const on = overOn(a, b)
  if (typeof on === 'string') throw new Error(on)
  return on
}

describe('[V70] what lies over a pixel is the value at its place in the patient', () => {
  const ground = madeVolume(below)
  it('in every slice of an oblique series, and in planes cut across it', () => {
    const coronal = slicedAs(ground, { kind: 'coronal' })
    if (typeof coronal === 'string') throw new Error(coronal)
    for (const shown of [ground, coronal]) {
      const on = laid(madeVolume(over), shown)
      for (const frame of [0, shown.meta.slices - 1]) {
        const plane = shown.planes[frame]
        const values = on.stored(frameOver(on, shown, frame))
        if (!plane || !values) throw new Error('nothing lies there')
        const stray = values.map((value, at) => {
          const [x, y] = [at % shown.meta.columns, Math.floor(at / shown.meta.columns)]
          return Math.abs(value - field(toPatient(plane, { x, y })))
        })
        expect(Math.max(...stray)).toBeLessThan(0.01)
      }
    }
  })
  it('as vtk.js finds it', async () => {
    const words: MadeVolume = {
      ...over,
      storedAt: ([i, j, k]) => ((i * 37 + j * 101 + k * 53) % 997) - 300,
      meta: {},
    }
    const values = Int16Array.from({ length: 30 * 32 * 24 }, (_, p) =>
      words.storedAt([p % 30, Math.floor(p / 30) % 32, Math.floor(p / 960)], [0, 0, 0], 0),
    )
    const reslice = await resliceByVtk(words, values)
    const on = laid(madeVolume(words), ground)
    for (const frame of [1, 4]) {
      const plane = ground.planes[frame]
      const mine = on.stored(frame)
      if (!plane || !mine) throw new Error('nothing lies there')
      const theirs = reslice(plane, ground.meta.columns, ground.meta.rows, on.meta.padding ?? 0)
      const stray = mine.map((value, at) => Math.abs(value - (theirs[at] as number)))
      expect(Math.max(...stray)).toBeLessThanOrEqual(1)
    }
  })
  it('nothing lies where the other series has no voxels', () => {
    const far = laid(madeVolume({ ...over, origin: [500, 500, 500] }), ground)
    expect(new Set(far.stored(0))).toEqual(new Set([far.meta.padding]))
  })
  it('goes through the same moments, or stays at its first', () => {
    const moments = (count: number): SeriesFrames =>
      madeVolume({ ...below, meta: { moments: count, frames: 6 * count } })
    const shown = moments(3)
    const together = laid(madeVolume({ ...over, meta: { ...FLOATS, moments: 3, frames: 72 } }), shown)
    const alone = laid(madeVolume(over), shown)
    expect([frameOver(together, shown, 14), frameOver(alone, shown, 14)]).toEqual([14, 2])
  })
  it('a series that makes no volume is refused in its own sentence', () => {
    expect(overOn(madeVolume({ ...over, slices: 1 }), ground)).toBe('A single picture has no other planes.')
  })
})

describe('colours of what is laid over', () => {
  const look = { colours: 'hot-iron', opacity: 0.5, window: { center: 5, width: 10 } } as const
  const greys = madeMeta({ padding: -9, rescale: { slope: 2, intercept: 0, unit: '' } })
  it('[V71] are those of the table through the window; nothing is clear, and so is what has no value', () => {
    const into = new Uint32Array(6)
    tint(Int16Array.of(0, 5, 99, -3, -9, 3), greys, 0, look, into)
    const words = wordsOf(look)
    expect([...into]).toEqual([0, words[255], words[255], 0, 0, words[153]])
    const [red, green, blue] = coloursOf('hot-iron')[153] ?? [0, 0, 0]
    expect((into[5] as number) & 0xffffff).toBe((blue << 16) | (green << 8) | red)
  })
  it('[V71] stand in the opacity asked for, and come up over the lowest part of the window', () => {
    const alphas = [...wordsOf(look)].map((word) => word >>> 24)
    expect([alphas[0], alphas[255], alphas[128]]).toEqual([0, 128, 128])
    expect(alphas[25]).toBeGreaterThan(55)
    expect(alphas[25]).toBeLessThan(70)
    expect(Math.max(...wordsOf({ ...look, opacity: 0 }).map((word) => word >>> 24))).toBe(0)
  })
  it('begin with the window of the file, else with most of what there is', () => {
    expect(overWindow({ ...greys, windows: [{ center: 3, width: 6 }] })).toEqual({ center: 3, width: 6 })
    expect(overWindow({ ...greys, windows: [], rescaled: { min: 0, max: 100 } })).toEqual({
      center: 30,
      width: 60,
    })
  })
})
