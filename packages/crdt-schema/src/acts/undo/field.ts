/**
 * Undo of one key of a Y.Map: a field of an annotation, or one vertex of it.
 * Reads Yjs' own item of the key (`_map`): a value alone does not tell who wrote it last.
 */
import * as Y from 'yjs'
import type { Retirement } from '../../annotation.ts'
import type { EntryKey } from '../../entry.ts'
import { isKindName, kindOf } from '../../kinds/all.ts'
import { type Entry, rootOf } from '../act.ts'
import type { Identities, Step } from './step.ts'

/** Reason of an annotation whose making was undone. */
export const UNDONE = 'Undone by its author'

interface Place {
  readonly doc: Y.Doc
  readonly identities: Identities
  readonly id: EntryKey
  /** Map below the entry that holds the key; null: the entry itself. */
  readonly inside: 'vertices' | null
  readonly key: string
}

interface Content {
  /** False where the key was removed or never written. */
  readonly here: boolean
  readonly value: unknown
  /** First writing of the item that lies there; null where there is none, or where it is to be a new one. */
  readonly by: string | null
}

const NOTHING: Content = { here: false, value: undefined, by: null }

/** Yjs joins removed neighbours into one item: what lay there last is its last id, not its first. */
const contentOf = (item: Y.Item, identities: Identities, here: boolean): Content => ({
  here,
  value: here ? item.content.getContent().at(-1) : undefined,
  by: identities.of(item.lastId.client, item.lastId.clock),
})

class FieldStep implements Step {
  readonly #place: Place
  readonly #expected: Content
  readonly #restored: Content

  constructor(place: Place, expected: Content, restored: Content) {
    this.#place = place
    this.#expected = expected
    this.#restored = restored
  }

  #entry(): Entry | undefined {
    return rootOf(this.#place.doc, 'annotations').get(this.#place.id)
  }

  #map(): Y.Map<unknown> | null {
    const entry = this.#entry()
    const map = this.#place.inside === null ? entry : entry?.get(this.#place.inside)
    return map instanceof Y.Map ? map : null
  }

  #now(map: Y.Map<unknown>): Content {
    const item = map._map.get(this.#place.key)
    return item ? contentOf(item, this.#place.identities, !item.deleted) : NOTHING
  }

  /** Others may have added or removed vertices since: taking one's own away must leave a shape of this kind. */
  #countAllowed(map: Y.Map<unknown>): boolean {
    if (this.#place.inside === null || this.#expected.here === this.#restored.here) return true
    const kind = this.#entry()?.get('kind')
    if (typeof kind !== 'string' || !isKindName(kind)) return false
    const { min, max } = kindOf(kind).vertices
    return this.#restored.here ? map.size < max : map.size > min
  }

  live(): boolean {
    const map = this.#map()
    if (map === null) return false
    const now = this.#now(map)
    return now.here === this.#expected.here && now.by === this.#expected.by && this.#countAllowed(map)
  }

  apply(): Step {
    const map = this.#map()
    if (map === null) throw new Error('A step is applied only while it is live')
    const before = this.#now(map)
    const { key, identities } = this.#place
    if (this.#restored.here) map.set(key, this.#restored.value)
    else map.delete(key)
    const item = map._map.get(key)
    if (item && this.#restored.here && this.#restored.by !== null)
      identities.standsFor(item.id.client, item.id.clock, this.#restored.by)
    return new FieldStep(this.#place, this.#now(map), before)
  }
}

/** Steps that take back what one act wrote into one map. */
export function fieldSteps(
  doc: Y.Doc,
  identities: Identities,
  event: Y.YMapEvent<unknown>,
  id: EntryKey,
  inside: 'vertices' | null,
): Step[] {
  const steps: Step[] = []
  for (const key of event.keysChanged) {
    const item = event.target._map.get(key)
    if (!item) continue
    let before: Y.Item | null = item
    while (before !== null && event.adds(before)) before = before.left
    const was = before === null ? NOTHING : contentOf(before, identities, event.deletes(before))
    // A nested Yjs type cannot be put back; acts replace none.
    if (was.value instanceof Y.AbstractType) continue
    steps.push(
      new FieldStep({ doc, identities, id, inside, key }, contentOf(item, identities, !item.deleted), was),
    )
  }
  return steps
}

/** The making of an annotation is taken back by retiring it: an entry is never removed. */
export function creationStep(doc: Y.Doc, identities: Identities, id: EntryKey): Step[] {
  const item = rootOf(doc, 'annotations').get(id)?._map.get('retired')
  if (!item) return []
  const place: Place = { doc, identities, id, inside: null, key: 'retired' }
  const retirement: Retirement = { reason: UNDONE }
  return [
    new FieldStep(place, contentOf(item, identities, true), { here: true, value: retirement, by: null }),
  ]
}
