/**
 * Where is the struct with this id, and which shared type is it? Answered alike for what is stored and for what the update brings, as far
 * as it is placed: see places.ts, which asks. Collects every entry and every container that it was asked for.
 *
 * The item that lies directly in a root is the entry: its key begins with the clientID that made it, which is the unforgeable author.
 * Nothing can nest deeper than the record does: root, entry, text or points; or root, lane.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ALL_ROOTS, type AnyRoot, MASKS, ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { fieldOf } from '@consilium/crdt-schema/values'
import * as Y from 'yjs'
import { Container, Entry, type StoredType, VOID } from './container.ts'
import { HOLDS, type Id, isSame, type Place, type Struct } from './decode.ts'
import { type FreshUpdate, type Run, runOf } from './fresh.ts'

/** So many containers are found one by one. */
const FEW = 8

const NOWHERE: Place = { container: VOID, sub: null }

export class Whereabouts {
  readonly #doc: Y.Doc
  readonly #runs: readonly Run[]
  /** Stored types that were met; a map where there are more than a few. */
  #stored: Map<StoredType, Container> | null = null
  readonly containers: Container[] = []
  readonly entries: Entry[] = []

  /** The parent that was named last: what is new mostly comes into one and the same. */
  #parent: Id | null = null
  #inParent = VOID

  /** The stored item that was met last: what is written over something also deletes it. */
  #met: Y.Item | null

  constructor(doc: Y.Doc, { runs, deletes }: FreshUpdate) {
    this.#doc = doc
    this.#runs = runs
    this.#met = deletes[0]?.item ?? null
  }

  /** The place that the struct's neighbours or its parent say. */
  placeOf(struct: Struct): Place {
    const { left, right, parent } = struct
    const a = left && this.#placeOfId(left)
    const b = right && this.#placeOfId(right)
    // Plain Yjs accepts neighbours in two different places, or of which one is gone, and lets the replicas disagree.
    if (a && b && (a.container !== b.container || (a.container !== VOID && a.sub !== b.sub)))
      throw malformed()
    const neighbour = a ?? b
    if (neighbour) return neighbour.container === VOID ? NOWHERE : neighbour
    if (parent === null) throw malformed()
    const container = typeof parent === 'string' ? this.#rootNamed(parent) : this.#containerOfId(parent)
    return { container, sub: struct.sub }
  }

