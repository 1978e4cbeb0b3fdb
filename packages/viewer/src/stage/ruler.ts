/** A scale to measure by eye: a round length of 1, 2 or 5 times a power of ten whose bar is 60 to 150 CSS pixels long. Pure. */
import { lengthUnit, type SpacingAt } from './lengths.ts'

export interface Ruler {
  readonly mm: number
  readonly px: number
  /** "5 cm", "5 mm"; where a pixel's size is not known "200 px". */
  readonly label: string
}

const LONGEST_PX = 150

export function rulerFor(mmPerPixel: number, at: SpacingAt = 'patient'): Ruler {
  const most = LONGEST_PX * mmPerPixel
  const power = 10 ** Math.floor(Math.log10(most))
  const mm = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
  const unit = lengthUnit(at)
  const label =
    at !== null && mm >= 10 ? `${round(mm / 10)} ${unit.replace('mm', 'cm')}` : `${round(mm)} ${unit}`
  return { mm, px: mm / mmPerPixel, label }
}

const round = (value: number): number => Number(value.toPrecision(3))
