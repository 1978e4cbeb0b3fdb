/**
 * A stroke or a lasso while this hand makes it. It stays on the slice it was begun on; only its newest stretch is rasterised while it
 * grows, and it is told whole when it is done.
 */
import type { Plane } from '@consilium/geometry/plane'
import { formFault } from '@consilium/geometry/raster/fault'
import type { Grid } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import type { Shape } from '@consilium/geometry/raster/shape'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Hand } from '../gestures/gesture.ts'
import { lassoPlane } from '../gestures/paint/lassoPlane.ts'
import { voxelAt } from '../masks/maskPlane.ts'
import type { StrokeSoFar } from '../masks/strokes.ts'
import { BrushMaking, LassoMaking, type Making, type PaintGround } from './making.ts'
import { isSeedTool, type PaintSettings, type PaintTool, type SeedTool, type StageEvents } from './scene.ts'

/** ms between drafts. */
const DRAFT_EVERY = 33
const OWN = 'own'

export class Painting {
  readonly #events: StageEvents
  #making: Making | null = null
  #what: {
    readonly segment: string
    readonly value: 0 | 1
    readonly grid: Grid
    readonly plane: Plane
  } | null = null
  #lastDraft = 0

  constructor(events: StageEvents) {
    this.#events = events
  }

  get active(): boolean {
    return this.#making !== null
  }

  /** For the canvas. */
  get stroke(): StrokeSoFar | null {
    if (!this.#making || !this.#what) return null
    const { segment, value } = this.#what
    return { id: OWN, segment, value, parts: this.#making.parts }
  }

  /** Of a lasso, on the plane it was begun on: also where it encloses nothing yet. */
  lineOn(plane: Plane | null): readonly Vec3[] {
    return plane && plane === this.#what?.plane ? (this.#making?.line ?? []) : []
  }

  press(
    tool: PaintTool,
    value: 0 | 1,
    settings: PaintSettings,
    ground: PaintGround | null,
    hand: Hand,
  ): void {
    if (this.#making?.press(hand)) return this.#after()
    const { segment, fault } = settings
    if (segment === null || fault !== null || !ground) {
      this.#events.onFault?.(fault ?? 'There is nothing to paint on in this picture.')
      return
    }
    const { on, grid } = ground
    if (isSeedTool(tool)) return this.#seed(tool, value, ground, hand)
    this.#what = { segment, value, grid, plane: on.plane }
    this.#making =
      tool === 'lasso'
        ? new LassoMaking(lassoPlane(on, grid), hand)
        : new BrushMaking(ground, settings, tool === 'threshold-brush', hand)
    this.#after()
  }

  move(hands: readonly Hand[]): void {
    this.#making?.move(hands)
    this.#after()
  }

  /** The hand moves without a press. */
  hover(hand: Hand): void {
    this.#making?.hover(hand)
    this.#after()
  }

  release(hand: Hand): void {
    this.#making?.release(hand)
    this.#after()
  }

  finish(): void {
    this.#making?.finish()
    this.#after()
  }

  back(): void {
    this.#making?.back()
    this.#after()
  }

  /** True where something was let go. */
  cancel(): boolean {
    if (!this.#making) return false
    this.#making = null
    this.#events.onPaintDraft?.(null)
    return true
  }

  #seed(tool: SeedTool, value: 0 | 1, { on, grid }: PaintGround, { at }: Hand): void {
    const voxel = voxelAt(on, grid, at)
    const slice = on.slice && { axis: on.slice.axis, index: on.slice.index }
    if (voxel) this.#events.onSeed?.({ tool, value, voxel, slice })
    else this.#events.onFault?.('There is nothing to paint on beside the picture.')
  }

  #after(): void {
    if (!this.#making || !this.#what) return
    const { segment, value, grid } = this.#what
    if (!this.#making.isDone) {
      const now = performance.now()
      if (!this.#events.onPaintDraft || now - this.#lastDraft < DRAFT_EVERY) return
      const shape = this.#making.draft()
      this.#lastDraft = now
      if (shape) this.#events.onPaintDraft({ segment, value, shape })
      return
    }
    const shapes = this.#making.shapes()
    this.cancel()
    if (typeof shapes === 'string') return this.#events.onFault?.(shapes)
    for (const shape of shapes) {
      const fault = formFault(shape, grid)
      if (fault !== null) return this.#events.onFault?.(fault)
    }
    const [shape, ...more] = shapes.filter((one) => !isOutside(one, grid))
    if (shape) this.#events.onPaint?.({ segment, value, shape, ...(more.length > 0 ? { more } : {}) })
  }
}

const isOutside = (shape: Shape, grid: Grid): boolean => {
  const { x0, x1 } = boundsOf(shape, grid)
  return x0 === x1
}
