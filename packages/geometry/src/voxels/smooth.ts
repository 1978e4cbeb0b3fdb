/**
 * A smoother region: a Gaussian over its voxels, of which those stay that are more than half inside. Flat walls stay where they are, corners
 * are rounded, what is thinner than about the standard deviation goes. At the edge of the picture the last voxels are taken to go on.
 */
import { type Grid, wholeGrid } from '../raster/grid.ts'
import { boxSize, boxVoxels, clipped, widened } from './box.ts'
import { assertField, VOXEL_LIMITS, VoxelLimit } from './limit.ts'
import { alongLines } from './lines.ts'
import { NOTHING, type Region, tightBox, trimmed, within } from './region.ts'
import { part, type Work } from './work.ts'

/** Beyond so many standard deviations the Gaussian is left off. */
const REACH = 3

/** Along each axis, and the look at what is more than half inside. */
const PASSES = 4

/** @param mm the standard deviation of the Gaussian */
export function* smoothed(region: Region, mm: number, grid: Grid): Work<Region> {
  if (!(mm >= 0 && mm * 1000 <= VOXEL_LIMITS.smoothUm))
    throw new VoxelLimit(`Smoothing is by at most ${VOXEL_LIMITS.smoothUm / 1000} mm.`)
  const kernels = grid.spacingUm.map((spacing) => gaussian((mm * 1000) / spacing))
  const [x = 0, y = 0, z = 0] = kernels.map((kernel) => kernel.length - 1)
  const box = widened(clipped(tightBox(region), wholeGrid(grid)), [x, y, z], grid)
  if (boxVoxels(box) === 0) return NOTHING
  assertField(boxVoxels(box))
  const out = within(region, box)
  const { bits } = out
  const field = new Float32Array(bits)
  const shape = boxSize(box)
  for (const axis of [0, 1, 2] as const) {
    const kernel = kernels[axis] as Float64Array
    if (kernel.length === 1) continue
    const pass = alongLines(field, shape, axis, convolution(shape[axis], kernel))
    yield* part(pass, axis / PASSES, (axis + 1) / PASSES)
  }
  const slice = shape[0] * shape[1]
  for (let from = 0; from < bits.length; from += slice) {
    yield (3 + from / bits.length) / PASSES
    for (let i = from; i < from + slice; i++) bits[i] = (field[i] as number) > HALF ? 1 : 0
  }
  return trimmed(out)
}

/** What is exactly half inside, but for rounding, is not more than half. */
const HALF = 0.5 + 1e-6

/** From its middle outwards; its whole sums to 1. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.ceil(REACH * sigma)
  const half = Float64Array.from({ length: reach + 1 }, (_, k) =>
    sigma > 0 ? Math.exp(-(k * k) / (2 * sigma * sigma)) : 1,
  )
  const whole = half.reduce((sum, weight, k) => sum + weight * (k === 0 ? 1 : 2), 0)
  return half.map((weight) => weight / whole)
}

function convolution(length: number, kernel: Float64Array): (line: Float64Array) => boolean {
  const reach = kernel.length - 1
  const wide = new Float64Array(length + 2 * reach)
  return (line) => {
    const [first, last] = [line[0] as number, line[length - 1] as number]
    if (isEven(line)) return false
    wide.fill(first, 0, reach)
    wide.set(line, reach)
    wide.fill(last, reach + length)
    for (let i = 0; i < length; i++) {
      let sum = (kernel[0] as number) * (wide[i + reach] as number)
      for (let k = 1; k <= reach; k++)
        sum += (kernel[k] as number) * ((wide[i + reach - k] as number) + (wide[i + reach + k] as number))
      line[i] = sum
    }
    return true
  }
}

function isEven(line: Float64Array): boolean {
  const first = line[0]
  for (let i = 1; i < line.length; i++) if (line[i] !== first) return false
  return true
}
