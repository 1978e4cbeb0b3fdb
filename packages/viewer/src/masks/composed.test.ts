import { type Grid, type VoxelBox, wholeGrid } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import { chance, pick } from '@consilium/geometry/raster/testing/chance'
import { randomShape, SHAPE_KINDS } from '@consilium/geometry/raster/testing/shapes'
import { describe, expect, it } from 'vitest'
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { Slicing } from '../panes/slicing.ts'
import { madeVolume } from '../testing/volume.ts'
import type { Rgb } from './blend.ts'
import { Composed } from './composed.ts'
import { maskPlaneOf } from './maskPlane.ts'
import type { MaskView } from './maskView.ts'
import { sheetOf } from './sheet.ts'
import type { StrokeSoFar } from './strokes.ts'

const grid: Grid = { size: [37, 29, 13], spacingUm: [700, 700, 1250] }
const rasterise = createRasteriser(grid)
const series = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 1.25],
  origin: [0, 0, 0],
  columns: 37,
  rows: 29,
  slices: 13,
  columnSpacing: 0.7,
  rowSpacing: 0.7,
  storedAt: () => 0,
})
const SLICINGS: readonly Slicing[] = [
  { kind: 'acquired' },
  { kind: 'coronal' },
  { kind: 'sagittal' },
  { kind: 'oblique', normal: [0.48, 0.6, 0.64] },
]

/** Segments in memory, one byte per voxel. */
class Voxels {
  readonly #of = new Map<string, Uint8Array>()
  readonly #listeners = new Set<(box?: VoxelBox, segment?: string) => void>()

