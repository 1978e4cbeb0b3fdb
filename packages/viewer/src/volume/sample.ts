/** The values of a volume, layer by layer: each voxel the mean of the pixels that became one. What is not here yet looks like air. */
import { rescaledOf, rescaleOf } from '../panes/greys.ts'
import { frameOf } from '../panes/moments.ts'
import type { Drawable, SeriesFrames } from '../panes/series.ts'
import type { VolumeBox } from './box.ts'

/** What stands where there is no picture. */
export const outsideOf = ({ meta }: SeriesFrames): number => meta.rescaled.min

/** Slices of the series, of one moment, that make a layer of the box. */
export function framesOfLayer(
  { meta }: SeriesFrames,
  box: VolumeBox,
  layer: number,
  moment: number,
): number[] {
  const first = layer * box.slices
  const count = Math.min(box.slices, meta.slices - first)
  return Array.from({ length: count }, (_, n) => {
    const along = first + n
    return frameOf(box.isBack ? meta.slices - 1 - along : along, moment, meta)
  })
}

/** Writes rescaled values of a layer of `box` at `moment` into the values of all layers. */
export function fillLayer(
  series: SeriesFrames,
  box: VolumeBox,
  layer: number,
  moment: number,
  into: Float32Array,
): void {
  const [wide, high] = box.size
  const sums = new Float64Array(wide * high)
  const counts = new Uint32Array(wide * high)
  const { meta } = series
  for (const frame of framesOfLayer(series, box, layer, moment)) {
    const found = series.drawable(frame)
    if (found) addSlice(found, series, frame, box.shiftOf(frame % meta.slices), box, sums, counts)
  }
  const outside = outsideOf(series)
  const from = layer * wide * high
  for (let i = 0; i < sums.length; i++) {
    const count = counts[i] as number
    into[from + i] = count === 0 ? outside : (sums[i] as number) / count
  }
}

function addSlice(
  { values, columns: wideHere, factor }: Drawable,
  { meta }: SeriesFrames,
  frame: number,
  [across, down]: readonly [number, number],
  { pixels, size: [wide] }: VolumeBox,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  const { columns, rows, padding } = meta
  const rescale = rescaleOf(meta, frame)
  for (let y = 0; y < rows; y++) {
    const line = Math.floor(y / factor) * wideHere
    const to = Math.floor((y + down) / pixels) * wide
    for (let x = 0; x < columns; x++) {
      const word = values[line + (factor === 1 ? x : Math.floor(x / factor))] as number
      // Only what is finite gives 0 here.
      if (word === padding || word - word !== 0) continue
      const at = to + Math.floor((x + across) / pixels)
      sums[at] = (sums[at] as number) + rescaledOf(word, rescale)
      counts[at] = (counts[at] as number) + 1
    }
  }
}

/** Looked at to find the span of values. */
const MOST = 262_144

/** Between what share of the values lie, those of the background (the least there is) left out. */
export function spanBetween(
  values: Float32Array,
  low: number,
  high: number,
): { readonly low: number; readonly high: number } {
  const step = Math.max(1, Math.floor(values.length / MOST))
  const seen = Float32Array.from(
    { length: Math.floor(values.length / step) },
    (_, i) => values[i * step] as number,
  )
  seen.sort()
  const least = seen[0]
  if (least === undefined) return { low: 0, high: 1 }
  const background = seen.findLastIndex((value) => value === least) + 1
  const total = seen.length - background
  if (total === 0) return { low: least, high: least + 1 }
  const at = (share: number): number => seen[background + Math.max(0, Math.ceil(total * share) - 1)] as number
  return { low: at(low), high: Math.max(at(high), at(low) + 1e-6) }
}
