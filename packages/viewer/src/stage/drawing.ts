/**
 * A shape while this hand draws it. Runs the gesture of the mark, tells each state as a draft, and makes the annotation when it is done.
 * It belongs to the slice it was begun on; what the kind calls faulty is said and not made.
 */
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { middleOf, type Vec3 } from '@consilium/geometry/vec3'
import { type Gesture, type Hand, IDLE, type Stroke } from '../gestures/gesture.ts'
import { markOf } from '../marks/all.ts'
import type { StageEvents } from './scene.ts'

/** Where the hand works: a plane of a series, and which of the pane's frames it is. */
export interface Sheet {
  readonly series: string
  readonly frame: number
  readonly plane: Plane
  /** The frame as it is called: "slice 12". */
  readonly where: string
  /** The slice as it was taken that is nearest to a place. */
  readonly taken: (at: Vec3) => number
}

/** Null where a shape may be made, or become, so. */
export function faultOf(kind: KindName, points: readonly Vec3[], normal: Vec3, plane: Plane): string | null {
  const { fault, faultOn } = kindOf(kind)
  return fault(points, normal) ?? faultOn?.(points, plane) ?? null
}

export class Drawing {
  readonly #events: StageEvents
  #stroke: Stroke = IDLE
  #kind: KindName | null = null
  #sheet: Sheet | null = null

  constructor(events: StageEvents) {
    this.#events = events
  }

  get active(): boolean {
    return this.#stroke.status === 'drawing'
  }

  /** The shape so far, for the slice it belongs to. */
  draft(frame: number): { kind: KindName; points: readonly Vec3[]; replaces: null } | null {
    if (!this.active || !this.#kind || this.#sheet?.frame !== frame) return null
    return {
      kind: this.#kind,
      points: this.#gestureOf(this.#kind, this.#sheet).outline(this.#stroke),
      replaces: null,
    }
  }

  press(kind: KindName, sheet: Sheet, hand: Hand): void {
    if (this.active && (this.#sheet?.frame !== sheet.frame || this.#sheet.series !== sheet.series)) {
      this.#events.onFault?.(
        `The shape being drawn is on ${this.#sheet?.where}. Go back there, or press Esc.`,
      )
      return
    }
    if (this.active && kind !== this.#kind) this.cancel()
    this.#kind = kind
    this.#sheet = sheet
    this.#become(this.#gestureOf(kind, sheet).press(this.#stroke, hand))
  }

  move(sheet: Sheet, hands: readonly Hand[]): void {
    if (!this.#mayContinueOn(sheet) || !this.#kind) return
    const gesture = this.#gestureOf(this.#kind, sheet)
    this.#become(hands.reduce((stroke, hand) => gesture.move(stroke, hand), this.#stroke))
  }

  release(sheet: Sheet, hand: Hand): void {
    if (!this.#mayContinueOn(sheet) || !this.#kind) return
    this.#become(this.#gestureOf(this.#kind, sheet).release(this.#stroke, hand))
  }

  /** Enter or a double click. */
  finish(): void {
    if (!this.active || !this.#kind || !this.#sheet) return
    const finished = this.#gestureOf(this.#kind, this.#sheet).finish(this.#stroke)
    if (finished !== this.#stroke) return this.#become(finished)
    const { vertices, fault } = kindOf(this.#kind)
    if (vertices.min <= 2 || this.#stroke.points.length >= vertices.min) return
    const sentence = fault(this.#stroke.points, normalOf(this.#sheet.plane))
    if (sentence !== null) this.#events.onFault?.(sentence)
  }

  back(): void {
    if (this.active && this.#kind && this.#sheet)
      this.#become(this.#gestureOf(this.#kind, this.#sheet).back(this.#stroke))
  }

  /** The last press was none: what it began is let go, of what many clicks draw the corner it placed. */
  unpress(): void {
    this.back()
    if (this.#stroke.pressed) this.cancel()
  }

  /** True where something was let go. */
  cancel(): boolean {
    if (!this.active) return false
    this.#become(IDLE)
    return true
  }

  #gestureOf(kind: KindName, { plane }: Sheet): Gesture {
    return markOf(kind).gesture(plane)
  }

  #mayContinueOn(sheet: Sheet): boolean {
    return this.active && this.#sheet?.frame === sheet.frame && this.#sheet.series === sheet.series
  }

  #become(stroke: Stroke): void {
    const before = this.#stroke
    if (stroke === before || !this.#kind || !this.#sheet) return
    if (stroke.status === 'done') return this.#make(stroke, before)
    this.#stroke = stroke
    const draft = this.draft(this.#sheet.frame)
    const { plane, taken } = this.#sheet
    if (draft)
      this.#events.onDraft({ ...draft, frame: taken(middleOf(draft.points)), normal: normalOf(plane) })
    else if (before.status === 'drawing') this.#events.onDraft(null)
  }

  #make(stroke: Stroke, before: Stroke): void {
    if (!this.#kind || !this.#sheet) return
    const { series, plane, taken } = this.#sheet
    const normal = normalOf(plane)
    const fault = faultOf(this.#kind, stroke.points, normal, plane)
    this.#stroke = IDLE
    if (fault === null) {
      this.#events.onCreate({
        kind: this.#kind,
        source: { series, frame: taken(middleOf(stroke.points)), normal },
        points: stroke.points,
      })
    } else {
      // What took many clicks is not thrown away for one wrong point.
      if (before.points.length > 2 && !before.pressed) this.#stroke = before
      this.#events.onFault?.(fault)
    }
    if (!this.active) this.#events.onDraft(null)
  }
}
