/** A small cube at the lower left that lies as the patient does: the faces one sees are named. Painted only when the view turns. */
import { add, cross, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Camera } from './camera.ts'
import { lettersOf } from './orientation.ts'
import type { Theme } from './theme.ts'

const SIZE_PX = 40
/** Half an edge, so that a cube on its corner fits. */
const HALF_PX = 11
/** A face seen more from the side than this has no room for its letter. */
const LEAST_FACING = 0.4
const LETTERS = 'AFHLPRS'
const fontOf = ({ font }: Theme): string => `600 11px ${font}`

export interface Face {
  readonly letter: string
  /** Cosine to the eye: 1 is seen from in front. */
  readonly facing: number
  /** Middle and corners, in halves of an edge to the right and down. */
  readonly middle: readonly [number, number]
  readonly corners: readonly (readonly [number, number])[]
}

const AXES: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** The faces one sees, the farthest first. */
export function facesOf({ right, down }: Pick<Camera, 'right' | 'down'>): readonly Face[] {
  const away = cross(right, down)
  const seen = (at: Vec3): readonly [number, number] => [dot(at, right), dot(at, down)]
  return AXES.flatMap((axis, i) => {
    const [u, v] = [AXES[(i + 1) % 3] as Vec3, AXES[(i + 2) % 3] as Vec3]
    return [1, -1].flatMap((sign): Face[] => {
      const normal = scale(axis, sign)
      const facing = -dot(normal, away)
      if (facing < 1e-6) return []
      const corner = (a: number, b: number) => seen(add(normal, add(scale(u, a), scale(v, b))))
      const corners = [corner(1, 1), corner(-1, 1), corner(-1, -1), corner(1, -1)]
      return [{ letter: lettersOf(normal), facing, middle: seen(normal), corners }]
    })
  }).toSorted((a, b) => a.facing - b.facing)
}

export class Cube {
  readonly #canvas: HTMLCanvasElement
  #painted = ''

  constructor(parent: HTMLElement) {
    this.#canvas = parent.appendChild(document.createElement('canvas'))
    this.#canvas.className = 'cs-cube'
    // The letters at the edges say the same to those who do not see it.
    this.#canvas.ariaHidden = 'true'
  }

  /** Null: places in the patient are not known. */
  show(camera: Camera | null, theme: Theme, pixelRatio: number): void {
    this.#canvas.hidden = camera === null
    if (!camera) return
    const key = `${camera.right} ${camera.down} ${pixelRatio} ${theme.font}`
    if (key === this.#painted) return
    this.#painted = key
    // The picture does not wait for letters, nor are they drawn in another font than theirs.
    void document.fonts
      .load(fontOf(theme), LETTERS)
      .catch(() => undefined)
      .then(() => key === this.#painted && this.#paint(camera, theme, pixelRatio))
  }

  #paint(camera: Camera, theme: Theme, pixelRatio: number): void {
    this.#canvas.width = this.#canvas.height = Math.round(SIZE_PX * pixelRatio)
    const paint = this.#canvas.getContext('2d')
    if (!paint) return
    paint.scale(pixelRatio, pixelRatio)
    paint.translate(SIZE_PX / 2, SIZE_PX / 2)
    for (const face of facesOf(camera)) drawFace(paint, face, theme)
  }
}

function drawFace(paint: CanvasRenderingContext2D, face: Face, theme: Theme): void {
  paint.beginPath()
  for (const [x, y] of face.corners) paint.lineTo(x * HALF_PX, y * HALF_PX)
  paint.closePath()
  paint.fillStyle = theme.surface
  paint.globalAlpha = 0.55 + 0.3 * face.facing
  paint.fill()
  paint.globalAlpha = 1
  paint.lineJoin = 'round'
  paint.strokeStyle = theme.caption
  paint.lineWidth = 1
  paint.stroke()
  if (face.facing < LEAST_FACING) return
  paint.font = fontOf(theme)
  paint.textAlign = 'center'
  paint.textBaseline = 'middle'
  paint.fillStyle = theme.text
  paint.fillText(face.letter, face.middle[0] * HALF_PX, face.middle[1] * HALF_PX + 0.5)
}