  placeOfStored(item: Y.Item): Place {
    return { container: this.#containerOf(item.parent as StoredType), sub: item.parentSub }
  }

  /** The entry that this item of a root is, or was. */
  entryIn(item: Struct | Y.Item, root: RootName, key: string): Entry {
    const { content } = item
    const container =
      content instanceof Y.ContentType ? this.#containerOf(content.type) : (item as Struct).made
    return container?.entry ?? this.entered(new Entry(root, key, creatorOf(key) ?? 0, false))
  }

  entered(entry: Entry): Entry {
    this.entries.push(entry)
    return entry
  }

  made(container: Container): Container {
    this.containers.push(container)
    if (container.type === null) return container
    if (this.#stored) this.#stored.set(container.type, container)
    else if (this.containers.length > FEW)
      this.#stored = new Map(this.containers.flatMap((one) => (one.type ? [[one.type, one]] : [])))
    return container
  }

  wasNamedLast(parent: Id): boolean {
    return isSame(parent, this.#parent)
  }

  /** The struct that holds this clock; null for one that is gone. */
  find(id: Id): Y.Item | Struct | null {
    const struct = this.#storedAt(id) ?? this.#freshAt(id)
    return struct instanceof Y.GC ? null : struct
  }

  /** Fresh structs that overlap [from, to). */
  freshIn(client: number, from: number, to: number): readonly Struct[] {
    const structs = runOf(this.#runs, client)?.structs ?? []
    const first = indexIn(structs, from)
    let end = first
    while (end < structs.length && (structs[end] as Struct).start < to) end++
    return structs.slice(first, end)
  }

  #placeOfId(id: Id): Place {
    const stored = this.#storedAt(id)
    if (stored instanceof Y.GC) return NOWHERE
    if (stored) return this.placeOfStored(stored)
    const fresh = this.#freshAt(id)
    return fresh?.container ? { container: fresh.container, sub: fresh.sub } : NOWHERE
  }

  /** The shared type that the struct with this id is. */
  #containerOfId(id: Id): Container {
    if (isSame(id, this.#parent)) return this.#inParent
    this.#inParent = this.#readContainerOfId(id)
    this.#parent = id
    return this.#inParent
  }

  #readContainerOfId(id: Id): Container {
    const stored = this.#storedAt(id)
    if (stored) {
      if (stored instanceof Y.GC || stored.content instanceof Y.ContentDeleted) return VOID
      if (!(stored.content instanceof Y.ContentType)) throw malformed()
      return this.#containerOf(stored.content.type)
    }
    const fresh = this.#freshAt(id)
    if (!fresh || fresh.container === VOID || fresh.holds === HOLDS.deleted) return VOID
    if (fresh.holds !== HOLDS.type || !fresh.made) throw malformed()
    return fresh.made
  }

  #containerOf(type: StoredType): Container {
    if (this.#stored) return this.#stored.get(type) ?? this.#readContainer(type)
    for (const container of this.containers) if (container.type === type) return container
    return this.#readContainer(type)
  }

  /** Stored types are as deep as the gate let them in. */
  #readContainer(type: StoredType): Container {
    const item = type._item
    if (item === null) {
      const root = ALL_ROOTS.find((name) => this.#doc.share.get(name) === type)
      if (!root) throw unknownPlace()
      return this.made(new Container(root, 'root', null, null, type))
    }
    if (item.parent === null || item.deleted) return VOID
    const above = this.#containerOf(item.parent as StoredType)
    const key = item.parentSub
    if (above === VOID || key === null) return VOID
    const { root } = above
    if (root === MASKS && above.shape === 'root')
      return this.made(new Container(root, 'lane', null, key, type))
    // Archives are plain values.
    if (!isEntries(root)) throw unknownPlace()
    if (above.shape === 'root') {
      // Nobody else could make it: places.ts lets an entry in only under its maker's clientID.
      const entry = this.entered(new Entry(root, key, item.id.client, false))
      return this.made(new Container(root, 'entry', entry, null, type))
    }
    const shape = fieldOf(root, key)?.shape
    if (above.shape !== 'entry' || !shape || shape === 'plain') throw unknownPlace()
    return this.made(new Container(root, shape, above.entry, key, type))
  }

  #rootNamed(name: string): Container {
    if (!(ALL_ROOTS as readonly string[]).includes(name)) throw unknownPlace()
    return this.#containerOf(this.#doc.getMap(name) as unknown as StoredType)
  }

  #storedAt(id: Id): Y.Item | Y.GC | null {
    if (this.#met && isOf(this.#met, id)) return this.#met
    const structs = this.#doc.store.clients.get(id.client)
    if (!structs || id.clock >= Y.getState(this.#doc.store, id.client)) return null
    const struct = structs[Y.findIndexSS(structs, id.clock)] ?? null
    if (struct instanceof Y.Item) this.#met = struct
    return struct
  }

  #freshAt({ client, clock }: Id): Struct | null {
    const structs = runOf(this.#runs, client)?.structs
    const struct = structs?.[indexIn(structs, clock)]
    return struct && struct.start <= clock ? struct : null
  }
}

/** Of the first that does not lie before this clock, found by halving. */
function indexIn(structs: readonly Struct[], clock: number): number {
  let low = 0
  for (let high = structs.length; low < high; ) {
    const middle = (low + high) >>> 1
    if ((structs[middle] as Struct).end <= clock) low = middle + 1
    else high = middle
  }
  return low
}

const malformed = (): Refusal => new Refusal('malformed')
const unknownPlace = (): Refusal => new Refusal('unknown-place')

/** Does the root hold entries? */
export const isEntries = (root: AnyRoot): root is RootName => (ROOTS as readonly string[]).includes(root)

/** Is this clock one of the item's? */
export const isOf = (item: Y.Item, { client, clock }: Id): boolean =>
  item.id.client === client && clock >= item.id.clock && clock < item.id.clock + item.length
