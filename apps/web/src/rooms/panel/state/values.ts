/** A value under the pointer, as it is written: with its unit, and with as many digits as the series' values tell apart. Pure. */
import type { Series } from '@consilium/contract/studies'
import type { Probe } from '@consilium/viewer/scene'
import { number, withUnit } from '../../../format.ts'

/** Rescale Type's words (PS3.3 C.11.1.1.2) and PET's Units (C.8.9.1.1.3) as physicians write them; others are written as they are. */
const UNITS: Readonly<Record<string, string>> = {
  US: '',
  UNSPECIFIED: '',
  HU_MOD: 'HU',
  PCT: '%',
  BQML: 'Bq/ml',
  GML: 'g/ml',
  CM2ML: 'cm²/ml',
  CNTS: 'counts',
  CPS: 'counts/s',
  PROPCNTS: '',
  PROPCPS: '',
  NONE: '',
  MGML: 'mg/ml',
}

/** `finer`: so many digits more, of what was computed from several values. */
export function valueText(value: NonNullable<Probe['value']>, series: Valued, finer = 0): string {
  if (typeof value !== 'number') {
    const [red, green, blue] = value
    return `R ${red} · G ${green} · B ${blue}`
  }
  if (Number.isNaN(value)) return 'not a number'
  const text = number(value, digitsOf(series) + finer)
  const unit = unitOf(series)
  return unit === '' ? text : withUnit(text, unit)
}

/** '' where values have none. */
export const unitOf = ({ rescale }: Pick<Valued, 'rescale'>): string => UNITS[rescale.unit] ?? rescale.unit

export type Valued = Pick<Series, 'samples' | 'rescale' | 'rescales' | 'rescaled'>

/** None where all values are whole, else four of the span. */
function digitsOf({ samples, rescale, rescales, rescaled }: Valued): number {
  const whole = [rescale, ...(rescales ?? [])].every(
    ({ slope, intercept }) => Number.isInteger(slope) && Number.isInteger(intercept),
  )
  if (whole && !samples.startsWith('float')) return 0
  const span = rescaled.max - rescaled.min
  return span > 0 ? Math.max(1, Math.min(6, 3 - Math.floor(Math.log10(span)))) : 1
}