  paint(segment: string, value: 0 | 1, shape: Shape): void {
    const [columns, rows, slices] = grid.size
    const voxels = this.#of.get(segment) ?? new Uint8Array(columns * rows * slices)
    this.#of.set(segment, voxels)
    rasterise(shape, wholeGrid(grid), (z, y, x0, x1) =>
      voxels.fill(value, (z * rows + y) * columns + x0, (z * rows + y) * columns + x1),
    )
    for (const listener of this.#listeners) listener(boundsOf(shape, grid), segment)
  }

  view(segments: MaskView['segments']): MaskView {
    const [columns, rows] = grid.size
    return {
      series: series.meta.id,
      grid,
      segments,
      readers: null,
      copyBox: (segment, box, target, label) => {
        const voxels = this.#of.get(segment)
        let at = 0
        for (let z = box.z0; z < box.z1; z++)
          for (let y = box.y0; y < box.y1; y++)
            for (let x = box.x0; x < box.x1; x++, at++)
              if (voxels?.[(z * rows + y) * columns + x] === 1) target[at] = label
      },
      onDirty: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    }
  }
}

const COLOURS: { readonly [name: string]: Rgb } = {
  red: [200, 0, 10],
  green: [0, 180, 40],
  blue: [9, 8, 250],
}
const SEGMENTS: MaskView['segments'] = [
  { id: 'a', colour: 'red', opacity: 0.4, visible: true },
  { id: 'b', colour: 'green', opacity: 0.7, visible: true, computed: [{ ...wholeGrid(grid), y0: 9 }] },
  { id: 'c', colour: 'blue', opacity: 0.35, visible: false },
]

/** In the middle of the volume, where every plane passes. */
const BALL: Shape = {
  shape: 'ball',
  slab: false,
  radiusUm: 3_000,
  origin: [72, 56, 24],
  u: [1000, 0, 0],
  v: [0, 1000, 0],
  normal: [0, 0, 1],
  points: Int32Array.of(0, 0),
}

/** The plane in the middle. */
function composedOn(slicing: Slicing, view: MaskView): Composed {
  const sliced = slicedAs(series, slicing)
  if (typeof sliced === 'string') throw new Error(sliced)
  const frame = Math.floor(sliced.planes.length / 2)
  const on = maskPlaneOf(sliced, frame, grid)
  if (!on) throw new Error('no plane')
  const sheet = sheetOf(on, grid, sliced.meta.columns, sliced.meta.rows)
  const pixels = new Uint32Array(sheet.width * sheet.height)
  return new Composed(sheet, view, rasterise, pixels, (name) => COLOURS[name] ?? [0, 0, 0])
}

describe('masks on a sheet', () => {
  it.each(SLICINGS)(
    '[M91] in plane $kind pieces composed one by one come to what is composed at once',
    (slicing) => {
      const by = chance(7)
      const voxels = new Voxels()
      voxels.paint('a', 1, BALL)
      let view = voxels.view(SEGMENTS)
      const kept = composedOn(slicing, view)
      view.onDirty((box, segment) => kept.spoil(box, segment))
      let strokes: readonly StrokeSoFar[] = []
      let painted = 0
      for (let round = 0; round < 120; round++) {
        const shape = randomShape(by, grid, pick(by, SHAPE_KINDS))
        const segment = pick(by, ['a', 'b', 'c'])
        const value = by(0, 3) === 0 ? 0 : 1
        const what = by(0, 9)
        if (what < 5) voxels.paint(segment, value, shape)
        // Strokes that are made meanwhile: begun, grown, given up.
        else if (what === 5) strokes = [...strokes, { id: `${round}`, segment, value, parts: [shape] }]
        else if (what === 6)
          strokes = strokes.map((one, i) => (i === 0 ? { ...one, parts: [...one.parts, shape] } : one))
        else if (what === 7) strokes = strokes.slice(1)
        else if (what === 8) {
          const segments = view.segments.map((one) =>
            one.id === segment ? { ...one, visible: !one.visible } : one,
          )
          view = { ...view, segments: by(0, 1) === 0 ? segments : segments.toReversed() }
        }
        kept.become(view, strokes)
        const fresh = composedOn(slicing, view)
        fresh.become(view, strokes)
        expect(kept.pixels, `after ${round}`).toEqual(fresh.pixels)
        painted += fresh.pixels.some((word) => word !== 0) ? 1 : 0
      }
      expect(painted).toBeGreaterThan(60)
    },
  )

  it.each(SLICINGS)(
    '[M91] by reader each voxel has the colour of whoever painted it, kept up to date, and a stroke asks nobody: $kind',
    (slicing) => {
      const voxels = new Voxels()
      voxels.paint('a', 1, BALL)
      let [asked, client] = [0, 7]
      const view: MaskView = {
        ...voxels.view(SEGMENTS.slice(0, 1)),
        readers: {
          authorsOfBox: (_segment, _box, target) => {
            asked++
            target.fill(client)
          },
          colourOf: (by) => (by === 7 ? 'green' : 'blue'),
        },
      }
      const composed = composedOn(slicing, view)
      view.onDirty((box, segment) => composed.spoil(box, segment))
      const colours = (): Set<number> =>
        new Set([...composed.pixels].filter((word) => word !== 0).map((word) => word & 0xffffff))
      const word = ([red, green, blue]: Rgb): number => (blue << 16) | (green << 8) | red
      composed.become(view, [])
      expect(colours()).toEqual(new Set([word([0, 180, 40])]))
      const once = asked
      expect(once).toBeGreaterThan(0)
      composed.become(view, [{ id: 'own', segment: 'a', value: 0, parts: [BALL] }])
      expect([colours().size, asked]).toEqual([0, once])
      client = 8
      voxels.paint('a', 1, BALL)
      composed.become(view, [])
      expect(colours()).toEqual(new Set([word([9, 8, 250])]))
      expect(asked).toBe(2 * once)
    },
  )

  it.each(SLICINGS)('[M91] in plane $kind a pixel shows the voxel that lies there', (slicing) => {
    const by = chance(11)
    const voxels = new Voxels()
    voxels.paint('a', 1, BALL)
    for (let i = 0; i < 12; i++)
      voxels.paint('a', 1, randomShape(by, grid, pick(by, ['stroke', 'ball', 'polygon'])))
    const view = voxels.view(SEGMENTS.slice(0, 1))
    const composed = composedOn(slicing, view)
    composed.become(view, [])
    const { sheet, pixels } = composed
    let shown = 0
    for (let y = 0; y < sheet.height; y++)
      for (let x = 0; x < sheet.width; x++) {
        // The volume's axes are those of the patient: millimetres to voxels by hand.
        const { origin, row, column, columnSpacing, rowSpacing } = sheet.plane
        const at = [0, 1, 2].map(
          (n) =>
            (origin[n] as number) +
            (row[n] as number) * x * columnSpacing +
            (column[n] as number) * y * rowSpacing,
        )
        const [i, j, k] = at.map((mm, n) => Math.round(mm / (n === 2 ? 1.25 : 0.7))) as [
          number,
          number,
          number,
        ]
        const bit = new Uint8Array(1)
        const isInside = i >= 0 && j >= 0 && k >= 0 && i < 37 && j < 29 && k < 13
        if (isInside) view.copyBox('a', { x0: i, x1: i + 1, y0: j, y1: j + 1, z0: k, z1: k + 1 }, bit, 1)
        expect(pixels[y * sheet.width + x] !== 0).toBe(bit[0] === 1)
        shown += bit[0] as number
      }
    expect(shown).toBeGreaterThan(20)
  })
})
