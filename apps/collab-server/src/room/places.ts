/**
 * Bytes to meaning, second half: which entry and field does each new struct and each deletion touch?
 *
 * Yjs writes a place in one of three ways, and a forger may use any of them:
 *   - the name of a root            the struct makes an entry of that root
 *   - the id of a parent            the struct goes into that shared type
 *   - the id of a neighbour         (origin, rightOrigin) the struct goes wherever the neighbour is; both must be at the same place
 * From there it is walked up to the root. The item that lies directly in a root is the entry: its key begins with the clientID that
 * made it, which is the unforgeable author. What lands in something deleted becomes void in Yjs: it has no place and changes nothing.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import type { Change } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import { isField } from '../journal/touch.ts'
import type { FreshStruct, FreshUpdate } from './decode.ts'
import { MAX_DEPTH } from './limits.ts'
import { checkContent, checkKey } from './values.ts'

/** A change of one field or of a whole entry; `creator` is the clientID in the entry's key. */
export type PlacedChange = Omit<Change, 'owner' | 'replaces'> & { readonly creator: number }

/** A shared type that can hold items: a root, or something below it. One object per type, so that places compare by identity. */
interface Container {
  readonly root: RootName
  /** Null in the root itself. */
  readonly entry: string | null
  /** First key below the entry; null in the root and in the entry itself. */
  readonly field: string | null
  /** Root 0, entry 1, … */
  readonly depth: number
  readonly shape: 'map' | 'list'
}

/** Where an item lies: in what, and under which key (null in lists). `void`: in something that is gone. */
type Place = { readonly container: Container; readonly sub: string | null } | 'void'

const malformed = (): Refusal => new Refusal('malformed')
const unknownPlace = (): Refusal => new Refusal('unknown-place')

/** Throws a Refusal: `malformed`, `unknown-place`, `foreign-authorship` (a key that is not the writer's), `never-removed`, or `gap`. */
export function placeUpdate(doc: Y.Doc, update: FreshUpdate): PlacedChange[] {
  return new Placing(doc, update).changes()
}

class Placing {
  readonly #doc: Y.Doc
  readonly #update: FreshUpdate
  readonly #stored = new Map<Y.AbstractType<unknown>, Container | 'void'>()
  readonly #roots = new Map<RootName, Container>()
  readonly #made = new Map<FreshStruct, Container>()
  readonly #places = new Map<FreshStruct, Place>()
  readonly #created = new Set<string>()
  readonly #changes = new Map<string, PlacedChange>()

  constructor(doc: Y.Doc, update: FreshUpdate) {
    this.#doc = doc
    this.#update = update
  }

