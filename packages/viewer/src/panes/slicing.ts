/** Which way a pane looks through a series. Said to peers as it stands here; what does not fit a series is shown as it was taken. */
import type { Vec3 } from '@consilium/geometry/vec3'

export type PlaneName = 'axial' | 'coronal' | 'sagittal'

export type Slicing =
  | { readonly kind: 'acquired' | PlaneName }
  /** Any plane, by its unit normal. */
  | { readonly kind: 'oblique'; readonly normal: Vec3 }

export const ACQUIRED: Slicing = { kind: 'acquired' }

/** "Axial", or of the slices as they were taken what they are called. */
export const planeTitle = ({ kind }: Slicing, acquired: PlaneName | null): string => {
  const name = kind === 'acquired' ? acquired : kind
  return name === null ? 'As it was taken' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

export const sameSlicing = (a: Slicing, b: Slicing): boolean =>
  a.kind === 'oblique' && b.kind === 'oblique'
    ? a.normal.every((n, axis) => n === b.normal[axis])
    : a.kind === b.kind
