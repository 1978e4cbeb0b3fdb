/**
 * Where each frame lies: from the classic attributes of the file (PS3.3 C.7.6.2) or, in enhanced objects, from the functional groups,
 * those of the frame before the shared ones (C.7.6.16). What is missing or impossible is null, never guessed.
 */
import { dot, isFinite3, length, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { DataSet } from 'dicom-parser'
import { ImagingFault } from '../fault.ts'
import type { Frame, VoiFunction } from './instance.ts'
import { temporalOf, timesOf } from './timing.ts'
import { decimals, items, word } from './values.ts'

export type Place = Omit<Frame, 'pixels'>

/** One place per frame. */
export function placesOf(data: DataSet, frames: number): Place[] {
  const shared = items(data, 'x52009229')[0]
  const perFrame = items(data, 'x52009230')
  if (perFrame.length > 0 && perFrame.length !== frames) {
    throw new ImagingFault('damaged', `it describes ${perFrame.length} frames but announces ${frames}`)
  }
  const times = timesOf(data, perFrame, frames)
  const projected = isProjection(data)
  const enhanced = shared !== undefined || perFrame.length > 0
  return Array.from({ length: frames }, (_, k) => {
    const groups: Find = (sequence, tag) =>
      within(perFrame[k], sequence, tag) ?? within(shared, sequence, tag)
    // The classic attributes hold for the whole file; of several classic frames only the first is placed by them.
    const classic = (tag: string) =>
      !enhanced && (frames === 1 || tag !== POSITION) ? decimals(data, tag) : null
    const voiFunction = voiFunctionOf(items(perFrame[k], VOI)[0] ?? items(shared, VOI)[0] ?? data)
    const temporal = temporalOf(perFrame[k], data)
    const timeMs = times?.[k]
    return {
      position: positionOf(groups('x00209113', POSITION) ?? classic(POSITION)),
      orientation: orientationOf(groups('x00209116', ORIENTATION) ?? classic(ORIENTATION)),
      spacing: spacingOf(
        groups('x00289110', SPACING) ?? decimals(data, SPACING),
        decimals(data, 'x00181164'),
        projected,
      ),
      rescale: rescaleOf(
        groups('x00289145', 'x00281053') ?? decimals(data, 'x00281053'),
        groups('x00289145', 'x00281052') ?? decimals(data, 'x00281052'),
      ),
      windows: windowsOf(
        groups(VOI, 'x00281050') ?? decimals(data, 'x00281050'),
        groups(VOI, 'x00281051') ?? decimals(data, 'x00281051'),
        voiFunction ? 0 : 1,
      ),
      ...(voiFunction && { voiFunction }),
      ...(temporal !== null && { temporal }),
      ...(timeMs !== undefined && { timeMs }),
    }
  })
}

type Find = (sequence: string, tag: string) => number[] | null

const POSITION = 'x00200032'
const ORIENTATION = 'x00200037'
const SPACING = 'x00280030'
const VOI = 'x00289132'
/** Farther than this from the origin is no place in a room, mm. */
const FAR_MM = 1e6
/** No unit needs a larger slope or intercept; with one, rescaled values would be no numbers any more. */
const RESCALE_MOST = 1e15

function within(group: DataSet | undefined, sequence: string, tag: string): number[] | null {
  const item = items(group, sequence)[0]
  return item ? decimals(item, tag) : null
}

const positionOf = (values: number[] | null): Vec3 | null =>
  values && isFinite3(values) && values.every((mm) => Math.abs(mm) < FAR_MM) ? values : null

/** Unit and perpendicular within what 16-character decimals allow; anything else says nothing about the picture. */
function orientationOf(values: number[] | null): Place['orientation'] {
  if (values?.length !== 6) return null
  const row = unit(values.slice(0, 3))
  const column = unit(values.slice(3, 6))
  return row && column && Math.abs(dot(row, column)) < 1e-2 ? { row, column } : null
}

function unit(values: number[]): Vec3 | null {
  if (!isFinite3(values)) return null
  const size = length(values)
  if (Math.abs(size - 1) > 0.1) return null
  return Math.abs(size - 1) < 1e-3 ? values : scale(values, 1 / size)
}

/** Shadows on a detector, larger than what throws them; unless somebody calibrated the spacing (PS3.3 10.7.1.3). */
const PROJECTIONS = new Set(['CR', 'DX', 'MG', 'PX', 'RF', 'RG', 'XA'])
const isProjection = (data: DataSet): boolean =>
  PROJECTIONS.has(word(data, 'x00080060')) && word(data, 'x00280a02') === ''

function spacingOf(
  patient: number[] | null,
  detector: number[] | null,
  projected: boolean,
): Place['spacing'] {
  // Of a projection they differ where the first was corrected.
  const corrected = !projected || (detector !== null && patient?.some((mm, k) => mm !== detector[k]))
  for (const [values, at] of [
    [patient, corrected ? 'patient' : 'detector'] as const,
    [detector, 'detector'] as const,
  ]) {
    const [row, column] = values ?? []
    if (row !== undefined && column !== undefined && row > 0 && column > 0 && row < 1e3 && column < 1e3)
      return { row, column, at }
  }
  return null
}

function rescaleOf(slopes: number[] | null, intercepts: number[] | null): Place['rescale'] {
  const slope = slopes?.[0] ?? 1
  const intercept = intercepts?.[0] ?? 0
  if (slope === 0)
    throw new ImagingFault('damaged', 'its rescale slope is zero, so every value would be the same')
  if (Math.abs(slope) > RESCALE_MOST || Math.abs(intercept) > RESCALE_MOST)
    throw new ImagingFault('damaged', 'its values leave every scale when they are rescaled')
  return { slope, intercept }
}

const voiFunctionOf = (data: DataSet): VoiFunction | null =>
  (['LINEAR_EXACT', 'SIGMOID'] as const).find((name) => word(data, 'x00281056') === name) ?? null

/** PS3.3 C.11.2.1.2: a linear window is at least 1 wide, the others wider than 0. */
function windowsOf(centers: number[] | null, widths: number[] | null, least: number): Place['windows'] {
  return (centers ?? []).flatMap((center, k) => {
    const width = widths?.[k]
    return width !== undefined && width >= least && width > 0 ? [{ center, width }] : []
  })
}
