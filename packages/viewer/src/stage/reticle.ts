/**
 * A hand without a pointer: a cross on the picture that moves by voxels. It gives the hands what a pointer gives them, so that there is one
 * way to make a thing, and whatever a pointer can make can be made without one (WCAG 2.1.1). It keeps a place in the patient: the view may
 * change below it, and goes along where the cross would leave the pane.
 */
import { type Plane, type PlanePoint, toPatient, toPlane } from '@consilium/geometry/plane'
import { distance, dot, type Vec3 } from '@consilium/geometry/vec3'
import { type Camera, ontoPlane, pan, type ScreenPoint, toPatientOn, toScreen } from './camera.ts'
import type { HandPoint, PointerSinks } from './pointer.ts'
import type { Viewing } from './viewing.ts'

/** What it moves: the hands. */
export interface ReticleHands extends Omit<PointerSinks, 'wheel'> {
  at: ScreenPoint | null
  /** Something is begun that a double click would finish. */
  readonly making: boolean
  /** The id of the annotation there. */
  readonly under: string | null
}

export interface Modifiers {
  readonly shift?: boolean
  readonly alt?: boolean
}

/** CSS pixels from the edge of the pane that the cross keeps. */
const EDGE = 28
/** Two places are one to the hand within so many voxels: neighbours are two. */
const REACH = 0.5

export class Reticle {
  readonly #viewing: Viewing
  readonly #hands: ReticleHands
  readonly #mark: HTMLElement
  readonly #changed: () => void
  #at: Vec3 | null = null
  #held = false
  /** What the hands were given last: while they still have it, no pointer has moved them since. */
  #given: HandPoint | null = null
  #clicked: Vec3 | null = null

  constructor(ground: HTMLElement, viewing: Viewing, hands: ReticleHands, changed: () => void) {
    this.#viewing = viewing
    this.#hands = hands
    this.#changed = changed
    this.#mark = ground.ownerDocument.createElement('div')
    this.#mark.className = 'cs-reticle'
    this.#mark.hidden = true
    ground.append(this.#mark)
  }

  /** Null: it is not shown. */
  get place(): Vec3 | null {
    return this.#at
  }

  get making(): boolean {
    return this.#hands.making
  }

  /** The id of the annotation it stands on. */
  get under(): string | null {
    return this.#hands.under
  }

  get held(): boolean {
    return this.#held
  }

  /** To a place; without one to where the pointer is, or to the voxel in the middle of the pane. */
  show(at?: Vec3): void {
    const { plane, camera } = this.#viewing
    if (!plane || !camera) return
    const pointed = this.#hands.at ? toPatientOn(camera, plane, this.#hands.at) : this.#viewing.middle
    const wanted = at ?? this.#at ?? (pointed && voxelAt(plane, pointed))
    if (wanted) this.#to(wanted)
  }

  hide(): void {
    if (!this.#at) return
    this.drop()
    this.#at = null
    this.#clicked = null
    if (this.#hands.at === this.#given) this.#hands.leave()
    this.#changed()
  }

  /** By so many voxels to the right and down on the screen, whichever way the picture is turned. */
  step(right: number, down: number): void {
    const { plane, camera, series } = this.#viewing
    if (!this.#at || !plane || !camera || !series) return
    const by = alongPixels(plane, camera, right, down)
    const { x, y } = toPlane(plane, this.#at)
    const { columns, rows } = series.meta
    const to = { x: within(x + by.x, columns), y: within(y + by.y, rows) }
    this.#to(toPatient(plane, to))
  }

  /** A press and a release; a second one at the same place finishes what is begun, as a double click does. */
  click({ shift = false, alt = false }: Modifiers = {}): void {
    const point = this.#take()
    if (!point || !this.#at) return
    if (this.#held) return this.hold()
    const again = this.#clicked !== null && distance(this.#clicked, this.#at) === 0
    this.#clicked = this.#at
    if (again && this.#hands.making) {
      this.#clicked = null
      return this.#hands.doubleClick(point)
    }
    this.#hands.press({ ...point, button: 0, shift, alt })
    this.#hands.release(point)
    this.#take()
  }

  /** Presses; the next time it lets go. */
  hold({ shift = false, alt = false }: Modifiers = {}): void {
    const point = this.#take()
    if (!point) return
    this.#held = !this.#held
    if (this.#held) this.#hands.press({ ...point, button: 0, shift, alt })
    else this.#hands.release(point)
    this.#take()
  }

  /** Lets go of what is held without doing it. True where something was held. */
  drop(): boolean {
    const was = this.#held
    this.#held = false
    if (was) this.#hands.lost()
    return was
  }

  /** After the view changed: the cross stays at its place, on the plane shown now. */
  draw(): void {
    const { plane, camera } = this.#viewing
    const at = plane && camera && this.#at
    this.#mark.toggleAttribute('hidden', !at)
    if (!at) return
    this.#at = ontoPlane(plane, at)
    const p = toScreen(camera, this.#at)
    this.#mark.style.transform = `translate(${p.x}px, ${p.y}px) translate(-50%, -50%)`
    this.#mark.toggleAttribute('data-held', this.#held)
    if (this.#given && this.#hands.at === this.#given) this.#hands.at = this.#given = this.#pointOf(p)
  }

  #to(at: Vec3): void {
    const { plane } = this.#viewing
    if (!plane) return
    this.#at = ontoPlane(plane, at)
    this.#keepInSight()
    this.#take()
  }

  /** The hands are where the cross is, also where a pointer had them since. */
  #take(): HandPoint | null {
    const { camera } = this.#viewing
    if (!camera || !this.#at) return null
    const point = this.#pointOf(toScreen(camera, this.#at))
    this.#given = point
    // Shift with a move means another thing to the hands than to the keys.
    this.#hands.move([point], false)
    return point
  }

  #pointOf({ x, y }: ScreenPoint): HandPoint {
    const { plane, camera } = this.#viewing
    const voxel = plane && camera ? Math.min(plane.columnSpacing, plane.rowSpacing) / camera.mmPerPixel : 1
    return { x, y, reach: REACH * voxel }
  }

  #keepInSight(): void {
    const { camera } = this.#viewing
    if (!camera || !this.#at) return
    const { x, y } = toScreen(camera, this.#at)
    const [dx, dy] = [beyond(x, camera.width), beyond(y, camera.height)]
    if (dx !== 0 || dy !== 0) this.#viewing.look(pan(camera, -dx, -dy))
  }
}

/** Steps along the screen as steps along the columns and rows of the picture, which may be turned by quarters and mirrored. */
function alongPixels(plane: Plane, camera: Camera, right: number, down: number): PlanePoint {
  const steps = (direction: Vec3): number => {
    const across = dot(direction, camera.right)
    const along = dot(direction, camera.down)
    return Math.abs(across) >= Math.abs(along) ? right * Math.sign(across) : down * Math.sign(along)
  }
  return { x: steps(plane.row), y: steps(plane.column) }
}

const beyond = (at: number, size: number): number =>
  at < EDGE ? at - EDGE : at > size - EDGE ? at - size + EDGE : 0

const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at))

const voxelAt = (plane: Plane, at: Vec3): Vec3 => {
  const { x, y } = toPlane(plane, at)
  return toPatient(plane, { x: Math.round(x), y: Math.round(y) })
}
