/**
 * Planes across a volume: which way a plane with a given normal lies on the screen. One rule for whoever shows such a plane and for whoever
 * reads a shape that was drawn in it: the normal says it all. Pure; patient space (LPS).
 */
import { normalOf, type Plane } from './plane.ts'
import { cross, dot, normalize, scale, subtract, type Vec3 } from './vec3.ts'

export type Axes = Pick<Plane, 'row' | 'column'>

/** What may be missing of a cosine of 1 between normals of one plane (0.26 degrees): files round their cosines. */
const PARALLEL = 1e-5
/** Two directions are square to one another below this cosine. */
const SQUARE = 1e-4

/** As radiologists hang them: to the right and down on the screen, by the patient axis that the plane is mostly across. */
const HUNG: readonly { readonly right: Vec3; readonly down: Vec3 }[] = [
  { right: [0, 1, 0], down: [0, 0, -1] },
  { right: [1, 0, 0], down: [0, 0, -1] },
  { right: [1, 0, 0], down: [0, 1, 0] },
]

/** One plane, whichever way each of the two normals points. */
export const areParallel = (a: Vec3, b: Vec3): boolean => Math.abs(dot(a, b)) > 1 - PARALLEL

/** 0, 1 or 2: the patient axis (x, y, z) a direction mostly points along, and the cosine between them. */
export function mainAxis(v: Vec3): { readonly axis: number; readonly cosine: number } {
  const sizes = v.map(Math.abs)
  const cosine = Math.max(...sizes)
  return { axis: sizes.indexOf(cosine), cosine }
}

/**
 * In-plane axes of a plane with this unit normal, in a volume whose pictures have the axes given. Pictures as they were taken keep their own.
 * A plane that holds a row or a column of them runs along it, so that its pixels are theirs; any other hangs as upright as it can.
 */
export function axesAcross(normal: Vec3, picture: Axes): Axes {
  if (areParallel(normal, normalOf(picture))) return { row: picture.row, column: picture.column }
  const { right, down } = HUNG[mainAxis(normal).axis] as (typeof HUNG)[number]
  const shared = [picture.row, picture.column].find((line) => Math.abs(dot(normal, line)) < SQUARE)
  const first = shared ?? normalize(subtract(right, scale(normal, dot(right, normal))))
  const second = cross(normal, first)
  const firstIsRow =
    Math.abs(dot(first, right)) + Math.abs(dot(second, down)) >=
    Math.abs(dot(second, right)) + Math.abs(dot(first, down))
  const [row, column] = firstIsRow ? [first, second] : [second, first]
  return { row: towards(row, right), column: towards(column, down) }
}

const towards = (line: Vec3, wanted: Vec3): Vec3 => (dot(line, wanted) < 0 ? scale(line, -1) : line)