  changes(): PlacedChange[] {
    this.#placeStructs()
    for (const range of this.#update.deletes) {
      if (range.item) this.#removed(this.#placeOfStored(range.item))
      else
        for (const fresh of this.#freshIn(range.client, range.clock, range.clock + range.len))
          this.#removed(this.#places.get(fresh) ?? 'void')
    }
    return [...this.#changes.values()]
  }

  /**
   * Within one clientID structs come in order, but two clientIDs may refer to each other, in any depth: so every list is followed as far
   * as its references are placed, in turns, until nothing moves. What then is left refers to something missing, or in a circle.
   */
  #placeStructs(): void {
    const cursors = [...this.#update.structs.values()].map((list) => ({ list, next: 0 }))
    for (let moved = true; moved; ) {
      moved = false
      for (const cursor of cursors) {
        for (let fresh = cursor.list[cursor.next]; fresh; fresh = cursor.list[++cursor.next]) {
          if (!this.#place(fresh)) break
          moved = true
        }
      }
    }
    const stuck = cursors.flatMap((cursor) => cursor.list[cursor.next] ?? [])
    if (stuck.length > 0)
      throw stuck.some((fresh) => this.#refersBeyond(fresh)) ? new Refusal('gap') : malformed()
  }

  /** False while it refers to something that is not placed yet. */
  #place(fresh: FreshStruct): boolean {
    const { struct } = fresh
    if (struct instanceof Y.GC) {
      this.#places.set(fresh, 'void')
      return true
    }
    const place = this.#placeOf(fresh, struct)
    if (place === null) return false
    checkContent(struct.content)
    this.#places.set(fresh, place)
    if (place !== 'void') this.#entered(fresh, struct, place)
    return true
  }

  #placeOf(fresh: FreshStruct, struct: Y.Item): Place | null {
    // The known part of a struct is the left neighbour of its new part.
    const left = fresh.offset > 0 ? Y.createID(struct.id.client, fresh.clock - 1) : struct.origin
    const neighbours: Place[] = []
    for (const id of [left, struct.rightOrigin]) {
      if (id === null) continue
      const place = this.#placeOfId(id)
      if (place === null) return null
      neighbours.push(place)
    }
    if (neighbours.includes('void')) return 'void'
    const [a, b] = neighbours as Exclude<Place, 'void'>[]
    // Plain Yjs accepts neighbours in two different places and lets the replicas disagree.
    if (a && b && (a.container !== b.container || a.sub !== b.sub)) throw malformed()
    if (a) return a
    const parent = struct.parent as unknown
    if (typeof parent === 'string') {
      if (!(ROOTS as readonly string[]).includes(parent)) throw unknownPlace()
      return { container: this.#rootContainer(parent as RootName), sub: struct.parentSub }
    }
    if (parent instanceof Y.ID) {
      const container = this.#containerOfId(parent)
      return container === null ? null : container === 'void' ? 'void' : { container, sub: struct.parentSub }
    }
    throw malformed()
  }

  #entered(fresh: FreshStruct, struct: Y.Item, place: Exclude<Place, 'void'>): void {
    const { container, sub } = place
    if (container.shape === 'map' ? sub === null : sub !== null) throw malformed()
    if (sub !== null) checkKey(sub)
    if (container.depth === 0) this.#createdEntry(struct, container.root, sub as string)
    else this.#changed(container, sub)
    if (struct.content instanceof Y.ContentType) {
      if (container.depth >= MAX_DEPTH) throw malformed()
      this.#made.set(fresh, {
        root: container.root,
        entry: container.depth === 0 ? sub : container.entry,
        field: container.depth === 1 ? sub : container.field,
        depth: container.depth + 1,
        shape: struct.content.type instanceof Y.Map ? 'map' : 'list',
      })
    }
  }

  #createdEntry(struct: Y.Item, root: RootName, key: string): void {
    const creator = creatorOf(key)
    if (creator === null) throw unknownPlace()
    if (creator !== struct.id.client) throw new Refusal('foreign-authorship')
    const type = this.#doc.share.get(root)
    // Setting a key again removes what was there.
    if (type?._map.has(key) || this.#created.has(`${root} ${key}`)) throw new Refusal('never-removed')
    this.#created.add(`${root} ${key}`)
    const removed = struct.content instanceof Y.ContentDeleted
    if (!removed && !(struct.content instanceof Y.ContentType && struct.content.type instanceof Y.Map))
      throw malformed()
    this.#note({ root, entry: key, op: removed ? 'remove' : 'create', field: null, creator })
  }

