/** The grid that the masks of a series lie on. Spacings are rounded here and nowhere else, so that everybody has the same. */
import { gridFault } from '@consilium/geometry/raster/fault'
import type { Grid } from '@consilium/geometry/raster/grid'

/** What is known of a series; lengths in mm. */
export interface SeriesShape {
  readonly columns: number
  readonly rows: number
  readonly slices: number
  /** `slice`: null where slices lie unevenly, or where there is one. */
  readonly spacing: { readonly column: number; readonly row: number; readonly slice: number | null }
}

/** Of a single picture, whose voxels have no thickness that anybody told. */
const SINGLE_UM = 1_000

const um = (mm: number): number => Math.round(mm * 1_000)

/** Null where nothing can be painted: uneven slices, or beyond the limits of a grid. */
export function gridOfSeries({ columns, rows, slices, spacing }: SeriesShape): Grid | null {
  if (slices > 1 && spacing.slice === null) return null
  const between = slices > 1 && spacing.slice !== null ? um(spacing.slice) : SINGLE_UM
  const grid: Grid = {
    size: [columns, rows, slices],
    spacingUm: [um(spacing.column), um(spacing.row), between],
  }
  return gridFault(grid) === null ? grid : null
}
