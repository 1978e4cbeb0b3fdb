/**
 * What one pane looks at: series, slice, window, place and magnification; and how each may change. No DOM, no painting.
 * `onChange` is told what became stale, and whether a hand did it: only then the page hears of it, so that following does not echo.
 * One file, because each change may move what the others stand on (another slice another window, another plane another place).
 */

import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { axesOf, hungAtFirst, type Turned, UPRIGHT } from '@consilium/imaging/hung'
import type { ColourTable } from '../panes/colour/palettes.ts'
import { alongRow, inTime, rowOf } from '../panes/moments.ts'
import { sameWindow } from '../panes/pixels.ts'
import { frameAt, frameThrough, takenFrame } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { ACQUIRED, type Slicing } from '../panes/slicing.ts'
import { defaultWindow, windowOfValues } from '../panes/window.ts'
import { type Camera, fit, mmPerPixelToFollow, ontoPlane, resized, toScreen, zoomAt } from './camera.ts'
import type { View, Window } from './scene.ts'
import { flippedAlong, rotatedBy, sameTurned, turnedFrom } from './turned.ts'

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
  #camera: Camera | null = null
  #window: Window = { center: 0, width: 1 }
  #inverted = false
  #colours: ColourTable = 'grey'
  #smooth = true
  #turned = UPRIGHT
  /** The window is still the series' own, and may become better with the first picture. */
  #windowUntouched = true
  /** It was guessed from a picture in less detail. */
  #windowGuessed = false
  /** The view is the whole picture, and stays so when the pane changes its size. */
  #fitted = true
  #width = 0
  #height = 0

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
    return this.#camera
  }
  get window(): Window {
    return this.#window
  }
  get inverted(): boolean {
    return this.#inverted
  }
  get colours(): ColourTable {
    return this.#colours
  }
  get smooth(): boolean {
    return this.#smooth
  }
  /** By a hand: since it hung as it does at first. */
  get turned(): Turned {
    return turnedFrom(this.#upright(), this.#turned)
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
    this.#camera = null
    if (series) {
      this.#frame = this.#within(frame ?? series.meta.packs[0]?.first ?? Math.floor(this.count / 2))
      this.#window = defaultWindow(series.meta)
      this.#windowUntouched = true
      this.#windowGuessed = false
      this.#inverted = false
      this.#colours = 'grey'
      this.#turned = this.#upright()
      series.lookAt(this.#frame, this)
      this.#fit()
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
    // While a plane is turned its picture must not grow and shrink with the corners of the volume.
    const isTurned = this.#series?.slicing?.kind === 'oblique' && series.slicing?.kind === 'oblique'
    // Another plane hangs as it should; the same one through more or less of the volume stays as it was hung.
    const isOther = kindOf(this.#series) !== kindOf(series)
    this.leave()
    this.#series = series
    this.#frame = this.#within(frameAt(series, taken, at))
    if (isOther) this.#turned = this.#upright()
    series.lookAt(this.#frame, this)
    const { plane } = this
    if (isTurned && this.#camera && plane)
      this.#camera = { ...this.#camera, ...axesOf(plane, this.#turned), center: at }
    else this.#fit()
    this.#onChange(false)
  }

  /** The place in the middle of the pane, on the plane shown. */
  get middle(): Vec3 | null {
    return this.#camera && this.plane ? ontoPlane(this.plane, this.#camera.center) : null
  }

  /**
   * A frame came: a window that has to be guessed is guessed from the first one, once, or it would flicker. From means it is guessed for
   * the meantime: their extremes lie nearer together than those of the values. The picture is another where that frame is in it: the frame
   * shown, or one of those that a plane across them is made of.
   */
  arrived(frame: number): void {
    const before = this.#window
    const drawable = this.#series?.drawable(frame)
    const isWhole = drawable?.factor === 1 && !drawable.gaps
    if (this.#series && this.#windowUntouched && (isWhole || !this.#windowGuessed)) {
      this.#window = defaultWindow(this.#series.meta, this.#sample(frame))
      this.#windowGuessed = true
      this.#windowUntouched = !isWhole
    }
    const isInIt = frame === this.#frame || Boolean(this.#series?.base)
    if (isInIt || !sameWindow(before, this.#window)) this.#onChange(false)
  }

  resize(width: number, height: number): void {
    this.#width = width
    this.#height = height
    if (this.#fitted) this.#fit()
    else if (this.#camera) this.#camera = resized(this.#camera, width, height)
    this.#onChange(false)
  }

  /** Null where no picture is shown. */
  view(): View | null {
    if (!this.#series || !this.#camera) return null
    const { slicing } = this.#series
    return {
      series: this.#series.meta.id,
      frame: this.#taken(),
      ...(slicing ? { slicing } : {}),
      // Of planes across the series the middle says which one it is.
      center: (slicing && this.middle) ?? this.#camera.center,
      mmPerPixel: this.#camera.mmPerPixel,
      window: this.#window,
      inverted: this.#inverted,
      colours: this.#colours,
      turned: this.#turned,
      pane: { width: this.#width, height: this.#height },
    }
  }

  /** Somebody else's view. Of another series, nothing changes; with their pane's size, all that they see is shown. */
  take(view: Partial<View>): void {
    if (!this.#series || !this.#camera) return
    if (view.series !== undefined && view.series !== this.#series.meta.id) return
    if (view.frame !== undefined || (view.center && this.#series.base)) {
      const taken = view.frame ?? this.#taken()
      this.#turn(frameAt(this.#series, taken, view.center ?? this.middle ?? this.#camera.center))
    }
    if (view.inverted !== undefined) this.#inverted = view.inverted
    if (view.colours) this.#colours = view.colours
    if (view.window) this.#setWindow(view.window)
    if (view.turned) this.#hang(view.turned)
    if (view.center || view.mmPerPixel !== undefined) {
      const mmPerPixel = view.mmPerPixel ?? this.#camera.mmPerPixel
      this.#camera = {
        ...this.#camera,
        center: view.center ?? this.#camera.center,
        mmPerPixel: view.pane
          ? mmPerPixelToFollow({ ...view.pane, mmPerPixel }, this.#width, this.#height)
          : mmPerPixel,
      }
      this.#fitted = false
    }
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
    if (sameWindow(window, this.#window)) return
    this.#setWindow(window)
    this.#onChange(true)
  }

  /** What most of the values of this picture lie in; a picture in colour as it is. */
  autoWindow(): void {
    const sample = this.#sample(this.#frame)
    if (this.#series && sample) this.setWindow(windowOfValues(this.#series.meta, sample))
  }

  look(camera: Camera): void {
    this.#camera = camera
    this.#fitted = false
    this.#onChange(true)
  }

  /** 2 = twice as large, about the middle of the pane. */
  zoomBy(factor: number): void {
    if (this.#camera) this.look(zoomAt(this.#camera, { x: this.#width / 2, y: this.#height / 2 }, factor))
  }

  fit(): void {
    this.#fit()
    this.#onChange(true)
  }

  /** As the series was opened: whole picture, upright, its own window, grey and not inverted. */
  reset(): void {
    if (!this.#series) return
    this.#inverted = false
    this.#colours = 'grey'
    this.#turned = this.#upright()
    this.#window = defaultWindow(this.#series.meta, this.#sample(this.#frame))
    this.fit()
  }

  invert(): void {
    this.#inverted = !this.#inverted
    this.#onChange(true)
  }

  /** By quarters, clockwise on the screen. */
  rotate(quarters: 1 | -1): void {
    this.#hang(rotatedBy(this.#turned, quarters))
    this.#onChange(true)
  }

  /** Left and right change places on the screen, or top and bottom. */
  flip(way: 'horizontal' | 'vertical'): void {
    this.#hang(flippedAlong(this.#turned, way))
    this.#onChange(true)
  }

  /** What stands for the greys. */
  setColours(colours: ColourTable): void {
    this.#colours = colours
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
    if (this.#camera && !this.#isInSight(at)) this.look({ ...this.#camera, center: at })
  }

  /** The plane through a place, at the moment shown, because another pane looks there: not told as done by hand. */
  showPlace(at: Vec3): void {
    if (!this.#series || !this.#camera) return
    this.#turn(frameThrough(this.#series, this.#frame, at))
    if (!this.#isInSight(at, 0)) {
      this.#camera = { ...this.#camera, center: at }
      this.#fitted = false
    }
    this.#onChange(false)
  }

  #isInSight(at: Vec3, edge = EDGE_SHARE): boolean {
    if (!this.#camera) return false
    const p = toScreen(this.#camera, at)
    const across = this.#width * edge
    const down = this.#height * edge
    return p.x >= across && p.x <= this.#width - across && p.y >= down && p.y <= this.#height - down
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

  #setWindow(window: Window): void {
    const { center, width, table } = window
    this.#window = table === undefined ? { center, width } : { center, width, table }
    this.#windowUntouched = false
  }

  /** How it hangs at first. */
  #upright(): Turned {
    const { plane } = this
    const meta = kindOf(this.#series) === 'acquired' ? this.#series?.meta : undefined
    return plane && meta ? hungAtFirst(meta, plane) : UPRIGHT
  }

  /** About the middle of the pane; a picture shown whole stays whole. */
  #hang(turned: Turned): void {
    if (sameTurned(turned, this.#turned)) return
    this.#turned = turned
    if (this.#fitted) this.#fit()
    else if (this.#camera && this.plane) this.#camera = { ...this.#camera, ...axesOf(this.plane, turned) }
  }

  #fit(): void {
    if (!this.#series || !this.plane) return
    this.#camera = fit(this.plane, this.#series.meta, this.#width, this.#height, this.#turned)
    this.#fitted = true
  }

  #sample(frame: number) {
    // Means will do: a window is for the eye.
    const drawable = this.#series?.drawable(frame)
    return drawable && !drawable.gaps ? { stored: drawable.values, frame } : undefined
  }
}
