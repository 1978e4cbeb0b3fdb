/** What is known of a series, in words and figures for people. Pure. */
import type { Series } from '@consilium/contract/studies'
import type { Vec3 } from '@consilium/geometry/vec3'
import { lettersOf, planeName } from '@consilium/viewer/orientation'
import { count, fullMoment, number, trimmed, withUnit } from '../../format.ts'
import { hasUptake, uptakeWords } from './uptakeWords.ts'

export interface Fact {
  readonly title: string
  readonly value: string
  /** Said below it, smaller. */
  readonly more?: string
}

export interface FactGroup {
  readonly title: string
  readonly facts: readonly Fact[]
}

export const factsOf = (series: Series): readonly FactGroup[] => [
  { title: 'Pictures', facts: pictures(series) },
  { title: 'Geometry', facts: geometry(series) },
  { title: 'Values', facts: values(series) },
]

/** "Axial", or null where nobody said how the picture lies in the patient. */
export function planeOf(series: Series): string | null {
  const isPlaced = series.spacingAt === 'patient' || series.frameOfReference !== null || series.slices > 1
  const plane = { ...axesOf(series), origin: [0, 0, 0] as Vec3, columnSpacing: 1, rowSpacing: 1 }
  return isPlaced ? planeName(plane) : null
}

function axesOf({ direction }: Series): { readonly row: Vec3; readonly column: Vec3 } {
  const at = (from: number): Vec3 => [
    direction[from] ?? 0,
    direction[from + 1] ?? 0,
    direction[from + 2] ?? 0,
  ]
  return { row: at(0), column: at(3) }
}

const times = (...sides: readonly number[]): string => sides.map((side) => number(side)).join(' × ')

function pictures(series: Series): Fact[] {
  const { moments, slices } = series
  return [
    { title: 'Modality', value: series.modality || 'Not said' },
    { title: 'Body part', value: series.bodyPart.toLowerCase() || 'Not said' },
    { title: 'Columns × rows', value: times(series.columns, series.rows) },
    { title: 'Slices', value: number(slices) },
    ...(moments > 1 ? [{ title: 'Moments', value: number(moments), ...more(durationOf(series)) }] : []),
    ...(slices > 1 && moments > 1 ? [{ title: 'Pictures', value: number(series.frames) }] : []),
    {
      title: 'Colour',
      value: series.photometric === 'RGB' ? 'Red, green, blue' : 'Grey',
      ...more(series.photometric === 'MONOCHROME1' ? 'The least value is white' : null),
    },
    { title: 'Lossy compression', value: series.lossy ? 'Was used at some time' : 'Not known of' },
    ...(series.at === undefined
      ? []
      : [
          {
            title: 'Came',
            value: fullMoment(series.at),
            ...more(series.by?.name ? `Brought in by ${series.by.name}` : null),
          },
        ]),
  ]
}

const more = (text: string | null): { more?: string } => (text === null ? {} : { more: text })

function durationOf({ times: at, moments }: Series): string | null {
  const last = at?.at(-1)
  if (!last) return null
  return `${withUnit(trimmed(last / 1000, 2), 's')} in all, one each ${withUnit(trimmed(last / (moments - 1), 1), 'ms')}`
}

const SPACING_AT = {
  patient: null,
  detector: 'At the detector: larger than in the patient',
  unknown: 'Not said: pixels are taken as 1 mm, lengths mean nothing',
} as const

const IN_REGIONS = 'Inside of its ultrasound regions; elsewhere lengths are in pixels'

/** Of ultrasound each scale that one of its regions has. */
function spacingOf({ spacing, spacingAt, regions }: Series): Omit<Fact, 'title'> {
  const scales = (regions ?? [{ spacing }]).map(
    ({ spacing: { column, row } }) => `${trimmed(column, 3)} × ${trimmed(row, 3)}`,
  )
  return {
    value: withUnit([...new Set(scales)].join(', '), 'mm'),
    ...more(regions ? IN_REGIONS : SPACING_AT[spacingAt ?? 'unknown']),
  }
}

