/**
 * Stored values to grey: DICOM's VOI functions (PS3.3 C.11.2.1.2), rescale (C.11.1), MONOCHROME1 (C.7.6.3.1.2), and presets.
 * Display only. What is measured is always the rescaled value, never the grey.
 */
import type { Window } from '../stage/scene.ts'

export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'

/** The attributes of a series that decide how its stored values look. */
export interface Greys {
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2'
  readonly bits: { readonly signed: boolean }
  readonly rescale: { readonly slope: number; readonly intercept: number }
}

export interface Preset extends Window {
  readonly name: string
  /** The key that chooses it. */
  readonly key: string
}

/** For CT, as radiologists know them from OHIF (1 to 5); 6 to 9 are ours. */
export const CT_PRESETS: readonly Preset[] = [
  { name: 'Soft tissue', center: 40, width: 400, key: '1' },
  { name: 'Lung', center: -600, width: 1500, key: '2' },
  { name: 'Liver', center: 90, width: 150, key: '3' },
  { name: 'Bone', center: 480, width: 2500, key: '4' },
  { name: 'Brain', center: 40, width: 80, key: '5' },
  { name: 'Mediastinum', center: 50, width: 350, key: '6' },
  { name: 'Angiography', center: 300, width: 600, key: '7' },
]

/** Presets mean Hounsfield units; other modalities have none. */
export const presetsFor = (modality: string): readonly Preset[] => (modality === 'CT' ? CT_PRESETS : [])

/** Grey of one rescaled value, `from` to `to`, not rounded (PS3.3 C.11.2.1.2.1 and C.11.2.1.3). */
export function grey(
  value: number,
  window: Window,
  { voi = 'LINEAR', from = 0, to = 255 }: { voi?: VoiFunction; from?: number; to?: number } = {},
): number {
  if (voi === 'SIGMOID') {
    return (to - from) / (1 + Math.exp((-4 * (value - window.center)) / window.width)) + from
  }
  const center = voi === 'LINEAR' ? window.center - 0.5 : window.center
  const width = voi === 'LINEAR' ? Math.max(window.width, 1) - 1 : window.width
  if (value <= center - width / 2) return from
  if (value > center + width / 2) return to
  return ((value - center) / width + 0.5) * (to - from) + from
}

/** The other way round for MONOCHROME1: the least value is white. */
export const inverted = (display: number, from = 0, to = 255): number => to - display + from

/** A stored 16-bit word as the rescaled value (PS3.3 C.11.1.1). */
export function rescaledOf(word: number, greys: Greys): number {
  const stored = greys.bits.signed ? (word << 16) >> 16 : word & 0xffff
  return stored * greys.rescale.slope + greys.rescale.intercept
}

export const LUT_SIZE = 65_536

/**
 * The grey of each stored 16-bit word, as little-endian RGBA for a canvas. Fills and returns `into`.
 * Only the ramp is computed; what lies outside is filled, so that a window drag costs a fraction of a millisecond.
 */
export function buildLut(
  greys: Greys,
  window: Window,
  invert = false,
  into = new Uint32Array(LUT_SIZE),
): Uint32Array {
  const flip = (greys.photometric === 'MONOCHROME1') !== invert
  const { slope, intercept } = greys.rescale
  const lowest = greys.bits.signed ? -32_768 : 0
  const half = (Math.max(window.width, 1) - 1) / 2
  const middle = window.center - 0.5
  // Index 0 of this walk is the lowest stored value; the ramp lies between two of them, whichever way the slope runs.
  const edges = [(middle - half - intercept) / slope, (middle + half - intercept) / slope]
  const first = clampIndex(Math.floor(Math.min(...edges)) - lowest)
  const last = clampIndex(Math.ceil(Math.max(...edges)) - lowest)
  const low = slope >= 0 ? 0 : 255
  const word = (index: number): number => (index + lowest) & 0xffff
  fillWords(into, 0, first, opaque(flip ? 255 - low : low), lowest)
  for (let index = first; index <= last; index++) {
    const value = Math.round(grey((index + lowest) * slope + intercept, window))
    into[word(index)] = opaque(flip ? 255 - value : value)
  }
  fillWords(into, last + 1, LUT_SIZE, opaque(flip ? low : 255 - low), lowest)
  return into
}

/** What a series opens with: the file's own window, else the preset of its modality, else percentiles of a frame. */
export function defaultWindow(
  series: {
    readonly modality: string
    readonly windows: readonly Window[]
    readonly rescaled: { readonly min: number; readonly max: number }
  },
  sample?: { readonly words: Int16Array | Uint16Array; readonly greys: Greys },
): Window {
  const own = series.windows.find((w) => w.width >= 1)
  if (own) return { center: own.center, width: own.width }
  const preset = presetsFor(series.modality)[0]
  if (preset) return { center: preset.center, width: preset.width }
  const range = sample
    ? percentileRange(sample.words, sample.greys)
    : { low: series.rescaled.min, high: series.rescaled.max }
  return { center: (range.low + range.high) / 2, width: Math.max(range.high - range.low, 1) }
}

/** 1st and 99th percentile of the values that are not background (the most frequent lowest value), by histogram. */
export function percentileRange(
  words: Int16Array | Uint16Array,
  greys: Greys,
): { low: number; high: number } {
  const counts = new Uint32Array(LUT_SIZE)
  for (const word of words) {
    const index = word & 0xffff
    counts[index] = (counts[index] ?? 0) + 1
  }
  const order = greys.bits.signed
    ? (rank: number): number => (rank + 0x8000) & 0xffff
    : (rank: number): number => rank
  let background = 0
  while (background < LUT_SIZE - 1 && !counts[order(background)]) background++
  const total = words.length - (counts[order(background)] ?? 0)
  if (total <= 0) {
    const only = rescaledOf(order(background), greys)
    return { low: only, high: only + 1 }
  }
  let seen = 0
  let low = -1
  let high = background
  for (let rank = background + 1; rank < LUT_SIZE; rank++) {
    seen += counts[order(rank)] ?? 0
    if (low < 0 && seen >= total * 0.01) low = rank
    if (seen >= total * 0.99) {
      high = rank
      break
    }
  }
  const ends = [rescaledOf(order(low), greys), rescaledOf(order(high), greys)]
  return { low: Math.min(...ends), high: Math.max(...ends) }
}

const clampIndex = (index: number): number => Math.max(0, Math.min(LUT_SIZE - 1, index))

/** Opaque grey as a little-endian RGBA word: A is the highest byte. */
const opaque = (value: number): number => (0xff000000 | (value << 16) | (value << 8) | value) >>> 0

/** Fills the words of walk positions `from` to `to` (not included); signed stores wrap once in the table. */
function fillWords(into: Uint32Array, from: number, to: number, value: number, lowest: number): void {
  if (lowest === 0) {
    into.fill(value, from, to)
    return
  }
  const turn = -lowest
  if (from < turn) into.fill(value, from + turn, Math.min(to, turn) + turn)
  if (to > turn) into.fill(value, Math.max(from, turn) - turn, to - turn)
}
