/** The masks of a pane, and what a hand paints in them: canvas and brush, and how the plane on the screen lies in their grid. */
import { chosenByValue } from '../gestures/paint/chosen.ts'
import { MaskCanvas } from '../masks/maskCanvas.ts'
import { type MaskPlane, maskPlaneOf, voxelAt } from '../masks/maskPlane.ts'
import type { MaskView } from '../masks/maskView.ts'
import { segmentAt } from '../masks/segmentAt.ts'
import { alongRow, rowOf } from '../panes/moments.ts'
import { BrushRing } from './brushRing.ts'
import { type ScreenPoint, toPatientOn } from './camera.ts'
import type { Hands } from './hands.ts'
import type { PaintGround } from './making.ts'
import type { Scene, ShownSlices } from './scene.ts'
import type { Viewing } from './viewing.ts'

export class MaskPane {
  readonly #viewing: Viewing
  readonly #canvas: MaskCanvas
  readonly #ring: BrushRing

  constructor(ground: HTMLElement, viewing: Viewing, changed: () => void) {
    this.#viewing = viewing
    this.#canvas = new MaskCanvas(ground.ownerDocument, changed)
    ground.append(this.#canvas.element)
    this.#ring = new BrushRing(ground)
  }

  get view(): MaskView | null {
    return this.#canvas.view
  }

  setView(view: MaskView | null): void {
    this.#canvas.setView(view)
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#canvas.resize(width, height, pixelRatio)
  }

  /** What was painted, what is being painted, and the brush. */
  show({ paint, peers }: Scene, { at, tool, painting }: Pick<Hands, 'at' | 'tool' | 'painting'>): void {
    const { series, frame, camera, plane } = this.#viewing
    const drafts = (paint?.drafts ?? []).map(({ shape, ...draft }) => ({ ...draft, parts: [shape] }))
    const own = painting.stroke
    const strokes = own ? [...drafts, own] : drafts
    const settings = paint?.settings
    const points = painting.lineOn(plane)
    const line = settings && points.length > 0 ? { points, colour: settings.colour } : null
    this.#canvas.draw(series && camera && { series, frame, camera, strokes, line })
    const here = peers.filter((peer) => peer.frame === frame)
    this.#ring.show(camera && at && settings ? { at, camera, peers: here, settings, tool } : null)
  }

  ground(): PaintGround | null {
    const { series, frame } = this.#viewing
    const on = this.#plane()
    const { view, rasterise } = this.#canvas
    if (!series || !on || !view || !rasterise) return null
    return { on, grid: view.grid, rasterise, chosen: (range) => chosenByValue(series, frame, range) }
  }

  /** Null where the plane on the screen passes between voxels. */
  slices(): ShownSlices | null {
    const { series, frame } = this.#viewing
    const { view } = this.#canvas
    const slice = this.#plane()?.slice
    if (!series || !slice || !view) return null
    const { axis, index } = slice
    const { at } = rowOf(frame, series.meta)
    const beside = (by: 1 | -1): number | null => {
      const there = maskPlaneOf(series, alongRow(frame, at + by, series.meta), view.grid)?.slice?.index
      return there === undefined || there === index ? null : there
    }
    return { axis, index, next: beside(1), previous: beside(-1) }
  }

  segmentAt(p: ScreenPoint): string | null {
    const { camera, plane } = this.#viewing
    const on = this.#plane()
    const { view } = this.#canvas
    if (!camera || !plane || !on || !view) return null
    const voxel = voxelAt(on, view.grid, toPatientOn(camera, plane, p))
    return voxel && segmentAt(view, voxel)
  }

  destroy(): void {
    this.#canvas.destroy()
  }

  #plane(): MaskPlane | null {
    const { series, frame } = this.#viewing
    const { view } = this.#canvas
    return series && view?.series === series.meta.id ? maskPlaneOf(series, frame, view.grid) : null
  }
}
