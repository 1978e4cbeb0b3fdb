/**
 * What must be said about a series before anybody measures in it: uneven gaps, missing slices, tilt, lacking geometry or identity.
 * Nothing here changes a series; series.ts decides what follows.
 */
import { dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { calibrationWords } from './calibration.ts'
import type { Layer } from './moments.ts'
import type { Slice } from './slices.ts'
import { isFilm } from './stacks.ts'

/** Gaps that differ by more than both of these are uneven (1 % of the usual gap; 0.01 mm). */
const GAP_SHARE = 0.01
const GAP_MM = 0.01
/** Slices shifted sideways by more than this share of their gap are sheared. */
const SHEAR_SHARE = 0.01

/** mm along the normal from each slice to the next. */
export const gapsOf = (positions: readonly Vec3[], normal: Vec3): number[] =>
  positions.slice(1).map((at, k) => dot(subtract(at, positions[k] as Vec3), normal))

/** The middle one: takes sorting, so ask once. */
const usual = (gaps: readonly number[]): number =>
  gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] as number

/** Indices of the gaps that are not like the others. */
export function unevenAt(gaps: readonly number[]): number[] {
  const step = usual(gaps)
  const tolerance = Math.max(GAP_MM, GAP_SHARE * step)
  return gaps.flatMap((gap, k) => (Math.abs(gap - step) > tolerance ? [k] : []))
}

/** Whole sentences, for a physician, about whatever is doubtful in a series. */
export function warningsOf(
  { slices, moments, times }: Layer<Slice>,
  duplicates: readonly Slice[],
  gaps: readonly number[],
  positions: readonly Vec3[],
  normal: Vec3,
): string[] {
  const first = slices[0] as Slice
  const warnings: string[] = []
  if (slices.some((s) => s.uids.series === null || s.uids.instance === null)) {
    warnings.push(
      'The files carry no usable identifiers; the series is known by its content (pixels and geometry).',
    )
  }
  if (duplicates.length > 0)
    warnings.push(`${count(duplicates.length, 'slice')} came more than once and was taken once.`)
  if (isFilm(slices)) warnings.push(filmWarning(times !== null))
  else if (first.position === null) {
    warnings.push(
      slices.length > 1
        ? 'The files do not say where the pictures lie; they stand in the order of their numbers, and only in-plane distances hold.'
        : 'The file does not say where the picture lies in space.',
    )
  } else if (moments > 1 && times === null)
    warnings.push(
      `Each place has ${moments} pictures, one after the other; the files do not say how much time lies between them.`,
    )
  if (first.position !== null) warnings.push(...gapWarnings(gaps), ...shearWarnings(gaps, positions, normal))
  if (first.orientation === null)
    warnings.push(
      'The files do not say how the pictures are turned; right, left, front and back are unknown.',
    )
  if (first.spacing === null) warnings.push(...calibrationWords(slices))
  if (first.spacing?.at === 'detector') warnings.push('Distances are as at the detector, not as in the body.')
  if (first.technical.mapped === 'applied')
    warnings.push('The files map their values by a table (Modality LUT); values are those that it gives.')
  else if (first.technical.mapped)
    warnings.push(
      'The files map their values by a table (Modality LUT) that cannot be read; values are given as stored.',
    )
  if (slices.some((s) => s.technical.aspect !== undefined && s.spacing === null))
    warnings.push('The pixels are not square; distances are in widths of a pixel.')
  if (slices.some((s) => s.technical.lossy)) warnings.push('The pictures were compressed with loss.')
  return warnings
}

function gapWarnings(gaps: readonly number[]): string[] {
  if (gaps.length === 0) return []
  const step = usual(gaps)
  const uneven = unevenAt(gaps)
  if (uneven.length === 0) return []
  const named = uneven.slice(0, 3).map((k) => {
    const gap = gaps[k] as number
    const missing = Math.round(gap / step) - 1
    const whole = missing > 0 && Math.abs(gap - (missing + 1) * step) <= Math.max(GAP_MM, GAP_SHARE * gap)
    const what = whole ? `, ${count(missing, 'slice')} missing` : ''
    return `${mm(gap)} between slices ${k + 1} and ${k + 2}${what}`
  })
  const more = uneven.length > named.length ? `, and ${count(uneven.length - named.length, 'more gap')}` : ''
  return [
    `The slices are not evenly spaced (usually ${mm(step)}): ${named.join('; ')}${more}. Nothing is computed across slices.`,
  ]
}

function shearWarnings(gaps: readonly number[], positions: readonly Vec3[], normal: Vec3): string[] {
  const sheared = gaps.some((gap, k) => {
    const step = subtract(positions[k + 1] as Vec3, positions[k] as Vec3)
    const sideways = subtract(step, scale(normal, gap))
    return Math.hypot(...sideways) > Math.max(0.05, SHEAR_SHARE * gap)
  })
  return sheared
    ? [
        'The slices are shifted against each other (tilted gantry); the distance between them is measured at right angles.',
      ]
    : []
}

const filmWarning = (timed: boolean): string =>
  timed
    ? 'The file does not say where its pictures lie; they are shown as a film, and only in-plane distances hold.'
    : 'The file says neither where its pictures lie nor when each was taken; they are shown as a film in its order, and only in-plane distances hold.'

const mm = (value: number): string => `${Number(value.toFixed(2))} mm`
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
