/** An ellipse in patient space by the two ends of one axis and an end of the other. */
import { add, length, scale, subtract, type Vec3 } from '../vec3.ts'
import { squareTo } from './distances.ts'

/** Its middle, and from there to an end of each axis. */
export interface Ellipse {
  readonly middle: Vec3
  readonly u: Vec3
  readonly v: Vec3
}

/** Of the third point only its distance from the first axis counts, and on which side it lies. Null while there are not three. */
export function ellipseBy([a, b, c]: readonly Vec3[]): Ellipse | null {
  if (!a || !b || !c) return null
  const middle = scale(add(a, b), 0.5)
  const u = subtract(b, middle)
  return { middle, u, v: squareTo(u, subtract(c, middle)) }
}

export const ellipseArea = ({ u, v }: Ellipse): number => Math.PI * length(u) * length(v)

/** Points of it all around, from the end of u to the end of v and on. */
export const around = ({ middle, u, v }: Ellipse, count: number): Vec3[] =>
  Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count
    return add(middle, add(scale(u, Math.cos(turn)), scale(v, Math.sin(turn))))
  })
