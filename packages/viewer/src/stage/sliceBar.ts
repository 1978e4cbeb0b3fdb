/**
 * The thin column right of the picture: which slices are here, where work is (a mark in the label's colour), where people are, and the
 * current slice; of a film its moments in their place. Click or drag goes there; by keyboard it is a slider. The first is at the top.
 */
import { alongRow, type Row, rowOf } from '../panes/moments.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { initialsOf } from './ghosts.ts'
import type { Scene, ScenePeer } from './scene.ts'
import type { Theme } from './theme.ts'
import { Work } from './work.ts'

export interface BarState {
  readonly frame: number
  readonly scene: Scene
  readonly series: Pick<SeriesFrames, 'have' | 'progress' | 'meta' | 'planes' | 'base'>
}

interface Shown {
  readonly state: BarState
  readonly row: Row
  readonly theme: Theme
  readonly pixelRatio: number
}

interface Marked {
  readonly annotations: Scene['annotations']
  readonly series: BarState['series'] | null
  readonly work: ReturnType<Work['of']>
  readonly key: string
}

const keyOf = (work: Marked['work']): string =>
  [...work].map(([at, colours]) => `${at}:${colours.join()}`).join(' ')

const TRACK = { left: 11, width: 8 } as const
const PERSON_PX = 18
/** Tallest mark of work, where a few slices share the whole bar. */
const MARK_PX = 14

export class SliceBar {
  readonly element: HTMLElement
  readonly #track: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #now: HTMLElement
  readonly #last: HTMLElement
  readonly #people = new Map<string, HTMLElement>()
  readonly #work = new Work()
  readonly #stop = new AbortController()
  readonly #go: (to: number) => void
  #row: Row | null = null
  #painted = ''
  /** Where work is, counted again only for other annotations: the bar is looked through in every frame. */
  #marked: Marked = { annotations: [], series: null, work: new Map(), key: '' }
  /** Of the track, as the browser tells it once it has laid the page out: asked for earlier it would do so for the bar alone. */
  #size = { width: 0, height: 0 }
  #shown: Shown | null = null

