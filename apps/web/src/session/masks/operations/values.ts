/** The values of a series at one moment, as the worker is given them. */

import type { Values } from '@consilium/geometry/voxels/picture'
import { frameOf, momentOf } from '@consilium/viewer/moments'
import type { SeriesFrames } from '@consilium/viewer/series'
import { isColour } from '@consilium/viewer/window'
import { OperationFault, type SentPicture } from './job.ts'

/** @throws OperationFault where values are in colour, or not all here */
export function pictureAt(series: SeriesFrames, frame: number): SentPicture {
  const { meta } = series
  if (isColour(meta))
    throw new OperationFault('Growing by values needs shades of grey; this picture is in colour.')
  const moment = momentOf(frame, meta)
  const frames = Array.from({ length: meta.slices }, (_, z) => frameOf(z, moment, meta))
  const here = frames.filter((one) => series.stored(one) !== null).length
  if (here < frames.length)
    throw new OperationFault(
      series.onlyLower
        ? 'The values of this series do not fit into this browser’s memory, so nothing can grow by them.'
        : `${here} of ${frames.length} slices are here. Try again when all are.`,
    )
  const first = series.stored(frames[0] as number) as Values
  const rescales = frames.map((one) => meta.rescales?.[one] ?? meta.rescale)
  return {
    values: volumeFrom(first, first.length * frames.length),
    slopes: rescales.map(({ slope }) => slope),
    intercepts: rescales.map(({ intercept }) => intercept),
  }
}

/** Slices of a moment lie one behind the other in memory. */
function volumeFrom(first: Values, length: number): Values {
  const Kind = first.constructor as new (
    buffer: ArrayBufferLike,
    byteOffset: number,
    length: number,
  ) => Values
  return new Kind(first.buffer, first.byteOffset, length)
}
