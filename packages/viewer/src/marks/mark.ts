/**
 * What a mark says of its kind: how it looks, where it can be grabbed, which gesture makes it. The kind itself says what it means.
 * All places are patient space, mm. Everything else in the viewer asks the mark and never a kind's name.
 */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import type { Axes } from '@consilium/geometry/across'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Gesture } from '../gestures/gesture.ts'
import type { LengthUnit } from '../stage/lengths.ts'
import type { VertexMove } from '../stage/scene.ts'

/** A place where a shape can be taken hold of. */
export interface Handle {
  /** The key of a vertex, or the mark's own name for a place between vertices. */
  readonly id: string
  readonly at: Vec3
}

/** Drawn at a point: `ticks` across both ends of a line. */
export type Symbol = 'none' | 'cross' | 'flag' | 'ticks'

export interface Mark<Name extends string = string> {
  readonly kind: Name
  /** As a person says it. */
  readonly title: string
  /** Name of a lucide icon. */
  readonly icon: string
  /** The key that takes up the tool, lower case; with Shift where its sister has the letter. */
  readonly key: string
  /** One sentence for the options bar: what the hand does. */
  readonly hint: string
  /** In the plane of the picture that it is made on. */
  readonly gesture: (axes: Axes) => Gesture
  readonly symbol: Symbol
  /** Its tool stands behind a button of the rail, with others that are seldom taken up. */
  readonly seldom?: boolean
  /** While its own hand still draws, the line is not closed. */
  readonly openWhileDrawn: boolean
  readonly handles: (vertices: readonly Vertex[], plane: Plane) => readonly Handle[]
  /** What moves when that handle is dragged to a point of the plane. */
  readonly drag: (
    vertices: readonly Vertex[],
    handle: string,
    to: Vec3,
    plane: Plane,
  ) => readonly VertexMove[]
  /** The figure on the tag beside it, "14.2 mm" (mm where no other unit is named); null where there is none. */
  readonly figure: (points: readonly Vec3[], plane: Plane, unit?: LengthUnit) => string | null
}
