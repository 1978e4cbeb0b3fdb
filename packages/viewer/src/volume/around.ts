/** What stands around a volume and above it: letters at the edges, the cube, outlines and the place that all panes show; and its name. */
import { cross, scale } from '@consilium/geometry/vec3'
import type { Camera } from '../stage/camera.ts'
import { Cube } from '../stage/cube.ts'
import { edgeLetters, lettersOf } from '../stage/orientation.ts'
import type { Theme } from '../stage/theme.ts'
import { type Above, drawAbove } from './lines.ts'

const EDGES = ['left', 'right', 'top', 'bottom'] as const

export class Around {
  readonly #ground: HTMLElement
  readonly #theme: Theme
  readonly #canvas: HTMLCanvasElement
  readonly #letters: readonly HTMLElement[]
  readonly #cube: Cube

  constructor(ground: HTMLElement, theme: Theme) {
    this.#ground = ground
    this.#theme = theme
    this.#canvas = ground.appendChild(document.createElement('canvas'))
    this.#letters = EDGES.map((edge) => {
      const letter = ground.appendChild(document.createElement('span'))
      letter.className = 'cs-letter'
      letter.dataset.edge = edge
      return letter
    })
    this.#cube = new Cube(ground)
  }

  /** Null: there is no volume. */
  show(camera: Camera | null, above: Above): void {
    const ratio = globalThis.devicePixelRatio || 1
    drawAbove(this.#canvas, camera, above, this.#theme, ratio)
    this.#cube.show(camera, this.#theme, ratio)
    const letters = camera && edgeLetters(camera)
    this.#letters.forEach((letter, n) => {
      const text = letters?.[EDGES[n] ?? 'left'] ?? ''
      if (letter.textContent !== text) letter.textContent = text
      letter.hidden = text === ''
    })
    const label = camera ? `3D picture, seen from ${facing(camera)}` : '3D picture'
    if (this.#ground.ariaLabel !== label) this.#ground.ariaLabel = label
  }
}

/** The side of the patient that one looks at, as letters. */
const facing = ({ right, down }: Camera): string => lettersOf(scale(cross(right, down), -1))
