/** A camera around a volume: turned by hand or keys, moved to a side of the patient, far enough away to see all of it. Pure. */
import { add, dot, middleOf, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { turned } from '../panes/reformat/turning.ts'
import { type Camera, toScreen } from '../stage/camera.ts'

export type Side = 'front' | 'back' | 'right' | 'left' | 'head' | 'feet'

/** Where right and down on the screen lie in the patient (LPS), seen from each side. */
const SEEN_FROM: Readonly<Record<Side, Pick<Camera, 'right' | 'down'>>> = {
  front: { right: [1, 0, 0], down: [0, 0, -1] },
  back: { right: [-1, 0, 0], down: [0, 0, -1] },
  right: { right: [0, -1, 0], down: [0, 0, -1] },
  left: { right: [0, 1, 0], down: [0, 0, -1] },
  head: { right: [-1, 0, 0], down: [0, 1, 0] },
  feet: { right: [1, 0, 0], down: [0, 1, 0] },
}

/** Of the pane; the rest is air around the volume. */
const FILLED = 0.92

/** From `side`, as near as whatever lies between the corners is seen whole. */
export function seenFrom(side: Side, corners: readonly Vec3[], width: number, height: number): Camera {
  const { right, down } = SEEN_FROM[side]
  const camera: Camera = { right, down, center: middleOf(corners), mmPerPixel: 1, width, height }
  const extent = (axis: Vec3): number => {
    const along = corners.map((at) => dot(subtract(at, camera.center), axis))
    return Math.max(...along) - Math.min(...along)
  }
  const mmPerPixel = Math.max(extent(right) / Math.max(width, 1), extent(down) / Math.max(height, 1))
  return { ...camera, mmPerPixel: Math.max(mmPerPixel / FILLED, 1e-3) }
}

/** As if one pushed what lies in front by an angle to the right and down, in radians. */
export function pushed(camera: Camera, across: number, downwards: number): Camera {
  const right = turned(camera.right, camera.down, across)
  const down = turned(camera.down, right, -downwards)
  return { ...camera, right, down }
}

/** By hand: half a turn from edge to edge of the shorter side. */
export function dragged(camera: Camera, dx: number, dy: number): Camera {
  const perPixel = Math.PI / Math.max(1, Math.min(camera.width, camera.height))
  return pushed(camera, dx * perPixel, dy * perPixel)
}

/** Of a place, whether the pane shows where it lies. */
export function isInPane(camera: Camera, at: Vec3): boolean {
  const { x, y } = toScreen(camera, at)
  return x >= 0 && y >= 0 && x <= camera.width && y <= camera.height
}

/** So far from the middle that nothing between the corners lies behind the eye. */
export function eyeOf({ center }: Camera, away: Vec3, corners: readonly Vec3[]): { eye: Vec3; far: number } {
  const deep = corners.map((at) => dot(subtract(at, center), away))
  const room = 1 + Math.max(...deep) - Math.min(...deep)
  return { eye: add(center, scale(away, Math.min(...deep) - room)), far: 3 * room }
}
