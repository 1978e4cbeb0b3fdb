/** Pictures along the rows or columns of a volume, put together line by line: one of each slice. */
import type { Samples } from '@consilium/imaging/samples'
import { rescaleOf } from '../greys.ts'
import type { SeriesFrames } from '../series.ts'
import { Columns } from './columns.ts'
import type { Walk } from './cut.ts'
import { gatherLine, type Outside, type Reading, readLine } from './gather.ts'
import { type Fill, typeOf } from './reformatted.ts'

export function fillFromLines(base: SeriesFrames, walk: Walk): Fill {
  const { meta } = base
  const asStored = meta.rescales === null
  const isShifted = walk.wide !== walk.count
  const whole = !typeOf(meta).samples.startsWith('float')
  const columns = asStored && !isShifted && Columns.areThose(walk) ? new Columns(base, walk) : null
  const line = (place: number, frame: number, slice: number, into: Samples, outside: Outside): void => {
    const found = base.drawable(frame)
    if (!found) return blank(walk.first + walk.across * slice, walk, into, outside)
    if (found.factor === 1 && asStored && !isShifted)
      return gatherLine(found.values, walk, place, slice, into)
    const rescale = asStored ? null : rescaleOf(meta, frame)
    const reading: Reading = { rescale, padding: meta.padding, outside, whole }
    readLine(found, walk, place, slice, into, reading)
  }
  // What the picture made last holds of each slice: while slices come in, only theirs are read.
  let last: { readonly place: number; readonly slices: readonly number[]; readonly into: Samples } | null =
    null
  const held = new Float64Array(meta.slices)
  return (place, slices, into, outside) => {
    const isSame = last?.place === place && last.slices === slices && last.into === into
    last = { place, slices, into }
    if (!isSame && columns?.fill(place, slices, into)) {
      held.fill(WHOLE)
      return
    }
    slices.forEach((frame, slice) => {
      const factor = base.drawable(frame)?.factor ?? NONE
      if (isSame && held[slice] === factor) return
      held[slice] = factor
      line(place, frame, slice, into, outside)
    })
  }
}

/** Of a slice that is not here, and of one that is here in all detail: how many of its pixels are one. */
const [NONE, WHOLE] = [0, 1]

function blank(from: number, { along, wide }: Walk, into: Samples, outside: Outside): void {
  for (let i = 0, t = from; i < wide; i++, t += along) into[t] = outside
}
