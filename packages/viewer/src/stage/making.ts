/** The two ways to paint: a brush that grows by stretches, and a line around what is meant. */
import { type Grid, Q } from '@consilium/geometry/raster/grid'
import { workOf } from '@consilium/geometry/raster/limits'
import type { Ball, Rasterise, Shape, Stroke } from '@consilium/geometry/raster/shape'
import type { Vec3 } from '@consilium/geometry/vec3'
import { type Hand, IDLE } from '../gestures/gesture.ts'
import { type BrushPlane, brushPlane } from '../gestures/paint/brushPlane.ts'
import { type Chosen, thinnedTo } from '../gestures/paint/chosen.ts'
import { lasso } from '../gestures/paint/lasso.ts'
import type { LassoPlane } from '../gestures/paint/lassoPlane.ts'
import { type PenSize, penSize } from '../gestures/paint/penSize.ts'
import { Trail } from '../gestures/paint/trail.ts'
import type { MaskPlane } from '../masks/maskPlane.ts'
import type { PaintSettings } from './scene.ts'

/** What a hand paints on. */
export interface PaintGround {
  readonly on: MaskPlane
  readonly grid: Grid
  readonly rasterise: Rasterise
  /** By the values of what is shown. */
  readonly chosen: (range: PaintSettings['range']) => Chosen
}

/** A stroke grows by parts; a lasso is another shape each time. */
export interface Making {
  move(hands: readonly Hand[]): void
  release(hand: Hand): void
  /** Another press, where one is not all. True: it went on with it. */
  press(hand: Hand): boolean
  hover(hand: Hand): void
  finish(): void
  back(): void
  readonly isDone: boolean
  /** What is shown. */
  readonly parts: readonly Shape[]
  readonly line: readonly Vec3[]
  /** What others see meanwhile; null where there is nothing yet, or to find it out would hold up the hand. */
  draft(): Shape | null
  /** What is recorded, several where a pen was pressed more or less hard; none where it covers nothing, a sentence where it cannot be. */
  shapes(): readonly Shape[] | string
}

/** Voxels that the draft of a threshold brush may visit. */
const DRAFT_WORK = 500_000

export class BrushMaking implements Making {
  readonly #ground: PaintGround
  readonly #settings: PaintSettings
  readonly #chosen: Chosen | null
  readonly line: readonly Vec3[] = []
  /** One for each size of the brush, the newest last. */
  readonly #lengths: Length[] = []
  #press: PenSize
  #parts: readonly Shape[] = []
  isDone = false

  constructor(ground: PaintGround, settings: PaintSettings, isThreshold: boolean, hand: Hand) {
    this.#ground = ground
    this.#settings = settings
    this.#chosen = isThreshold ? ground.chosen(settings.range) : null
    this.#press = penSize(settings, hand, null)
    this.#begin(hand)
    this.move([hand])
  }

  get parts(): readonly Shape[] {
    return this.#parts
  }

  move(hands: readonly Hand[]): void {
    for (const hand of hands) {
      const { trail, plane } = this.#length
      trail.add(plane.pointOf(hand.at))
      const press = penSize(this.#settings, hand, this.#press)
      if (press === this.#press) continue
      // The place at which the size changes ends one length and begins the next.
      trail.add(plane.pointOf(hand.at), 1)
      this.#grow()
      this.#press = press
      this.#begin(hand)
      this.#length.trail.add(this.#length.plane.pointOf(hand.at))
    }
    this.#grow()
  }

  release({ at }: Hand): void {
    // Where it ends is where the hand let go, however near.
    this.#length.trail.add(this.#length.plane.pointOf(at), 1)
    this.isDone = true
  }

  press(): boolean {
    return false
  }

  hover(): void {}

  finish(): void {}

  back(): void {}

  /** Of a pen the length that is being drawn: the act tells of the others. */
  draft(): Shape | null {
    const base = strokeOf(this.#length)
    if (!this.#chosen) return base
    return workOf(base, this.#ground.grid) > DRAFT_WORK ? null : this.#thinned(base)
  }

  shapes(): readonly Shape[] | string {
    const strokes = this.#lengths.map(strokeOf)
    if (!this.#chosen) return strokes
    const thinned = strokes.flatMap((base) => this.#thinned(base) ?? [])
    return thinned.length > 0 ? thinned : 'No value under the brush lies in its range.'
  }

  get #length(): Length {
    return this.#lengths.at(-1) as Length
  }

  #begin({ at }: Hand): void {
    const { on, grid } = this.#ground
    const radiusMm = this.#settings.radiusMm * this.#press
    // A large brush hides small turns of the hand: half a voxel, or an eighth of its radius.
    const voxels = (radiusMm * 1_000) / Math.max(...grid.spacingUm)
    this.#lengths.push({
      plane: brushPlane(on, grid, { ...this.#settings, radiusMm }, at),
      trail: new Trail(Math.max(Q / 2, Math.round((voxels * Q) / 8))),
    })
  }

  #grow(): void {
    const { trail, plane } = this.#length
    const fresh = trail.fresh()
    if (!fresh) return
    const stretch = plane.strokeOf(fresh)
    const part = this.#chosen ? this.#thinned(stretch) : stretch
    if (part) this.#parts = [...this.#parts, part]
  }

  #thinned(base: Stroke | Ball): Shape | null {
    const { grid, rasterise } = this.#ground
    return this.#chosen && thinnedTo(this.#chosen, base, grid, rasterise)
  }
}

/** A part of a stroke that has one size. */
interface Length {
  readonly plane: BrushPlane
  readonly trail: Trail
}

const strokeOf = ({ plane, trail }: Length): Stroke | Ball => plane.strokeOf(trail.points)

export class LassoMaking implements Making {
  readonly #plane: LassoPlane
  #stroke = IDLE
  #parts: readonly Shape[] = []

  constructor(plane: LassoPlane, hand: Hand) {
    this.#plane = plane
    this.#become(lasso.press(IDLE, hand))
  }

  get isDone(): boolean {
    return this.#stroke.status !== 'drawing'
  }

  get parts(): readonly Shape[] {
    return this.#parts
  }

  get line(): readonly Vec3[] {
    return lasso.outline(this.#stroke)
  }

  press(hand: Hand): boolean {
    this.#become(lasso.press(this.#stroke, hand))
    return true
  }

  move(hands: readonly Hand[]): void {
    this.#become(hands.reduce((stroke, hand) => lasso.move(stroke, hand), this.#stroke))
  }

  hover(hand: Hand): void {
    this.move([hand])
  }

  release(hand: Hand): void {
    this.#become(lasso.release(this.#stroke, hand))
  }

  finish(): void {
    this.#become(lasso.finish(this.#stroke))
  }

  back(): void {
    this.#become(lasso.back(this.#stroke))
  }

  draft(): Shape | null {
    return this.#parts[0] ?? null
  }

  shapes(): readonly Shape[] {
    return this.#parts
  }

  #become(stroke: typeof IDLE): void {
    if (stroke === this.#stroke) return
    this.#stroke = stroke
    const corners = lasso.outline(stroke).map(this.#plane.pointOf)
    const shape = corners.length < 3 ? null : this.#plane.shapeOf(Int32Array.from(corners.flat()))
    this.#parts = shape ? [shape] : []
  }
}
