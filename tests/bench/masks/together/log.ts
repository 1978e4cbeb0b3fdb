/** Ours: every stroke is an act in its painter's lane, and the raster follows from the acts. */
import { annotate, paint } from '@consilium/crdt-schema/acts'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'
import type { Way } from './copy.ts'

export const LOG: Way = {
  name: 'log of acts',
  open(grid, from) {
    const doc = new Y.Doc()
    if (from) Y.applyUpdate(doc, from)
    else
      annotate(doc, {
        kind: 'segment',
        label: 'nodule',
        source: { series: 's1', frame: 0, normal: [0, 0, 1] },
        points: [],
        name: 'Lesions',
        colour: '#e69f00',
      })
    const [segment] = [...doc.getMap('annotations').keys()] as [string]
    return {
      doc,
      paint: (stroke) => void paint(doc, grid, [{ segment, ...stroke }]),
      raster() {
        const engine = new MaskEngine({ grid })
        engine.feed(recordOf(doc).acts.map(({ act }) => act))
        engine.step()
        const [x, y, z] = grid.size
        const target = new Uint8Array(x * y * z)
        engine.copyBox(segment, wholeGrid(grid), target)
        return target
      },
    }
  },
}
