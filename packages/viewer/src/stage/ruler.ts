/** A scale to measure by eye: a round length of 1, 2 or 5 times a power of ten whose bar is 60 to 150 CSS pixels long. Pure. */

export interface Ruler {
  readonly mm: number
  readonly px: number
  /** "5 cm", "5 mm". */
  readonly label: string
}

const LONGEST_PX = 150

export function rulerFor(mmPerPixel: number): Ruler {
  const most = LONGEST_PX * mmPerPixel
  const power = 10 ** Math.floor(Math.log10(most))
  const mm = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
  return { mm, px: mm / mmPerPixel, label: mm >= 10 ? `${round(mm / 10)} cm` : `${round(mm)} mm` }
}

const round = (value: number): number => Number(value.toPrecision(3))
