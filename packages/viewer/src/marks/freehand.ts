/** A freehand contour: drawn in one stroke; held at a dozen places, each of which takes its neighbourhood along. */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { longestDiameter } from '@consilium/geometry/distances'
import { add, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { path } from '../gestures/path.ts'
import type { VertexMove } from '../stage/scene.ts'
import { said } from './figures.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('freehand')
const HANDLES = 12

export const freehand: Mark<'freehand'> = {
  kind: 'freehand',
  title: kind.title,
  icon: 'lasso',
  key: 'f',
  hint: 'Draw around it in one stroke',
  gesture: () => path,
  symbol: 'none',
  openWhileDrawn: true,
  handles: (vertices) =>
    vertices
      .filter((_, index) => index % stepOf(vertices) === 0)
      .map((vertex) => ({ id: vertex.key, at: vertex.at })),
  drag: bend,
  figure: (points, _plane, unit) => (points.length < 2 ? null : said(longestDiameter(points), unit)),
}

const stepOf = (vertices: readonly Vertex[]): number => Math.max(1, Math.ceil(vertices.length / HANDLES))

/** Neighbours up to the second handle follow, by a raised cosine of their rank: the line bends and does not kink. */
function bend(vertices: readonly Vertex[], handle: string, to: Vec3): readonly VertexMove[] {
  const held = vertices.findIndex((vertex) => vertex.key === handle)
  const from = vertices[held]
  if (!from) return []
  const by = subtract(to, from.at)
  const reach = 2 * stepOf(vertices)
  return vertices.flatMap(({ key, at }, index) => {
    const straight = Math.abs(index - held)
    const ranks = Math.min(straight, vertices.length - straight)
    if (ranks >= reach) return []
    const share = (1 + Math.cos((Math.PI * ranks) / reach)) / 2
    return [{ key, at: add(at, scale(by, share)) }]
  })
}
