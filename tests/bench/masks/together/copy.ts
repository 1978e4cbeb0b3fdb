/** A document as one painter has it: what paints in it, and what it comes to. Two ways to do that are compared. */
import type { Paint } from '@consilium/crdt-schema/painting'
import type { Grid } from '@consilium/geometry/raster/grid'
import type * as Y from 'yjs'

export interface Copy {
  readonly doc: Y.Doc
  paint(stroke: Stroke): void
  /** By z, y, x: 1 where it is set. */
  raster(): Uint8Array
}

export type Stroke = Pick<Paint, 'value' | 'shape'>

export interface Way {
  readonly name: string
  /** `from`: the document as all have it in the beginning; null: the first copy makes it. */
  open(grid: Grid, from: Uint8Array | null): Copy
}
