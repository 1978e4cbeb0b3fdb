import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import { chance } from '@consilium/geometry/raster/testing/chance'
import { describe, expect, it } from 'vitest'
import type { Hand } from '../gestures/gesture.ts'
import { chosenByValue } from '../gestures/paint/chosen.ts'
import { maskPlaneOf } from '../masks/maskPlane.ts'
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { Slicing } from '../panes/slicing.ts'
import { madeVolume } from '../testing/volume.ts'
import type { PaintGround } from './making.ts'
import { Painting } from './painting.ts'
import type { Painted, PaintSettings, PaintTool, Seed, StageEvents } from './scene.ts'

const grid: Grid = { size: [60, 50, 20], spacingUm: [700, 700, 1250] }
const volume = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 1.25],
  origin: [0, 0, 0],
  columns: 60,
  rows: 50,
  slices: 20,
  columnSpacing: 0.7,
  rowSpacing: 0.7,
  storedAt: ([x, y, z]) => (x * 31 + y * 17 + z * 5) % 40,
  meta: { rescale: { slope: 1, intercept: 0, unit: 'HU' } },
})
const rasterise = createRasteriser(grid)

function groundOn(slicing: Slicing): PaintGround {
  const series = slicedAs(volume, slicing)
  if (typeof series === 'string') throw new Error(series)
  const frame = Math.floor(series.planes.length / 2)
  const on = maskPlaneOf(series, frame, grid)
  if (!on) throw new Error('no plane')
  return { on, grid, rasterise, chosen: (range) => chosenByValue(series, frame, range) }
}

const settings: PaintSettings = {
  segment: '1-nodule0',
  fault: null,
  colour: '#e8a838',
  opacity: 0.35,
  radiusMm: 3,
  square: false,
  ball: false,
  range: { min: 5, max: 25 },
}

function painter() {
  const painted: Painted[] = []
  const drafts: (Painted | null)[] = []
  const faults: string[] = []
  const events = {
    onPaint: (one: Painted) => painted.push(one),
    onPaintDraft: (one: Painted | null) => drafts.push(one),
    onFault: (one: string) => faults.push(one),
  } as unknown as StageEvents
  return { painting: new Painting(events), painted, drafts, faults }
}

const handAt = (ground: PaintGround, x: number, y: number): Hand => {
  const { origin, row, column } = ground.on.plane
  const at = [0, 1, 2].map((n) => (origin[n] ?? 0) + (row[n] ?? 0) * x + (column[n] ?? 0) * y)
  return { at: at as unknown as Hand['at'], reach: 2 }
}

const voxels = (shapes: readonly Shape[]): Set<string> => {
  const found = new Set<string>()
  for (const shape of shapes)
    rasterise(shape, wholeGrid(grid), (z, y, x0, x1) => {
      for (let x = x0; x < x1; x++) found.add([x, y, z].join())
    })
  return found
}

const SLICINGS: readonly Slicing[] = [
  { kind: 'acquired' },
  { kind: 'coronal' },
  { kind: 'sagittal' },
  { kind: 'oblique', normal: [0.48, 0.6, 0.64] },
]

