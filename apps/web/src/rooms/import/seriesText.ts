/** A series in words: what it shows, and its geometry. */
import type { Series } from '@consilium/contract/studies'
import { capital, count, number, withUnit } from '../../format.ts'

export function titleOf(series: Pick<Series, 'modality' | 'bodyPart'>): string {
  const part = series.bodyPart.toLowerCase()
  return [series.modality, part].filter(Boolean).join(' ') || 'Series'
}

/** "60 slices, 0.70 × 0.70 × 1.25 mm, 512 × 512, 16 bit"; of a film its moments, without a scale no mm. */
export function geometryOf(series: Series): string {
  const { row, column, slice } = series.spacing
  const voxel = [column, row, ...(slice === null ? [] : [slice])].map((value) => number(value, 2)).join(' × ')
  return [
    ...(series.slices > 1 || series.moments === 1 ? [count(series.slices, 'slice')] : []),
    ...(series.moments > 1 ? [count(series.moments, 'moment')] : []),
    ...(series.spacingAt === null ? [] : [withUnit(voxel, 'mm')]),
    `${number(series.columns)} × ${number(series.rows)}`,
    series.photometric === 'RGB' ? 'colour' : withUnit(String(series.bits.stored), 'bit'),
  ].join(', ')
}

/** "SliceThickness" as people read it: "Slice thickness"; abbreviations stay. */
export function attributeName(keyword: string): string {
  const words = keyword
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .trim()
    .split(/\s+/)
  return capital(words.map((word) => (/^[A-Z]{2,}s?$/.test(word) ? word : word.toLowerCase())).join(' '))
}

/** Whose names matter most comes first: the patient, then by name, then what the dictionary has no name for. */
export function inReadingOrder(keywords: readonly string[]): readonly string[] {
  const rank = (keyword: string) => (keyword.startsWith('Patient') ? 0 : keyword.startsWith('(') ? 2 : 1)
  return keywords.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'))
}
