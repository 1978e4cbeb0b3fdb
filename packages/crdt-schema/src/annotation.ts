/**
 * The envelope that every annotation shares, whatever its kind: label, certainty, confidence, reasoning, geometry, retirement.
 * Geometry lives in patient space (LPS, mm; PS3.3 C.7.6.2.1.1) as vertices keyed by fractional index, so that two people moving one
 * vertex leave one vertex. Authorship is not a field: it is the clientID in the entry's key and in each item, bound by the server.
 * An entry is never removed from its root, it is retired; then its id, history and blame stay.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import type { EntryKey } from './entry.ts'
import type { KindName } from './kinds/all.ts'

/** CheXpert's three answers. There is no default: unset means nobody has said. */
export const CERTAINTIES = ['present', 'uncertain', 'absent'] as const
export type Certainty = (typeof CERTAINTIES)[number]

/** Of an annotation: lower case, so that equal colours are equal texts. */
export const COLOUR = /^#[0-9a-f]{6}$/

/** The picture an annotation was made on. `frame` is the index in the series' order along the normal, from 0. */
export interface Source {
  readonly series: string
  readonly frame: number
  /** Unit normal of the plane it was drawn in, patient space. */
  readonly normal: Vec3
}

export interface Vertex {
  /** Fractional index: the vertex's own key, stable while it moves. */
  readonly key: string
  /** Patient space, mm. */
  readonly at: Vec3
}

export interface Retirement {
  readonly reason: string
}

/** A plain, frozen reading of one entry of the `annotations` root. */
export interface Annotation {
  readonly id: EntryKey
  readonly kind: KindName
  /** Key of a label in the project's label list, or '' while none is chosen. */
  readonly label: string
  readonly certainty: Certainty | null
  /** 0 to 100, or null where nobody has said. */
  readonly confidence: number | null
  readonly reasoning: string
  readonly source: Source
  /** In drawing order (sorted by fractional index). */
  readonly vertices: readonly Vertex[]
  readonly retired: Retirement | null
  /** What people call it where its label does not tell it from others ("Nodule 3"), and the colour it is drawn in, #rrggbb. */
  readonly name?: string
  readonly colour?: string
}

/** What a new annotation is made from; the rest is said later. */
export interface AnnotationDraft {
  readonly kind: KindName
  readonly label: string
  readonly source: Source
  readonly points: readonly Vec3[]
  readonly certainty?: Certainty
  readonly confidence?: number
  readonly reasoning?: string
  readonly name?: string
  readonly colour?: string
}
