/**
 * From presses to what they do: decides the purpose of a press, and carries it through until the hand lets go.
 * It owns what is under way (a drag, a drawing, a move) and nothing of the view; that it asks the stage for. Longer than other files: what
 * a hand may do next depends on all that it may be doing, which is kept here and nowhere else.
 */
import { isKindName } from '@consilium/crdt-schema/kinds'
import type { Hand } from '../gestures/gesture.ts'
import type { Grip } from '../overlay/guides.ts'
import { type Hit, sameHit } from '../overlay/hit.ts'
import type { OwnDraft } from '../overlay/overlay.ts'
import { type Pinch, pinched, type ScreenPoint, toPatientOn, zoomAt } from './camera.ts'
import { Drawing } from './drawing.ts'
import { type Ground, handAt, sheetOf } from './ground.ts'
import type { HandsPort } from './handsPort.ts'
import { Moving } from './moving.ts'
import { Painting } from './painting.ts'
import type { HandPoint, PointerPress, PointerSinks } from './pointer.ts'
import { cursorFor, type Held, type Purpose, purposeOf } from './purpose.ts'
import { isPaintTool, type StageEvents, type Tool } from './scene.ts'
import { wheelSteps, wheelZoom } from './viewDrags.ts'
import { type Drag, panDrag, planeDrag, windowDrag, zoomDrag } from './viewHands.ts'

export class Hands implements PointerSinks {
  readonly #port: HandsPort
  readonly #events: StageEvents
  readonly #drawing: Drawing
  readonly #painting: Painting
  #moving: Moving | null = null
  #drag: Drag | null = null
  #tool: Tool = 'select'
  #held: Held = null
  #wheelRest = 0
  /** Held when the hand last pressed or moved. */
  #shift = false
  /** Where the pointer is, or null while it is elsewhere. */
  at: ScreenPoint | null = null
  hover: Hit | null = null
  cursor = 'default'

  constructor(port: HandsPort, events: StageEvents) {
    this.#port = port
    this.#events = events
    this.#drawing = new Drawing(events)
    this.#painting = new Painting(events)
  }

