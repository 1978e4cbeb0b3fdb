/** Below the picture, where a series has several moments: play or pause, a slider through time, and where the picture stands. */
import { type Extent, momentOf, whereText } from '../panes/moments.ts'

export interface TimeBarEvents {
  readonly go: (moment: number) => void
  readonly play: () => void
}

export class TimeBar {
  readonly element: HTMLElement
  readonly #button: HTMLButtonElement
  readonly #slider: HTMLInputElement
  readonly #text: HTMLElement

  constructor(parent: HTMLElement, { go, play }: TimeBarEvents) {
    this.element = parent.appendChild(document.createElement('div'))
    this.element.className = 'cs-time'
    this.element.hidden = true
    this.#button = this.element.appendChild(document.createElement('button'))
    this.#button.type = 'button'
    this.#button.appendChild(document.createElement('i')).ariaHidden = 'true'
    this.#button.addEventListener('click', play)
    this.#slider = this.element.appendChild(document.createElement('input'))
    this.#slider.type = 'range'
    this.#slider.min = '1'
    this.#slider.ariaLabel = 'Moment'
    this.#slider.addEventListener('input', () => go(Number(this.#slider.value) - 1))
    this.#text = this.element.appendChild(document.createElement('span'))
  }

  show(extent: Extent | null, frame: number, playing: boolean): void {
    this.element.hidden = !extent || extent.moments === 1
    if (!extent || extent.moments === 1) return
    const value = String(momentOf(frame, extent) + 1)
    const text = whereText(frame, extent)
    if (this.#slider.max !== String(extent.moments)) this.#slider.max = String(extent.moments)
    if (this.#slider.value !== value) this.#slider.value = value
    if (this.#text.textContent !== text) {
      this.#text.textContent = text
      this.#slider.ariaValueText = text
    }
    this.#button.dataset.playing = String(playing)
    this.#button.ariaLabel = playing ? 'Pause' : 'Play'
    this.#button.title = `${this.#button.ariaLabel} (C)`
  }
}
