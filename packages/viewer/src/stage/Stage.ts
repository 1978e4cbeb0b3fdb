/**
 * One pane: a picture, marks above it, read-outs around it, and the hands on it. The page owns all state that lasts; the stage keeps
 * only its view (slice, window, zoom, middle), draws what it is given, and tells what hands do. Everything is painted at most once per
 * animation frame. It never writes a document and knows no kinds; the keyboard is the page's, which calls the methods below. They are
 * many because each is one thing the page may ask; how it is done lies in the files beside this one.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { MaskView } from '../masks/maskView.ts'
import { type Guide, sameGuides } from '../overlay/guides.ts'
import { Fusion, type Over } from '../panes/fusion/fusion.ts'
import type { Pane } from '../panes/pane.ts'
import { takenFrame } from '../panes/reformat/places.ts'
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { SlicePane } from '../panes/slice.ts'
import { ACQUIRED, type Slicing, sameSlicing } from '../panes/slicing.ts'
import { Around } from './around.ts'
import { type Camera, toPatientOn } from './camera.ts'
import { Due, type Part } from './due.ts'
import { afterFrame, notAfterFrame } from './frames.ts'
import { groundOf } from './ground.ts'
import { Hands } from './hands.ts'
import { labelOf } from './label.ts'
import { MarkPane } from './markPane.ts'
import { MaskPane } from './maskPane.ts'
import { NOTHING } from './nothing.ts'
import { Playing } from './playing.ts'
import { listen } from './pointer.ts'
import type { Held } from './purpose.ts'
import { Reticle } from './reticle.ts'
import type { Scene, ScenePeer, ShownSlices, StageEvents, Tool, View } from './scene.ts'
import { onlyPeersDiffer, SceneHere } from './sceneOn.ts'
import { adoptStyles } from './styles.ts'
import { Telling } from './telling.ts'
import { type Theme, themeOf } from './theme.ts'
import { Travel } from './travel.ts'
import { turnedWords } from './turned.ts'
import { type Look, Viewing } from './viewing.ts'

export class Stage {
  readonly #events: StageEvents
  readonly #root: HTMLElement
  readonly #ground: HTMLElement
  readonly #pane: Pane = new SlicePane()
  readonly #viewing: Viewing
  readonly #fusion: Fusion
  readonly #masks: MaskPane
  readonly #marks: MarkPane
  readonly #around: Around
  readonly #playing: Playing
  readonly #hands: Hands
  /** Window, size, colours, and how the picture hangs. */
  readonly look: Look
  /** Through slices and time. */
  readonly go: Travel
  /** The hand of those who point with keys. */
  readonly reticle: Reticle
  readonly #theme: Theme
  readonly #telling: Telling
  readonly #stops: (() => void)[] = []
  #stopSeries: (() => void) | null = null
  /** As it was taken, whatever planes of it are shown. */
  #base: SeriesFrames | null = null
  #scene = NOTHING
  readonly #here = new SceneHere()
  #size = { width: -1, height: -1, pixelRatio: 1 }
  #pictureStale = true
  #viewMoved = false
  /** As it was painted last. */
  #painted: Parameters<MarkPane['show']>[0] = null
  readonly #due = new Due((part, now) => this.#paint(part, now))
  readonly #tell = (): void =>
    this.#telling.after(this.#painted, this.#hands.at, this.#masks.view, this.#fusion)

  constructor(host: HTMLElement, events: StageEvents) {
    this.#events = events
    this.#telling = new Telling(events)
    adoptStyles(host.ownerDocument)
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative'
    this.#theme = themeOf(host)
    this.#root = div(host, 'cs-stage')
    this.#ground = div(this.#root, 'cs-picture')
    this.#ground.tabIndex = 0
    this.#ground.role = 'application'
    this.#ground.append(this.#pane.element)
    this.#viewing = new Viewing((byHand) => {
      this.#pictureStale = true
      this.#viewMoved ||= byHand
      this.#due.ask()
    })
    this.look = this.#viewing
    this.#fusion = new Fusion(this.#pane.element, () => {
      this.#pictureStale = true
      this.#due.ask()
    })
    this.#masks = new MaskPane(this.#ground, this.#viewing, () => this.#due.ask())
    this.#marks = new MarkPane(div(this.#ground, 'cs-overlay'), this.#theme)
    this.#playing = new Playing({
      extent: () => this.#viewing.series?.meta ?? null,
      frame: () => this.#viewing.frame,
      have: (frame) => Boolean(this.#viewing.series?.drawable(frame)),
      turnTo: (frame) => this.#viewing.turnTo(frame),
      changed: () => this.#due.ask(),
    })
    this.go = new Travel(this.#viewing, this.#playing)
    this.#around = new Around(this.#root, this.#ground, {
      viewing: this.#viewing,
      go: this.go,
      playing: this.#playing,
      toPeer: (peer) => this.#goTo(peer),
    })
    this.#hands = new Hands(
      {
        ground: () => groundOf(this.#viewing),
        scene: () => this.#scene,
        hit: (p) => this.#marks.hit(p),
        grip: (p) => this.#marks.gripAt(p, this.#viewing),
        paintGround: () => this.#masks.ground(),
        segmentAt: (p) => this.#masks.segmentAt(p),
        setCamera: (camera) => this.#viewing.look(camera),
        setWindow: (window) => this.#viewing.setWindow(window),
        step: (slices) => this.go.step(slices),
        stepInTime: (moments) => this.go.inTime(moments),
        changed: () => this.#due.ask(),
        settle: () => this.#due.settle(),
      },
      {
        ...events,
        // What is drawn belongs to the picture it was begun on; that one stays.
        onDraft: (draft) => {
          if (draft) this.#playing.stop()
          events.onDraft(draft)
        },
      },
    )
    this.reticle = new Reticle(this.#ground, this.#viewing, this.#hands, () => this.#due.ask())
    this.#stops.push(listen(this.#ground, this.#hands), () => this.#stopSeries?.())
    this.#observeSize()
    this.#measure()
  }

  /** Shows another series from its middle, or from `frame`; null: black. The series stays the page's to close. */
  setSeries(series: SeriesFrames | null, { frame }: { frame?: number } = {}): void {
    this.#let()
    this.#base = series
    this.#listenTo(series)
    this.#viewing.open(series, frame)
  }

  /** Shows the series in another plane, through the place in the middle of the pane. Returns the reason where there is no such plane. */
  setSlicing(slicing: Slicing): string | null {
    const { middle, series } = this.#viewing
    if (!this.#base || !middle || sameSlicing(series?.slicing ?? ACQUIRED, slicing)) return null
    const sliced = slicedAs(this.#base, slicing)
    if (typeof sliced === 'string') return sliced
    if (sliced === series) return null
    this.#let()
    this.#listenTo(sliced)
    this.#viewing.reslice(sliced, middle)
    return null
  }

  /** Lays a series of the same space over the picture; null: none. Returns the reason where that cannot be. */
  setOver(over: Over | null): string | null {
    return this.#fusion.set(over, this.#viewing.series)
  }

  /** The masks of the series shown, below all marks; null: none. */
  setMasks(masks: MaskView | null): void {
    this.#masks.setView(masks)
  }

  /** The slice of the masks' grid on the screen; null where there is none. */
  maskSlices(): ShownSlices | null {
    return this.#masks.slices()
  }

  render(scene: Scene): void {
    const before = this.#scene
    this.#scene = scene
    this.#due.ask(onlyPeersDiffer(before, scene) ? 'above' : 'all')
  }

  /** What the values inside of the shape in this hand are like, beside it. */
  setValuesDrawn(text: string | null): void {
    if (text === this.#marks.values) return
    this.#marks.values = text
    this.#due.ask()
  }

  setTool(tool: Tool): void {
    this.#hands.setTool(tool)
    this.#due.ask()
  }

  /** While a key is held, the left button pans or changes the window, whatever the tool. */
  hold(held: Held): void {
    this.#hands.hold(held)
    this.#due.ask()
  }

  /** Lines at the top left of the picture. */
  setCorner(lines: readonly string[]): void {
    this.#around.title(lines)
  }

  get frameCount(): number {
    return this.#viewing.count
  }

  /** The plane on the screen; null where there is no picture. */
  get plane(): Plane | null {
    return this.#viewing.plane
  }

  /** Where right and down on the screen lead in the patient. */
  get axes(): Pick<Camera, 'right' | 'down'> | null {
    return this.#viewing.camera
  }

  view(): View | null {
    const view = this.#viewing.view()
    const { crosshair } = this.#marks
    return view && crosshair ? { ...view, crosshair } : view
  }

  /** Takes over a view, e.g. of somebody followed; tells nothing back. With their pane's size, all they see is shown. */
  setView(view: Partial<View>): void {
    if (view.frame !== undefined && view.frame !== this.#viewing.view()?.frame) this.#playing.stop()
    if (view.slicing) this.setSlicing(view.slicing)
    this.#viewing.take(view)
  }

  /** Turns to the plane through a place, at the moment shown; tells nothing back. */
  showPlace(at: Vec3): void {
    this.#viewing.showPlace(at)
  }

  /** The planes of the other panes: each is a line where it cuts this one. And the place that all panes show, or null. */
  setGuides(planes: readonly Guide[], crosshair: Vec3 | null): void {
    const { planes: before, crosshair: place } = this.#marks
    if (sameGuides(planes, before) && crosshair === place) return
    this.#marks.planes = planes
    this.#marks.crosshair = crosshair
    // What a pointer is over may be such a line.
    this.#due.ask(this.#hands.at === null ? 'above' : 'all')
  }

  /** The window as numbers to be typed, in the place of its read-out. */
  typeWindow(): void {
    this.#around.typeWindow()
  }

  /** Keys are meant for the picture from now on. */
  focus(): void {
    this.#ground.focus({ preventScroll: true })
  }

  /** Lets go of what is being drawn or moved. True where there was something. */
  cancel(): boolean {
    const dropped = this.reticle.drop()
    return this.#hands.cancel() || dropped
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
    const ground = groundOf(this.#viewing)
    if (!at || !ground) return
    const hit = this.#marks.hit(at)
    const place = toPatientOn(ground.camera, ground.plane, at)
    this.#events.onPlacePin(place, ground.taken(place), hit && hit.what !== 'pin' ? hit.id : null)
  }

  /** Goes to a place: its slice, and the picture moves only where the place would be out of sight. */
  focusOn(at: Vec3, frame?: number): void {
    this.#viewing.focusOn(at, frame)
  }

  destroy(): void {
    this.#due.end()
    notAfterFrame(this.#tell)
    for (const stop of this.#stops) stop()
    this.#viewing.leave()
    this.#playing.destroy()
    this.#around.destroy()
    this.#marks.destroy()
    this.#fusion.destroy()
    this.#masks.destroy()
    this.#pane.destroy()
    this.#root.remove()
  }

  /** What is under way belongs to the pictures shown so far. */
  #let(): void {
    this.#hands.cancel()
    this.#playing.stop()
  }

  #listenTo(series: SeriesFrames | null): void {
    this.#stopSeries?.()
    const onFrame = (arrived: number): void => {
      this.#viewing.arrived(arrived)
      // What stands around the picture tells what is here.
      this.#due.ask()
    }
    this.#stopSeries = series?.onFrame(onFrame) ?? null
  }

  /** To where a peer is: their frame is told as a frame of this pane. */
  #goTo({ at, frame }: ScenePeer): void {
    const { series } = this.#viewing
    if (series) this.focusOn(at, takenFrame(series, frame, at))
  }

  #observeSize(): void {
    const observer = new ResizeObserver(() => this.#measure())
    observer.observe(this.#ground)
    this.#stops.push(() => observer.disconnect())
    // Fonts arrive late; tags were measured with another until then.
    void document.fonts.ready.then(() => {
      this.#marks.retheme()
      this.#due.ask()
    })
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#ground
    const pixelRatio = globalThis.devicePixelRatio || 1
    const before = this.#size
    // The browser tells the first size too, which is known: a canvas would be emptied and painted again for nothing.
    if (width === before.width && height === before.height && pixelRatio === before.pixelRatio) return
    this.#size = { width, height, pixelRatio }
    this.#pane.resize(width, height, pixelRatio)
    this.#fusion.resize(width, height, pixelRatio)
    this.#masks.resize(width, height, pixelRatio)
    this.#marks.resize(width, height, pixelRatio)
    this.#viewing.resize(width, height)
    // A canvas of a new size is empty: painted now, it does not flash.
    this.#due.ask()
    this.#due.settle()
  }

  #paint(part: Part, now: number): void {
    if (part === 'above') this.#paintAbove(now)
    else this.#paintWhole(now)
  }

  /** The picture stands, and what rests on it. */
  #paintAbove(now: number): void {
    const painted = this.#painted
    const scene = painted ? this.#here.of(this.#scene, painted.series) : NOTHING
    if (painted && scene !== painted.scene) {
      this.#painted = { ...painted, scene }
      this.#around.people(scene.peers)
      afterFrame(this.#tell)
    }
    this.#paintMarks(now)
  }

  #paintMarks(now: number): void {
    if (this.#marks.show(this.#painted, this.#hands, now)) this.#due.ask('above')
  }

  #paintWhole(now: number): void {
    const { series, plane, camera, frame, window, inverted, colours, smooth, turned } = this.#viewing
    const shown =
      series && plane && camera
        ? { series, plane, camera, frame, window, inverted, colours, smooth, turned }
        : null
    const scene = shown ? this.#here.of(this.#scene, shown.series) : NOTHING
    const met = shown ? this.#marks.met(scene, shown) : []
    if (this.#pictureStale) {
      this.#pane.draw(shown)
      this.#fusion.draw(shown)
    }
    this.#pictureStale = false
    this.#masks.show(scene, this.#hands)
    const taken = () => this.#around.taken()
    this.#painted = shown && { ...shown, scene, met, taken }
    this.#paintMarks(now)
    this.#around.show(shown && { ...shown, scene }, {
      peers: scene.peers,
      theme: this.#theme,
      pixelRatio: this.#size.pixelRatio,
    })
    this.reticle.draw()
    if (this.#hands.look()) this.#due.ask()
    this.#ground.style.cursor = this.#hands.cursor
    const hangs = turnedWords(turned)
    const label = shown ? labelOf(shown, hangs) : 'Picture'
    if (this.#ground.ariaLabel !== label) this.#ground.ariaLabel = label
    const view = this.#viewMoved ? this.view() : null
    this.#viewMoved = false
    if (view) this.#events.onView(view)
    this.#telling.plane(shown?.plane ?? null)
    afterFrame(this.#tell)
  }
}

function div(parent: HTMLElement, name: string): HTMLDivElement {
  const element = parent.ownerDocument.createElement('div')
  element.className = name
  parent.append(element)
  return element
}
