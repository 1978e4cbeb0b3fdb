/**
 * The annotations of a scene that the plane in view meets, kept from painting to painting. A scene may have ten thousand, most of them the
 * same objects as before: only the others are asked again.
 */
import { areParallel } from '@consilium/geometry/across'
import { normalOf } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { SceneAnnotation } from '../stage/scene.ts'
import { type Drawn, type Meeting, meetingOf, type Shown } from './meets.ts'

export interface MetAnnotation {
  readonly entry: SceneAnnotation
  readonly meeting: NonNullable<Meeting>
}

export class Met {
  #annotations: readonly SceneAnnotation[] = []
  #shown: Shown | null = null
  /** By place in the list. */
  #meetings: Meeting[] = []
  #met: readonly MetAnnotation[] = []

  /** In their order; the same list as before where nothing of it is different. */
  on(annotations: readonly SceneAnnotation[], shown: Shown): readonly MetAnnotation[] {
    const before = this.#annotations
    const same = this.#shown !== null && sameSheet(this.#shown, shown)
    const meetings = this.#meetings
    const taken = takenNormal(shown)
    let stale = !same || annotations.length < before.length
    // Most of ten thousand are passed over here: a plain loop.
    for (let i = 0; i < annotations.length; i++) {
      const entry = annotations[i] as SceneAnnotation
      if (same && entry === before[i]) continue
      const meeting = meetingAt(entry, shown, taken)
      stale ||= meeting !== null || (meetings[i] ?? null) !== null
      meetings[i] = meeting
    }
    meetings.length = annotations.length
    this.#annotations = annotations
    this.#shown = shown
    if (stale)
      this.#met = annotations.flatMap((entry, i) => {
        const meeting = meetings[i] ?? null
        return meeting === null ? [] : [{ entry, meeting }]
      })
    return this.#met
  }
}

const drawings = new WeakMap<SceneAnnotation['annotation'], Drawn>()

export function drawnOf(annotation: SceneAnnotation['annotation']): Drawn {
  let drawn = drawings.get(annotation)
  if (!drawn) {
    drawn = { ...annotation.source, points: annotation.vertices.map(({ at }) => at) }
    drawings.set(annotation, drawn)
  }
  return drawn
}

/** A finding without a place belongs to its slice. */
function meetingAt({ annotation }: SceneAnnotation, shown: Shown, taken: Vec3 | null): Meeting {
  const { source, vertices } = annotation
  if (taken && source.frame !== shown.frame && areParallel(source.normal, taken)) return null
  if (vertices.length > 0) return meetingOf(drawnOf(annotation), shown)
  return !shown.series.base && source.frame === shown.frame ? 'on' : null
}

/** Where the slices as they were taken are shown, their normal: what was drawn on one of them is on no other. */
function takenNormal({ series: { base, planes }, plane }: Shown): Vec3 | null {
  const normal = normalOf(plane)
  return !base && areParallel(normal, normalOf(planes[0] ?? plane)) ? normal : null
}

const sameSheet = (a: Shown, b: Shown): boolean =>
  a.series === b.series && a.frame === b.frame && a.plane === b.plane
