/**
 * Places and moments of a series. Its frames stand moment after moment, all places of each: frame f lies at place f % slices. A film has
 * one place, so whatever goes through slices elsewhere goes through its moments. Pure; counts from 0 except in words.
 */

export interface Extent {
  readonly slices: number
  readonly moments: number
  readonly times: readonly number[] | null
}

/** Shown so long where the file does not say: ten a second. */
const USUAL_MS = 100
/** A perfusion of minutes can be watched too. */
const LONGEST_MS = 1000

export const placeOf = (frame: number, { slices }: Extent): number => frame % slices

export const momentOf = (frame: number, { slices }: Extent): number => Math.floor(frame / slices)

export const frameOf = (place: number, moment: number, { slices }: Extent): number => moment * slices + place

export const isFilm = ({ slices, moments }: Extent): boolean => slices === 1 && moments > 1

/** What the wheel and the bar beside the picture go through. */
export interface Row {
  readonly of: 'Slice' | 'Moment'
  readonly at: number
  readonly count: number
}

export const rowOf = (frame: number, extent: Extent): Row =>
  isFilm(extent)
    ? { of: 'Moment', at: momentOf(frame, extent), count: extent.moments }
    : { of: 'Slice', at: placeOf(frame, extent), count: extent.slices }

/** The frame at another step of the row; the row ends at both ends. */
export function alongRow(frame: number, to: number, extent: Extent): number {
  const at = clamp(to, rowOf(frame, extent).count)
  return isFilm(extent) ? at : frameOf(at, momentOf(frame, extent), extent)
}

/** The same place so many moments later; the time ends at both ends. */
export function inTime(frame: number, by: number, extent: Extent): number {
  const moment = clamp(momentOf(frame, extent) + by, extent.moments)
  return frameOf(placeOf(frame, extent), moment, extent)
}

/** "slice 12", "moment 3", "slice 12, moment 3"; of what is a picture and no slice "picture 1". */
export function frameWords(frame: number, extent: Extent | null): string {
  if (extent?.slices === 1 && extent.moments === 1) return 'picture 1'
  if (extent === null || extent.moments === 1) return `slice ${frame + 1}`
  const moment = `moment ${momentOf(frame, extent) + 1}`
  return isFilm(extent) ? moment : `slice ${placeOf(frame, extent) + 1}, ${moment}`
}

/** "60 slices", "60 slices × 20 moments", "20 moments", "1 picture": all of a series. */
export function extentWords(extent: Extent): string {
  const { slices, moments } = extent
  if (slices === 1 && moments === 1) return '1 picture'
  if (isFilm(extent)) return `${moments} moments`
  return moments === 1 ? `${slices} slices` : `${slices} slices × ${moments} moments`
}

/** "Slice 12 of 60 · moment 3 of 20 (0.42 s)", for whoever reads where the picture stands. */
export function whereText(frame: number, extent: Extent): string {
  const { slices, moments } = extent
  const place = isFilm(extent) ? '' : `slice ${placeOf(frame, extent) + 1} of ${slices}`
  const moment = moments > 1 ? momentText(frame, extent) : ''
  const text = [place, moment].filter(Boolean).join(' · ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "moment 3 of 20 (0.42 s)". */
export function momentText(frame: number, extent: Extent): string {
  const moment = momentOf(frame, extent)
  const time = extent.times?.[moment]
  return `moment ${moment + 1} of ${extent.moments}${time === undefined ? '' : ` (${secondsText(time)})`}`
}

/** Three figures of ms as seconds: 0.42 s, 12.4 s, 132 s. */
export function secondsText(ms: number): string {
  const seconds = ms / 1000
  return `${seconds.toFixed(seconds < 10 ? 2 : seconds < 100 ? 1 : 0)} s`
}

/** How long a moment is shown when the series is played; the last one as long as the one before. */
export function shownMs(moment: number, { times, moments }: Extent): number {
  const from = Math.min(moment, moments - 2)
  const ms = (times?.[from + 1] ?? Number.NaN) - (times?.[from] ?? Number.NaN)
  return ms > 0 ? Math.min(ms, LONGEST_MS) : USUAL_MS
}

const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, Math.round(at)))