  #changed(container: Container, sub: string | null): void {
    const { root, entry } = container
    const field = container.depth === 1 ? sub : container.field
    if (entry === null || field === null || !isField(root, field)) throw unknownPlace()
    const op = this.#created.has(`${root} ${entry}`) ? 'create' : 'change'
    this.#note({ root, entry, op, field, creator: creatorOf(entry) ?? 0 })
  }

  #removed(place: Place): void {
    if (place === 'void') return
    const { container, sub } = place
    if (container.depth > 0) return this.#changed(container, sub)
    if (sub !== null)
      this.#note({
        root: container.root,
        entry: sub,
        op: 'remove',
        field: null,
        creator: creatorOf(sub) ?? 0,
      })
  }

  #note(change: PlacedChange): void {
    this.#changes.set(`${change.root} ${change.entry} ${change.op} ${change.field ?? ''}`, change)
  }

  /** Where the struct with this id lies; null while that is not known yet. */
  #placeOfId(id: Y.ID): Place | null {
    const stored = this.#storedStruct(id)
    if (stored) return stored instanceof Y.Item ? this.#placeOfStored(stored) : 'void'
    const fresh = this.#freshAt(id)
    return fresh ? (this.#places.get(fresh) ?? null) : null
  }

  #placeOfStored(item: Y.Item): Place {
    const container = this.#containerOf(item.parent as Y.AbstractType<unknown>)
    return container === 'void' ? 'void' : { container, sub: item.parentSub }
  }

  /** The shared type that the struct with this id is; null while that is not known yet. */
  #containerOfId(id: Y.ID): Container | 'void' | null {
    const stored = this.#storedStruct(id)
    if (stored) {
      if (!(stored instanceof Y.Item) || stored.content instanceof Y.ContentDeleted) return 'void'
      if (!(stored.content instanceof Y.ContentType)) throw malformed()
      return this.#containerOf(stored.content.type)
    }
    const fresh = this.#freshAt(id)
    const place = fresh && this.#places.get(fresh)
    if (!fresh || place === undefined) return null
    if (
      place === 'void' ||
      !(fresh.struct instanceof Y.Item) ||
      fresh.struct.content instanceof Y.ContentDeleted
    )
      return 'void'
    const made = this.#made.get(fresh)
    if (!made) throw malformed()
    return made
  }

  #containerOf(type: Y.AbstractType<unknown>): Container | 'void' {
    const known = this.#stored.get(type)
    if (known) return known
    const container = this.#readContainer(type)
    this.#stored.set(type, container)
    return container
  }

  /** Stored types are at most MAX_DEPTH deep, for the gate let them in. */
  #readContainer(type: Y.AbstractType<unknown>): Container | 'void' {
    const item = type._item
    if (item === null) {
      const root = ROOTS.find((name) => this.#doc.share.get(name) === type)
      if (!root) throw unknownPlace()
      return this.#rootContainer(root)
    }
    if (item.parent === null) return 'void'
    const above = this.#containerOf(item.parent as Y.AbstractType<unknown>)
    if (above === 'void') return 'void'
    return {
      root: above.root,
      entry: above.depth === 0 ? item.parentSub : above.entry,
      field: above.depth === 1 ? item.parentSub : above.field,
      depth: above.depth + 1,
      shape: type instanceof Y.Map ? 'map' : 'list',
    }
  }

  #rootContainer(root: RootName): Container {
    const known = this.#roots.get(root)
    if (known) return known
    const container: Container = { root, entry: null, field: null, depth: 0, shape: 'map' }
    this.#roots.set(root, container)
    return container
  }

  #storedStruct(id: Y.ID): Y.Item | Y.GC | null {
    const structs = this.#doc.store.clients.get(id.client)
    if (!structs || id.clock >= Y.getState(this.#doc.store, id.client)) return null
    return structs[Y.findIndexSS(structs, id.clock)] ?? null
  }

  #freshAt(id: Y.ID): FreshStruct | null {
    return this.#freshIn(id.client, id.clock, id.clock + 1)[0] ?? null
  }

  /** Fresh structs that overlap [from, to), found by halving. */
  #freshIn(client: number, from: number, to: number): readonly FreshStruct[] {
    const list = this.#update.structs.get(client) ?? []
    let low = 0
    for (let high = list.length; low < high; ) {
      const middle = (low + high) >>> 1
      if ((list[middle]?.end ?? 0) <= from) low = middle + 1
      else high = middle
    }
    let end = low
    while (end < list.length && (list[end]?.clock ?? to) < to) end++
    return list.slice(low, end)
  }

  #refersBeyond({ struct }: FreshStruct): boolean {
    if (!(struct instanceof Y.Item)) return false
    const ids = [
      struct.origin,
      struct.rightOrigin,
      (struct.parent as unknown) instanceof Y.ID ? (struct.parent as unknown as Y.ID) : null,
    ]
    return ids.some((id) => id !== null && !this.#storedStruct(id) && !this.#freshAt(id))
  }
}
