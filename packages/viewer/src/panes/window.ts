/**
 * Windows: what a series opens with, and those that can be chosen. A window is in rescaled values of the frame; of a picture in colour it
 * is brightness and contrast. Display only: what is measured is always the rescaled value, never the grey.
 */
import type { Samples } from '@consilium/imaging/samples'
import type { Window } from '../stage/scene.ts'
import { type Greys, isColour, isUptake, leastWidth } from './greys.ts'
import { percentileRange } from './percentiles.ts'
import { windowOfTable } from './voi.ts'

export { isColour, isUptake }

export interface Preset extends Window {
  readonly name: string
  /** The key that chooses it. */
  readonly key?: string
}

/** For CT, as radiologists know them from OHIF (1 to 5); 6 to 9 are ours. */
export const CT_PRESETS: readonly (Preset & { readonly key: string })[] = [
  { name: 'Soft tissue', center: 40, width: 400, key: '1' },
  { name: 'Lung', center: -600, width: 1500, key: '2' },
  { name: 'Liver', center: 90, width: 150, key: '3' },
  { name: 'Bone', center: 480, width: 2500, key: '4' },
  { name: 'Brain', center: 40, width: 80, key: '5' },
  { name: 'Mediastinum', center: 50, width: 350, key: '6' },
  { name: 'Angiography', center: 300, width: 600, key: '7' },
  { name: 'Stroke', center: 40, width: 40, key: '8' },
  { name: 'Spine', center: 50, width: 250, key: '9' },
]

/** For PET in standardised uptake, from nothing to so much. */
export const PT_PRESETS: readonly (Preset & { readonly key: string })[] = [3, 5, 7, 8, 10, 15].map(
  (most, index) => ({
    name: `SUV 0 to ${most}`,
    center: most / 2,
    width: most,
    key: String(index + 1),
  }),
)

/** What PET opens with, where the file says nothing: most of what is not tumour, heart, brain or bladder lies below. */
const UPTAKE_FIRST: Window = { center: 2.5, width: 5 }

/** Every level of a channel as it is in the file. */
export const AS_IT_IS: Window = { center: 128, width: 256 }

/** What must be known of a series to say which windows it has. */
export interface Windowed extends Greys {
  readonly modality: string
  /** From the file. */
  readonly windows: readonly { readonly center: number; readonly width: number; readonly name?: string }[]
}

/** These mean Hounsfield units, or standardised uptake; where values are something else, or colour, there are none. */
export const presetsFor = (series: Windowed | null): readonly (Preset & { readonly key: string })[] =>
  series === null || isColour(series)
    ? []
    : series.modality === 'CT' && series.rescale.unit === 'HU'
      ? CT_PRESETS
      : isUptake(series.rescale.unit)
        ? PT_PRESETS
        : []

/** The file's own windows, then its tables; of a picture in colour, how it is. */
export function fromFile(series: Windowed): readonly Preset[] {
  if (isColour(series)) return [{ ...AS_IT_IS, name: 'As it is' }]
  const many = series.windows.length + series.voiLuts.length > 1
  const called = (index: number): string => (many ? `From the file ${index + 1}` : 'From the file')
  const windows = series.windows.map(({ center, width, name }, index) => ({
    name: name || called(index),
    center,
    width,
  }))
  const tables = series.voiLuts.map((table, index) => ({
    name: called(windows.length + index),
    ...windowOfTable(table, index),
  }))
  return [...windows, ...tables]
}

/** What a series opens with: the file's own window, else its table, else the preset of its modality, else percentiles of a frame. */
export function defaultWindow(
  series: Windowed,
  sample?: { readonly stored: Samples; readonly frame: number },
): Window {
  if (isColour(series)) return AS_IT_IS
  const least = leastWidth(series)
  const own = series.windows.find(({ width }) => width >= least)
  if (own) return { center: own.center, width: own.width }
  const [table] = series.voiLuts
  if (table) return windowOfTable(table, 0)
  const preset = isUptake(series.rescale.unit) ? UPTAKE_FIRST : presetsFor(series)[0]
  if (preset) return { center: preset.center, width: preset.width }
  if (sample) return windowOfValues(series, sample)
  return windowFrom(series.rescaled.min, series.rescaled.max, least)
}

/** The 1st to the 99th percentile of a frame, its background left out. */
export function windowOfValues(
  series: Windowed,
  { stored, frame }: { readonly stored: Samples; readonly frame: number },
): Window {
  if (isColour(series)) return AS_IT_IS
  const { low, high } = percentileRange(stored, series, frame)
  return windowFrom(low, high, leastWidth(series))
}

const windowFrom = (low: number, high: number, least: number): Window => ({
  center: (low + high) / 2,
  width: Math.max(high - low, least),
})
