/** The values of a series at one moment, as the worker is given them: where memory is shared nothing is copied. */
import { frameOf, momentOf } from '@consilium/viewer/moments'
import type { SeriesFrames } from '@consilium/viewer/series'
import { isColour } from '@consilium/viewer/window'
import { OperationFault, type SentPicture, type Slice } from './job.ts'

/**
 * @param within all that is looked at; null: all of the volume
 * @throws OperationFault where values are in colour, or not all here
 */
export function pictureAt(series: SeriesFrames, frame: number, within: Slice | null): SentPicture {
  const { meta } = series
  if (isColour(meta))
    throw new OperationFault('Growing by values needs shades of grey; this picture is in colour.')
  const moment = momentOf(frame, meta)
  const frames = Array.from({ length: meta.slices }, (_, z) => frameOf(z, moment, meta))
  const isFlat = within?.axis === 2
  const slices = frames.map((one, z) => (isFlat && z !== within.index ? null : series.stored(one)))
  const here = slices.filter((slice) => slice !== null).length
  if (here < (isFlat ? 1 : frames.length)) throw new OperationFault(missing(series, here, isFlat))
  const rescales = frames.map((one) => meta.rescales?.[one] ?? meta.rescale)
  return {
    slices,
    slopes: rescales.map(({ slope }) => slope),
    intercepts: rescales.map(({ intercept }) => intercept),
  }
}

function missing({ onlyLower, meta }: SeriesFrames, here: number, isFlat: boolean): string {
  if (onlyLower)
    return 'The values of this series do not fit into this browser’s memory, so nothing can grow by them.'
  return isFlat
    ? 'The values of this slice are not here yet. Try again when they are.'
    : `${here} of ${meta.slices} slices are here, and this needs all of them. Try again when they are, or grow in 2D.`
}
