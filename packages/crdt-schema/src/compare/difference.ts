/** What became of one entry between two moments. Plain values; lengths in mm, areas in mm², points in patient space (LPS, mm). */
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Vertex } from '../annotation.ts'
import type { RootName } from '../documents.ts'
import type { EntryKey } from '../entry.ts'
import type { Measure } from '../kinds/kind.ts'

/** `retired` and `restored` may change fields too; `removed` can only come from bytes that are no acts of ours. */
export const CHANGES = ['added', 'changed', 'retired', 'restored', 'removed'] as const
export type Change = (typeof CHANGES)[number]

export interface EntryDifference {
  readonly root: RootName
  readonly entry: EntryKey
  readonly change: Change
  /** In the order of the entry's fields; geometry is told by itself, below. */
  readonly fields: readonly FieldDifference[]
  /** Null where the shape stayed, or the entry has none. */
  readonly geometry: GeometryDifference | null
}

export interface FieldDifference {
  readonly field: string
  /** Null where there was none. */
  readonly before: unknown
  readonly after: unknown
  /** Of texts: the whole text in pieces, old and new in reading order. Null for other fields. */
  readonly words: readonly TextPiece[] | null
}

export interface TextPiece {
  readonly op: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface GeometryDifference {
  readonly added: readonly Vertex[]
  readonly removed: readonly Vertex[]
  readonly moved: readonly {
    readonly key: string
    readonly before: Vec3
    readonly after: Vec3
    readonly byMm: number
  }[]
  /** Null where the kind has no such measure. */
  readonly areaMm2: BeforeAfter | null
  readonly lengthMm: BeforeAfter | null
  /** All that the kind measures, in its order: these two again, and whatever else. */
  readonly measures: readonly MeasureDifference[]
}

export interface MeasureDifference extends BeforeAfter, Pick<Measure, 'name' | 'unit'> {}

export interface BeforeAfter {
  readonly before: number | null
  readonly after: number | null
}
