/**
 * What one pane looks at: series and slice, with their window (windowing.ts) and place (framing.ts); and how each may change. No DOM, no
 * painting. `onChange` is told whether a hand did it: only then the page hears of it, so that following does not echo.
 * One file, because each change may move what the others stand on (another slice another window, another plane another place).
 */

import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { hungAtFirst, type Turned, UPRIGHT } from '@consilium/imaging/hung'
import type { ColourTable } from '../panes/colour/palettes.ts'
import { alongRow, inTime, rowOf } from '../panes/moments.ts'
import { sameWindow } from '../panes/pixels.ts'
import { frameAt, frameThrough, takenFrame } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { ACQUIRED, type Slicing } from '../panes/slicing.ts'
import { type Camera, ontoPlane, zoomAt } from './camera.ts'
import { Framing, type OnPlane } from './framing.ts'
import type { View, Window } from './scene.ts'
import { flippedAlong, rotatedBy, turnedFrom } from './turned.ts'
import { autoWindowOf, sampleIn, Windowing } from './windowing.ts'

const kindOf = (series: SeriesFrames | null): Slicing['kind'] => (series?.slicing ?? ACQUIRED).kind

/** Share of the pane, from each side, within which a place counts as out of sight when somebody goes there. */
const EDGE_SHARE = 0.1

/** What the page may change of it by name. */
export type Look = Pick<
  Viewing,
  | 'setWindow'
  | 'autoWindow'
  | 'zoomBy'
  | 'fit'
  | 'reset'
  | 'invert'
  | 'setColours'
  | 'rotate'
  | 'flip'
  | 'setSmooth'
>

export class Viewing {
  readonly #onChange: (byHand: boolean) => void
  #series: SeriesFrames | null = null
  #frame = 0
  #smooth = true
  readonly #windowing = new Windowing()
  readonly #framing = new Framing()

  constructor(onChange: (byHand: boolean) => void) {
    this.#onChange = onChange
  }

