/**
 * One pane: a picture, marks above it, read-outs around it, and the hands on it. The page owns all state that lasts; the stage keeps
 * only its view (slice, window, zoom, middle), draws what it is given, and tells what hands do. Everything is painted at most once per
 * animation frame. It never writes a document and knows no kinds; the keyboard is the page's, which calls the methods below.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { Overlay } from '../overlay/overlay.ts'
import type { Pane } from '../panes/pane.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { SlicePane } from '../panes/slice.ts'
import { defaultWindow } from '../panes/window.ts'
import { type Camera, fit, mmPerPixelToFollow, resized, toPatientOn, toScreen, zoomAt } from './camera.ts'
import { Ghosts } from './ghosts.ts'
import { type Ground, Hands } from './hands.ts'
import { listen } from './pointer.ts'
import { probeAt, sameProbe } from './probe.ts'
import type { Held } from './purpose.ts'
import { Readouts } from './readouts.ts'
import type { Probe, Scene, StageEvents, Tool, View, Window } from './scene.ts'
import { SliceBar } from './sliceBar.ts'
import { adoptStyles } from './styles.ts'
import { themeOf } from './theme.ts'

const NOTHING: Scene = {
  annotations: [],
  drafts: [],
  peers: [],
  pins: [],
  selection: null,
  readOnly: true,
  label: '',
  labelColour: '#eeeef0',
}

/** Share of the pane, from each side, within which a place counts as out of sight when somebody goes there. */
const EDGE_SHARE = 0.1

export class Stage {
  readonly #events: StageEvents
  readonly #root: HTMLElement
  readonly #ground: HTMLElement
  readonly #pane: Pane = new SlicePane()
  readonly #overlay: Overlay
  readonly #readouts: Readouts
  readonly #ghosts: Ghosts
  readonly #bar: SliceBar
  readonly #hands: Hands
  readonly #stops: (() => void)[] = []
  #theme: ReturnType<typeof themeOf>
  #series: SeriesFrames | null = null
  #stopSeries: (() => void) | null = null
  #scene = NOTHING
  #frame = 0
  #camera: Camera | null = null
  #window: Window = { center: 0, width: 1 }
  /** The window is still the series' own, and may become better with the first picture. */
  #windowUntouched = true
  /** The view is the whole picture, and stays so when the pane changes its size. */
  #fitted = true
  #inverted = false
  #smooth = true
  #width = 0
  #height = 0
  #pixelRatio = 1
  #pictureStale = true
  #viewMoved = false
  #probe: Probe | null = null
  #request = 0

