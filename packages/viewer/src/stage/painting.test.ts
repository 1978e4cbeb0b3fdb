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
import type { Painted, PaintSettings, PaintTool, StageEvents } from './scene.ts'

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