describe('painting', () => {
  it.each(SLICINGS)(
    '[M95] in plane $kind what was shown while a stroke grew is what it becomes',
    (slicing) => {
      const ground = groundOn(slicing)
      const by = chance(5)
      for (const tool of ['brush', 'threshold-brush'] as const)
        for (const ball of [false, true]) {
          const { painting, painted, drafts } = painter()
          let [x, y] = [14, 10]
          painting.press(tool, 1, { ...settings, ball }, ground, handAt(ground, x, y))
          for (let i = 0; i < 25; i++) {
            x += by(-20, 30) / 20
            y += by(-20, 25) / 20
            painting.move([handAt(ground, x, y)])
          }
          const shown = voxels(painting.stroke?.parts ?? [])
          painting.release(handAt(ground, x, y))
          const [one, ...others] = painted
          expect(others).toEqual([])
          expect(painting.stroke).toBeNull()
          expect(drafts.at(-1)).toBeNull()
          const becomes = voxels(one ? [one.shape] : [])
          expect(shown.size).toBeGreaterThan(50)
          // Only the last piece of the way, shorter than half a voxel, may be added where the hand let go.
          expect([...shown].filter((voxel) => !becomes.has(voxel))).toEqual([])
          expect(becomes.size - shown.size).toBeLessThan(shown.size / 20)
        }
    },
  )

  it.each(['brush', 'threshold-brush'] as const)(
    '[M121] with a pen a %s is the larger the harder it is pressed, where that is wanted, and nothing is left out between',
    (tool) => {
      const ground = groundOn({ kind: 'acquired' })
      const drawn = (byPressure: boolean, pressureAt: (i: number) => number): Painted[] => {
        const { painting, painted } = painter()
        const hand = (i: number): Hand => ({ ...handAt(ground, 8 + i * 1.5, 20), pressure: pressureAt(i) })
        painting.press(tool, 1, { ...settings, byPressure }, ground, hand(0))
        for (let i = 1; i < 20; i++) painting.move([hand(i)])
        const shown = voxels(painting.stroke?.parts ?? [])
        painting.release(hand(19))
        expect([...shown].filter((voxel) => !voxels(partsOf(painted)).has(voxel))).toEqual([])
        return painted
      }
      const partsOf = (painted: readonly Painted[]): Shape[] =>
        painted.flatMap(({ shape, more = [] }) => [shape, ...more])
      const sizes = (painted: readonly Painted[]): number[] =>
        partsOf(painted).map((shape) =>
          shape.shape === 'masked' ? shape.base.radiusUm : 'radiusUm' in shape ? shape.radiusUm : 0,
        )
      expect(sizes(drawn(false, (i) => i / 20))).toEqual([3_000])
      const grown = drawn(true, (i) => 0.1 + i / 20)
      expect(grown).toHaveLength(1)
      expect(sizes(grown)).toEqual([800, 1_500, 2_300, 3_000])
      // A hand that trembles between two sizes stays with the one it has.
      expect(sizes(drawn(true, (i) => (i % 2 === 0 ? 0.6 : 0.64)))).toEqual([1_500])
      if (tool === 'brush') {
        const columns = new Set([...voxels(partsOf(grown))].map((voxel) => voxel.split(',')[0]))
        expect(columns.size).toBeGreaterThan(28)
      }
    },
  )

  it.each(['fill', 'grow'] as const)(
    '[M120] with %s the voxel under the hand is told, and the slice where the plane is one',
    (tool) => {
      const seeds: Seed[] = []
      const faults: string[] = []
      const painting = new Painting({
        onSeed: (seed: Seed) => seeds.push(seed),
        onFault: (one: string) => faults.push(one),
      } as unknown as StageEvents)
      const axial = groundOn({ kind: 'acquired' })
      painting.press(tool, 0, settings, axial, handAt(axial, 20 * 0.7, 9 * 0.7))
      const oblique = groundOn({ kind: 'oblique', normal: [0.48, 0.6, 0.64] })
      painting.press(tool, 1, settings, oblique, handAt(oblique, 20, 18))
      const [, , z] = seeds[0]?.voxel ?? []
      expect(seeds[0]).toEqual({ tool, value: 0, voxel: [20, 9, z], slice: { axis: 2, index: z } })
      expect(seeds[1]).toMatchObject({ value: 1, slice: null })
      painting.press(tool, 1, settings, axial, handAt(axial, -5, 9))
      painting.press(
        tool,
        1,
        { ...settings, segment: null, fault: 'Choose a segment.' },
        axial,
        handAt(axial, 9, 9),
      )
      expect([seeds.length, faults]).toEqual([
        2,
        ['There is nothing to paint on beside the picture.', 'Choose a segment.'],
      ])
      expect(painting.active).toBe(false)
    },
  )

  it.each(['brush', 'lasso'] satisfies PaintTool[])('[M95] a %s that is let go of paints nothing', (tool) => {
    const ground = groundOn({ kind: 'acquired' })
    const { painting, painted, drafts } = painter()
    painting.press(tool, 1, settings, ground, handAt(ground, 5, 5))
    painting.move([handAt(ground, 20, 9), handAt(ground, 12, 25)])
    expect(painting.cancel()).toBe(true)
    painting.release(handAt(ground, 12, 25))
    expect(painted).toEqual([])
    expect(drafts.at(-1)).toBeNull()
    expect(painting.cancel()).toBe(false)
  })

  it('[M94] the line of a lasso is seen on the plane it lies in', () => {
    const ground = groundOn({ kind: 'acquired' })
    const { painting } = painter()
    painting.press('lasso', 1, settings, ground, handAt(ground, 5, 5))
    painting.move([handAt(ground, 20, 9)])
    expect(painting.lineOn(ground.on.plane)).toHaveLength(2)
    expect(painting.lineOn({ ...ground.on.plane, origin: [0, 0, 99] })).toEqual([])
    painting.cancel()
    expect(painting.lineOn(ground.on.plane)).toEqual([])
  })

  it('[M96] where nothing can be painted a sentence says why, and nothing is begun', () => {
    const ground = groundOn({ kind: 'oblique', normal: [0.48, 0.6, 0.64] })
    const { painting, painted, faults } = painter()
    const hand = handAt(ground, 5, 5)
    painting.press('brush', 1, { ...settings, fault: 'Nodule is locked.' }, ground, hand)
    painting.press('brush', 1, settings, null, hand)
    painting.release(hand)
    expect(painting.active).toBe(false)
    expect(painted).toEqual([])
    expect(faults).toEqual(['Nodule is locked.', 'There is nothing to paint on in this picture.'])
  })

  it('[M96] a stroke beside the picture is none, and a threshold brush that finds nothing says so', () => {
    const ground = groundOn({ kind: 'acquired' })
    const { painting, painted, faults } = painter()
    painting.press('brush', 1, settings, ground, handAt(ground, -30, -30))
    painting.release(handAt(ground, -20, -30))
    painting.press(
      'threshold-brush',
      1,
      { ...settings, range: { min: 900, max: 901 } },
      ground,
      handAt(ground, 9, 9),
    )
    painting.release(handAt(ground, 9, 9))
    expect(painted).toEqual([])
    expect(faults).toEqual(['No value under the brush lies in its range.'])
  })
})
