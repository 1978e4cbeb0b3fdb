/**
 * How values of a volume become colour and opacity. Of CT the points stand at Hounsfield units, where tissues lie whatever the scanner; of
 * everything else at shares of the span of values, because their numbers mean nothing by themselves. Pure.
 */

import type { Window } from '../stage/scene.ts'

export interface TransferPoint {
  readonly value: number
  /** 0 to 1 each. */
  readonly colour: readonly [red: number, green: number, blue: number]
  /** Of a step of 1 mm; of a projection of no matter. */
  readonly opacity: number
}

export interface VolumePreset {
  readonly key: string
  readonly title: string
  /** Light falls through the volume, or of each line of sight the largest value is shown. */
  readonly blend: 'light' | 'largest'
  /** Of what the values of its points are; `window`: a ramp over the window the series is shown with. */
  readonly of: 'HU' | 'share' | 'window'
  readonly points: readonly TransferPoint[]
}

const point = (value: number, colour: TransferPoint['colour'], opacity: number): TransferPoint => ({
  value,
  colour,
  opacity,
})

const SKIN = [0.89, 0.72, 0.6] as const
const MUSCLE = [0.72, 0.33, 0.27] as const
const BLOOD = [0.85, 0.16, 0.13] as const
const MARROW = [0.76, 0.52, 0.36] as const
const BONE = [0.96, 0.91, 0.79] as const
const WHITE = [1, 1, 1] as const
const BLACK = [0, 0, 0] as const

const BONES: VolumePreset = {
  key: 'ct-bone',
  title: 'Bone',
  blend: 'light',
  of: 'HU',
  points: [point(150, MARROW, 0), point(250, MARROW, 0.12), point(500, BONE, 0.5), point(1500, WHITE, 0.9)],
}
const SOFT: VolumePreset = {
  key: 'ct-soft',
  title: 'Skin and soft tissue',
  blend: 'light',
  of: 'HU',
  points: [
    point(-400, SKIN, 0),
    point(-200, SKIN, 0.18),
    point(-20, SKIN, 0.3),
    point(60, MUSCLE, 0.45),
    point(250, BONE, 0.7),
    point(1200, WHITE, 0.9),
  ],
}
const LUNG: VolumePreset = {
  key: 'ct-lung',
  title: 'Lung',
  blend: 'light',
  of: 'HU',
  // The lung itself is a haze; its vessels stand out; what is denser than they is left out, or the chest wall would hide all.
  points: [
    point(-950, [0.35, 0.55, 0.75], 0),
    point(-850, [0.45, 0.65, 0.85], 0.006),
    point(-650, [0.75, 0.8, 0.85], 0.03),
    point(-450, [0.95, 0.75, 0.65], 0.16),
    point(-250, [0.95, 0.6, 0.5], 0.16),
    point(-150, [0.95, 0.6, 0.5], 0),
  ],
}
const VESSELS: VolumePreset = {
  key: 'ct-vessels',
  title: 'Vessels with contrast',
  blend: 'light',
  of: 'HU',
  points: [
    point(110, MUSCLE, 0),
    point(180, BLOOD, 0.25),
    point(350, [1, 0.45, 0.3], 0.6),
    point(600, BONE, 0.7),
    point(1500, WHITE, 0.85),
  ],
}
const TISSUE: VolumePreset = {
  key: 'mr',
  title: 'Tissue',
  blend: 'light',
  of: 'share',
  points: [
    point(0.15, BLACK, 0),
    point(0.35, [0.45, 0.32, 0.3], 0.06),
    point(0.6, [0.8, 0.7, 0.64], 0.3),
    point(1, WHITE, 0.65),
  ],
}
const LARGEST: VolumePreset = {
  key: 'mip',
  title: 'Largest value (MIP)',
  blend: 'largest',
  of: 'window',
  points: [point(0, BLACK, 1), point(1, WHITE, 1)],
}
const UPTAKE: VolumePreset = {
  key: 'pet-mip',
  title: 'Uptake (MIP)',
  blend: 'largest',
  of: 'share',
  points: [point(0, BLACK, 1), point(1, WHITE, 1)],
}

/** The first is what a series opens with. */
export function volumePresetsFor(modality: string): readonly [VolumePreset, ...VolumePreset[]] {
  if (modality === 'CT') return [BONES, SOFT, LUNG, VESSELS, LARGEST]
  if (modality === 'PT' || modality === 'NM') return [UPTAKE, TISSUE, LARGEST]
  return [TISSUE, LARGEST]
}

export interface Spans {
  /** What shares are of. */
  readonly share: { readonly low: number; readonly high: number }
  readonly window: { readonly low: number; readonly high: number }
}

export const rangeOf = ({ center, width }: Window): Spans['window'] => ({
  low: center - width / 2,
  high: center + width / 2,
})

/** The points of a preset at the values of a series. */
export function pointsAt({ of, points }: VolumePreset, spans: Spans): readonly TransferPoint[] {
  if (of === 'HU') return points
  const { low, high } = spans[of]
  return points.map((one) => ({ ...one, value: low + (high - low) * one.value }))
}
