/**
 * The annotations of a document as the list shows them: by label, inside a label by slice, the deleted ones apart. Filed one by one, so that
 * a change that moves nothing costs nothing; a label is put in order when somebody looks at it. Pure.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'

/** Frame of each annotation. */
type Drawer = Map<EntryKey, number>

interface Place {
  /** Null where it is deleted. */
  readonly label: string | null
  readonly frame: number
}

export class Filing {
  readonly #places = new Map<EntryKey, Place>()
  readonly #drawers = new Map<string, Drawer>()
  readonly #deleted: Drawer = new Map()
  /** What was put in order since the drawer changed. */
  readonly #sorted = new Map<string, readonly EntryKey[]>()

  /** `annotation` as it is now; undefined where it is gone. True where the list looks different. */
  put(id: EntryKey, annotation: Annotation | undefined): boolean {
    const before = this.#places.get(id)
    const place = annotation && placeOf(annotation)
    if (before?.label === place?.label && before?.frame === place?.frame) return false
    if (before) this.#take(id, before)
    if (place) this.#lay(id, place)
    return true
  }

  get labels(): readonly string[] {
    return [...this.#drawers.keys()]
  }

  /** Not deleted. */
  get alive(): number {
    return this.#places.size - this.#deleted.size
  }

  get deleted(): readonly EntryKey[] {
    return [...this.#deleted.keys()]
  }

  count(label: string): number {
    return this.#drawers.get(label)?.size ?? 0
  }

  has(label: string, id: EntryKey): boolean {
    return this.#drawers.get(label)?.has(id) ?? false
  }

  ids(label: string): readonly EntryKey[] {
    const known = this.#sorted.get(label)
    if (known) return known
    const rows = [...(this.#drawers.get(label) ?? [])]
    const ids = rows.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id)
    this.#sorted.set(label, ids)
    return ids
  }

  #take(id: EntryKey, { label }: Place): void {
    this.#places.delete(id)
    if (label === null) {
      this.#deleted.delete(id)
      return
    }
    const drawer = this.#drawers.get(label)
    drawer?.delete(id)
    if (drawer?.size === 0) this.#drawers.delete(label)
    this.#sorted.delete(label)
  }

  #lay(id: EntryKey, place: Place): void {
    this.#places.set(id, place)
    const { label, frame } = place
    if (label === null) {
      this.#deleted.set(id, frame)
      return
    }
    const drawer = this.#drawers.get(label)
    if (drawer) drawer.set(id, frame)
    else this.#drawers.set(label, new Map([[id, frame]]))
    this.#sorted.delete(label)
  }
}

const placeOf = ({ label, source, retired }: Annotation): Place => ({
  label: retired === null ? label : null,
  frame: source.frame,
})
