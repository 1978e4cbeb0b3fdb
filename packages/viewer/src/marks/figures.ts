/** The figure beside a shape: with one decimal (visual.md: a space before the unit, none before the sign of degrees). */
import type { Measure } from '@consilium/crdt-schema/kind'
import type { LengthUnit } from '../stage/lengths.ts'

export const said = (length: number, unit: LengthUnit = 'mm'): string => `${length.toFixed(1)} ${unit}`

export const saidBoth = (first: number, second: number, unit?: LengthUnit): string =>
  `${first.toFixed(1)} × ${said(second, unit)}`

export const saidAngle = ([angle]: readonly Measure[]): string | null =>
  angle ? `${angle.value.toFixed(1)}°` : null
