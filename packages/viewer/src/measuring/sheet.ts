/**
 * The picture whose values a shape is about: the plane it was drawn in, as a series in memory, whatever plane a pane shows now. Where there
 * is none one sentence says why: what is shown as a slab, in colour or in less detail has no values of its own, and across slices that are
 * missing nothing is computed.
 */
import type { Source } from '@consilium/crdt-schema/annotation'
import { areParallel } from '@consilium/geometry/across'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { thicknessOf } from '@consilium/geometry/polygon'
import { middleOf, type Vec3 } from '@consilium/geometry/vec3'
import type { Samples } from '@consilium/imaging/samples'
import { isColour, rescaledOf, rescaleOf } from '../panes/greys.ts'
import { frameAt } from '../panes/reformat/places.ts'
import { slicedAs, volumeOf } from '../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Slicing } from '../panes/slicing.ts'

export interface Sheet {
  readonly plane: Plane
  readonly columns: number
  readonly rows: number
  /** Rescaled; null where there is no picture. */
  readonly valueAt: (pixel: number) => number | null
}

export const COMING = 'The values of this slice are still on their way.'
const COLOUR = 'A picture in colour has no values to measure.'
const LESS = 'The values of this series do not fit into this browser’s memory, so they cannot be measured.'

const SLANTING = 'It goes through several slices; values are told within one plane.'
/** What points of one plane may stray, as where shapes are checked. */
const ONE_PLANE_MM = 0.1

/** `base`: the series as it was taken. */
export function sheetFor(
  base: SeriesFrames,
  { normal, frame: taken }: Pick<Source, 'normal' | 'frame'>,
  points: readonly Vec3[],
): Sheet | string {
  if (isColour(base.meta)) return COLOUR
  if (base.onlyLower) return LESS
  if (thicknessOf(points, normal) > ONE_PLANE_MM) return SLANTING
  const series = seriesAlong(base, normal)
  if (typeof series === 'string') return series
  const frame = series.base ? frameAt(series, taken, middleOf(points)) : taken
  const plane = series.planes[frame]
  const stored = series.stored(frame)
  return plane && stored ? sheetOf(series, frame, plane, stored) : COMING
}

function sheetOf({ meta }: SeriesFrames, frame: number, plane: Plane, stored: Samples): Sheet {
  const rescale = rescaleOf(meta, frame)
  return {
    plane,
    columns: meta.columns,
    rows: meta.rows,
    valueAt: (pixel) => {
      const word = stored[pixel]
      if (word === undefined || word === meta.padding || Number.isNaN(word)) return null
      return rescaledOf(word, rescale)
    },
  }
}

/** The last one that was asked for: many questions are about one shape. */
const last = new WeakMap<SeriesFrames, { readonly normal: Vec3; readonly series: SeriesFrames }>()

/** Looked through along a direction: as it was taken, along its own rows or columns, or obliquely. */
function seriesAlong(base: SeriesFrames, normal: Vec3): SeriesFrames | string {
  const [first] = base.planes
  if (!first || areParallel(normal, normalOf(first))) return base
  const known = last.get(base)
  if (known && known.normal.every((n, axis) => n === normal[axis])) return known.series
  const series = slicedAs(base, slicingAlong(base, normal))
  if (typeof series !== 'string') last.set(base, { normal, series })
  return series
}

function slicingAlong(base: SeriesFrames, normal: Vec3): Slicing {
  const volume = volumeOf(base.meta)
  if (typeof volume !== 'string')
    for (const [kind, { planes }] of volume.cuts)
      if (areParallel(normal, normalOf(planes[0]))) return { kind }
  return { kind: 'oblique', normal }
}
