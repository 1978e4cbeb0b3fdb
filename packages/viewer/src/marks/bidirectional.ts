/**
 * Two diameters at right angles: the first drawn from end to end, then the second, which can only go square to it. Either end of the first
 * takes the second along as it turns; either end of the second slides it along the first.
 */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { squareEnd } from '@consilium/geometry/distances'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, cross, distance, dot, normalize, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { twoLines } from '../gestures/lines.ts'
import type { VertexMove } from '../stage/scene.ts'
import { said, saidBoth } from './figures.ts'
import { everyVertex } from './grips.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('bidirectional')
const gesture = twoLines(([a, b, c, hand]) => squareEnd(a, b, c, hand))

export const bidirectional: Mark<'bidirectional'> = {
  kind: 'bidirectional',
  title: kind.title,
  icon: 'ruler-dimension-line',
  key: 'Shift+l',
  hint: 'Drag the longest diameter, then the one across it',
  gesture: () => gesture,
  symbol: 'ticks',
  openWhileDrawn: false,
  seldom: true,
  handles: (vertices) => {
    const [a, b, c, d] = vertices
    if (!a || !b || !c || !d) return everyVertex(vertices)
    return everyVertex([a, b, c, { key: d.key, at: squareEnd(a.at, b.at, c.at, d.at) }])
  },
  drag,
  figure: (points, plane, unit) => {
    const [long, short] = kind.measures(points, plane)
    if (!long) return null
    return short ? saidBoth(long.value, short.value, unit) : said(long.value, unit)
  },
}

/** Places by how far they lie along the first line, as a share of it, and how far beside it, mm. */
interface Frame {
  readonly read: (at: Vec3) => { readonly along: number; readonly beside: number }
  readonly at: (along: number, beside: number) => Vec3
}

function frameOf(a: Vec3, b: Vec3, normal: Vec3): Frame {
  const way = subtract(b, a)
  const square = normalize(cross(normal, way))
  return {
    read: (at) => {
      const from = subtract(at, a)
      return { along: dot(from, way) / dot(way, way), beside: dot(from, square) }
    },
    at: (along, beside) => add(a, add(scale(way, along), scale(square, beside))),
  }
}

function drag(vertices: readonly Vertex[], handle: string, to: Vec3, plane: Plane): readonly VertexMove[] {
  const [a, b, c, d] = vertices
  if (!a || !b || !c || !d || distance(a.at, b.at) === 0) return []
  const normal = normalOf(plane)
  const before = frameOf(a.at, b.at, normal)
  const [from, end] = [before.read(c.at), before.read(d.at)]
  if (handle === c.key || handle === d.key) {
    const { along, beside } = before.read(to)
    return [
      { key: c.key, at: before.at(along, handle === c.key ? beside : from.beside) },
      { key: d.key, at: before.at(along, handle === d.key ? beside : end.beside) },
    ]
  }
  if (handle !== a.key && handle !== b.key) return []
  const [first, last] = handle === a.key ? [to, b.at] : [a.at, to]
  if (distance(first, last) === 0) return []
  const after = frameOf(first, last, normal)
  return [
    { key: handle, at: to },
    { key: c.key, at: after.at(from.along, from.beside) },
    { key: d.key, at: after.at(from.along, end.beside) },
  ]
}
