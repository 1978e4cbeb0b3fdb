/**
 * The annotations on the pictures, put together part by part: a change of one annotation makes one part anew, and a part about which nothing
 * is different stays the same object, so that the stage knows it again. Pure.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { SceneAnnotation } from '@consilium/viewer/scene'

/** What becomes of an annotation on the pictures; null: nothing. */
export type MakePart = (annotation: Annotation) => SceneAnnotation | null

export class Parts {
  /** In order of arrival; null where it has a place but is not shown. */
  readonly #parts = new Map<EntryKey, SceneAnnotation | null>()
  #list: readonly SceneAnnotation[] | null = []

  /** `annotation` as it is now; undefined where it is gone. */
  put(key: EntryKey, annotation: Annotation | undefined, make: MakePart): void {
    const before = this.#parts.get(key)
    const part = annotation ? make(annotation) : null
    if (annotation && before !== undefined && alike(before, part)) return
    if (annotation) this.#parts.set(key, part)
    else if (!this.#parts.delete(key)) return
    this.#list = null
  }

  list(): readonly SceneAnnotation[] {
    if (this.#list) return this.#list
    const list: SceneAnnotation[] = []
    for (const part of this.#parts.values()) if (part) list.push(part)
    this.#list = list
    return list
  }
}

const alike = (a: SceneAnnotation | null, b: SceneAnnotation | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.annotation === b.annotation &&
    a.colour === b.colour &&
    a.title === b.title &&
    a.disputed === b.disputed &&
    sameList(a.heldBy, b.heldBy))

export const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])
