/** The brush at the pointer, as large as what a press would paint, with its size across in mm. An element of its own: it moves alone. */
import { radiusUmOf } from '../gestures/paint/brushPlane.ts'
import { arrowsOf, placeNames, placeSize } from '../overlay/place.ts'
import { type Camera, type ScreenPoint, toScreen } from './camera.ts'
import { isPaintTool, isSeedTool, type PaintSettings, type ScenePeer, type Tool } from './scene.ts'

/** CSS pixels; a smaller ring would not be seen. */
const LEAST = 3
/** About as wide as a letter of the size and of a name, and the room around them. Measured exactly they are where they are painted. */
const LETTER = 7
const AROUND = 14
const SIZE_HEIGHT = 18

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
      readonly camera: Camera
      /** Whose cursors are on this slice. */
      readonly peers: readonly ScenePeer[]
      readonly settings: PaintSettings
      readonly tool: Tool
    } | null,
  ): void {
    const isShown = now !== null && isPaintTool(now.tool) && now.tool !== 'lasso' && !isSeedTool(now.tool)
    this.#ring.toggleAttribute('hidden', !isShown)
    if (!isShown) return
    const { at, camera, peers, settings, tool } = now
    const across = (2 * radiusUmOf(settings.radiusMm)) / 1_000
    const { style, dataset } = this.#ring
    const diameter = Math.max(LEAST, across / camera.mmPerPixel)
    style.width = style.height = `${diameter}px`
    style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`
    if (this.#colour !== settings.colour) style.setProperty('--brush', settings.colour)
    this.#colour = settings.colour
    dataset.shape = settings.square && !settings.ball ? 'square' : 'round'
    dataset.tool = tool
    const size = `${across} mm${settings.ball ? ' ball' : ''}`
    // The same words written anew have the page laid out anew, with every move of the hand.
    if (this.#size.textContent !== size) this.#size.textContent = size
    const cursors = peers.map((peer) => ({ at: toScreen(camera, peer.at), width: widthOf(peer.name) }))
    const taken = [...placeNames(cursors, camera), ...arrowsOf(cursors, camera)]
    const side = placeSize(
      { at, radius: diameter / 2 },
      { width: widthOf(size), height: SIZE_HEIGHT },
      taken,
      camera,
    )
    if (dataset.side !== side) dataset.side = side
  }
}

const widthOf = (text: string): number => text.length * LETTER + AROUND
