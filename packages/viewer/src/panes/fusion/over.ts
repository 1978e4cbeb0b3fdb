/**
 * A second series laid over the one a pane shows: of each of its pixels the value that lies at that place in the patient, mixed of the eight
 * voxels around it. What comes out is again a series, cut where the one below has its planes. Only series that share a frame of reference
 * may be laid over each other; whoever calls has seen to that.
 */

import { frameOf, momentOf, placeOf } from '../moments.ts'
import { fillObliquely } from '../reformat/oblique.ts'
import { reformatted, type Sheets } from '../reformat/reformatted.ts'
import { volumeOf } from '../reformat/slicings.ts'
import type { SeriesFrames } from '../series.ts'
import { ACQUIRED } from '../slicing.ts'

/** A series where another one has its planes, or the sentence that says why it cannot be there. */
export function overOn(over: SeriesFrames, below: SeriesFrames): SeriesFrames | string {
  const volume = volumeOf(over.meta)
  if (typeof volume === 'string') return volume
  if (over.onlyLower)
    return 'To be laid over another, all values must be here; they do not fit into this browser’s memory.'
  const [first, ...others] = below.planes.slice(0, below.meta.slices)
  if (!first) return 'There is no picture to lay it over.'
  const { columns, rows } = below.meta
  const sheets: Sheets = { planes: [first, ...others], columns, rows }
  return reformatted(over, ACQUIRED, sheets, fillObliquely(over, volume.lattice, sheets))
}

/** The frame of what lies over a frame of what lies below: at its place, and where both go through the same moments, at its moment. */
export function frameOver(on: SeriesFrames, below: SeriesFrames, frame: number): number {
  const isTogether = on.meta.moments === below.meta.moments
  return frameOf(placeOf(frame, below.meta), isTogether ? momentOf(frame, below.meta) : 0, on.meta)
}