  get series(): SeriesFrames | null {
    return this.#series
  }
  get frame(): number {
    return this.#frame
  }
  get camera(): Camera | null {
    return this.#framing.camera
  }
  get window(): Window {
    return this.#windowing.window
  }
  get inverted(): boolean {
    return this.#windowing.inverted
  }
  get colours(): ColourTable {
    return this.#windowing.colours
  }
  get smooth(): boolean {
    return this.#smooth
  }
  /** By a hand: since it hung as it does at first. */
  get turned(): Turned {
    return turnedFrom(this.#upright(), this.#framing.turned)
  }
  get count(): number {
    return this.#series?.planes.length ?? 0
  }
  get plane(): Plane | null {
    return this.#series?.planes[this.#frame] ?? null
  }

  open(series: SeriesFrames | null, frame?: number): void {
    this.leave()
    this.#series = series
    this.#framing.clear()
    if (series) {
      this.#frame = this.#within(frame ?? series.meta.packs[0]?.first ?? Math.floor(this.count / 2))
      this.#windowing.open(series.meta)
      series.lookAt(this.#frame, this)
      this.#framing.open(this.#on(), this.#upright())
      if (series.drawable(this.#frame)) this.arrived(this.#frame)
    }
    this.#onChange(false)
  }

  /** Nothing of the series is looked at here any more. */
  leave(): void {
    this.#series?.leave?.(this)
  }

  /** The same series looked through another way: through `at`, with its look as it is. */
  reslice(series: SeriesFrames, at: Vec3): void {
    const taken = this.#taken()
    const isTilted = this.#series?.slicing?.kind === 'oblique' && series.slicing?.kind === 'oblique'
    // Another plane hangs as it should; the same one through more or less of the volume stays as it was hung.
    const isOther = kindOf(this.#series) !== kindOf(series)
    this.leave()
    this.#series = series
    this.#frame = this.#within(frameAt(series, taken, at))
    if (isOther) this.#framing.hangAs(this.#upright())
    series.lookAt(this.#frame, this)
    if (!isTilted || !this.#framing.tilt(this.#on(), at)) this.#framing.fit(this.#on())
    this.#onChange(false)
  }

  /** The place in the middle of the pane, on the plane shown. */
  get middle(): Vec3 | null {
    const { camera, plane } = this
    return camera && plane ? ontoPlane(plane, camera.center) : null
  }

  /**
   * A frame came. The picture is another where that frame is in it (the frame shown, or one of those that a plane across them is made of), or
   * where the window is.
   */
  arrived(frame: number): void {
    const isOther = this.#series !== null && this.#windowing.arrived(this.#series, frame)
    const isInIt = frame === this.#frame || Boolean(this.#series?.base)
    if (isInIt || isOther) this.#onChange(false)
  }

  resize(width: number, height: number): void {
    this.#framing.resize(this.#on(), width, height)
    this.#onChange(false)
  }

  /** Null where no picture is shown. */
  view(): View | null {
    const { camera, window, inverted, colours } = this
    if (!this.#series || !camera) return null
    const { slicing } = this.#series
    return {
      series: this.#series.meta.id,
      frame: this.#taken(),
      ...(slicing ? { slicing } : {}),
      // Of planes across the series the middle says which one it is.
      center: (slicing && this.middle) ?? camera.center,
      mmPerPixel: camera.mmPerPixel,
      window,
      inverted,
      colours,
      turned: this.#framing.turned,
      pane: this.#framing.pane,
    }
  }

  /** Somebody else's view. Of another series, nothing changes; with their pane's size, all that they see is shown. */
  take(view: Partial<View>): void {
    const { camera } = this
    if (!this.#series || !camera) return
    if (view.series !== undefined && view.series !== this.#series.meta.id) return
    if (view.frame !== undefined || (view.center && this.#series.base)) {
      const taken = view.frame ?? this.#taken()
      this.#turn(frameAt(this.#series, taken, view.center ?? this.middle ?? camera.center))
    }
    if (view.inverted !== undefined) this.#windowing.inverted = view.inverted
    if (view.colours) this.#windowing.colours = view.colours
    if (view.window) this.#windowing.set(view.window)
    if (view.turned) this.#framing.hang(this.#on(), view.turned)
    this.#framing.follow(view)
    this.#onChange(false)
  }

  turnTo(frame: number): void {
    if (this.#turn(frame)) this.#onChange(true)
  }

  /** Through the slices of this moment; in a film through its moments. */
  step(by: number): void {
    if (this.#series) this.goAlong(rowOf(this.#frame, this.#series.meta).at + by)
  }

  /** To a slice of this moment, from 0; in a film to a moment. */
  goAlong(to: number): void {
    if (this.#series) this.turnTo(alongRow(this.#frame, to, this.#series.meta))
  }

  /** The same place, so many moments later. */
  stepInTime(by: number): void {
    if (this.#series) this.turnTo(inTime(this.#frame, by, this.#series.meta))
  }

  setWindow(window: Window): void {
    if (sameWindow(window, this.window)) return
    this.#windowing.set(window)
    this.#onChange(true)
  }

  /** What most of the values of this picture lie in; a picture in colour as it is. */
  autoWindow(): void {
    const window = this.#series && autoWindowOf(this.#series, this.#frame)
    if (window) this.setWindow(window)
  }

  look(camera: Camera): void {
    this.#framing.look(camera)
    this.#onChange(true)
  }

  /** 2 = twice as large, about the middle of the pane. */
  zoomBy(factor: number): void {
    const { camera } = this
    if (camera) this.look(zoomAt(camera, { x: camera.width / 2, y: camera.height / 2 }, factor))
  }

  fit(): void {
    this.#framing.fit(this.#on())
    this.#onChange(true)
  }

  /** As the series was opened: whole picture, upright, its own window, grey and not inverted. */
  reset(): void {
    if (!this.#series) return
    this.#windowing.reset(this.#series.meta, sampleIn(this.#series, this.#frame))
    this.#framing.open(this.#on(), this.#upright())
    this.#onChange(true)
  }

  invert(): void {
    this.#windowing.inverted = !this.inverted
    this.#onChange(true)
  }

  /** By quarters, clockwise on the screen. */
  rotate(quarters: 1 | -1): void {
    this.#framing.hang(this.#on(), rotatedBy(this.#framing.turned, quarters))
    this.#onChange(true)
  }

  /** Left and right change places on the screen, or top and bottom. */
  flip(way: 'horizontal' | 'vertical'): void {
    this.#framing.hang(this.#on(), flippedAlong(this.#framing.turned, way))
    this.#onChange(true)
  }

  /** What stands for the greys. */
  setColours(colours: ColourTable): void {
    this.#windowing.colours = colours
    this.#onChange(true)
  }

  /** For all panes of a reader at once: nothing that others follow. */
  setSmooth(smooth: boolean): void {
    this.#smooth = smooth
    this.#onChange(false)
  }

  /** The slice nearest to the place, at the moment of `taken`; and the picture moves only where the place would be out of sight. */
  focusOn(at: Vec3, taken: number = this.#taken()): void {
    if (!this.#series) return
    this.turnTo(frameAt(this.#series, taken, at))
    const { camera } = this
    if (camera && !this.#framing.isInSight(at, EDGE_SHARE)) this.look({ ...camera, center: at })
  }

  /** The plane through a place, at the moment shown, because another pane looks there: not told as done by hand. */
  showPlace(at: Vec3): void {
    const { camera } = this
    if (!this.#series || !camera) return
    this.#turn(frameThrough(this.#series, this.#frame, at))
    if (!this.#framing.isInSight(at, 0)) this.#framing.look({ ...camera, center: at })
    this.#onChange(false)
  }

  #on(): OnPlane | null {
    const { plane } = this
    return this.#series && plane && { plane, meta: this.#series.meta }
  }

  /** The slice as it was taken that lies nearest to what is shown. */
  #taken(): number {
    if (!this.#series) return 0
    const at = this.middle
    return at ? takenFrame(this.#series, this.#frame, at) : this.#frame
  }

  #within(frame: number): number {
    return Math.max(0, Math.min(this.count - 1, Math.round(frame)))
  }

  #turn(frame: number): boolean {
    const wanted = this.#within(frame)
    if (!this.#series || wanted === this.#frame) return false
    this.#frame = wanted
    this.#series.lookAt(wanted, this)
    return true
  }

  /** How it hangs at first. */
  #upright(): Turned {
    const { plane } = this
    const meta = kindOf(this.#series) === 'acquired' ? this.#series?.meta : undefined
    return plane && meta ? hungAtFirst(meta, plane) : UPRIGHT
  }
}
