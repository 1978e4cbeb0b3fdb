/** An ellipse in patient space by the two ends of one axis and an end of the other. */
import { add, dot, length, scale, subtract, type Vec3 } from '../vec3.ts'
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

/**
 * By two half diameters of which each is parallel to the tangents at the ends of the other (conjugate ones, as the axes become when the
 * plane is stretched): all around it is p cos t + q sin t, and its axes lie where that is longest, at tan 2t = 2 p·q / (p·p − q·q).
 */
export function ellipseOf(middle: Vec3, p: Vec3, q: Vec3): Ellipse {
  const t = Math.atan2(2 * dot(p, q), dot(p, p) - dot(q, q)) / 2
  const [cos, sin] = [Math.cos(t), Math.sin(t)]
  return { middle, u: add(scale(p, cos), scale(q, sin)), v: subtract(scale(q, cos), scale(p, sin)) }
}

export const ellipseArea = ({ u, v }: Ellipse): number => Math.PI * length(u) * length(v)

/** Points of it all around, from the end of u to the end of v and on. */
export const around = ({ middle, u, v }: Ellipse, count: number): Vec3[] =>
  Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count
    return add(middle, add(scale(u, Math.cos(turn)), scale(v, Math.sin(turn))))
  })
