/**
 * Several planes shown as one: of each place the largest, the least or the mean value through the slab. For the eye: what it shows lies at no
 * single place, so it has no values to probe or to measure.
 */

import { normalOf } from '@consilium/geometry/plane'
import { dot, subtract } from '@consilium/geometry/vec3'
import type { Samples } from '@consilium/imaging/samples'
import { rescaleOf } from '../greys.ts'
import { frameOf, momentOf, placeOf } from '../moments.ts'
import type { Drawable, SeriesFrames, SeriesMeta } from '../series.ts'
import type { Slab, Slicing } from '../slicing.ts'
import { editionOf, pictureOf, typeOf } from './reformatted.ts'

export function slabOf(series: SeriesFrames, slicing: Slicing, { mode, mm }: Slab): SeriesFrames {
  const { meta } = series
  const slabMeta: SeriesMeta = { ...meta, ...typeOf(meta), lower: null, packs: [] }
  const reach = Math.max(0, Math.round(mm / gapOf(series)) - 1) / 2
  let lookedAt = 0
  let kept: { readonly frame: number; readonly drawable: Drawable } | null = null
  let picture: Samples | null = null

  const framesOf = (frame: number): number[] => {
    const place = placeOf(frame, meta)
    const first = Math.max(0, place - Math.floor(reach))
    const last = Math.min(meta.slices - 1, place + Math.ceil(reach))
    return Array.from({ length: last - first + 1 }, (_, k) => frameOf(first + k, momentOf(frame, meta), meta))
  }
  const have = (frame: number): boolean => framesOf(frame).every(series.have)
  const drawable = (frame: number): Drawable | null => {
    const frames = framesOf(frame)
    const edition = editionOf(series, frames)
    if (edition === null) return null
    const full = `${edition} ${series.drawable(frame)?.edition ?? ''}`
    if (kept?.frame === frame && kept.drawable.edition === full) return kept.drawable
    picture ??= pictureOf(slabMeta.samples, meta.columns * meta.rows)
    through(series, slabMeta, frames, mode, picture)
    const { rows, columns } = meta
    kept = {
      frame,
      drawable: { values: picture, rows, columns, factor: 1, gaps: !have(frame), edition: full },
    }
    return kept.drawable
  }
  return {
    ...series,
    meta: slabMeta,
    base: series.base ?? series,
    slicing,
    have,
    drawable,
    stored: () => null,
    lookAt(frame) {
      lookedAt = frame
      series.lookAt(frame)
    },
    onFrame: (listener) => series.onFrame(() => listener(lookedAt)),
    // The series it was made from is not its own.
    close() {},
  }
}

/** mm from plane to plane. */
function gapOf({ planes: [first, second] }: SeriesFrames): number {
  return first && second ? Math.abs(dot(subtract(second.origin, first.origin), normalOf(first))) : 1
}

const AS_STORED = { slope: 1, intercept: 0 } as const

/** Places without picture count for nothing. Frames in less detail are left out: they come whole soon. */
function through(
  series: SeriesFrames,
  meta: SeriesMeta,
  frames: readonly number[],
  mode: Slab['mode'],
  into: Samples,
): void {
  const outside = meta.padding ?? 0
  const padding = series.meta.padding ?? outside
  const sums = new Float64Array(mode === 'mean' ? into.length : 0)
  const counts = new Uint16Array(sums.length)
  into.fill(outside)
  for (const frame of frames) {
    const found = series.drawable(frame)
    if (!found || found.factor !== 1) continue
    const { rescales } = series.meta
    const { slope, intercept } = rescales ? rescaleOf(series.meta, frame) : AS_STORED
    if (mode === 'mean') add(found.values, slope, intercept, padding, sums, counts)
    else extreme(found.values, slope, intercept, padding, mode === 'max' ? 1 : -1, outside, into)
  }
  const whole = !meta.samples.startsWith('float')
  for (let i = 0; i < sums.length; i++) {
    const mean = (sums[i] as number) / (counts[i] as number)
    if (counts[i] !== 0) into[i] = whole ? Math.round(mean) : mean
  }
}

function add(
  values: Samples,
  slope: number,
  intercept: number,
  padding: number,
  sums: Float64Array,
  counts: Uint16Array,
): void {
  for (let i = 0; i < sums.length; i++) {
    const word = values[i] as number
    if (word === padding) continue
    sums[i] = (sums[i] as number) + word * slope + intercept
    counts[i] = (counts[i] as number) + 1
  }
}

/** `sign`: 1 for the largest, -1 for the least. */
function extreme(
  values: Samples,
  slope: number,
  intercept: number,
  padding: number,
  sign: 1 | -1,
  outside: number,
  into: Samples,
): void {
  for (let i = 0; i < into.length; i++) {
    const word = values[i] as number
    if (word === padding) continue
    const value = word * slope + intercept
    const known = into[i] as number
    if (known === outside || (value - known) * sign > 0) into[i] = value
  }
}
