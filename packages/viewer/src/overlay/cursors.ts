/**
 * Peers' cursors above a picture: a named arrow each, as elements. Each is a layer of its own, which only moves: on a canvas as large as the
 * picture all of that would be painted and handed over anew for every move of a hand. It stands on whole pixels of the screen, so that its name
 * stays sharp. Screen readers hear the same from the list of people.
 */
import type { ScreenPoint, ScreenRect } from '../stage/camera.ts'
import { SVG } from '../stage/signs.ts'
import { isInSight, placeNames } from './place.ts'

export interface Cursor {
  readonly id: string
  readonly name: string
  readonly colour: string
  readonly idle: boolean
  readonly at: ScreenPoint
}

interface Pane {
  readonly width: number
  readonly height: number
  /** Pixels of the screen to one of CSS. */
  readonly pixelRatio: number
}

/** CSS pixels: where its layer begins, and from there the plate of its name. */
interface Place {
  readonly at: ScreenPoint
  readonly name: ScreenPoint
  /** The arrow, whose tip is where the layer begins. */
  readonly hasArrow: boolean
}

/** Of a cursor whose name stands at `name`: where its tip is out of sight the name is alone. */
export function placeOf(tip: ScreenPoint, name: ScreenRect, pane: Pane): Place {
  const snapped = (n: number): number => Math.round(n * pane.pixelRatio) / pane.pixelRatio
  const whole = ({ x, y }: ScreenPoint): ScreenPoint => ({ x: snapped(x), y: snapped(y) })
  if (!isInSight(tip, pane)) return { at: whole(name), name: { x: 0, y: 0 }, hasArrow: false }
  return { at: whole(tip), name: whole({ x: name.x - tip.x, y: name.y - tip.y }), hasArrow: true }
}

interface Shown {
  readonly element: HTMLElement
  readonly arrow: SVGSVGElement
  readonly name: HTMLElement
  told: Cursor | null
  place: Place | null
}

export class Cursors {
  readonly #parent: HTMLElement
  /** Of the plate that a name stands on, CSS pixels. */
  readonly #widthOf: (name: string) => number
  readonly #shown = new Map<string, Shown>()

  constructor(parent: HTMLElement, widthOf: (name: string) => number) {
    this.#parent = parent
    this.#widthOf = widthOf
  }

  show(cursors: readonly Cursor[], pane: Pane): void {
    const there = new Set(cursors.map(({ id }) => id))
    for (const [id, { element }] of this.#shown) {
      if (there.has(id)) continue
      element.remove()
      this.#shown.delete(id)
    }
    if (cursors.length === 0) return
    const pointing = cursors.map(({ at, name }) => ({ at, width: this.#widthOf(name) }))
    placeNames(pointing, pane).forEach((name, i) => {
      const cursor = cursors[i] as Cursor
      const shown = this.#of(cursor.id)
      tell(shown, cursor)
      move(shown, placeOf(cursor.at, name, pane))
    })
  }

  #of(id: string): Shown {
    const known = this.#shown.get(id)
    if (known) return known
    const document = this.#parent.ownerDocument
    const element = document.createElement('div')
    element.className = 'cs-cursor'
    element.ariaHidden = 'true'
    const arrow = element.appendChild(document.createElementNS(SVG, 'svg'))
    arrow.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', ARROW)
    const name = element.appendChild(document.createElement('span'))
    const made: Shown = { element, arrow, name, told: null, place: null }
    this.#parent.append(element)
    this.#shown.set(id, made)
    return made
  }
}

/** From its tip, CSS pixels. */
const ARROW = 'M0 0l4.6 15.2 3.4-6.6 6.8-3.2z'

function tell(shown: Shown, cursor: Cursor): void {
  const { told } = shown
  shown.told = cursor
  if (told?.name !== cursor.name) shown.name.textContent = cursor.name
  if (told?.colour !== cursor.colour) shown.element.style.setProperty('--person', cursor.colour)
  if (told?.idle !== cursor.idle) shown.element.toggleAttribute('data-idle', cursor.idle)
}

function move(shown: Shown, place: Place): void {
  const before = shown.place
  shown.place = place
  if (!before || !same(before.at, place.at)) shown.element.style.transform = translated(place.at)
  if (!before || !same(before.name, place.name)) shown.name.style.transform = translated(place.name)
  if (before?.hasArrow !== place.hasArrow) shown.arrow.style.display = place.hasArrow ? '' : 'none'
}

const translated = ({ x, y }: ScreenPoint): string => `translate(${x}px, ${y}px)`

const same = (a: ScreenPoint, b: ScreenPoint): boolean => a.x === b.x && a.y === b.y
