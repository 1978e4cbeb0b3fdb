/** The brush at the pointer, as large as what a press would paint, with its size across in mm. An element of its own: it moves alone. */
import { radiusUmOf } from '../gestures/paint/brushPlane.ts'
import type { ScreenPoint } from './camera.ts'
import { isPaintTool, isSeedTool, type PaintSettings, type Tool } from './scene.ts'

/** CSS pixels; a smaller ring would not be seen. */
const LEAST = 3

export class BrushRing {
  readonly #ring: HTMLElement
  readonly #size: HTMLElement
  #colour = ''

  constructor(ground: HTMLElement) {
    const document = ground.ownerDocument
    this.#ring = document.createElement('div')
    this.#ring.className = 'cs-brush'
    this.#ring.hidden = true
    this.#size = document.createElement('span')
    this.#ring.append(this.#size)
    ground.append(this.#ring)
  }

  /** Null: no picture, no pointer or nothing to paint with. */
  show(
    now: {
      readonly at: ScreenPoint
      readonly mmPerPixel: number
      readonly settings: PaintSettings
      readonly tool: Tool
    } | null,
  ): void {
    const isShown = now !== null && isPaintTool(now.tool) && now.tool !== 'lasso' && !isSeedTool(now.tool)
    this.#ring.toggleAttribute('hidden', !isShown)
    if (!isShown) return
    const { at, mmPerPixel, settings, tool } = now
    const across = (2 * radiusUmOf(settings.radiusMm)) / 1_000
    const { style, dataset } = this.#ring
    style.width = style.height = `${Math.max(LEAST, across / mmPerPixel)}px`
    style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`
    if (this.#colour !== settings.colour) style.setProperty('--brush', settings.colour)
    this.#colour = settings.colour
    dataset.shape = settings.square && !settings.ball ? 'square' : 'round'
    dataset.tool = tool
    const size = `${across} mm${settings.ball ? ' ball' : ''}`
    // The same words written anew have the page laid out anew, with every move of the hand.
    if (this.#size.textContent !== size) this.#size.textContent = size
  }
}
