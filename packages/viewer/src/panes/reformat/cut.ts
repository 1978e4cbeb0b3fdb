/**
 * Planes across a volume along its own rows or columns: each pixel is a voxel, or of a tilted series lies between two of one line. The other
 * direction of the picture goes from slice to slice. Where everything lies is worked out here; gather.ts fetches the values.
 */
import { axesAcross, mainAxis } from '@consilium/geometry/across'
import type { Plane } from '@consilium/geometry/plane'
import { add, cross, dot, length, normalize, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Lattice } from './lattice.ts'

/** What a plane holds beside the direction from slice to slice: rows of the volume (always the same row of each slice), or columns. */
export type Lines = 'rows' | 'columns'

export interface Cut {
  /** One per place, in order along the patient axis they are mostly across. */
  readonly planes: readonly [Plane, ...Plane[]]
  /** Size of the picture. */
  readonly columns: number
  readonly rows: number
  readonly walk: Walk
}

/** How the values of a volume come into the picture: a line of each slice becomes a row of it, or a column. */
export interface Walk {
  /** Values of a line, how far apart they lie in a slice, and where those of place 0 begin; `next`: to the line of the next place. */
  readonly count: number
  readonly stride: number
  readonly start: number
  readonly next: number
  readonly slices: number
  /** In the picture: from a value of a line to the next, from the line of a slice to that of the next one, and where value 0 of slice 0 lies. */
  readonly along: number
  readonly across: number
  readonly first: number
  /** Values along a line of the picture; more than `count` where slices are shifted against each other. */
  readonly wide: number
  /** How far value 0 of each slice lies from the beginning of the picture's line, in values. */
  readonly shiftOf: (slice: number) => number
}

/** In all, a shift of less of a pixel is none: it comes from how files round their places. */
const LEAST_SHIFT = 0.05

export function cutAlong(lattice: Lattice, lines: Lines): Cut {
  const { origin, step, slices, columns, rows } = lattice
  const [line, spacing, count, stride] =
    lines === 'rows'
      ? [lattice.row, lattice.columnSpacing, columns, 1]
      : [lattice.column, lattice.rowSpacing, rows, columns]
  const [fixed, gap, places, jump] =
    lines === 'rows'
      ? [lattice.column, lattice.rowSpacing, rows, columns]
      : [lattice.row, lattice.columnSpacing, columns, 1]

  // The step from slice to slice, square to the line; what is left over shifts each slice along it.
  const forwards = subtract(step, scale(line, dot(step, line)))
  const between = length(forwards)
  const perSlice = dot(step, line) / spacing
  const shift = Math.abs(perSlice * (slices - 1)) < LEAST_SHIFT ? 0 : perSlice
  const least = Math.floor(Math.min(0, shift * (slices - 1)))
  const wide = Math.ceil(Math.max(0, shift * (slices - 1))) - least + count

  const towards = normalize(forwards)
  const axes = axesAcross(normalize(cross(line, towards)), lattice)
  const lineIsRow = Math.abs(dot(axes.row, line)) > 0.5
  const [lineAxis, sliceAxis] = lineIsRow ? [axes.row, axes.column] : [axes.column, axes.row]
  const lineBack = dot(lineAxis, line) < 0
  const sliceBack = dot(sliceAxis, towards) < 0

  const [width, height] = lineIsRow ? [wide, slices] : [slices, wide]
  const [unitAlong, unitAcross] = lineIsRow ? [1, width] : [width, 1]
  const { axis } = mainAxis(cross(axes.row, axes.column))
  const placesBack = (fixed[axis] ?? 0) < 0
  const corner = add(
    scale(line, spacing * (lineBack ? least + wide - 1 : least)),
    sliceBack ? scale(forwards, slices - 1) : ([0, 0, 0] as Vec3),
  )
  const planeAt = (place: number): Plane => ({
    origin: add(origin, add(corner, scale(fixed, gap * (placesBack ? places - 1 - place : place)))),
    row: axes.row,
    column: axes.column,
    columnSpacing: lineIsRow ? spacing : between,
    rowSpacing: lineIsRow ? between : spacing,
  })
  return {
    planes: [planeAt(0), ...Array.from({ length: places - 1 }, (_, k) => planeAt(k + 1))],
    columns: width,
    rows: height,
    walk: {
      count,
      stride,
      start: placesBack ? jump * (places - 1) : 0,
      next: placesBack ? -jump : jump,
      slices,
      along: lineBack ? -unitAlong : unitAlong,
      across: sliceBack ? -unitAcross : unitAcross,
      first: (lineBack ? unitAlong * (wide - 1) : 0) + (sliceBack ? unitAcross * (slices - 1) : 0),
      wide,
      shiftOf: (slice) => shift * slice - least,
    },
  }
}
