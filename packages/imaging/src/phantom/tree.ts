/**
 * Vessels and airways of a lung, grown into the space they serve (after Tawhai et al., J Appl Physiol 2004;97:2310): the points a branch
 * serves are cut in two by a plane, and a daughter grows towards the middle of each half. Calibre follows the number of points served.
 */
import { add, cross, dot, length, normalize, scale, subtract } from '@consilium/geometry/vec3'
import type { Random } from './random.ts'
import type { Capsule, Point } from './shapes.ts'

export interface TreeOptions {
  readonly root: Point
  /** Direction in which the root enters. */
  readonly towards: Point
  readonly radius: number
  readonly points: readonly Point[]
  /** Branches are kept where this is negative (distance to the lung's border). */
  readonly inside: (x: number, y: number, z: number) => number
}

/** Calibre ~ served^(1/EXPONENT); Murray's law would be 3. */
const EXPONENT = 2.75
/** Share of the way to the middle that a branch grows. */
const REACH = 0.36
const THINNEST = 0.48

export function grow(options: TreeOptions, random: Random): Capsule[] {
  const total = options.points.length
  const branches: Capsule[] = []
  const radiusOf = (served: number): number =>
    Math.max(THINNEST, options.radius * (served / total) ** (1 / EXPONENT))
  const visit = (from: Point, heading: Point, points: readonly Point[], r: number, depth: number): void => {
    if (points.length === 0 || depth > 26) return
    for (const half of split(points, from, heading, random)) {
      if (half.length === 0) continue
      const goal = middle(half)
      const way = subtract(goal, from)
      const far = length(way)
      if (far < 1.2) continue
      const rb = radiusOf(half.length)
      const last = half.length <= 2
      const step = last ? far : Math.max(far * (REACH + 0.1 * random()), Math.min(far, 3))
      // Bent a little towards where the parent was going: branches curve, they do not zigzag.
      const dir = unit(add(scale(unit(way), 1), scale(heading, 0.35)))
      const to = add(from, scale(dir, step))
      if (options.inside(...to) > -1) continue
      branches.push({
        ax: from[0],
        ay: from[1],
        az: from[2],
        bx: to[0],
        by: to[1],
        bz: to[2],
        ra: Math.min(r, rb * 1.25),
        rb,
      })
      if (!last) visit(to, dir, half, rb, depth + 1)
    }
  }
  visit(options.root, unit(options.towards), options.points, options.radius, 0)
  return branches
}

/** By a plane through the middle, across the widest extent seen from the branch, turned a little by chance. */
function split(points: readonly Point[], from: Point, heading: Point, random: Random): [Point[], Point[]] {
  const centre = middle(points)
  const axis = widest(points, centre)
  const tilt: Point = [random() - 0.5, random() - 0.5, random() - 0.5]
  const way = unit(subtract(centre, from))
  // Across the way there: the halves lie side by side, not one behind the other.
  let normal = add(axis, scale(tilt, 0.5))
  normal = subtract(normal, scale(way, 0.75 * dot(normal, way)))
  if (length(normal) < 1e-6) normal = cross(way, heading)
  const a: Point[] = []
  const b: Point[] = []
  for (const p of points) (dot(subtract(p, centre), normal) < 0 ? a : b).push(p)
  return [a, b]
}

/** Main axis of the cloud by power iteration. */
function widest(points: readonly Point[], centre: Point): Point {
  let xx = 0
  let xy = 0
  let xz = 0
  let yy = 0
  let yz = 0
  let zz = 0
  for (const p of points) {
    const [x, y, z] = subtract(p, centre)
    xx += x * x
    xy += x * y
    xz += x * z
    yy += y * y
    yz += y * z
    zz += z * z
  }
  let axis: Point = [0.48, 0.6, 0.64]
  for (let k = 0; k < 6; k++) {
    const [x, y, z] = axis
    axis = unit([xx * x + xy * y + xz * z, xy * x + yy * y + yz * z, xz * x + yz * y + zz * z])
  }
  return axis
}

function middle(points: readonly Point[]): Point {
  let x = 0
  let y = 0
  let z = 0
  for (const p of points) {
    x += p[0]
    y += p[1]
    z += p[2]
  }
  return [x / points.length, y / points.length, z / points.length]
}

/** normalize, but a branch that goes nowhere goes up. */
const unit = (a: Point): Point => (length(a) > 0 ? normalize(a) : [0, 0, 1])
