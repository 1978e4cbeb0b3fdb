/** What is wrong with a shape or a grid, in one sentence, or null: within these limits the arithmetic is exact and the work bounded. */
import { GRID_LIMITS, type Grid } from './grid.ts'
import { workOf } from './limits.ts'
import { ROW } from './runs.ts'
import type { Ball, Polygon, Runs, Shape, Stroke } from './shape.ts'

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

export function gridFault({ size, spacingUm }: Grid): string | null {
  if (!size.every((n) => isWhole(n, 1, GRID_LIMITS.size)))
    return `A mask has 1 to ${GRID_LIMITS.size} voxels along each axis.`
  if (!spacingUm.every((n) => isWhole(n, 1, GRID_LIMITS.spacingUm)))
    return `Voxels of a mask lie 1 to ${GRID_LIMITS.spacingUm} µm apart, in whole micrometres.`
  return null
}

export function faultOf(shape: Shape, grid: Grid): string | null {
  return formFault(shape, grid) ?? (workOf(shape, grid) > GRID_LIMITS.work ? TOO_MUCH : null)
}

const TOO_MUCH = 'This paints more at once than one act may.'

/** What is wrong with it however little it paints: no cutting mends that. */
export function formFault(shape: Shape, grid: Grid): string | null {
  switch (shape.shape) {
    case 'masked':
      return formFault(shape.base, grid) ?? keepFault(shape.keep)
    case 'stroke':
      return sliceFault(shape, grid) ?? radiusFault(shape.radiusUm) ?? pointsFault(shape.points, 1)
    case 'ball':
      return ballFault(shape) ?? radiusFault(shape.radiusUm) ?? pointsFault(shape.points, 1)
    case 'polygon':
      return sliceFault(shape, grid) ?? pointsFault(shape.points, 3)
    case 'runs':
      return rowsFault(shape, grid)
  }
}

function sliceFault({ axis, slice }: Stroke | Polygon, { size }: Grid): string | null {
  const count = size[axis]
  if (count === undefined) return 'A slice lies across x, y or z.'
  return isWhole(slice, 0, count - 1) ? null : 'The slice is none of this volume.'
}

function radiusFault(radiusUm: number): string | null {
  const { radiusUm: most, radiusStepUm: step } = GRID_LIMITS
  return isWhole(radiusUm, 0, most) && radiusUm % step === 0
    ? null
    : `A brush has a radius of at most ${most / 1000} mm, in steps of ${step / 1000} mm.`
}

const isPlace = (value: number): boolean => isWhole(value, -GRID_LIMITS.place, GRID_LIMITS.place)

function pointsFault(points: Int32Array, least: number): string | null {
  if (points.length % 2 !== 0) return 'A point has two coordinates.'
  if (points.length < 2 * least)
    return least === 1 ? 'A stroke has a point.' : `A polygon has ${least} corners.`
  return points.every(isPlace) ? null : FAR
}

const FAR = 'A point lies far outside of the volume.'

function ballFault({ origin, u, v, normal }: Ball): string | null {
  const { basis } = GRID_LIMITS
  if (!origin.every(isPlace)) return FAR
  if (![...u, ...v, ...normal].every((n) => isWhole(n, -basis, basis)))
    return `A plane is given by whole numbers up to ${basis}.`
  return normal.every((n) => n === 0) ? 'A plane has a direction.' : null
}

function rowsFault({ rows }: Runs, { size }: Grid): string | null {
  if (rows.length === 0 || rows.length % ROW !== 0)
    return 'Rows have four numbers each, and there is one at least.'
  let lastZ = -1
  let lastY = -1
  let lastEnd = -1
  // Of a large mask there are a hundred thousand: nothing is made for any of them.
  for (let i = 0; i < rows.length; i += ROW) {
    const z = rows[i] as number
    const y = rows[i + 1] as number
    const x0 = rows[i + 2] as number
    const x1 = rows[i + 3] as number
    if (!(isWhole(z, 0, size[2] - 1) && isWhole(y, 0, size[1] - 1) && x0 >= 0 && x0 < x1 && x1 <= size[0]))
      return 'A row lies within the volume and has a voxel at least.'
    const isNext = z > lastZ || (z === lastZ && (y > lastY || (y === lastY && x0 > lastEnd)))
    if (!isNext) return 'Rows come in order of slice, line and column, and do not touch.'
    lastZ = z
    lastY = y
    lastEnd = x1
  }
  return null
}

/** Only the first length may be nothing: what begins with skipping. */
function keepFault(keep: Int32Array): string | null {
  if (keep.length === 0) return 'Of what a masked stroke covers something is kept.'
  return keep.every((n, i) => n > 0 || (i === 0 && n === 0))
    ? null
    : 'Lengths kept and skipped are above zero.'
}
