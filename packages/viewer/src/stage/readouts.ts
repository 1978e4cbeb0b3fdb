/** Corner read-outs, orientation letters and the ruler, as ordinary text over the picture. Writes the DOM only where a text changed. */

import type { Plane } from '@consilium/geometry/plane'
import { isPlaced, type Turned } from '@consilium/imaging/hung'
import { scaleAlong } from '../measuring/scale.ts'
import type { ColourTable } from '../panes/colour/palettes.ts'
import { isColour } from '../panes/greys.ts'
import { isFilm, momentOf, placeOf, secondsText } from '../panes/moments.ts'
import { sameWindow } from '../panes/pixels.ts'
import type { SeriesFrames, SeriesMeta } from '../panes/series.ts'
import { type Slicing, slabTitle } from '../panes/slicing.ts'
import { AS_IT_IS } from '../panes/window.ts'
import { type Camera, magnification, type ScreenRect } from './camera.ts'
import { alongNormal, axesInPatient, edgeLetters, lettersOf, planeName, positionText } from './orientation.ts'
import { rulerFor } from './ruler.ts'
import type { Window } from './scene.ts'
import { WindowBar } from './windowBar.ts'
import { WindowField, type WindowFieldPort } from './windowField.ts'

/** `alone`: less detail is all that comes. */
type Detail = 'none' | 'less' | 'alone' | 'whole'

export function detailOf(series: Pick<SeriesFrames, 'drawable' | 'onlyLower'>, frame: number): Detail {
  const drawable = series.drawable(frame)
  if (!drawable) return 'none'
  if (series.onlyLower) return 'alone'
  return drawable.factor === 1 && !drawable.gaps ? 'whole' : 'less'
}

const DETAIL_LINES: { readonly [detail in Detail]: readonly string[] } = {
  none: ['Picture is coming'],
  less: ['In less detail; all of it is coming'],
  alone: ['**In less detail, without values:**', 'all of it does not fit into this browser’s memory'],
  whole: [],
}

export interface ReadoutState {
  readonly plane: Plane
  readonly camera: Camera
  readonly window: Window
  readonly frame: number
  readonly meta: SeriesMeta
  readonly detail: Detail
  readonly slicing: Slicing | undefined
  readonly inverted: boolean
  readonly colours: ColourTable
  readonly turned: Turned
}

/** Below this width of a pane, CSS pixels, there is room for its plane and place only. */
const COMPACT_PX = 420

/** At the start of a line they stand for the class that it has; no text of a page begins with them. */
export const WARNING = '\x01'
const WINDOW = '\x02'
const CLASSES: Readonly<Record<string, string>> = { [WARNING]: 'cs-warning', [WINDOW]: 'cs-window' }

const EDGES = ['left', 'right', 'top', 'bottom'] as const

export class Readouts {
  readonly #corners: readonly [title: HTMLElement, place: HTMLElement, view: HTMLElement]
  readonly #ruler: HTMLElement
  readonly #rulerBar: HTMLElement
  readonly #rulerText: HTMLElement
  readonly #letters: ReadonlyMap<(typeof EDGES)[number], HTMLElement>

  readonly #parent: HTMLElement
  readonly #bar: WindowBar
  readonly #field: WindowField
  /** How many lines each corner has, and the letters. */
  #standing = ''

  constructor(parent: HTMLElement, port: WindowFieldPort) {
    this.#parent = parent
    const corner = (place: string): HTMLElement => {
      const element = parent.appendChild(document.createElement('div'))
      element.className = `cs-corner cs-${place}`
      return element
    }
    this.#corners = [corner('top-left'), corner('top-right'), corner('bottom-left')]
    this.#ruler = corner('bottom-right')
    this.#ruler.classList.add('cs-ruler')
    this.#rulerBar = this.#ruler.appendChild(document.createElement('i'))
    this.#rulerText = this.#ruler.appendChild(document.createElement('span'))
    this.#letters = new Map(
      EDGES.map((edge) => {
        const letter = parent.appendChild(document.createElement('div'))
        letter.className = 'cs-letter'
        letter.dataset.edge = edge
        return [edge, letter]
      }),
    )
    this.#bar = new WindowBar(parent, figure)
    this.#field = new WindowField(parent, port)
    openByDoubleClick(this.#corners[2], this.#field)
    this.show(null)
  }

