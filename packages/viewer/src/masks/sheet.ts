/** A flat picture of voxels: a slice of the grid, or a plane between its voxels of which each pixel shows the nearest one. */
import type { Plane } from '@consilium/geometry/plane'
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import type { Rasterise, Shape } from '@consilium/geometry/raster/shape'
import type { Marked } from './marked.ts'
import type { MaskPlane } from './maskPlane.ts'
import { obliqueSheet } from './oblique.ts'
import { common, type Rect } from './rect.ts'
import { sliceSheet } from './slice.ts'

/** Marked voxels of a box, and nothing else; x runs fastest, then y. */
export type CopyBox<Of extends Marked> = (box: VoxelBox, target: Of) => void

export interface Sheet {
  /** Where its pixels lie. */
  readonly plane: Plane
  readonly width: number
  readonly height: number
  /** Marked pixels of `marks`, which is as large as the sheet, as the voxels are that they show; only within `rect`. */
  copy<Of extends Marked>(from: CopyBox<Of>, rect: Rect, marks: Of): void
  /** A rectangle of the sheet that holds every pixel whose voxel lies in the box; perhaps an empty one. */
  rectOf(box: VoxelBox): Rect
}

/** `columns` and `rows`: of the picture of the pane. */
export const sheetOf = (on: MaskPlane, grid: Grid, columns: number, rows: number): Sheet =>
  on.slice ? sliceSheet(on.slice, grid) : obliqueSheet(on, grid, columns, rows)

export const wholeOf = ({ width, height }: Sheet): Rect => ({ x0: 0, y0: 0, x1: width, y1: height })

/** Sets the pixels that a shape covers; returns a rectangle around them. */
export function cover(sheet: Sheet, shape: Shape, grid: Grid, rasterise: Rasterise, bits: Uint8Array): Rect {
  const rect = common(sheet.rectOf(boundsOf(shape, grid)), wholeOf(sheet))
  const copy: CopyBox<Uint8Array> = (box, target) => {
    const width = box.x1 - box.x0
    const height = box.y1 - box.y0
    rasterise(shape, box, (z, y, x0, x1) => {
      const line = ((z - box.z0) * height + y - box.y0) * width - box.x0
      target.fill(1, line + x0, line + x1)
    })
  }
  sheet.copy(copy, rect, bits)
  return rect
}