function geometry(series: Series): Fact[] {
  const { spacing } = series
  const plane = planeOf(series)
  const axes = axesOf(series)
  const place = series.firstPosition.map((one) => number(one, 1)).join(', ')
  return [
    {
      title: 'Plane',
      value: plane ?? 'Not said',
      ...more(runWords(plane ? [lettersOf(axes.row), lettersOf(axes.column)] : series.patientOrientation)),
    },
    {
      title: 'Pixel spacing',
      ...spacingOf(series),
    },
    ...(series.slices > 1
      ? [
          {
            title: 'Slice spacing',
            value: spacing.slice === null ? 'Uneven' : withUnit(trimmed(spacing.slice, 3), 'mm'),
          },
        ]
      : []),
    ...(series.thickness === null
      ? []
      : [{ title: 'Slice thickness', value: withUnit(trimmed(series.thickness, 3), 'mm') }]),
    ...(plane === null ? [] : [{ title: 'First pixel (x, y, z)', value: withUnit(place, 'mm') }]),
    {
      title: 'Frame of reference',
      value: series.frameOfReference === null ? 'Not said' : 'Known, replaced',
    },
  ]
}

const runWords = (sides: readonly string[] | null): string | null =>
  sides && `Rows run to ${sides[0]}, columns to ${sides[1]}`

function values(series: Series): Fact[] {
  const { bits, rescale, rescaled, stored, samples } = series
  const digits = samples.startsWith('float')
    ? 4
    : rescale.slope % 1 === 0 && rescale.intercept % 1 === 0
      ? 0
      : 2
  const range = ({ min, max }: { min: number; max: number }, most: number) =>
    `${trimmed(min, most)} … ${trimmed(max, most)}`
  const isSame = rescale.slope === 1 && rescale.intercept === 0
  return [
    { title: 'Range', value: withUnit(range(rescaled, digits), rescale.unit).trim() },
    ...(isSame && series.rescales === null
      ? []
      : [
          { title: 'Stored range', value: range(stored, digits) },
          { title: 'Rescale', value: series.rescales === null ? line(rescale) : 'Of each picture its own' },
        ]),
    ...uptake(series),
    { title: 'Stored as', value: kindOf(samples, bits) },
    ...(series.padding === null
      ? []
      : [{ title: 'Padding', value: trimmed(series.padding, digits), more: 'Stands for “no picture here”' }]),
    ...series.windows.slice(0, WINDOWS).map((window, at) => ({
      title: series.windows.length === 1 ? 'Window' : `Window ${at + 1}`,
      value: `${trimmed(window.width, 2)} / ${trimmed(window.center, 2)}`,
      ...more(window.name || null),
    })),
    ...(series.windows.length > WINDOWS
      ? [{ title: 'More windows', value: number(series.windows.length - WINDOWS) }]
      : []),
    ...(series.voiFunction === 'LINEAR' ? [] : [{ title: 'Window function', value: series.voiFunction }]),
    ...(series.voiLuts.length === 0
      ? []
      : [{ title: 'Grey tables', value: count(series.voiLuts.length, 'table') }]),
  ]
}

const UPTAKE_TITLES: Readonly<Record<string, string>> = { bw: 'SUVbw', lbm: 'SUVlbm', bsa: 'SUVbsa' }

/** Of PET: what a value is multiplied by to be standardised uptake. */
function uptake({ suv }: Series): Fact[] {
  if (suv === null) return []
  if (!hasUptake(suv)) return [{ title: 'Uptake', value: 'Not known', more: uptakeWords(suv) }]
  const factors = Object.entries(suv.factors).map(
    ([kind, factor]) => `${UPTAKE_TITLES[kind] ?? kind} = value × ${Number(factor.toPrecision(6))}`,
  )
  return factors.map((value, index) => ({
    title: index === 0 ? 'Uptake' : '',
    value,
    ...more(index === 0 ? uptakeWords(suv) : null),
  }))
}

/** Width / level, as radiologists write them; more are seldom meant to be read. */
const WINDOWS = 4

/** "1 × value − 1 024". */
function line({ slope, intercept }: Series['rescale']): string {
  const sign = intercept < 0 ? '−' : '+'
  return `${trimmed(slope, 6)} × value ${sign} ${trimmed(Math.abs(intercept), 6)}`
}

function kindOf(samples: Series['samples'], bits: Series['bits']): string {
  if (samples === 'uint8x3') return '3 × 8 bit'
  if (samples.startsWith('float')) return `${samples.slice(5)} bit, fractions`
  return `${bits.stored} bit, ${bits.signed ? 'with' : 'without'} sign`
}
