/**
 * A series as planes across its slices: what comes out looks like any other series in memory, so that panes, windows and read-outs need not
 * know. Its values lie in the series it was cut from; one picture is cut when it is asked for and kept until the next one is.
 */
import { normalOf } from '@consilium/geometry/plane'
import { bytesPerPixel, type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'
import { rescaleOf } from '../greys.ts'
import { frameOf, momentOf, placeOf } from '../moments.ts'
import type { Drawable, SeriesFrames, SeriesMeta } from '../series.ts'
import type { Slicing } from '../slicing.ts'
import type { Cut } from './cut.ts'
import { gatherLine, type Outside, type Reading, readLine } from './gather.ts'

/** Lowest of 32 bits: no scanner writes it. */
const NO_FLOAT = -3.4028234663852886e38

export function reformatted(
  base: SeriesFrames,
  slicing: Slicing,
  { planes, columns, rows, walk }: Cut,
): SeriesFrames {
  const { meta } = base
  const samples = meta.rescales === null ? meta.samples : 'float32'
  const outside = meta.rescales === null ? outsideOf(meta) : NO_FLOAT
  const [first] = planes
  const cutMeta: SeriesMeta = {
    ...meta,
    columns,
    rows,
    slices: planes.length,
    frames: planes.length * meta.moments,
    spacing: { row: first.rowSpacing, column: first.columnSpacing },
    direction: [...first.row, ...first.column, ...normalOf(first)],
    positions: planes.map(({ origin }) => origin),
    samples,
    rescale: meta.rescales === null ? meta.rescale : { slope: 1, intercept: 0, unit: meta.rescale.unit },
    rescales: null,
    padding: outside,
    packs: [],
    lower: null,
  }
  const whole = samples !== 'float32' && samples !== 'float64'
  const isShifted = walk.wide !== walk.count
  const slicesOf = (frame: number): number[] =>
    Array.from({ length: meta.slices }, (_, slice) => frameOf(slice, momentOf(frame, cutMeta), meta))

  let picture: Samples | null = null
  let kept: { readonly frame: number; readonly drawable: Drawable; readonly here: string } | null = null
  let lookedAt = 0

  const have = (frame: number): boolean => slicesOf(frame).every(base.have)
  const hereOf = (frame: number): string => {
    let [all, some] = [0, 0]
    for (const one of slicesOf(frame)) {
      if (base.have(one)) all++
      else if (base.drawable(one)) some++
    }
    return `${all} ${some}`
  }

  const drawable = (frame: number): Drawable | null => {
    const here = hereOf(frame)
    if (here === '0 0') return null
    if (kept?.frame === frame && kept.here === here) return kept.drawable
    picture ??= pictureOf(samples, columns * rows)
    const place = placeOf(frame, cutMeta)
    slicesOf(frame).forEach((one, slice) => {
      const found = base.drawable(one)
      if (!found)
        return blank(walk.first + walk.across * slice, walk.along, walk.wide, picture as Samples, outside)
      if (found.factor === 1 && !isShifted && meta.rescales === null)
        return gatherLine(found.values, walk, place, slice, picture as Samples)
      const rescale = meta.rescales === null ? null : rescaleOf(meta, one)
      const reading: Reading = { rescale, padding: meta.padding, outside, whole }
      readLine(found, walk, place, slice, picture as Samples, reading)
    })
    kept = {
      frame,
      here,
      drawable: { values: picture, rows, columns, factor: 1, gaps: !have(frame), edition: here },
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

const pictureOf = (samples: SampleKind, length: number): Samples =>
  samplesOver(samples, new ArrayBuffer(length * bytesPerPixel(samples)))

function blank(from: number, along: number, count: number, into: Samples, outside: Outside): void {
  for (let i = 0, t = from; i < count; i++, t += along) into[t] = outside
}
