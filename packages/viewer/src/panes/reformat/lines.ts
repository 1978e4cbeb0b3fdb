/** Pictures along the rows or columns of a volume, put together line by line: one of each slice. */
import type { Samples } from '@consilium/imaging/samples'
import { rescaleOf } from '../greys.ts'
import type { SeriesFrames } from '../series.ts'
import type { Walk } from './cut.ts'
import { gatherLine, type Outside, type Reading, readLine } from './gather.ts'
import { type Fill, typeOf } from './reformatted.ts'

export function fillFromLines(base: SeriesFrames, walk: Walk): Fill {
  const { meta } = base
  const asStored = meta.rescales === null
  const isShifted = walk.wide !== walk.count
  const whole = !typeOf(meta).samples.startsWith('float')
  return (place, slices, into, outside) =>
    slices.forEach((frame, slice) => {
      const found = base.drawable(frame)
      if (!found) return blank(walk.first + walk.across * slice, walk, into, outside)
      if (found.factor === 1 && asStored && !isShifted)
        return gatherLine(found.values, walk, place, slice, into)
      const rescale = asStored ? null : rescaleOf(meta, frame)
      const reading: Reading = { rescale, padding: meta.padding, outside, whole }
      readLine(found, walk, place, slice, into, reading)
    })
}

function blank(from: number, { along, wide }: Walk, into: Samples, outside: Outside): void {
  for (let i = 0, t = from; i < wide; i++, t += along) into[t] = outside
}
