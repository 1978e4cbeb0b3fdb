/** Which colour stands for which value: a bar at the left of the picture with the values at its ends. Not there while all is grey. */
import { type ColourTable, coloursOf } from '../panes/colour/palettes.ts'
import { type Greys, isColour } from '../panes/greys.ts'
import { toneOf } from '../panes/voi.ts'
import type { Window } from './scene.ts'

export interface WindowBarState {
  readonly meta: Greys
  readonly window: Window
  readonly colours: ColourTable
  readonly inverted: boolean
}

const TALL = 256

export class WindowBar {
  readonly #element: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #ends: readonly [high: HTMLElement, low: HTMLElement]
  readonly #figure: (value: number) => string
  #painted = ''

  constructor(parent: HTMLElement, figure: (value: number) => string) {
    this.#figure = figure
    this.#element = parent.appendChild(document.createElement('div'))
    this.#element.className = 'cs-colours'
    const high = this.#element.appendChild(document.createElement('span'))
    this.#canvas = this.#element.appendChild(document.createElement('canvas'))
    this.#canvas.width = 1
    this.#canvas.height = TALL
    const low = this.#element.appendChild(document.createElement('span'))
    this.#ends = [high, low]
  }

  show(state: WindowBarState | null): void {
    const isShown = state !== null && state.colours !== 'grey' && !isColour(state.meta)
    this.#element.toggleAttribute('hidden', !isShown)
    if (!isShown) return
    const { meta, window, colours, inverted } = state
    const { from, to } = toneOf(meta, window)
    ;[to, from].forEach((value, index) => {
      const end = this.#ends[index]
      const text = this.#figure(value)
      if (end && end.textContent !== text) end.textContent = text
    })
    this.#paint(colours, (meta.photometric === 'MONOCHROME1') !== inverted)
  }

  /** The highest value at the top. */
  #paint(colours: ColourTable, flip: boolean): void {
    const key = `${colours} ${flip}`
    if (key === this.#painted) return
    this.#painted = key
    const paint = this.#canvas.getContext('2d')
    if (!paint) return
    const table = coloursOf(colours)
    for (let y = 0; y < TALL; y++) {
      const [red, green, blue] = table[flip ? y : TALL - 1 - y] ?? [0, 0, 0]
      paint.fillStyle = `rgb(${red} ${green} ${blue})`
      paint.fillRect(0, y, 1, 1)
    }
  }
}
