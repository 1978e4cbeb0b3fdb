/**
 * The thin column right of the picture: which slices are here, where work is (a mark in the label's colour), where people are, and the
 * current slice. Click or drag goes there; by keyboard it is a slider. Slice 1 is at the top.
 */

import type { SeriesFrames } from '../panes/series.ts'
import { initialsOf } from './ghosts.ts'
import type { Scene, ScenePeer } from './scene.ts'
import type { Theme } from './theme.ts'

export interface BarState {
  readonly frame: number
  readonly count: number
  readonly scene: Scene
  readonly series: Pick<SeriesFrames, 'have' | 'progress'>
}

const TRACK = { left: 11, width: 8 } as const
const PERSON_PX = 18

export class SliceBar {
  readonly element: HTMLElement
  readonly #track: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #now: HTMLElement
  readonly #last: HTMLElement
  readonly #people = new Map<string, HTMLElement>()
  readonly #stop = new AbortController()
  readonly #go: (frame: number) => void
  #state: BarState | null = null
  #painted = ''

  constructor(parent: HTMLElement, go: (frame: number) => void) {
    this.#go = go
    this.element = parent.appendChild(document.createElement('div'))
    this.element.className = 'cs-bar'
    this.element.tabIndex = 0
    this.element.role = 'slider'
    this.element.ariaLabel = 'Slice'
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
  }

  show(state: BarState | null, theme: Theme, pixelRatio: number): void {
    this.#state = state
    this.element.hidden = !state
    this.element.style.visibility = state && state.count > 1 ? '' : 'hidden'
    if (!state) return
    this.#now.style.top = `${(placeOf(state.frame, state.count) * 100).toFixed(3)}%`
    const last = String(state.count)
    if (this.#last.textContent !== last) this.#last.textContent = last
    this.element.ariaValueMin = '1'
    this.element.ariaValueMax = last
    this.element.ariaValueNow = String(state.frame + 1)
    this.element.ariaValueText = `Slice ${state.frame + 1} of ${state.count}`
    this.#paint(state, theme, pixelRatio)
    this.#showPeople(state)
  }

  destroy(): void {
    this.#stop.abort()
    this.element.remove()
  }

  #paint(state: BarState, theme: Theme, pixelRatio: number): void {
    const { clientWidth: width, clientHeight: height } = this.#track
    const work = workOf(state.scene)
    const marks = [...work].map(([frame, colours]) => `${frame}:${[...colours].join()}`)
    const key = `${width}x${height}@${pixelRatio} ${state.series.progress().here}/${state.count} ${marks.join(' ')}`
    if (key === this.#painted || width === 0) return
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
    for (let frame = 0; frame < state.count; frame++) {
      if (!state.series.have(frame)) continue
      const top = Math.floor((frame / state.count) * height)
      paint.fillRect(TRACK.left, top, TRACK.width, Math.ceil(((frame + 1) / state.count) * height) - top)
    }
    const tall = Math.max(4, height / state.count)
    for (const [frame, colours] of work) {
      const top = placeOf(frame, state.count) * height - tall / 2
      ;[...colours].forEach((colour, rank) => {
        const wide = TRACK.width / colours.size
        paint.fillStyle = colour
        paint.fillRect(TRACK.left + rank * wide, top, wide, tall)
      })
    }
  }

  #showPeople({ scene, count }: BarState): void {
    const seen = new Set(scene.peers.map((peer) => peer.id))
    for (const [id, element] of this.#people) {
      if (seen.has(id)) continue
      element.remove()
      this.#people.delete(id)
    }
    const height = this.#track.clientHeight
    const places = apart(
      scene.peers.map((peer) => placeOf(peer.frame, count) * height),
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
      if (!this.#state) return
      const rect = this.#track.getBoundingClientRect()
      const share = (event.clientY - rect.top) / Math.max(rect.height, 1)
      this.#go(clamp(Math.floor(share * this.#state.count), this.#state.count))
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
        const frame = this.#state && frameForKey(event.key, this.#state)
        if (frame === null || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        this.#go(frame)
      },
      { signal },
    )
  }
}

/** Middle of a slice's part of the track, 0 to 1. */
const placeOf = (frame: number, count: number): number => (frame + 0.5) / Math.max(count, 1)

const clamp = (frame: number, count: number): number => Math.max(0, Math.min(count - 1, frame))

/** The slider's keys (ARIA Authoring Practices); null for any other. */
export function frameForKey(
  key: string,
  { frame, count }: { readonly frame: number; readonly count: number },
): number | null {
  const to: { readonly [key: string]: number } = {
    ArrowUp: frame - 1,
    ArrowLeft: frame - 1,
    ArrowDown: frame + 1,
    ArrowRight: frame + 1,
    PageUp: frame - 10,
    PageDown: frame + 10,
    Home: 0,
    End: count - 1,
  }
  const wanted = to[key]
  return wanted === undefined ? null : clamp(wanted, count)
}

function workOf(scene: Scene): ReadonlyMap<number, ReadonlySet<string>> {
  const work = new Map<number, Set<string>>()
  for (const { annotation, colour } of scene.annotations) {
    if (annotation.retired) continue
    const colours = work.get(annotation.source.frame) ?? new Set()
    colours.add(colour)
    work.set(annotation.source.frame, colours)
  }
  return work
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
