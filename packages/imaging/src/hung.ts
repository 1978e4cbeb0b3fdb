/**
 * How a picture hangs: the eight ways are told as DICOM does (PS3.3 C.10.6), turned clockwise by quarters first, then perhaps mirrored left to
 * right. Slices of a scanner hang at first as they are stored, since that is how they are meant. Pure.
 */
import type { Plane } from '@consilium/geometry/plane'
import { dot, scale, type Vec3 } from '@consilium/geometry/vec3'

export interface Turned {
  /** Degrees clockwise. */
  readonly rotation: 0 | 90 | 180 | 270
  /** Afterwards left and right change places. */
  readonly flipped: boolean
}

/** Where the stored rows and columns of a picture lead in the patient. */
export type Sides = Pick<Plane, 'row' | 'column'>

/** What is asked to know whether places are known. */
export interface Placed {
  readonly direction: readonly number[]
  readonly positions: readonly (readonly number[])[]
}

export const UPRIGHT: Turned = { rotation: 0, flipped: false }

export const ROTATIONS = [0, 90, 180, 270] as const

const WAYS: readonly Turned[] = [false, true].flatMap((flipped) =>
  ROTATIONS.map((rotation) => ({ rotation, flipped })),
)

/** Where right and down lead in a picture that hangs as radiologists look: from the feet, from the front, from the left. */
const USUAL: readonly { readonly right: Vec3; readonly down: Vec3 }[] = [
  { right: [1, 0, 0], down: [0, 1, 0] },
  { right: [1, 0, 0], down: [0, 0, -1] },
  { right: [0, 1, 0], down: [0, 0, -1] },
]

/** Volume files that say nothing of a scanner (NIfTI, NRRD, MetaImage) are stored in any order; they hang as radiologists look. */
export const hungAtFirst = (meta: Placed & { readonly modality: string }, sides: Sides): Turned =>
  meta.modality === '' && isPlaced(meta) ? usualWay(sides) : UPRIGHT

/** The way of the eight in which this plane hangs as radiologists look, however its rows and columns are stored. */
export function usualWay(sides: Sides): Turned {
  const likeness = (way: Turned): number => {
    const { right, down } = axesOf(sides, way)
    return Math.max(...USUAL.map((usual) => dot(right, usual.right) + dot(down, usual.down)))
  }
  return WAYS.reduce((best, way) => (likeness(way) > likeness(best) + 1e-9 ? way : best))
}

/** Where the screen's right and down lead in the patient. */
export function axesOf(sides: Sides, { rotation, flipped }: Turned): { right: Vec3; down: Vec3 } {
  let [right, down] = [sides.row, sides.column]
  // By each quarter what was up comes to the right, and what was right comes down.
  for (let quarter = 0; quarter < rotation / 90; quarter++) [right, down] = [scale(down, -1), right]
  return { right: flipped ? scale(right, -1) : right, down }
}

/** Columns and rows of the picture change places on the screen. */
export const liesOnItsSide = ({ rotation }: Turned): boolean => rotation % 180 === 90

/** Of slices as they were taken, by the six cosines that the file says of them. */
export const sidesOf = ({ direction }: Pick<Placed, 'direction'>): Sides => ({
  row: direction.slice(0, 3) as unknown as Vec3,
  column: direction.slice(3, 6) as unknown as Vec3,
})

const PICTURE_AXES = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/**
 * Whether the file says where the picture lies in the patient. Where it does not, its places are made up as 0, 1, 2, … above each other
 * along axes of the picture: then no side of the patient may be named, and no position given.
 */
export const isPlaced = ({ direction, positions }: Placed): boolean =>
  direction.some((cosine, i) => cosine !== PICTURE_AXES[i]) ||
  positions.some(([x, y, z], place) => x !== 0 || y !== 0 || z !== place)
