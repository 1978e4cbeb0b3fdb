/** Where a pane goes when one that is linked to it was moved by hand. By millimetres in the patient, never by the number of a slice. Pure. */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, dot, subtract, type Vec3 } from '@consilium/geometry/vec3'

export interface Sight {
  readonly plane: Plane
  /** In the middle of the pane, on its plane. */
  readonly middle: Vec3
  readonly mmPerPixel: number
}

export interface Following {
  /** Place to bring into the middle; null where the pane looks in another direction and keeps its place. */
  readonly middle: Vec3 | null
  readonly mmPerPixel: number
}

/** Planes within 10 degrees of each other show the same anatomy side by side. */
const ALIKE = Math.cos((10 * Math.PI) / 180)

/** `offset`: from the space of the pane that moved to that of the other, where they were linked by hand. */
export function following(moved: Sight, other: Plane, offset: Vec3 = [0, 0, 0]): Following {
  const alike = Math.abs(dot(normalOf(moved.plane), normalOf(other))) > ALIKE
  return { middle: alike ? add(moved.middle, offset) : null, mmPerPixel: moved.mmPerPixel }
}

/** From one place to another that stand in the middles of two panes. */
export const offsetBetween = (from: Vec3, to: Vec3): Vec3 => subtract(to, from)
