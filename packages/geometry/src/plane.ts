/**
 * A picture plane in patient space (LPS, mm), as DICOM describes one (PS3.3 C.7.6.2.1.1):
 * pixel (column x, row y; centres at whole numbers) lies at origin + row * (x * columnSpacing) + column * (y * rowSpacing).
 */
import { add, cross, dot, scale, subtract, type Vec3 } from './vec3.ts'

export interface Plane {
  /** Centre of the first pixel. */
  readonly origin: Vec3
  /** Unit vector of growing column index (along a row). */
  readonly row: Vec3
  /** Unit vector of growing row index (down a column). */
  readonly column: Vec3
  /** mm between neighbours along a row (DICOM PixelSpacing[1]). */
  readonly columnSpacing: number
  /** mm between neighbouring rows (DICOM PixelSpacing[0]). */
  readonly rowSpacing: number
}

export interface PlanePoint {
  readonly x: number
  readonly y: number
}

export const normalOf = (plane: Pick<Plane, 'row' | 'column'>): Vec3 => cross(plane.row, plane.column)

export const toPatient = (plane: Plane, p: PlanePoint): Vec3 =>
  add(
    plane.origin,
    add(scale(plane.row, p.x * plane.columnSpacing), scale(plane.column, p.y * plane.rowSpacing)),
  )

/** Drops the part along the normal. */
export function toPlane(plane: Plane, at: Vec3): PlanePoint {
  const d = subtract(at, plane.origin)
  return { x: dot(d, plane.row) / plane.columnSpacing, y: dot(d, plane.column) / plane.rowSpacing }
}

/** Signed distance of a point from the plane, mm. */
export const heightOver = (plane: Plane, at: Vec3): number => dot(subtract(at, plane.origin), normalOf(plane))
