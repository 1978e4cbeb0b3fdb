/** Through the slices and moments of a series by hand. Whoever goes through time so does not want the film to run on. */
import { frameOf, isFilm, placeOf } from '../panes/moments.ts'
import { frameAt } from '../panes/reformat/places.ts'
import type { Playing } from './playing.ts'
import type { Viewing } from './viewing.ts'

export class Travel {
  readonly #viewing: Viewing
  readonly #playing: Playing

  constructor(viewing: Viewing, playing: Playing) {
    this.#viewing = viewing
    this.#playing = playing
  }

  /** To a slice as it was taken; where other planes are shown, to its moment. */
  to(frame: number): void {
    this.#playing.stop()
    const { series, middle } = this.#viewing
    if (series) this.#viewing.turnTo(middle ? frameAt(series, frame, middle) : frame)
  }

  /** Through the slices of this moment; in a film through its moments. */
  step(slices: number): void {
    this.#leaveFilm()
    this.#viewing.step(slices)
  }

  /** To a slice of this moment, from 0; in a film to a moment. */
  along(to: number): void {
    this.#leaveFilm()
    this.#viewing.goAlong(to)
  }

  /** At the same place through time. */
  inTime(moments: number): void {
    this.#playing.stop()
    this.#viewing.stepInTime(moments)
  }

  /** At the same place, from 0. */
  toMoment(moment: number): void {
    const { series, frame } = this.#viewing
    this.#playing.stop()
    if (series) this.#viewing.turnTo(frameOf(placeOf(frame, series.meta), moment, series.meta))
  }

  /** Through time at the pace of the file; nothing where there is one moment only. */
  togglePlay(): void {
    this.#playing.toggle()
  }

  #leaveFilm(): void {
    const { series } = this.#viewing
    if (series && isFilm(series.meta)) this.#playing.stop()
  }
}
