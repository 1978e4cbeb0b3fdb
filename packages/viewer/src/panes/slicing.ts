/** Which way a pane looks through a series. Said to peers as it stands here; what does not fit a series is shown as it was taken. */
import type { Vec3 } from '@consilium/geometry/vec3'

export type PlaneName = 'axial' | 'coronal' | 'sagittal'

/** Several planes shown as one: the largest (MIP), least (MinIP) or mean value through so many millimetres. */
export interface Slab {
  readonly mode: 'max' | 'min' | 'mean'
  readonly mm: number
}

export type Slicing = (
  | { readonly kind: 'acquired' | PlaneName }
  /** Any plane, by its unit normal. */
  | { readonly kind: 'oblique'; readonly normal: Vec3 }
) & { readonly slab?: Slab | undefined }

export const ACQUIRED: Slicing = { kind: 'acquired' }

/** "Axial", or of the slices as they were taken what they are called. */
export const planeTitle = ({ kind }: Slicing, acquired: PlaneName | null): string => {
  const name = kind === 'acquired' ? acquired : kind
  return name === null ? 'As it was taken' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

const SLAB_NAMES = { max: 'MIP', min: 'MinIP', mean: 'Mean' } as const

/** "MIP 10 mm". */
export const slabTitle = ({ mode, mm }: Slab): string => `${SLAB_NAMES[mode]} ${mm}\u00a0mm`

export const sameSlicing = (a: Slicing, b: Slicing): boolean =>
  a.slab?.mode === b.slab?.mode &&
  a.slab?.mm === b.slab?.mm &&
  (a.kind === 'oblique' && b.kind === 'oblique'
    ? a.normal.every((n, axis) => n === b.normal[axis])
    : a.kind === b.kind)
