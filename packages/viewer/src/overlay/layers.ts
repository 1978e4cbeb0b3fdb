/**
 * The two canvases above a picture, by Konva: the static one below, the active one upon it. They are made with the first mark, not with the
 * pane: the first picture of a case does not wait for what has nothing on it yet.
 */
import Konva from 'konva/lib/Core.js'
import type { Paint } from './draw.ts'

type Name = 'static' | 'active'
const NAMES: readonly Name[] = ['static', 'active']

interface Made {
  readonly stage: Konva.Stage
  readonly layers: Readonly<Record<Name, Konva.Layer>>
}

export class Layers {
  readonly #container: HTMLDivElement
  readonly #paints: Readonly<Record<Name, (paint: Paint) => void>>
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

  /** Paints one of them again, whole. */
  draw(name: Name): void {
    this.#made ??= this.#make()
    this.#made.layers[name].draw()
  }

  /** Paints all again, where there is anything to paint on. */
  clear(): void {
    if (this.#made) for (const name of NAMES) this.#made.layers[name].draw()
  }

  destroy(): void {
    this.#made?.stage.destroy()
    this.#made = null
  }

  #make(): Made {
    const { width, height, pixelRatio } = this.#size
    const stage = new Konva.Stage({ container: this.#container, width, height, listening: false })
    const layers = { static: layerOf(this.#paints.static), active: layerOf(this.#paints.active) }
    for (const name of NAMES) layers[name].getCanvas().setPixelRatio(pixelRatio)
    stage.add(layers.static, layers.active)
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

function layerOf(paint: (context: Paint) => void): Konva.Layer {
  const layer = new Konva.Layer({ listening: false })
  layer.add(
    new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => paint(context._context),
    }),
  )
  return layer
}
