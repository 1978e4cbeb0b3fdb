/** Taking hold of shapes: what several marks share. Pure; places in patient space, mm. */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import { add, type Vec3 } from '@consilium/geometry/vec3'
import type { VertexMove } from '../stage/scene.ts'
import type { Handle } from './mark.ts'

/** A handle on every vertex. */
export const everyVertex = (vertices: readonly Vertex[]): readonly Handle[] =>
  vertices.map(({ key, at }) => ({ id: key, at }))

/** The one vertex goes where the hand is; a vertex somebody removed meanwhile moves nothing. */
export const oneVertex = (vertices: readonly Vertex[], handle: string, to: Vec3): readonly VertexMove[] =>
  vertices.some((vertex) => vertex.key === handle) ? [{ key: handle, at: to }] : []

/** All vertices by the same way. */
export const wholeBy = (vertices: readonly Vertex[], by: Vec3): readonly VertexMove[] =>
  vertices.map(({ key, at }) => ({ key, at: add(at, by) }))

/** The points of the shape after the moves, in order. */
export function pointsAfter(vertices: readonly Vertex[], moves: readonly VertexMove[]): readonly Vec3[] {
  const moved = new Map(moves.map((move) => [move.key, move.at]))
  return vertices.map((vertex) => moved.get(vertex.key) ?? vertex.at)
}
