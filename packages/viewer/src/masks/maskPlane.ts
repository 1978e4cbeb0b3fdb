/**
 * How the plane of a pane lies in the grid of a mask. Along the volume's own rows and columns every pixel is a voxel, perhaps turned or
 * mirrored; then a plane is a slice of the grid. Every other plane passes between voxels, and each pixel of it asks the nearest one. Pure.
 */
import { type Plane, toPatient, toPlane } from '@consilium/geometry/plane'
import type { Grid } from '@consilium/geometry/raster/grid'
import { AXES_IN } from '@consilium/geometry/raster/planes'
import type { Axis } from '@consilium/geometry/raster/shape'
import { add, dot, normalize, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { placeOf } from '../panes/moments.ts'
import { toVoxel } from '../panes/reformat/lattice.ts'
import { volumeOf } from '../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../panes/series.ts'

/** Pixel (x, y) of the plane lies at origin + x * across + y * down, in parts of voxels. */
export interface InGrid {
  readonly origin: Vec3
  readonly across: Vec3
  readonly down: Vec3
}

export interface MaskPlane {
  readonly plane: Plane
  readonly inGrid: InGrid
  /** The slice of the grid that it is; null: it passes between voxels. `sheet` has a pixel for each voxel, column u and row v. */
  readonly slice: { readonly axis: Axis; readonly index: number; readonly sheet: Plane } | null
}

/** So near to a voxel's middle counts as on it: positions in files are rounded. */
const NEAR = 1e-3

/** Null where the series does not lie on a grid of this size, or this frame on none. */
export function maskPlaneOf(series: SeriesFrames, frame: number, grid: Grid): MaskPlane | null {
  const { columns, rows, slices } = (series.base ?? series).meta
  const plane = series.planes[frame]
  if (!plane || columns !== grid.size[0] || rows !== grid.size[1] || slices !== grid.size[2]) return null
  const inGrid = inGridOf(series, frame, plane)
  return inGrid && { plane, inGrid, slice: sliceOf(plane, inGrid) }
}

/** In parts of voxels. */
export function voxelOf({ plane, inGrid: { origin, across, down } }: MaskPlane, at: Vec3): Vec3 {
  const { x, y } = toPlane(plane, at)
  return add(origin, add(scale(across, x), scale(down, y)))
}

/** The voxel that holds a place; null outside of the grid. */
export function voxelAt(on: MaskPlane, { size }: Grid, at: Vec3): Vec3 | null {
  const voxel = voxelOf(on, at).map(Math.round) as unknown as Vec3
  return voxel.every((n, axis) => n >= 0 && n < (size[axis] as number)) ? voxel : null
}

function inGridOf({ base, meta }: SeriesFrames, frame: number, plane: Plane): InGrid | null {
  if (!base) return { origin: [0, 0, placeOf(frame, meta)], across: [1, 0, 0], down: [0, 1, 0] }
  const volume = volumeOf(base.meta)
  if (typeof volume === 'string') return null
  const at = (x: number, y: number): Vec3 => toVoxel(volume.lattice, toPatient(plane, { x, y }))
  const origin = at(0, 0)
  return { origin, across: subtract(at(1, 0), origin), down: subtract(at(0, 1), origin) }
}

function sliceOf(plane: Plane, { origin, across, down }: InGrid): MaskPlane['slice'] {
  const axis = ([0, 1, 2] as const).find((one) => isNear(across[one], 0) && isNear(down[one], 0))
  if (axis === undefined) return null
  const [u, v] = AXES_IN[axis]
  const index = Math.round(origin[axis])
  const isTurned = isNear(across[u], 0)
  const steps = isTurned ? [across[v], down[u]] : [across[u], down[v]]
  const rests = isTurned ? [across[u], down[v]] : [across[v], down[u]]
  const isAligned =
    isNear(origin[axis], index) &&
    steps.every((n) => isNear(Math.abs(n), 1)) &&
    rests.every((n) => isNear(n, 0))
  return isAligned ? { axis, index, sheet: sheetOf(plane, { origin, across, down }, u, v) } : null
}

/** The same plane, its pixels counted from voxel (0, 0) along u and v. */
function sheetOf(plane: Plane, { origin, across, down }: InGrid, u: Axis, v: Axis): Plane {
  const pixelOf = (pu: number, pv: number) => {
    const [du, dv] = [pu - origin[u], pv - origin[v]]
    return {
      x: du * Math.round(across[u]) + dv * Math.round(across[v]),
      y: du * Math.round(down[u]) + dv * Math.round(down[v]),
    }
  }
  const from = toPatient(plane, pixelOf(0, 0))
  const along = subtract(toPatient(plane, pixelOf(1, 0)), from)
  const below = subtract(toPatient(plane, pixelOf(0, 1)), from)
  return {
    origin: from,
    row: normalize(along),
    column: normalize(below),
    columnSpacing: Math.sqrt(dot(along, along)),
    rowSpacing: Math.sqrt(dot(below, below)),
  }
}

const isNear = (n: number, wanted: number): boolean => Math.abs(n - wanted) < NEAR