  setTool(tool: Tool): void {
    if (tool === this.#tool) return
    this.cancel()
    this.#tool = tool
    this.#look()
  }

  hold(held: Held): void {
    this.#held = held
    this.#look()
  }

  own(frame: number): OwnDraft | null {
    return this.#moving?.draft(frame) ?? this.#drawing.draft(frame)
  }

  get tool(): Tool {
    return this.#tool
  }

  /** The stroke being painted, and the line of a lasso. */
  get painting(): Pick<Painting, 'stroke' | 'lineOn'> {
    return this.#painting
  }

  /** Something is begun that a double click would finish. */
  get making(): boolean {
    return this.#drawing.active || this.#painting.active
  }

  /** The id of the annotation under the pointer. */
  get under(): string | null {
    return this.hover && this.hover.what !== 'pin' ? this.hover.id : null
  }

  cancel(): boolean {
    const moved = this.#moving?.cancel() ?? false
    this.#moving = null
    const drawn = this.#drawing.cancel() || this.#painting.cancel()
    const cancelled = drawn || moved
    if (cancelled) this.#drag = null
    this.#port.changed()
    return cancelled
  }

  finish(): void {
    this.#drawing.finish()
    this.#painting.finish()
    this.#port.changed()
  }

  deleteLastVertex(): void {
    this.#drawing.back()
    this.#painting.back()
    this.#port.changed()
  }

  /** Slice or scene changed under a pointer at rest. True where something else lies under it now. */
  look(): boolean {
    if (this.#drag) return false
    const before = this.hover
    this.#look()
    return !sameHit(before, this.hover)
  }

  press(press: PointerPress): void {
    this.#port.settle()
    this.at = press
    const ground = this.#port.ground()
    if (!ground) return
    this.hover = this.#port.hit(press)
    this.#shift = press.shift
    // What is being drawn goes on: there Shift makes it even.
    const purpose = this.#purpose({ ...press, shift: press.shift && !this.#drawing.active })
    const grip = isFree(purpose) ? this.#port.grip(press) : null
    this.#drag = grip ? this.#takePlane(grip, press, ground) : this.#begin(purpose, press, ground)
    this.#port.changed()
  }

  move(places: readonly HandPoint[], shift: boolean): void {
    const place = places.at(-1)
    if (!place) return
    this.at = place
    this.#shift = shift
    if (this.#drag) this.#drag.move(places, shift)
    else {
      const ground = this.#port.ground()
      // With a tool that paints, Shift is about to erase.
      if (ground && shift && !this.#drawing.active && !isPaintTool(this.#tool))
        this.#events.onPoint?.(toPatientOn(ground.camera, ground.plane, place))
      if (ground) this.#drawing.move(sheetOf(ground), [this.#drawAt(ground, place)])
      if (ground && this.#painting.active) this.#painting.hover(handAt(ground, place))
      this.#look()
    }
    this.#port.changed()
  }

  release(place: HandPoint): void {
    const drag = this.#drag
    this.#drag = null
    drag?.release(place)
    this.#look()
    this.#port.changed()
  }

  lost(): void {
    this.#drag = null
    this.cancel()
  }

  gather(): void {
    this.#drag = null
    this.#moving?.cancel()
    this.#moving = null
    this.#painting.cancel()
    this.#drawing.unpress()
    this.#port.changed()
  }

  pinch(pinch: Pinch): void {
    const ground = this.#port.ground()
    if (ground) this.#port.setCamera(pinched(ground.camera, pinch))
  }

  leave(): void {
    this.at = null
    this.hover = null
    this.#port.changed()
  }

  doubleClick(): void {
    if (this.#held) return
    // What many clicks draw ends with a double one.
    if (this.making || isKindName(this.#tool)) this.finish()
    else if (!isPaintTool(this.#tool)) this.#events.onMaximise?.()
  }

  wheel(wheel: Parameters<PointerSinks['wheel']>[0]): void {
    const ground = this.#port.ground()
    if (!ground) return
    if (wheel.ctrl) {
      this.#port.setCamera(zoomAt(ground.camera, wheel, wheelZoom(wheel.deltaY)))
      return
    }
    const { steps, rest } = wheelSteps(this.#wheelRest, wheel)
    this.#wheelRest = rest
    if (steps === 0) return
    if (wheel.shift) this.#port.stepInTime(steps)
    else this.#port.step(steps)
  }

  #purpose(press: { button: number; shift: boolean; alt?: boolean }): Purpose {
    const { readOnly, mayComment, selection, mayMove, paint } = this.#port.scene()
    const { under } = this
    // Where a plane only cuts a shape its points are out of reach.
    const within = this.hover !== null && !('across' in this.hover)
    const editable = within && under !== null && mayMove(under)
    return purposeOf(press, {
      tool: this.#tool,
      held: this.#held,
      readOnly,
      mayPaint: paint !== undefined && !readOnly,
      mayComment,
      editable,
      hit: this.hover,
      selection,
    })
  }

  #look(): void {
    this.hover = this.at && !this.#drawing.active ? this.#port.hit(this.at) : null
    const purpose = this.#purpose({ button: 0, shift: false })
    // With a tool that draws, shapes below the hand are not lit: a press would not touch them.
    if (TOUCHES_NOTHING.has(purpose.what)) this.hover = null
    const grip = this.at && isFree(purpose) ? this.#port.grip(this.at) : null
    this.cursor = grip ? (grip.part === 'turn' ? 'grab' : 'move') : cursorFor(purpose)
  }

  #begin(purpose: Purpose, press: PointerPress, ground: Ground): Drag | null {
    switch (purpose.what) {
      case 'pan':
        this.cursor = 'grabbing'
        return panDrag(this.#port, press, ground)
      case 'zoom':
        return zoomDrag(this.#port, press, ground)
      case 'window':
        return windowDrag(this.#port, press, ground)
      case 'select-or-window':
        return windowDrag(this.#port, press, ground, () => this.#events.onSelect(purpose.id))
      case 'draw':
        return this.#draw(purpose.kind, press, ground)
      case 'paint':
        return this.#paint(purpose, press, ground)
      case 'pick-segment': {
        const segment = this.#port.segmentAt(press)
        if (segment !== null) this.#events.onPickSegment?.(segment)
        return null
      }
      case 'move':
        return this.#move(purpose.id, purpose.handle, press, ground)
      case 'select':
        this.#events.onSelect(purpose.id)
        return null
      case 'open-pin':
        this.#events.onOpenPin(purpose.id)
        return null
      case 'place-pin': {
        const at = toPatientOn(ground.camera, ground.plane, press)
        this.#events.onPlacePin(at, ground.taken(at), purpose.annotation)
        return null
      }
      case 'none':
        return null
    }
  }

  #takePlane(grip: Grip, press: ScreenPoint, ground: Ground): Drag {
    this.cursor = 'grabbing'
    return planeDrag(this.#events, grip, press, ground)
  }

  #draw(kind: Extract<Purpose, { what: 'draw' }>['kind'], press: ScreenPoint, ground: Ground): Drag {
    const sheet = sheetOf(ground)
    this.#drawing.press(kind, sheet, this.#drawAt(ground, press))
    const hand = (place: HandPoint): Hand => this.#drawAt(this.#stillOn(ground), place)
    return {
      move: (places) => this.#drawing.move(sheet, places.map(hand)),
      release: (place) => this.#drawing.release(sheet, hand(place)),
    }
  }

  /** The wheel, or a film that plays, may show another slice meanwhile: what is in the hand stays on its own, and only where the picture lies on the screen is asked. */
  #stillOn(ground: Ground): Ground {
    const now = this.#port.ground()
    return now?.series === ground.series ? { ...ground, camera: now.camera } : ground
  }

  #drawAt(ground: Ground, place: HandPoint): Hand {
    return { ...handAt(ground, place), even: this.#shift }
  }

  #paint(
    { tool, value }: Extract<Purpose, { what: 'paint' }>,
    press: ScreenPoint,
    ground: Ground,
  ): Drag | null {
    const settings = this.#port.scene().paint?.settings
    if (!settings) return null
    this.#painting.press(tool, value, settings, this.#port.paintGround(), handAt(ground, press))
    const hand = (place: HandPoint): Hand => handAt(this.#stillOn(ground), place)
    return {
      move: (places) => this.#painting.move(places.map(hand)),
      release: (place) => this.#painting.release(hand(place)),
    }
  }

  #move(id: string, handle: string | null, press: ScreenPoint, ground: Ground): Drag | null {
    const current = () =>
      this.#port.scene().annotations.find((one) => one.annotation.id === id)?.annotation ?? null
    const annotation = current()
    if (this.#port.scene().selection !== id) this.#events.onSelect(id)
    if (!annotation) return null
    const moving = new Moving(annotation, handle, sheetOf(ground), handAt(ground, press), this.#events)
    this.#moving = moving
    return {
      move: (places) => {
        const place = places.at(-1)
        if (!place || this.#moving !== moving) return
        moving.to(current(), handAt(this.#stillOn(ground), place))
      },
      release: () => {
        moving.release()
        this.#moving = null
      },
    }
  }
}

const TOUCHES_NOTHING: ReadonlySet<Purpose['what']> = new Set(['draw', 'paint', 'pan', 'zoom'])

/** Nothing of the scene lies under the hand, and no tool wants the place. */
const isFree = (purpose: Purpose): boolean => purpose.what === 'select-or-window' && purpose.id === null
