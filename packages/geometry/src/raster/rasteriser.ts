/**
 * From a shape to the voxels that it covers. The voxels follow from the shape and the grid alone, by whole numbers: every machine finds the
 * same, whatever the clip is. Rows come in order of z, y, x and do not touch, so each voxel once.
 * A rasteriser keeps what it works with; what is called back must not call it again.
 */
import { type Grid, wholeGrid } from './grid.ts'
import { fillPolygon } from './polygon.ts'
import { clipRows } from './runs.ts'
import type { Emit, Masked, Rasterise } from './shape.ts'
import { createSweep } from './sweep.ts'

export function createRasteriser(grid: Grid): Rasterise {
  const sweep = createSweep(grid)
  const whole = wholeGrid(grid)
  /** Where the lengths of a masked shape begin and end depends on all of its base: found once, kept as long as the shape itself. */
  const kept = new WeakMap<Masked, Int32Array>()

  const rowsOf = (shape: Masked): Int32Array => {
    const known = kept.get(shape)
    if (known !== undefined) return known
    const rows: number[] = []
    const thin = thinned(shape.keep, (z, y, x0, x1) => rows.push(z, y, x0, x1))
    sweep(shape.base, whole, thin)
    const found = Int32Array.from(rows)
    kept.set(shape, found)
    return found
  }

  return (shape, clip, emit) => {
    switch (shape.shape) {
      case 'stroke':
      case 'ball':
        return sweep(shape, clip, emit)
      case 'polygon':
        return fillPolygon(shape, grid, clip, emit)
      case 'runs':
        return clipRows(shape.rows, clip, emit)
      case 'masked':
        return clipRows(rowsOf(shape), clip, emit)
    }
  }
}

/** Passes on what is kept of the voxels told to it, lengths kept and skipped in turn; the rest is skipped. */
function thinned(lengths: Int32Array, emit: Emit): Emit {
  let i = 0
  let left = lengths[0] ?? 0
  return (z, y, x0, x1) => {
    let x = x0
    while (x < x1 && i < lengths.length) {
      const taken = Math.min(left, x1 - x)
      if (i % 2 === 0 && taken > 0) emit(z, y, x, x + taken)
      x += taken
      left -= taken
      if (left === 0) {
        i += 1
        left = lengths[i] ?? 0
      }
    }
  }
}
