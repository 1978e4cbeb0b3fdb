/**
 * An annotation while this hand moves a handle of it, or all of it. Others may move other vertices meanwhile: each step starts from the
 * annotation as it is now, and only what this hand moves is told. Nothing is told before the hand has gone three pixels.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { add, distance, middleOf, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Hand } from '../gestures/gesture.ts'
import { markOf } from '../marks/all.ts'
import { pointsAfter, wholeBy } from '../marks/grips.ts'
import { faultOf, type Sheet } from './drawing.ts'
import type { StageEvents, VertexMove } from './scene.ts'

export class Moving {
  readonly id: string
  readonly #handle: string | null
  readonly #sheet: Sheet
  readonly #events: StageEvents
  readonly #start: Vec3
  /** From the hand to the handle it took. */
  readonly #offset: Vec3
  #begun = false
  #moves: readonly VertexMove[] = []
  #annotation: Annotation

  constructor(annotation: Annotation, handle: string | null, sheet: Sheet, hand: Hand, events: StageEvents) {
    this.id = annotation.id
    this.#annotation = annotation
    this.#handle = handle
    this.#sheet = sheet
    this.#events = events
    this.#start = hand.at
    const grip = markOf(annotation.kind)
      .handles(annotation.vertices, sheet.plane)
      .find((one) => one.id === handle)
    this.#offset = grip ? subtract(grip.at, hand.at) : [0, 0, 0]
  }

  get begun(): boolean {
    return this.#begun
  }

  /** The shape as it would be now, for the frame it was taken hold of on. */
  draft(
    frame = this.#sheet.frame,
  ): { kind: Annotation['kind']; points: readonly Vec3[]; replaces: string } | null {
    const { kind, vertices, id } = this.#annotation
    if (!this.#begun || this.#sheet.frame !== frame) return null
    return { kind, points: pointsAfter(vertices, this.#moves), replaces: id }
  }

  /** `annotation` as it is now; null where it is gone, which ends the move. */
  to(annotation: Annotation | null, hand: Hand): void {
    if (!annotation || annotation.retired) {
      this.cancel()
      return
    }
    if (!this.#begun && distance(this.#start, hand.at) < hand.reach * 0.375) return
    this.#begun = true
    this.#annotation = annotation
    this.#moves =
      this.#handle === null
        ? wholeBy(annotation.vertices, subtract(hand.at, this.#start))
        : markOf(annotation.kind).drag(
            annotation.vertices,
            this.#handle,
            add(hand.at, this.#offset),
            this.#sheet.plane,
          )
    const draft = this.draft()
    if (!draft) return
    const frame = this.#sheet.taken(middleOf(draft.points))
    this.#events.onDraft({ ...draft, frame, normal: annotation.source.normal })
  }

  release(): void {
    const draft = this.draft()
    if (!draft) return
    const fault = faultOf(draft.kind, draft.points, this.#annotation.source.normal, this.#sheet.plane)
    if (fault === null && this.#moves.length > 0) this.#events.onMove(this.id, this.#moves)
    else if (fault !== null) this.#events.onFault?.(fault)
    this.cancel()
  }

  /** True where something was let go. */
  cancel(): boolean {
    const begun = this.#begun
    this.#begun = false
    this.#moves = []
    if (begun) this.#events.onDraft(null)
    return begun
  }
}
