/**
 * A series as planes across its slices: what comes out looks like any other series in memory, so that panes, windows and read-outs need not
 * know. Its values lie in the series it was cut from; one picture is made when it is asked for and kept until the next one is.
 */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { bytesPerPixel, type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'
import { frameOf, momentOf, placeOf } from '../moments.ts'
import type { Drawable, SeriesFrames, SeriesMeta } from '../series.ts'
import type { Slicing } from '../slicing.ts'
import type { Outside } from './gather.ts'

/** Planes through a volume, and the size of the picture in each. */
export interface Sheets {
  readonly planes: readonly [Plane, ...Plane[]]
  readonly columns: number
  readonly rows: number
}

/** Makes the picture at a place out of the frames of the volume as it was taken, one per slice. */
export type Fill = (place: number, slices: readonly number[], into: Samples, outside: Outside) => void

/** Lowest of 32 bits: no scanner writes it. */
const NO_FLOAT = -3.4028234663852886e38

export function reformatted(
  base: SeriesFrames,
  slicing: Slicing,
  { planes, columns, rows }: Sheets,
  fill: Fill,
): SeriesFrames {
  const { meta } = base
  const [first] = planes
  const cutMeta: SeriesMeta = {
    ...meta,
    ...typeOf(meta),
    columns,
    rows,
    slices: planes.length,
    frames: planes.length * meta.moments,
    spacing: { row: first.rowSpacing, column: first.columnSpacing },
    direction: [...first.row, ...first.column, ...normalOf(first)],
    positions: planes.map(({ origin }) => origin),
    packs: [],
    lower: null,
  }
  // All planes of a moment go through the same slices, and the bar beside the picture asks of every one of them: they are listed once.
  let listed: { readonly moment: number; readonly slices: readonly number[] } | null = null
  const slicesOf = (frame: number): readonly number[] => {
    const moment = momentOf(frame, cutMeta)
    if (listed?.moment !== moment)
      listed = {
        moment,
        slices: Array.from({ length: meta.slices }, (_, slice) => frameOf(slice, moment, meta)),
      }
    return listed.slices
  }

  let picture: Samples | null = null
  let kept: { readonly frame: number; readonly drawable: Drawable } | null = null
  let lookedAt = 0

  const have = (frame: number): boolean => slicesOf(frame).every(base.have)
  const drawable = (frame: number): Drawable | null => {
    const slices = slicesOf(frame)
    const edition = editionOf(base, slices)
    if (edition === null) return null
    if (kept?.frame === frame && kept.drawable.edition === edition) return kept.drawable
    picture ??= pictureOf(cutMeta.samples, columns * rows)
    fill(placeOf(frame, cutMeta), slices, picture, cutMeta.padding ?? 0)
    kept = {
      frame,
      drawable: { values: picture, rows, columns, factor: 1, gaps: !have(frame), edition },
    }
    return kept.drawable
  }

  return {
    meta: cutMeta,
    planes: Array.from({ length: cutMeta.frames }, (_, frame) => planes[placeOf(frame, cutMeta)] ?? first),
    onlyLower: base.onlyLower,
    base,
    slicing,
    have,
    drawable,
    stored: (frame) => (!base.onlyLower && have(frame) ? (drawable(frame)?.values ?? null) : null),
    progress: base.progress,
    lookAt(frame) {
      lookedAt = frame
    },
    onFrame: (listener) =>
      base.onFrame((frame) => {
        if (momentOf(frame, meta) === momentOf(lookedAt, cutMeta)) listener(lookedAt)
      }),
    onProgress: base.onProgress,
    retry: base.retry,
    // The series it was cut from is not its own.
    close() {},
  }
}

/** How much of these frames is here, whole and in less detail; null where nothing is. */
export function editionOf(base: SeriesFrames, frames: readonly number[]): string | null {
  let [whole, less] = [0, 0]
  for (const one of frames) {
    if (base.have(one)) whole++
    else if (base.drawable(one)) less++
  }
  return whole + less === 0 ? null : `${whole} ${less}`
}

/**
 * What the values of a picture are that is made from several slices: where slopes differ, what they mean, else as they are stored. The
 * padding is what stands where there is no picture.
 */
export function typeOf(meta: SeriesMeta): Pick<SeriesMeta, 'samples' | 'rescale' | 'rescales' | 'padding'> {
  const { samples, rescale, rescales } = meta
  if (rescales === null) return { samples, rescale, rescales, padding: outsideOf(meta) }
  return {
    samples: 'float32',
    rescale: { slope: 1, intercept: 0, unit: rescale.unit },
    rescales: null,
    padding: NO_FLOAT,
  }
}

/** A stored value that stands for no picture: the file's own, or one that none of its pixels has. */
function outsideOf({ padding, rescaled, rescale, samples }: SeriesMeta): Outside {
  if (padding !== null) return padding
  if (samples.startsWith('float')) return NO_FLOAT
  const ends = [rescaled.min, rescaled.max].map((value) => (value - rescale.intercept) / rescale.slope)
  const [least, most] = [Math.floor(Math.min(...ends)), Math.ceil(Math.max(...ends))]
  const bits = bytesPerPixel(samples) * 8
  const [lowest, highest] = samples.startsWith('u')
    ? [0, 2 ** bits - 1]
    : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  return least > lowest ? least - 1 : most < highest ? most + 1 : lowest
}

export const pictureOf = (samples: SampleKind, length: number): Samples =>
  samplesOver(samples, new ArrayBuffer(length * bytesPerPixel(samples)))
