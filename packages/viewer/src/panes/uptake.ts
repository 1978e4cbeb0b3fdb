/**
 * PET as standardised uptake: where the file gave a factor, everything that is said of the values (slope, range, windows) is multiplied by
 * it once, before anybody looks, so that probe, measures, windows and thresholds all speak of uptake. Stored values stay as they are.
 */
import { isUptake, UPTAKE_UNITS } from './greys.ts'
import type { Windowed } from './window.ts'

/** By body weight, as most read it; by something else where the file's own values are of that kind alone. */
const ORDER = ['bw', 'lbm', 'bsa'] as const

interface WithUptake extends Windowed {
  readonly suv?: {
    readonly factors: { readonly bw?: number; readonly lbm?: number; readonly bsa?: number }
  } | null
}

/** The series as it is where there is no factor. */
export function inUptake<S extends WithUptake>(series: S): S {
  const kind = ORDER.find((one) => series.suv?.factors[one] !== undefined)
  const factor = kind && series.suv?.factors[kind]
  if (kind === undefined || factor === undefined || isUptake(series.rescale.unit)) return series
  const scaled = <R extends { readonly slope: number; readonly intercept: number }>(rescale: R): R => ({
    ...rescale,
    slope: rescale.slope * factor,
    intercept: rescale.intercept * factor,
  })
  const { rescale, rescales, rescaled, windows } = series
  return {
    ...series,
    rescale: { ...scaled(rescale), unit: UPTAKE_UNITS[kind] },
    rescales: rescales && rescales.map(scaled),
    rescaled: { min: rescaled.min * factor, max: rescaled.max * factor },
    windows: windows.map((window) => ({
      ...window,
      center: window.center * factor,
      width: window.width * factor,
    })),
    // Tables of greys are made for the values of the file.
    voiLuts: factor === 1 ? series.voiLuts : [],
  }
}