  /** The window as numbers to be typed. */
  typeWindow(): void {
    this.#field.open()
  }

  /** Lines of the page, top left: what is shown, never who. */
  title(lines: readonly string[]): void {
    write(this.#corners[0], lines)
  }

  /** Where they lie on the picture, so that no tag goes below them. */
  taken(): readonly ScreenRect[] {
    const letters = [...this.#letters].map(([edge, element]) => centred(edge, rectOf(element)))
    return [...[...this.#corners, this.#ruler].map(rectOf), ...letters]
  }

  /** True where letters or lines came, went or changed places. A figure that gets wider does not count. */
  show(state: ReadoutState | null): boolean {
    this.#write(state)
    const lines = this.#corners.map(({ children }) => children.length)
    const letters = [...this.#letters.values()].map(({ hidden, textContent }) => (hidden ? '' : textContent))
    const standing = [...lines, ...letters].join(' ')
    const hasMoved = standing !== this.#standing
    this.#standing = standing
    return hasMoved
  }

  #write(state: ReadoutState | null): void {
    const [, place, view] = this.#corners
    this.#ruler.hidden = !state
    const axes = state && axesInPatient(state.camera, state.meta)
    for (const letter of this.#letters.values()) letter.hidden = axes === null
    const compact = state !== null && state.camera.width < COMPACT_PX
    this.#parent.toggleAttribute('data-compact', compact)
    write(place, state ? (compact ? compactLines(state) : placeLines(state)) : [])
    write(view, state ? viewLines(state) : [])
    this.#bar.show(compact ? null : state)
    if (!state) return
    const scale = scaleAlong(state.meta, state.camera.right, state.plane)
    const ruler = rulerFor(state.camera.mmPerPixel * scale.length, scale.at)
    this.#ruler.style.display = state.camera.width < 260 ? 'none' : ''
    this.#rulerBar.style.width = `${ruler.px.toFixed(1)}px`
    text(this.#rulerText, ruler.label)
    if (!axes) return
    const letters = edgeLetters(axes)
    for (const [edge, element] of this.#letters) text(element, letters[edge])
  }
}

const rectOf = (element: HTMLElement): ScreenRect => ({
  x: element.offsetLeft,
  y: element.offsetTop,
  width: element.offsetWidth,
  height: element.offsetHeight,
})

/** A letter is moved by half of itself to stand in the middle of its edge; its offsets are those from before. */
const centred = (edge: (typeof EDGES)[number], rect: ScreenRect): ScreenRect =>
  edge === 'left' || edge === 'right'
    ? { ...rect, y: rect.y - rect.height / 2 }
    : { ...rect, x: rect.x - rect.width / 2 }

function placeLines(state: ReadoutState): readonly string[] {
  const { frame, meta, detail } = state
  const placed = isPlaced(meta)
  const several = !isFilm(meta) && (meta.slices > 1 || placed)
  return [
    ...(placed ? [nameOf(state)] : []),
    ...(several ? [`Slice **${placeOf(frame, meta) + 1}** / ${meta.slices}`] : []),
    ...(meta.moments > 1 ? [momentLine(frame, meta)] : []),
    ...(placed ? [placeOfPlane(state)] : []),
    ...slabLines(state),
    ...mirroredLines(state),
    ...DETAIL_LINES[detail],
  ]
}

/** What was turned by hand is called so, however little; "Axial" may be read as what it is. */
const nameOf = ({ plane, slicing }: ReadoutState): string =>
  slicing?.kind === 'oblique' ? 'Oblique' : planeName(plane)

const placeOfPlane = ({ plane, slicing }: ReadoutState): string =>
  slicing?.kind === 'oblique' ? alongNormal(plane) : positionText(plane)

const slabLines = ({ slicing }: ReadoutState): readonly string[] =>
  slicing?.slab ? [`**${slabTitle(slicing.slab)}**`] : []

/**
 * The two sides of a body look alike: a mirrored picture is never shown without saying so, and where sides are known, which one is where.
 */
export function mirroredLines({
  turned,
  camera,
  meta,
}: Pick<ReadoutState, 'turned' | 'camera' | 'meta'>): string[] {
  if (!turned.flipped) return []
  const axes = axesInPatient(camera, meta)
  const [side] = axes ? lettersOf(axes.right) : ''
  return [side === 'R' || side === 'L' ? `${WARNING}Mirrored: ${side} is on the right` : `${WARNING}Mirrored`]
}

function compactLines(state: ReadoutState): readonly string[] {
  const { frame, meta, detail } = state
  const name = isPlaced(meta) ? nameOf(state) : 'Slice'
  return [
    ...(isFilm(meta) ? [] : [`${name} **${placeOf(frame, meta) + 1}**`]),
    ...(meta.moments > 1 ? [momentLine(frame, meta)] : []),
    ...(isPlaced(meta) ? [placeOfPlane(state)] : []),
    ...slabLines(state),
    ...mirroredLines(state),
    ...DETAIL_LINES[detail],
  ]
}

function momentLine(frame: number, meta: SeriesMeta): string {
  const moment = momentOf(frame, meta)
  const time = meta.times?.[moment]
  return `Moment **${moment + 1}** / ${meta.moments}${time === undefined ? '' : ` · ${secondsText(time)}`}`
}

/** A picture in colour has a window only once somebody made it brighter or darker. */
function viewLines({ window, camera, plane, inverted, meta, turned }: ReadoutState): readonly string[] {
  const zoom = magnification(camera, plane)
  const plain = isColour(meta) && sameWindow(window, AS_IT_IS)
  const table = window.table === undefined ? '' : ' · table of the file'
  return [
    ...(inverted ? ['Inverted'] : []),
    ...(plain ? [] : [`${WINDOW}W ${figure(window.width)} · L ${figure(window.center)}${table}`]),
    `Zoom ${zoomFigure(zoom)}×${turned.rotation === 0 ? '' : ` · turned ${turned.rotation}°`}`,
  ]
}

/** Whole from 10 on, else with one decimal; below 1 two digits that count. */
export const zoomFigure = (zoom: number): string =>
  zoom < 1 ? zoom.toPrecision(2) : zoom.toFixed(zoom < 10 ? 1 : 0)

/** Whole, or three digits for small numbers; a true minus and thin spaces between thousands. */
export function figure(value: number): string {
  const size = Math.abs(value)
  const digits =
    size >= 100 || Number.isInteger(value) ? size.toFixed(0) : String(Number(size.toPrecision(3)))
  const [whole = '', part] = digits.split('.')
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole
  const sign = value < 0 && Number(digits) !== 0 ? '−' : ''
  return `${sign}${spaced}${part ? `.${part}` : ''}`
}

const written = new WeakMap<HTMLElement, readonly string[]>()

/** One span per line; `**` around what is strong. A line that is the same is not touched. */
function write(element: HTMLElement, lines: readonly string[]): void {
  const before = written.get(element) ?? []
  written.set(element, lines)
  while (element.children.length > lines.length) element.lastElementChild?.remove()
  lines.forEach((line, i) => {
    const known = element.children[i]
    if (!known) element.append(lineOf(line))
    else if (line !== before[i]) known.replaceWith(lineOf(line))
  })
}

function lineOf(line: string): HTMLElement {
  const span = document.createElement('span')
  const named = CLASSES[line.charAt(0)]
  if (named) span.className = named
  const text = named ? line.slice(1) : line
  text.split('**').forEach((part, i) => {
    if (i % 2 === 0) span.append(part)
    else span.appendChild(document.createElement('strong')).textContent = part
  })
  return span
}

/** On the width its field has the focus, on the level the other. The picture below hears nothing of it. */
function openByDoubleClick(corner: HTMLElement, field: WindowField): void {
  const line = ({ target }: Event): HTMLElement | null =>
    target instanceof HTMLElement ? target.closest('.cs-window') : null
  corner.addEventListener('pointerdown', (event) => line(event) && event.stopPropagation())
  corner.addEventListener('dblclick', (event) => {
    const pressed = line(event)
    if (!pressed) return
    event.stopPropagation()
    field.open(event.offsetX > pressed.offsetWidth / 2 ? 'center' : 'width')
  })
}

function text(element: HTMLElement, value: string): void {
  if (element.textContent !== value) element.textContent = value
}
