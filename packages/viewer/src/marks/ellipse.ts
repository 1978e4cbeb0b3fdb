/** An ellipse: dragged from corner to corner, with Shift a circle; held at the ends of its axes, by which it is stretched and turned. */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { type Ellipse, ellipseBy } from '@consilium/geometry/ellipse'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import {
  add,
  cross,
  distance,
  dot,
  length,
  normalize,
  scale,
  subtract,
  type Vec3,
} from '@consilium/geometry/vec3'
import { oval } from '../gestures/oval.ts'
import type { VertexMove } from '../stage/scene.ts'
import { saidBoth } from './figures.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('ellipse')
const OPPOSITE = '|'

export const ellipse: Mark<'ellipse'> = {
  kind: 'ellipse',
  title: kind.title,
  icon: 'ellipse',
  key: 'Shift+b',
  hint: 'Drag from corner to corner, with Shift a circle',
  gesture: oval,
  symbol: 'none',
  openWhileDrawn: false,
  handles: (vertices) => {
    const [a, b, c] = vertices
    const made = ellipseBy(vertices.map(({ at }) => at))
    if (!made || !a || !b || !c) return []
    const { middle, v } = made
    return [
      { id: a.key, at: a.at },
      { id: b.key, at: b.at },
      { id: c.key, at: add(middle, v) },
      { id: OPPOSITE + c.key, at: subtract(middle, v) },
    ]
  },
  drag,
  figure: (points, plane, unit) => {
    const [long, short] = kind.measures(points, plane)
    return long && short ? saidBoth(long.value, short.value, unit) : null
  },
}

/** Its middle stays; the axis that is held goes to the hand, and the other one stays square to it and as long as it was. */
function drag(vertices: readonly Vertex[], handle: string, to: Vec3, plane: Plane): readonly VertexMove[] {
  const [a, b, c] = vertices
  const made = ellipseBy(vertices.map(({ at }) => at))
  if (!made || !a || !b || !c || distance(to, made.middle) === 0) return []
  const { middle } = made
  const way = subtract(to, middle)
  const turned = {
    [a.key]: () => alongU(made, scale(way, -1), normalOf(plane)),
    [b.key]: () => alongU(made, way, normalOf(plane)),
    [c.key]: () => alongV(made, way, normalOf(plane)),
    [OPPOSITE + c.key]: () => alongV(made, scale(way, -1), normalOf(plane)),
  }[handle]?.()
  if (!turned) return []
  return [
    { key: a.key, at: subtract(middle, turned.u) },
    { key: b.key, at: add(middle, turned.u) },
    { key: c.key, at: add(middle, turned.v) },
  ]
}

type Halves = Pick<Ellipse, 'u' | 'v'>

const alongU = (made: Halves, u: Vec3, normal: Vec3): Halves => {
  const side = Math.sign(dot(cross(made.u, made.v), normal)) || 1
  return { u, v: scale(normalize(cross(normal, u)), side * length(made.v)) }
}

const alongV = (made: Halves, v: Vec3, normal: Vec3): Halves => {
  const side = Math.sign(dot(cross(made.u, made.v), normal)) || 1
  return { u: scale(normalize(cross(v, normal)), side * length(made.u)), v }
}
