/** A measure as it is written: with the unit that the file's spacing allows; degrees hold whatever a pixel's size. Pure. */
import type { Measure } from '@consilium/crdt-schema/kind'
import { areaUnit, lengthUnit, type SpacingAt } from '@consilium/viewer/lengths'
import { number, withUnit } from '../../../format.ts'

export function measureText({ value, unit }: Pick<Measure, 'value' | 'unit'>, spacingAt: SpacingAt): string {
  const text = number(value, 1)
  if (unit === '°') return `${text}°`
  return withUnit(text, unit === 'mm' ? lengthUnit(spacingAt) : areaUnit(spacingAt))
}
