/** Two readers and an adjudicator on one volume, as their documents tell it: who sees what, and whose it is. */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import * as Y from 'yjs'
import type { ActId } from '../../kinds/mask/act.ts'
import { MaskEngine } from '../../kinds/mask/engine/engine.ts'
import { recordOf } from '../../kinds/mask/record.ts'
import { annotate, paint } from '../all.ts'

export const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
const EVERYTHING = { x0: 0, x1: 40, y0: 0, y1: 30, z0: 0, z1: 4 }

/** A dab of radius 3 mm around a voxel of slice 1. */
export const dab = (x: number, y: number): Shape => ({
  shape: 'stroke',
  axis: 2,
  slice: 1,
  square: false,
  radiusUm: 3_000,
  points: Int32Array.of(4 * x, 4 * y),
})
export const box = (x0: number, x1: number, y0: number, y1: number): Shape => ({
  shape: 'runs',
  rows: Int32Array.from(Array.from({ length: y1 - y0 }, (_, n) => [1, y0 + n, x0, x1]).flat()),
})

export function meet(...docs: readonly Y.Doc[]): void {
  for (const to of docs)
    for (const from of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from), 'wire')
}

export function engineOf(doc: Y.Doc): MaskEngine {
  const engine = new MaskEngine({ grid })
  engine.feed(recordOf(doc).acts.map(({ act }) => act))
  engine.step()
  return engine
}

function someone(client: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  return doc
}

/** `put`, `raster`, `at` and `blame` are of the one segment that all three have. */
export function threePainters() {
  const [ann, ben, ada] = [someone(11), someone(22), someone(33)]
  const segment = annotate(ann, {
    kind: 'segment',
    label: '',
    source: { series: 's1', frame: 1, normal: [0, 0, 1] },
    points: [],
    name: 'Nodule 1',
  })
  const everybody = (): void => meet(ann, ben, ada)
  everybody()
  return {
    ann,
    ben,
    ada,
    segment,
    everybody,
    put: (doc: Y.Doc, shape: Shape, value: 0 | 1 = 1): ActId => paint(doc, grid, [{ segment, value, shape }]),
    /** 1 for each voxel that is set. */
    raster: (doc: Y.Doc): string => {
      const target = new Uint8Array(40 * 30 * 4)
      engineOf(doc).copyBox(segment, EVERYTHING, target)
      return target.join('')
    },
    at: (doc: Y.Doc, x: number, y: number) => engineOf(doc).valueAt(segment, x, y, 1),
    blame: (doc: Y.Doc, x: number, y: number): ActId | undefined =>
      engineOf(doc).blame(segment, x, y, 1)?.act.id,
  }
}
