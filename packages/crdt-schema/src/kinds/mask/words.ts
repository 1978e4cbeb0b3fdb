/**
 * Acts of painting in the words a person would use: "Painted 307 voxels, brush 4 mm, slices 146–149". Told from the acts themselves, so
 * that the figures are those of the stroke and not of what is left of it.
 */
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import type { MaskAct, Paint, Switch } from './act.ts'

/** Of the acts of one revision, or of several that are told as one; null where none of them does anything. `grid`: null where it is not known. */
export function paintingWords(acts: readonly MaskAct[], grid: Grid | null): string | null {
  const bodies = acts.map(({ body }) => body)
  const paints = bodies.filter((body): body is Paint => body.act === 'paint')
  const turns = bodies.filter((body): body is Switch => body.act !== 'paint')
  if (paints.length > 0) return paintWords(paints, grid)
  return turns.length > 0 ? turnWords(turns) : null
}

function paintWords(paints: readonly Paint[], grid: Grid | null): string {
  const values = new Set(paints.map(({ value }) => value))
  const [paint, erase] = paints.every(({ shape }) => shape.shape === 'runs') ? BY_OPERATION : BY_HAND
  const verb = values.size > 1 ? `${paint} and ${erase.toLowerCase()}` : values.has(1) ? paint : erase
  const shapes = paints.map(({ shape }) => shape)
  const parts = grid ? [`${verb} ${voxelWords(voxelsOf(shapes, grid))}`] : [verb]
  const brush = brushWords(shapes)
  if (brush) parts.push(brush)
  const slices = grid && sliceWords(shapes, grid)
  if (slices) parts.push(slices)
  return parts.join(', ')
}

/** Rows are what operations come to; nobody's hand draws them. */
const BY_HAND = ['Painted', 'Erased'] as const
const BY_OPERATION = ['Filled', 'Cleared'] as const

function turnWords(turns: readonly Switch[]): string {
  const count = turns.reduce((sum, turn) => sum + turn.count, 0)
  const what = count === 1 ? 'an act of painting' : `${count} acts of painting`
  const acts = new Set(turns.map(({ act }) => act))
  if (acts.size > 1) return 'Took back and put back painting'
  return acts.has('withdraw') ? `Took back ${what}` : `Put back ${what}`
}

const voxelWords = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'voxel' : 'voxels'}`

/** Voxels that any of them covers, each once. */
export function voxelsOf(shapes: readonly Shape[], grid: Grid): number {
  const rasterise = createRasteriser(grid)
  const whole = wholeGrid(grid)
  const [single] = shapes
  if (shapes.length === 1 && single) {
    let count = 0
    rasterise(single, whole, (_z, _y, x0, x1) => void (count += x1 - x0))
    return count
  }
  /** Rows that are covered, as voxels of a line. */
  const lines = new Map<number, Uint8Array>()
  const [nx, ny] = grid.size
  for (const shape of shapes)
    rasterise(shape, whole, (z, y, x0, x1) => {
      const line = lines.get(z * ny + y) ?? new Uint8Array(nx)
      lines.set(z * ny + y, line.fill(1, x0, x1))
    })
  let count = 0
  for (const line of lines.values()) for (const covered of line) count += covered
  return count
}

/** The size of the brush as its ring shows it: across. */
function brushWords(shapes: readonly Shape[]): string | null {
  const bases = shapes.map((shape) => (shape.shape === 'masked' ? shape.base : shape))
  const radii = new Set(bases.map((shape) => ('radiusUm' in shape ? shape.radiusUm : null)))
  const [radiusUm] = radii
  if (radii.size !== 1 || radiusUm === null || radiusUm === undefined) return null
  const name = shapes.every(({ shape }) => shape === 'masked') ? 'threshold brush' : 'brush'
  return `${name} ${(2 * radiusUm) / 1_000} mm`
}

function sliceWords(shapes: readonly Shape[], grid: Grid): string | null {
  const boxes = shapes.map((shape) => boundsOf(shape, grid)).filter(({ z0, z1 }) => z1 > z0)
  if (boxes.length === 0) return null
  const first = 1 + Math.min(...boxes.map(({ z0 }) => z0))
  const last = Math.max(...boxes.map(({ z1 }) => z1))
  return first === last ? `slice ${first}` : `slices ${first}–${last}`
}