  constructor(host: HTMLElement, events: StageEvents) {
    this.#events = events
    adoptStyles(host.ownerDocument)
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative'
    this.#theme = themeOf(host)
    this.#root = div(host, 'cs-stage')
    this.#ground = div(this.#root, 'cs-picture')
    this.#ground.tabIndex = 0
    this.#ground.role = 'application'
    this.#ground.ariaLabel = 'Picture'
    this.#ground.append(this.#pane.element)
    this.#overlay = new Overlay(div(this.#ground, 'cs-overlay'), this.#theme)
    this.#readouts = new Readouts(this.#ground)
    this.#ghosts = new Ghosts(this.#ground, (peer) => this.focusOn(peer.at, peer.frame))
    this.#bar = new SliceBar(this.#root, (frame) => this.setFrame(frame))
    this.#hands = new Hands(
      {
        ground: () => this.#groundNow(),
        scene: () => this.#scene,
        hit: (p) => this.#overlay.hit(p),
        setCamera: (camera) => this.#look(camera),
        setWindow: (window) => this.setWindow(window),
        step: (slices) => this.step(slices),
        changed: () => this.#invalidate(),
      },
      events,
    )
    this.#stops.push(listen(this.#ground, this.#hands), () => this.#stopSeries?.())
    this.#observeSize(host)
    this.#measure()
  }

  /** Shows another series from its middle, or from `frame`; null: black. The series stays the page's to close. */
  setSeries(series: SeriesFrames | null, { frame }: { frame?: number } = {}): void {
    this.#hands.cancel()
    this.#stopSeries?.()
    this.#stopSeries = null
    this.#series = series
    this.#camera = null
    this.#pictureStale = true
    if (series) {
      this.#frame = this.#within(frame ?? series.meta.packs[0]?.first ?? Math.floor(series.planes.length / 2))
      this.#window = defaultWindow(series.meta)
      this.#windowUntouched = true
      this.#inverted = false
      series.lookAt(this.#frame)
      this.#stopSeries = series.onFrame((arrived) => this.#arrived(arrived))
      if (series.have(this.#frame)) this.#arrived(this.#frame)
      this.#fit()
    }
    this.#invalidate()
  }

  render(scene: Scene): void {
    this.#scene = scene
    this.#invalidate()
  }

  setTool(tool: Tool): void {
    this.#hands.setTool(tool)
    this.#invalidate()
  }

  /** While a key is held, the left button pans or changes the window, whatever the tool. */
  hold(held: Held): void {
    this.#hands.hold(held)
    this.#invalidate()
  }

  /** Lines at the top left of the picture. */
  setCorner(lines: readonly string[]): void {
    this.#readouts.title(lines)
  }

  get frameCount(): number {
    return this.#series?.planes.length ?? 0
  }

  view(): View | null {
    if (!this.#series || !this.#camera) return null
    return {
      series: this.#series.meta.id,
      frame: this.#frame,
      center: this.#camera.center,
      mmPerPixel: this.#camera.mmPerPixel,
      window: this.#window,
      pane: { width: this.#width, height: this.#height },
    }
  }

  /** Takes over a view, e.g. of somebody followed; tells nothing back. With their pane's size, all they see is shown. */
  setView(view: Partial<View>): void {
    if (!this.#series || !this.#camera) return
    if (view.series !== undefined && view.series !== this.#series.meta.id) return
    if (view.frame !== undefined) this.#turnTo(view.frame)
    if (view.window) {
      this.#window = view.window
      this.#windowUntouched = false
    }
    const mmPerPixel = view.mmPerPixel ?? this.#camera.mmPerPixel
    const theirs = view.pane && { ...view.pane, mmPerPixel }
    this.#camera = {
      ...this.#camera,
      center: view.center ?? this.#camera.center,
      mmPerPixel: theirs ? mmPerPixelToFollow(theirs, this.#width, this.#height) : mmPerPixel,
    }
    if (view.center || view.mmPerPixel !== undefined) this.#fitted = false
    this.#pictureStale = true
    this.#invalidate()
  }

  setFrame(frame: number): void {
    if (this.#turnTo(frame)) this.#viewMoved = true
  }

  step(slices: number): void {
    this.setFrame(this.#frame + slices)
  }

  setWindow(window: Window): void {
    if (window.center === this.#window.center && window.width === this.#window.width) return
    this.#window = window
    this.#windowUntouched = false
    this.#moved()
  }

  /** 2 = twice as large, about the middle of the pane. */
  zoomBy(factor: number): void {
    if (!this.#camera) return
    this.#look(zoomAt(this.#camera, { x: this.#width / 2, y: this.#height / 2 }, factor))
  }

  fit(): void {
    this.#fit()
    this.#moved()
  }

  /** As the series was opened: whole picture, its own window, not inverted. */
  reset(): void {
    if (!this.#series) return
    this.#inverted = false
    this.#windowUntouched = true
    this.#window = defaultWindow(this.#series.meta, this.#sample(this.#frame))
    this.fit()
  }

  /** White for black. */
  invert(): void {
    this.#inverted = !this.#inverted
    this.#moved()
  }

  /** Between pixels: interpolated, or the pixels themselves. */
  setSmooth(smooth: boolean): void {
    this.#smooth = smooth
    this.#moved()
  }

  /** Lets go of what is being drawn or moved. True where there was something. */
  cancel(): boolean {
    return this.#hands.cancel()
  }

  /** Enter: the shape being drawn is done. */
  finish(): void {
    this.#hands.finish()
  }

  /** Backspace: takes back the newest point of the shape being drawn. */
  deleteLastVertex(): void {
    this.#hands.deleteLastVertex()
  }

  /** Key `m`: a comment at the place under the pointer, on the annotation there if any. */
  placePinHere(): void {
    const { at } = this.#hands
    const ground = this.#groundNow()
    if (!at || !ground) return
    const hit = this.#overlay.hit(at)
    const place = toPatientOn(ground.camera, ground.plane, at)
    this.#events.onPlacePin(place, this.#frame, hit && hit.what !== 'pin' ? hit.id : null)
  }

  /** Goes to a place: its slice, and the picture moves only where the place would be out of sight. */
  focusOn(at: Vec3, frame: number): void {
    this.setFrame(frame)
    if (!this.#camera) return
    const p = toScreen(this.#camera, at)
    const across = this.#width * EDGE_SHARE
    const down = this.#height * EDGE_SHARE
    const inSight = p.x >= across && p.x <= this.#width - across && p.y >= down && p.y <= this.#height - down
    if (!inSight) this.#look({ ...this.#camera, center: at })
  }

  destroy(): void {
    cancelAnimationFrame(this.#request)
    for (const stop of this.#stops) stop()
    this.#bar.destroy()
    this.#overlay.destroy()
    this.#pane.destroy()
    this.#root.remove()
  }

  get #plane(): Plane | null {
    return this.#series?.planes[this.#frame] ?? null
  }

  #groundNow(): Ground | null {
    const series = this.#series
    const plane = this.#plane
    if (!series || !plane || !this.#camera) return null
    const { min, max } = series.meta.rescaled
    return {
      series: series.meta.id,
      frame: this.#frame,
      plane,
      camera: this.#camera,
      window: this.#window,
      range: max - min,
    }
  }

  #within(frame: number): number {
    return Math.max(0, Math.min(this.frameCount - 1, Math.round(frame)))
  }

  #turnTo(frame: number): boolean {
    const wanted = this.#within(frame)
    if (!this.#series || wanted === this.#frame) return false
    this.#frame = wanted
    this.#series.lookAt(wanted)
    this.#pictureStale = true
    this.#invalidate()
    return true
  }

  #look(camera: Camera): void {
    this.#camera = camera
    this.#fitted = false
    this.#moved()
  }

  #fit(): void {
    const plane = this.#plane
    if (!this.#series || !plane) return
    this.#camera = fit(plane, this.#series.meta, this.#width, this.#height)
    this.#fitted = true
  }

  #arrived(frame: number): void {
    if (!this.#series) return
    if (frame === this.#frame) this.#pictureStale = true
    if (this.#windowUntouched) {
      const sample = this.#sample(frame)
      // Once is enough: a window that changes while slices arrive would flicker.
      if (sample) this.#windowUntouched = false
      this.#window = defaultWindow(this.#series.meta, sample)
    }
    this.#invalidate()
  }

  #sample(frame: number) {
    const words = this.#series?.stored(frame)
    return this.#series && words ? { words, greys: this.#series.meta } : undefined
  }

  /** By hand: told to the page with the next painting. */
  #moved(): void {
    this.#viewMoved = true
    this.#pictureStale = true
    this.#invalidate()
  }

  #observeSize(host: HTMLElement): void {
    const observer = new ResizeObserver(() => this.#measure())
    observer.observe(host)
    this.#stops.push(() => observer.disconnect())
    // Fonts arrive late; tags were measured with another until then.
    void host.ownerDocument.fonts.ready.then(() => {
      this.#overlay.retheme(this.#theme)
      this.#invalidate()
    })
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#ground
    const pixelRatio = globalThis.devicePixelRatio || 1
    if (width === this.#width && height === this.#height && pixelRatio === this.#pixelRatio) return
    this.#width = width
    this.#height = height
    this.#pixelRatio = pixelRatio
    this.#pane.resize(width, height, pixelRatio)
    this.#overlay.resize(width, height, pixelRatio)
    if (this.#fitted) this.#fit()
    else if (this.#camera) this.#camera = resized(this.#camera, width, height)
    this.#pictureStale = true
    // A canvas of a new size is empty: painted now, it does not flash.
    this.#paint(performance.now())
  }

  #invalidate(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame((now) => this.#paint(now))
  }

  #paint(now: number): void {
    cancelAnimationFrame(this.#request)
    this.#request = 0
    const series = this.#series
    const plane = this.#plane
    const camera = this.#camera
    if (this.#pictureStale) this.#paintPicture()
    const shown = series && plane && camera ? { series, plane, camera } : null
    const scene = shown ? this.#scene : NOTHING
    if (shown) {
      const own = this.#hands.own(this.#frame)
      const state = {
        camera: shown.camera,
        plane: shown.plane,
        frame: this.#frame,
        scene,
        own,
        hover: this.#hands.hover,
        taken: () => [...this.#readouts.taken(), ...this.#ghosts.taken()],
      }
      if (this.#overlay.show(state, now)) this.#invalidate()
    } else {
      this.#overlay.clear()
    }
    this.#readouts.show(
      shown && {
        ...shown,
        window: this.#window,
        frame: this.#frame,
        count: this.frameCount,
        here: shown.series.have(this.#frame),
        inverted: this.#inverted,
      },
    )
    this.#ghosts.show(scene.peers, this.#frame)
    this.#bar.show(
      shown && {
        frame: this.#frame,
        count: this.frameCount,
        scene,
        have: shown.series.have,
        here: shown.series.progress().here,
      },
      this.#theme,
      this.#pixelRatio,
    )
    if (this.#hands.look()) this.#invalidate()
    this.#ground.style.cursor = this.#hands.cursor
    this.#tell()
  }

  #paintPicture(): void {
    this.#pictureStale = false
    const series = this.#series
    const camera = this.#camera
    this.#pane.draw(
      series && camera
        ? {
            series,
            frame: this.#frame,
            camera,
            window: this.#window,
            inverted: this.#inverted,
            smooth: this.#smooth,
          }
        : null,
    )
  }

  /** View and probe, at most once per painting. */
  #tell(): void {
    const view = this.#viewMoved ? this.view() : null
    this.#viewMoved = false
    if (view) this.#events.onView(view)
    const { at } = this.#hands
    const probe =
      this.#series && this.#camera && at ? probeAt(this.#series, this.#frame, this.#camera, at) : null
    if (sameProbe(probe, this.#probe)) return
    this.#probe = probe
    this.#events.onProbe(probe)
  }
}

function div(parent: HTMLElement, name: string): HTMLDivElement {
  const element = parent.ownerDocument.createElement('div')
  element.className = name
  parent.append(element)
  return element
}
