/** Statistics as they are written: each with its name and the unit of the series. Pure. */
import { areaUnit, type SpacingAt } from '@consilium/viewer/lengths'
import type { Roi, RoiDrawn } from '@consilium/viewer/roi'
import { count, number, withUnit } from '../../../format.ts'
import { type Valued, valueText } from '../state/values.ts'

export interface ValueLine {
  readonly title: string
  readonly text: string
}

/** Where its area holds. */
type InScale = { readonly at: SpacingAt }

/** Means have a digit more than single values. */
export function valueLines(roi: Roi & InScale, series: Valued): readonly ValueLine[] {
  const fine = (value: number): string => valueText(value, series, 1)
  return [
    { title: 'Mean', text: fine(roi.mean) },
    { title: 'SD (n − 1)', text: roi.sdSample === null ? 'none: a single pixel' : fine(roi.sdSample) },
    { title: 'Min', text: valueText(roi.min, series) },
    { title: 'Max', text: valueText(roi.max, series) },
    { title: 'Median', text: fine(roi.median) },
    {
      title: 'Pixels',
      text: `${number(roi.count)} · ${withUnit(number(roi.area, 1), areaUnit(roi.at))}`,
    },
    ...(roi.left > 0 ? [{ title: 'Left out', text: `${count(roi.left, 'pixel')} without a value` }] : []),
  ]
}

/** On the tag: "35.2 ± 12.9 HU". */
export function meanText({ mean, sdSample }: Pick<Roi, 'mean' | 'sdSample'>, series: Valued): string {
  const text = valueText(mean, series, 1)
  if (sdSample === null) return text
  const [figure = '', unit] = text.split('\u00a0')
  const spread = valueText(sdSample, series, 1).split('\u00a0')[0]
  return `${figure} ± ${spread}${unit === undefined ? '' : `\u00a0${unit}`}`
}

/** Beside a shape in the hand: "35.2 ± 12.9 HU · −20 to 98 · 96.0 mm²". */
export function drawnText(roi: RoiDrawn & InScale, series: Valued): string {
  const min = valueText(roi.min, series).split('\u00a0')[0]
  const area = withUnit(number(roi.area, 1), areaUnit(roi.at))
  return [meanText(roi, series), `${min} to ${valueText(roi.max, series)}`, area].join(' · ')
}
