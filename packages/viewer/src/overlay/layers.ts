/**
 * The two canvases above a picture, by Konva: the static one below, the active one upon it. They are made with the first mark, not with the
 * pane, and Konva itself comes no sooner: a case opens without what has nothing on it yet. One with nothing on it is off the screen, because
 * the browser hands over every canvas of a page whenever anything on it moves. What is to be painted before Konva is here is painted as soon
 * as it has come. Where it could not be fetched whoever shows the page says so, because marks that are not seen are missed.
 */
import type Konva from 'konva/lib/Core.js'
import type { Paint } from './draw.ts'
import { LateCode } from './lateCode.ts'

type Name = 'static' | 'active'
const NAMES: readonly Name[] = ['static', 'active']

interface Made {
  readonly stage: Konva.Stage
  readonly layers: Readonly<Record<Name, Konva.Layer>>
}

/** What paints marks; one for all panes of a page. */
export const KONVA = new LateCode(async () => (await import('konva/lib/Core.js')).default)

export class Layers {
  readonly #container: HTMLDivElement
  readonly #paints: Readonly<Record<Name, (paint: Paint) => void>>
  /** To be painted once Konva is here. */
  readonly #waiting = new Map<Name, boolean>()
  #stop: (() => void) | null = null
  #made: Made | null = null
  #size = { width: 1, height: 1, pixelRatio: 1 }

  constructor(container: HTMLDivElement, paints: Readonly<Record<Name, (paint: Paint) => void>>) {
    this.#container = container
    this.#paints = paints
  }

  /** CSS pixels. What was on them is gone. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#size = { width: Math.max(1, width), height: Math.max(1, height), pixelRatio }
    this.#fit()
  }

  /** Paints one of them again, whole. `isEmpty`: nothing is on it any more. */
  draw(name: Name, isEmpty: boolean): void {
    if (!KONVA.here) {
      this.#wait(name, isEmpty)
      return
    }
    this.#made ??= this.#make(KONVA.here)
    const layer = this.#made.layers[name]
    layer.draw()
    setShown(layer, !isEmpty)
  }

  /** Paints all again, where there is anything to paint on. */
  clear(): void {
    if (this.#made) for (const name of NAMES) this.draw(name, true)
  }

  destroy(): void {
    this.#stop?.()
    this.#made?.stage.destroy()
    this.#made = null
  }

  #wait(name: Name, isEmpty: boolean): void {
    this.#waiting.set(name, isEmpty)
    this.#stop ??= KONVA.on(() => {
      if (!KONVA.here) return
      this.#stop?.()
      for (const [waiting, nothing] of this.#waiting) this.draw(waiting, nothing)
    })
    if (!KONVA.hasFailed) void KONVA.fetch()
  }

  #make(konva: NonNullable<typeof KONVA.here>): Made {
    const { width, height, pixelRatio } = this.#size
    const stage = new konva.Stage({ container: this.#container, width, height, listening: false })
    const layers = {
      static: layerOf(konva, this.#paints.static),
      active: layerOf(konva, this.#paints.active),
    }
    for (const name of NAMES) layers[name].getCanvas().setPixelRatio(pixelRatio)
    stage.add(layers.static, layers.active)
    for (const name of NAMES) setShown(layers[name], false)
    return { stage, layers }
  }

  #fit(): void {
    if (!this.#made) return
    const { stage, layers } = this.#made
    const { width, height, pixelRatio } = this.#size
    for (const name of NAMES) layers[name].getCanvas().setPixelRatio(pixelRatio)
    stage.size({ width, height })
  }
}

function setShown(layer: Konva.Layer, isShown: boolean): void {
  layer.getNativeCanvasElement().style.display = isShown ? '' : 'none'
}

function layerOf(konva: NonNullable<typeof KONVA.here>, paint: (context: Paint) => void): Konva.Layer {
  const layer = new konva.Layer({ listening: false })
  layer.add(
    new konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => paint(context._context),
    }),
  )
  return layer
}
