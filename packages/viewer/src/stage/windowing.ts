/**
 * How the values of a series become what is seen: window, colours, inverted or not. A window that the series does not bring is guessed from
 * the first picture that comes, once, or it would flicker. From means it is guessed for the meantime: their extremes lie nearer together
 * than those of the values.
 */
import type { ColourTable } from '../panes/colour/palettes.ts'
import { sameWindow } from '../panes/pixels.ts'
import type { Drawable, SeriesFrames, SeriesMeta } from '../panes/series.ts'
import { defaultWindow, windowOfValues } from '../panes/window.ts'
import type { Window } from './scene.ts'

export class Windowing {
  inverted = false
  colours: ColourTable = 'grey'
  #window: Window = { center: 0, width: 1 }
  /** The window is still the series' own, and may become better with the first picture. */
  #isUntouched = true
  /** It was guessed from a picture in less detail. */
  #isGuessed = false

  get window(): Window {
    return this.#window
  }

  /** Another series: its own window, grey and not inverted. */
  open(meta: SeriesMeta): void {
    this.#isUntouched = true
    this.#isGuessed = false
    this.reset(meta, undefined)
  }

  /** As the series was opened, with what is known of it now. */
  reset(meta: SeriesMeta, sample: Sample | undefined): void {
    this.inverted = false
    this.colours = 'grey'
    this.#window = defaultWindow(meta, sample)
  }

  /** A frame came. True where it makes another window of it. */
  arrived(series: SeriesFrames, frame: number): boolean {
    const drawable = series.drawable(frame)
    const isWhole = drawable?.factor === 1 && !drawable.gaps
    if (!this.#isUntouched || (!isWhole && this.#isGuessed)) return false
    const before = this.#window
    this.#window = defaultWindow(series.meta, sampleOf(drawable, frame))
    this.#isGuessed = true
    this.#isUntouched = !isWhole
    return !sameWindow(before, this.#window)
  }

  set({ center, width, table }: Window): void {
    this.#window = table === undefined ? { center, width } : { center, width, table }
    this.#isUntouched = false
  }
}

/** A picture, for its values. */
type Sample = NonNullable<Parameters<typeof defaultWindow>[1]>

/** Means will do: a window is for the eye. */
const sampleOf = (drawable: Drawable | null, frame: number): Sample | undefined =>
  drawable && !drawable.gaps ? { stored: drawable.values, frame } : undefined

export const sampleIn = (series: SeriesFrames, frame: number): Sample | undefined =>
  sampleOf(series.drawable(frame), frame)

/** What most of the values of this picture lie in; null where it is not here. */
export function autoWindowOf(series: SeriesFrames, frame: number): Window | null {
  const sample = sampleIn(series, frame)
  return sample ? windowOfValues(series.meta, sample) : null
}
