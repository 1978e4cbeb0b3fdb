/**
 * Parts of an ultrasound picture that have a scale of their own (Sequence of Ultrasound Regions, PS3.3 C.8.5.5). Read are those that show
 * tissue in two dimensions and state centimetres both ways; of a spectrum or a curve one axis is time or speed, and its lengths mean nothing.
 * Nothing is judged here: whether they may be believed is said of the series (../calibration.ts).
 */
import type { DataSet } from 'dicom-parser'
import { double, items, ulong } from './values.ts'

/** Columns and rows as counted from 0, the last ones within it. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** mm between rows and between columns. */
  readonly spacing: { readonly row: number; readonly column: number }
}

const TWO_DIMENSIONAL = 1
const CENTIMETRES = 3
const MM_PER_CM = 10
/** A scanner divides its screen into a few; what goes on and on is no scanner's. */
const MOST_REGIONS = 32

export const regionsOf = (data: DataSet): Region[] =>
  items(data, 'x00186011').slice(0, MOST_REGIONS).flatMap(regionIn)

function regionIn(item: DataSet): Region[] {
  const codes = ['x00186012', 'x00186024', 'x00186026'].map((tag) => code(item, tag))
  if (codes.join() !== [TWO_DIMENSIONAL, CENTIMETRES, CENTIMETRES].join()) return []
  const column = spacingOf(item, 'x0018602c')
  const row = spacingOf(item, 'x0018602e')
  // What is missing is no number, and lies on no side of anything.
  const side = (tag: string): number => ulong(item, tag) ?? Number.NaN
  const [left, right] = [side('x00186018'), side('x0018601c')]
  const [top, bottom] = [side('x0018601a'), side('x0018601e')]
  return row && column && left <= right && top <= bottom
    ? [{ left, top, right, bottom, spacing: { row, column } }]
    : []
}

/** mm, from cm; null where it is no length. */
function spacingOf(item: DataSet, tag: string): number | null {
  const mm = (double(item, tag) ?? 0) * MM_PER_CM
  return mm > 0 && mm < 1e3 ? mm : null
}

const code = (item: DataSet, tag: string): number | undefined =>
  item.elements[tag]?.length === 2 ? item.uint16(tag) : undefined
