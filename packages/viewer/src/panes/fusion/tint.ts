/**
 * Values as colours with their opacity. What lies at the low end of the window is clear, so that the picture below is seen where there is
 * nothing; a little above it colours stand in full. Pure.
 */
import type { Samples } from '@consilium/imaging/samples'
import type { Window } from '../../stage/scene.ts'
import { type ColourTable, coloursOf } from '../colour/palettes.ts'
import { type Greys, isUptake, rescaleOf } from '../greys.ts'
import { defaultWindow, type Windowed } from '../window.ts'

export interface OverLook {
  readonly window: Window
  readonly colours: ColourTable
  /** 0 to 1. */
  readonly opacity: number
}

/** Of the window, over which colours come up. */
const CLEAR_SHARE = 0.2

/** The RGBA word of each of 256 steps through the window, little endian. */
export function wordsOf({ colours, opacity }: Omit<OverLook, 'window'>): Uint32Array {
  const table = coloursOf(colours)
  return Uint32Array.from(table, ([red, green, blue], step) => {
    const share = Math.min(1, step / 255 / CLEAR_SHARE)
    return ((Math.round(255 * opacity * share) << 24) | (blue << 16) | (green << 8) | red) >>> 0
  })
}

/** One RGBA word per pixel into `into`. What has no value is clear. */
export function tint(stored: Samples, greys: Greys, frame: number, look: OverLook, into: Uint32Array): void {
  const words = wordsOf(look)
  const { slope, intercept } = rescaleOf(greys, frame)
  const { center, width } = look.window
  const low = center - width / 2
  const perValue = 255 / width
  const { padding } = greys
  for (let i = 0; i < into.length; i++) {
    const word = stored[i] as number
    const step = (word * slope + intercept - low) * perValue
    // Not-a-number is above nothing.
    into[i] = word !== padding && step > 0 ? (words[step >= 255 ? 255 : Math.round(step)] as number) : 0
  }
}

/** What a series is laid over another with, where nobody has chosen: from nothing to where most of it lies. */
export function overWindow(series: Windowed): Window {
  const { windows, rescaled, rescale } = series
  if (windows.length > 0 || isUptake(rescale.unit)) return defaultWindow(series)
  const low = Math.max(0, rescaled.min)
  const width = Math.max((rescaled.max - low) * MOST_SHARE, 1e-6)
  return { center: low + width / 2, width }
}

/** Of the largest value: a bladder or an injection outshines everything else. */
const MOST_SHARE = 0.6
