/** Where the values of a profile lie in a chart, and the same values as CSV. Pure. */
import type { Profile } from '@consilium/viewer/profile'

export interface Chart {
  /** SVG path; a gap where there is no value. */
  readonly path: string
  readonly least: number
  readonly most: number
}

/** Null without a value. */
export function chartOf({ places, values }: Profile, width: number, height: number): Chart | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const whole = places.at(-1) || 1
  const x = (place: number): string => ((place / whole) * width).toFixed(1)
  // A level line runs through the middle.
  const y = (value: number): string =>
    (most === least ? height / 2 : ((most - value) / (most - least)) * height).toFixed(1)
  const path = values
    .map((value, i) => {
      if (value === null) return ''
      const at = `${x(places[i] as number)} ${y(value)}`
      // A value by itself is a dot.
      return (values[i - 1] ?? null) === null ? `M${at}h0` : `L${at}`
    })
    .join('')
  return { path, least, most }
}

/** The value nearest to a place along the line, as a share of it. */
export function nearest(
  { places, values }: Profile,
  share: number,
): { readonly place: number; readonly value: number | null } {
  const at = Math.round(Math.max(0, Math.min(1, share)) * (places.length - 1))
  return { place: places[at] as number, value: values[at] ?? null }
}

/** `length` and `value` name their units, as the columns hold plain numbers (RFC 4180). */
export const profileCsv = ({ places, values }: Profile, length: string, value: string): string =>
  [
    `distance (${length}),value${value === '' ? '' : ` (${value})`}`,
    ...places.map((place, i) => `${Number(place.toFixed(3))},${values[i] ?? ''}`),
  ]
    .map((line) => `${line}\r\n`)
    .join('')
