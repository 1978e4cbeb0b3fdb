/**
 * What of a series decides how its stored values are read and how they look. A stored value becomes a rescaled one by the slope and
 * intercept of its frame (PS3.3 C.11.1.1); windows, read-outs and percentiles all speak of rescaled values.
 */
import type { SampleKind, Samples } from '@consilium/imaging/samples'

/** PS3.3 C.11.2.1.3: how a window becomes grey. */
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'

export interface Rescale {
  readonly slope: number
  readonly intercept: number
}

/** A table from rescaled value to grey (PS3.3 C.11.2.1.1): `values` of 16 bits, little endian, base64; the first stands for `first`. */
export interface VoiLut {
  readonly first: number
  /** Of the greys: 2^bits - 1 is white. */
  readonly bits: number
  readonly values: string
}

export interface Greys {
  readonly samples: SampleKind
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB'
  /** Of the first frame. */
  readonly rescale: Rescale & { readonly unit: string }
  /** Of each frame, where they are not all the same. */
  readonly rescales: readonly Rescale[] | null
  readonly rescaled: { readonly min: number; readonly max: number }
  /** Stored value that stands for "no picture here". */
  readonly padding: number | null
  readonly voiFunction: VoiFunction
  readonly voiLuts: readonly VoiLut[]
}

/** Of standardised uptake, by body weight, lean body mass and body surface. */
export const UPTAKE_UNITS = { bw: 'SUVbw', lbm: 'SUVlbm', bsa: 'SUVbsa' } as const

export const isUptake = (unit: string): boolean => (Object.values(UPTAKE_UNITS) as string[]).includes(unit)

export type Words16 = Int16Array | Uint16Array

export const isColour = ({ samples }: Greys): boolean => samples === 'uint8x3'

/** The usual pictures, which go through a table of 65 536 greys. */
export const is16Bit = (stored: Samples): stored is Words16 =>
  stored instanceof Int16Array || stored instanceof Uint16Array

export const rescaleOf = ({ rescale, rescales }: Greys, frame: number): Rescale =>
  rescales?.[frame] ?? rescale

export const rescaledOf = (stored: number, { slope, intercept }: Rescale): number =>
  stored * slope + intercept

export const spanOf = ({ rescaled }: Greys): number => Math.max(rescaled.max - rescaled.min, 1e-6)

/** Below this span values that are not whole numbers would be lost in LINEAR's steps. */
const FEW = 100

/**
 * The series' own function. LINEAR counts in whole values (it takes half a one from the centre, and no window is narrower than 1), so
 * values between 0 and 1 would all be one grey: where values are fractions of a small span, LINEAR_EXACT stands in for it. So it does for
 * uptake, whose windows a file gave in other units.
 */
export function voiFunctionOf(greys: Greys): VoiFunction {
  const { voiFunction, samples, rescale, rescales } = greys
  if (voiFunction !== 'LINEAR') return voiFunction
  if (isUptake(rescale.unit)) return 'LINEAR_EXACT'
  if (spanOf(greys) >= FEW) return voiFunction
  const slopes = rescales ?? [rescale]
  const whole = !samples.startsWith('float') && slopes.every(({ slope }) => Number.isInteger(slope))
  return whole ? 'LINEAR' : 'LINEAR_EXACT'
}

/** The narrowest window there can be. */
export const leastWidth = (greys: Greys): number =>
  voiFunctionOf(greys) === 'LINEAR' ? 1 : spanOf(greys) / 10_000
