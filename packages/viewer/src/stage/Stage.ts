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
import type { Over } from '../panes/fusion/fusion.ts'
import { takenFrame } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Slicing } from '../panes/slicing.ts'
import { Around } from './around.ts'
import { type Camera, toPatientOn } from './camera.ts'
import { Due, type Part } from './due.ts'
import { afterFrame, notAfterFrame } from './frames.ts'
import { groundOf } from './ground.ts'
import { Hands } from './hands.ts'
import { labelOf } from './label.ts'
import { Layers } from './layers.ts'
import { NOTHING } from './nothing.ts'
import { type PaneSize, watchSize } from './paneSize.ts'
import { Playing } from './playing.ts'
import { listen } from './pointer.ts'
import type { Held } from './purpose.ts'
import { Reticle } from './reticle.ts'
import type { Scene, ScenePeer, ShownSlices, StageEvents, Tool, View } from './scene.ts'
import { onlyPeersDiffer } from './sceneOn.ts'
import { SeriesHere } from './seriesHere.ts'
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
  readonly #viewing: Viewing
  readonly #series: SeriesHere
  readonly #layers: Layers
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
  #scene = NOTHING
  #pixelRatio = 1
  #viewMoved = false
  readonly #due = new Due((part, now) => this.#paint(part, now))
  readonly #taken = () => this.#around.taken()
  readonly #tell = (): void => {
    const { painted, masks, fusion } = this.#layers
    this.#telling.after(painted, this.#hands.at, masks.view, fusion)
  }

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
    this.#viewing = new Viewing((byHand) => {
      this.#layers.pictureChanged()
      this.#viewMoved ||= byHand
      this.#due.ask()
    })
    this.look = this.#viewing
    this.#layers = new Layers(this.#ground, this.#viewing, this.#theme, () => this.#due.ask())
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
        hit: (p) => this.#layers.marks.hit(p),
        grip: (p) => this.#layers.marks.gripAt(p, this.#viewing),
        paintGround: () => this.#layers.masks.ground(),
        segmentAt: (p) => this.#layers.masks.segmentAt(p),
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
    this.#series = new SeriesHere({
      viewing: this.#viewing,
      others: () => {
        this.#hands.cancel()
        this.#playing.stop()
      },
      arrived: () => this.#due.ask(),
    })
    this.#stops.push(listen(this.#ground, this.#hands))
    // Fonts arrive late; tags were measured with another until then.
    void document.fonts.ready.then(() => {
      this.#layers.marks.retheme()
      this.#due.ask()
    })
    this.#stops.push(watchSize(this.#ground, (size) => this.#resize(size)))
  }

  /** Shows another series from its middle, or from `frame`; null: black. The series stays the page's to close. */
  setSeries(series: SeriesFrames | null, { frame }: { frame?: number } = {}): void {
    this.#series.open(series, frame)
  }

  /** Shows the series in another plane, through the place in the middle of the pane. Returns the reason where there is no such plane. */
  setSlicing(slicing: Slicing): string | null {
    return this.#series.slice(slicing)
  }

  /** Lays a series of the same space over the picture; null: none. Returns the reason where that cannot be. */
  setOver(over: Over | null): string | null {
    return this.#layers.fusion.set(over, this.#viewing.series)
  }

  /** The masks of the series shown, below all marks; null: none. */
  setMasks(masks: MaskView | null): void {
    this.#layers.masks.setView(masks)
  }

  /** The slice of the masks' grid on the screen; null where there is none. */
  maskSlices(): ShownSlices | null {
    return this.#layers.masks.slices()
  }

  render(scene: Scene): void {
    const before = this.#scene
    this.#scene = scene
    this.#due.ask(onlyPeersDiffer(before, scene) ? 'above' : 'all')
  }

  /** What the values inside of the shape in this hand are like, beside it. */
  setValuesDrawn(text: string | null): void {
    const { marks } = this.#layers
    if (text === marks.values) return
    marks.values = text
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
    const { crosshair } = this.#layers.marks
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
    const { marks } = this.#layers
    if (sameGuides(planes, marks.planes) && crosshair === marks.crosshair) return
    marks.planes = planes
    marks.crosshair = crosshair
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
    const hit = this.#layers.marks.hit(at)
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
    this.#series.destroy()
    this.#playing.destroy()
    this.#around.destroy()
    this.#layers.destroy()
    this.#root.remove()
  }

  /** To where a peer is: their frame is told as a frame of this pane. */
  #goTo({ at, frame }: ScenePeer): void {
    const { series } = this.#viewing
    if (series) this.focusOn(at, takenFrame(series, frame, at))
  }

  #resize(size: PaneSize): void {
    this.#pixelRatio = size.pixelRatio
    this.#layers.resize(size)
    this.#viewing.resize(size.width, size.height)
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
    const scene = this.#layers.take(this.#scene)
    if (scene) {
      this.#around.people(scene.peers)
      afterFrame(this.#tell)
    }
    this.#paintMarks(now)
  }

  #paintMarks(now: number): void {
    if (this.#layers.paintMarks(this.#hands, now)) this.#due.ask('above')
  }

  #paintWhole(now: number): void {
    const shown = this.#layers.paint(this.#scene, this.#hands, this.#taken)
    this.#paintMarks(now)
    const peers = shown?.scene.peers ?? []
    // Marks are painted first, because where words stand is known only after a layout; it seldom changes.
    if (this.#around.show(shown, { peers, theme: this.#theme, pixelRatio: this.#pixelRatio })) {
      this.#layers.marks.placeAnew()
      this.#due.ask('above')
    }
    this.reticle.draw()
    if (this.#hands.look()) this.#due.ask()
    this.#ground.style.cursor = this.#hands.cursor
    const label = shown ? labelOf(shown, turnedWords(shown.turned)) : 'Picture'
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