  /** `go`: to a slice from 0, of a film to a moment. */
  constructor(parent: HTMLElement, go: (to: number) => void) {
    this.#go = go
    this.element = parent.appendChild(document.createElement('div'))
    this.element.className = 'cs-bar'
    this.element.tabIndex = 0
    this.element.role = 'slider'
    this.element.ariaOrientation = 'vertical'
    const end = (name: 'first' | 'last'): HTMLElement => {
      const label = this.element.appendChild(document.createElement('div'))
      label.className = 'cs-bar-end'
      label.dataset.end = name
      return label
    }
    end('first').textContent = '1'
    this.#last = end('last')
    this.#track = this.element.appendChild(document.createElement('div'))
    this.#track.className = 'cs-track'
    this.#canvas = this.#track.appendChild(document.createElement('canvas'))
    this.#now = this.#track.appendChild(document.createElement('div'))
    this.#now.className = 'cs-now'
    this.#listen()
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      this.#size = { width: Math.round(width), height: Math.round(height) }
      this.#draw()
    })
    observer.observe(this.#track)
    this.#stop.signal.addEventListener('abort', () => observer.disconnect())
  }

  show(state: BarState | null, theme: Theme, pixelRatio: number): void {
    const row = state && rowOf(state.frame, state.series.meta)
    this.#row = row
    this.element.hidden = !state
    this.element.style.visibility = row && row.count > 1 ? '' : 'hidden'
    this.#shown = state && row && { state, row, theme, pixelRatio }
    if (!state || !row) return
    this.#now.style.top = `${(shareOf(row.at, row.count) * 100).toFixed(3)}%`
    const last = String(row.count)
    this.element.ariaLabel = nameOf(row)
    if (this.#last.textContent !== last) this.#last.textContent = last
    this.element.ariaValueMin = '1'
    this.element.ariaValueMax = last
    this.element.ariaValueNow = String(row.at + 1)
    this.element.ariaValueText = `${row.of} ${row.at + 1} of ${row.count}`
    this.#draw()
  }

  /** Others went to other slices; all else is as it was shown. */
  people(peers: readonly ScenePeer[]): void {
    if (!this.#shown) return
    const { state } = this.#shown
    this.#shown = { ...this.#shown, state: { ...state, scene: { ...state.scene, peers } } }
    if (this.#size.width > 0) this.#showPeople(this.#shown)
  }

  destroy(): void {
    this.#stop.abort()
    this.element.remove()
  }

  /** What depends on the size of the track. */
  #draw(): void {
    if (!this.#shown || this.#size.width === 0) return
    this.#paint(this.#shown)
    this.#showPeople(this.#shown)
  }

  #paint({ state, row, theme, pixelRatio }: Shown): void {
    const { width, height } = this.#size
    const { series, frame } = state
    const { annotations } = state.scene
    if (annotations !== this.#marked.annotations || series !== this.#marked.series) {
      const work = this.#work.of(annotations, series)
      this.#marked = { annotations, series, work, key: keyOf(work) }
    }
    const { work } = this.#marked
    const first = alongRow(frame, 0, series.meta)
    const key = `${width}x${height}@${pixelRatio} ${series.progress().here} from ${first} of ${row.count} ${this.#marked.key}`
    if (key === this.#painted) return
    this.#painted = key
    this.#canvas.width = Math.round(width * pixelRatio)
    this.#canvas.height = Math.round(height * pixelRatio)
    const paint = this.#canvas.getContext('2d')
    if (!paint) return
    paint.scale(pixelRatio, pixelRatio)
    paint.fillStyle = theme.surface
    paint.beginPath()
    paint.roundRect(TRACK.left, 0, TRACK.width, height, 3)
    paint.fill()
    paint.clip()
    paint.fillStyle = theme.track
    for (let at = 0; at < row.count; at++) {
      if (!series.have(alongRow(frame, at, series.meta))) continue
      const top = Math.floor((at / row.count) * height)
      paint.fillRect(TRACK.left, top, TRACK.width, Math.ceil(((at + 1) / row.count) * height) - top)
    }
    const tall = Math.max(4, Math.min(MARK_PX, height / row.count))
    for (const [at, colours] of work) {
      const top = shareOf(at, row.count) * height - tall / 2
      colours.forEach((colour, rank) => {
        const wide = TRACK.width / colours.length
        paint.fillStyle = colour
        paint.fillRect(TRACK.left + rank * wide, top, wide, tall)
      })
    }
  }

  #showPeople({ state: { scene, series }, row: { count } }: Shown): void {
    const seen = new Set(scene.peers.map((peer) => peer.id))
    for (const [id, element] of this.#people) {
      if (seen.has(id)) continue
      element.remove()
      this.#people.delete(id)
    }
    const { height } = this.#size
    const places = apart(
      scene.peers.map((peer) => shareOf(rowOf(peer.frame, series.meta).at, count) * height),
      PERSON_PX + 2,
      height,
    )
    scene.peers.forEach((peer, i) => this.#person(peer).style.setProperty('top', `${places[i] ?? 0}px`))
  }

  #person(peer: ScenePeer): HTMLElement {
    let element = this.#people.get(peer.id)
    if (!element) {
      element = this.#track.appendChild(document.createElement('div'))
      element.className = 'cs-person cs-bar-peer'
      element.ariaHidden = 'true'
      this.#people.set(peer.id, element)
    }
    const initials = initialsOf(peer)
    if (element.textContent !== initials) element.textContent = initials
    element.style.setProperty('--person', peer.colour)
    element.toggleAttribute('data-idle', peer.idle)
    return element
  }

  #listen(): void {
    const { signal } = this.#stop
    const goTo = (event: PointerEvent): void => {
      if (!this.#row) return
      const rect = this.#track.getBoundingClientRect()
      const share = (event.clientY - rect.top) / Math.max(rect.height, 1)
      this.#go(clamp(Math.floor(share * this.#row.count), this.#row.count))
    }
    this.element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return
        this.element.setPointerCapture(event.pointerId)
        goTo(event)
      },
      { signal },
    )
    this.element.addEventListener(
      'pointermove',
      (event) => {
        if (this.element.hasPointerCapture(event.pointerId)) goTo(event)
      },
      { signal },
    )
    this.element.addEventListener(
      'keydown',
      (event) => {
        const to = this.#row && stepForKey(event.key, this.#row)
        if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        this.#go(to)
      },
      { signal },
    )
  }
}

/** Of a film another one than that of the slider through time below it. */
export const nameOf = ({ of }: Pick<Row, 'of'>): string => (of === 'Moment' ? 'Film' : of)

/** Middle of a step's part of the track, 0 to 1. */
const shareOf = (at: number, count: number): number => (at + 0.5) / Math.max(count, 1)

const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at))

/** The slider's keys (ARIA Authoring Practices); null for any other. */
export function stepForKey(
  key: string,
  { at, count }: { readonly at: number; readonly count: number },
): number | null {
  const to: { readonly [key: string]: number } = {
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    PageUp: at - 10,
    PageDown: at + 10,
    Home: 0,
    End: count - 1,
  }
  const wanted = to[key]
  return wanted === undefined ? null : clamp(wanted, count)
}

/** The same places, moved as little as needed so that none is nearer than `gap` to another, within 0 to `end`; order is kept. */
export function apart(places: readonly number[], gap: number, end: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((a, b) => a.place - b.place)
  const moved = Array.from<number>({ length: places.length })
  let least = Number.NEGATIVE_INFINITY
  for (const { place, index } of order) {
    least = Math.max(place, least + gap)
    moved[index] = least
  }
  let most = end
  for (const { index } of order.toReversed()) {
    most = Math.min(moved[index] ?? 0, most)
    moved[index] = most
    most -= gap
  }
  return moved
}
