/** Below the picture, where a series has several moments: play or pause, how fast and which way, a slider through time, and where the picture stands. */
import { type Extent, momentOf, whereText } from '../panes/moments.ts'
import { type Manner, SPEEDS } from './playing.ts'
import { signOf } from './signs.ts'

/** What the slider is called. */
export const TIME_NAME = 'Moment'

export interface TimeBarEvents {
  readonly go: (moment: number) => void
  readonly play: () => void
  readonly change: (manner: Partial<Manner>) => void
}

export class TimeBar {
  readonly element: HTMLElement
  readonly #button: HTMLButtonElement
  readonly #slider: HTMLInputElement
  readonly #speed: HTMLSelectElement
  readonly #bounces: HTMLButtonElement
  readonly #text: HTMLElement

  constructor(parent: HTMLElement, { go, play, change }: TimeBarEvents) {
    this.element = parent.appendChild(document.createElement('div'))
    this.element.className = 'cs-time'
    this.element.hidden = true
    this.#button = this.element.appendChild(document.createElement('button'))
    this.#button.type = 'button'
    this.#button.append(signOf(document, 'play', 14), signOf(document, 'pause', 14))
    this.#button.addEventListener('click', play)
    this.#slider = this.element.appendChild(document.createElement('input'))
    this.#slider.type = 'range'
    this.#slider.min = '1'
    this.#slider.ariaLabel = TIME_NAME
    this.#slider.addEventListener('input', () => go(Number(this.#slider.value) - 1))
    this.#bounces = this.element.appendChild(document.createElement('button'))
    this.#bounces.type = 'button'
    this.#bounces.append(signOf(document, 'bounce', 14))
    this.#bounces.ariaLabel = this.#bounces.title = 'Back and forth'
    this.#bounces.addEventListener('click', () =>
      change({ bounces: this.#bounces.getAttribute('aria-pressed') !== 'true' }),
    )
    const speed = this.element.appendChild(document.createElement('span'))
    speed.className = 'cs-speed'
    this.#speed = speed.appendChild(document.createElement('select'))
    speed.append(signOf(document, 'open', 14))
    this.#speed.ariaLabel = this.#speed.title = 'Speed'
    this.#speed.append(...SPEEDS.map((speed) => new Option(`${speed}×`, String(speed))))
    this.#speed.addEventListener('change', () =>
      change({ speed: SPEEDS.find((speed) => String(speed) === this.#speed.value) ?? 1 }),
    )
    this.#text = this.element.appendChild(document.createElement('span'))
    this.#text.className = 'cs-where'
  }

  show(extent: Extent | null, frame: number, playing: boolean, manner: Manner): void {
    this.element.toggleAttribute('hidden', !extent || extent.moments === 1)
    if (!extent || extent.moments === 1) return
    const value = String(momentOf(frame, extent) + 1)
    const text = whereText(frame, extent)
    if (this.#slider.max !== String(extent.moments)) this.#slider.max = String(extent.moments)
    if (this.#slider.value !== value) this.#slider.value = value
    if (this.#text.textContent !== text) {
      this.#text.textContent = text
      this.#slider.ariaValueText = text
    }
    this.#bounces.ariaPressed = String(manner.bounces)
    if (this.#speed.value !== String(manner.speed)) this.#speed.value = String(manner.speed)
    this.#button.dataset.playing = String(playing)
    this.#button.ariaLabel = playing ? 'Pause' : 'Play'
    this.#button.title = `${this.#button.ariaLabel} (C)`
  }
}
