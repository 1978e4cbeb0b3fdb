/**
 * Which way the patient lies on the screen: letters at the four edges, the plane's name, and its position along the normal.
 * Letters as in DICOM Patient Orientation (PS3.3 C.7.6.1.1.1), for axes in LPS: R L, A P, H (head) F (feet); the largest cosine first.
 */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import { isPlaced, type Placed } from '@consilium/imaging/hung'
import { sidesSaid } from '@consilium/imaging/patient-orientation'

/** A second or third letter is shown from this cosine on (17.5 degrees), so that an ordinary gantry tilt adds none. */
const LEAST_COSINE = 0.3
/** Below this cosine a plane is called oblique. */
const LEAST_NAMED = 0.8

const POSITIVE = ['L', 'P', 'H'] as const
const NEGATIVE = ['R', 'A', 'F'] as const
const PLANE_NAMES = ['Sagittal', 'Coronal', 'Axial'] as const
const AXES = ['x', 'y', 'z'] as const

export interface EdgeLetters {
  readonly left: string
  readonly right: string
  readonly top: string
  readonly bottom: string
}

/** Where the screen's right and down lead. */
interface Axes {
  readonly right: Vec3
  readonly down: Vec3
}

/** In the patient, where the file says it: of a picture without a place in letters only. Null where it does not. */
export function axesInPatient(
  { right, down }: Axes,
  meta: Placed & { readonly patientOrientation: readonly string[] | null },
): Axes | null {
  if (isPlaced(meta)) return { right, down }
  const [row, column] = meta.patientOrientation ?? []
  if (row === undefined || column === undefined) return null
  const sides = sidesSaid([row, column])
  // The axes of such a picture are its own rows and columns.
  const led = ([along, across]: Vec3): Vec3 => add(scale(sides.row, along), scale(sides.column, across))
  return { right: led(right), down: led(down) }
}

/** Letters of a direction in patient space, e.g. "L" or, oblique, "LA". */
export function lettersOf(direction: Vec3): string {
  const parts = direction
    .map((cosine, axis) => ({
      size: Math.abs(cosine),
      letter: (cosine > 0 ? POSITIVE[axis] : NEGATIVE[axis]) ?? '',
    }))
    .toSorted((a, b) => b.size - a.size)
  return parts
    .filter((part, rank) => rank === 0 || part.size >= LEAST_COSINE)
    .map((part) => part.letter)
    .join('')
}

export function edgeLetters(axes: Axes): EdgeLetters {
  return {
    left: lettersOf(scale(axes.right, -1)),
    right: lettersOf(axes.right),
    top: lettersOf(scale(axes.down, -1)),
    bottom: lettersOf(axes.down),
  }
}

/** "Axial", "Coronal", "Sagittal" or "Oblique". */
export function planeName(plane: Plane): string {
  const { axis, cosine } = mainAxis(normalOf(plane))
  return cosine >= LEAST_NAMED ? (PLANE_NAMES[axis] ?? 'Oblique') : 'Oblique'
}

/** "z −84.0 mm": the coordinate the plane's normal mostly points along; an oblique plane gives the distance along its normal. */
export function positionText(plane: Plane): string {
  const normal = normalOf(plane)
  const { axis, cosine } = mainAxis(normal)
  if (cosine < LEAST_NAMED) return alongNormal(plane)
  return `${AXES[axis]} ${oneDecimal(plane.origin[axis] ?? 0)} mm`
}

/** "n 12.5 mm": the distance of the plane from the origin, along its normal. */
export const alongNormal = (plane: Plane): string => `n ${oneDecimal(dot(plane.origin, normalOf(plane)))} mm`

/** One decimal with a true minus; never "−0.0". */
export function oneDecimal(value: number): string {
  const text = Math.abs(value).toFixed(1)
  return value < 0 && text !== '0.0' ? `−${text}` : text
}

function mainAxis(v: Vec3): { axis: number; cosine: number } {
  const sizes = v.map(Math.abs)
  const cosine = Math.max(...sizes)
  return { axis: sizes.indexOf(cosine), cosine }
}
