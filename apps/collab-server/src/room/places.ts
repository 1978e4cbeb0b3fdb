/**
 * Bytes to meaning, third part: which entry and field does each new struct and each deletion touch?
 *
 * Yjs writes a place in one of three ways, and a forger may use any of them:
 *   - the name of a root            the struct makes an entry of that root
 *   - the id of a parent            the struct goes into that shared type
 *   - the id of a neighbour         (origin, right) the struct goes wherever the neighbour is; both must be at the same place
 * From there it is walked up to the root. The item that lies directly in a root is the entry: its key begins with the clientID that
 * made it, which is the unforgeable author. What lands in something deleted becomes void in Yjs: it has no place and changes nothing.
 * Nothing can nest deeper than the record does: root, entry, text or points.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { fieldOf, type Shape } from '@consilium/crdt-schema/values'
import * as Y from 'yjs'
import { Container, Entry, type StoredType, VOID } from './container.ts'
import { HOLDS, type Id, type Place, type Struct, TYPES } from './decode.ts'
import { type FreshDelete, type FreshUpdate, type Run, runOf } from './fresh.ts'
import { Letters } from './letters.ts'
import { isOf, Order } from './order.ts'
import { checkKey } from './values.ts'

export interface Placed {
  /** Those that something happens to. */
  readonly entries: readonly Entry[]
  /** Entries, texts and points in which something changes, and perhaps others. */
  readonly containers: readonly Container[]
}

const malformed = (): Refusal => new Refusal('malformed')
const unknownPlace = (): Refusal => new Refusal('unknown-place')

/**
 * Throws a Refusal: `malformed`, `unknown-place`, `foreign-authorship` (a key that is not the writer's), `never-removed`, `invalid-value`
 * (something else than belongs there), or `gap`.
 */
export function placeUpdate(doc: Y.Doc, update: FreshUpdate): Placed {
  return new Placing(doc, update).place()
}

class Placing {
  readonly #doc: Y.Doc
  readonly #update: FreshUpdate
  /** Stored types that were met; a map where there are more than a few. */
  #stored: Map<StoredType, Container> | null = null
  readonly #containers: Container[] = []
  readonly #entries: Entry[] = []
  /** Made where they are needed: most changes put no letters and compare no values. */
  #order: Order | null = null
  #letters: Letters | null = null

  /** The parent that was named last: what is new mostly comes into one and the same. */
  #parent: Id | null = null
  #inParent = VOID

  /** The stored item that was met last: what is written over something also deletes it. */
  #met: Y.Item | null

  constructor(doc: Y.Doc, update: FreshUpdate) {
    this.#doc = doc
    this.#update = update
    this.#met = update.deletes[0]?.item ?? null
  }

  place(): Placed {
    for (const run of this.#update.runs) this.#follow(run)
    for (const range of this.#update.deletes) this.#removeRange(range)
    return { entries: this.#entries.filter((entry) => entry.kind !== 0), containers: this.#containers }
  }

  /**
   * Within one clientID structs come in order, but two clientIDs may refer to each other, in any depth: where one waits for another, that
   * other is followed as far as it is waited for. Whom somebody waits for already cannot be followed: they refer to each other in a circle.
   */
  #follow(first: Run): void {
    if (this.#advance(first, first.end) === null) return
    const waiting: { run: Run; until: number }[] = [{ run: first, until: first.end }]
    for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
      const missing = this.#advance(top.run, top.until)
      const other = missing && runOf(this.#update.runs, missing.client)
      if (!other || !missing) waiting.pop()
      else if (waiting.some((one) => one.run === other)) throw malformed()
      else waiting.push({ run: other, until: missing.clock + 1 })
    }
  }

  /** Returns what it had to stop for before that clock. */
  #advance(run: Run, until: number): Id | null {
    while (run.reached < until) {
      const struct = run.structs[run.placed] as Struct
      const missing = this.#missing(struct)
      if (missing !== null) return missing
      this.#place(struct)
      run.placed++
      run.reached = struct.end
    }
    return null
  }

  /** What it refers to and is not placed yet; null where nothing is missing. */
  #missing({ left, right, parent }: Struct): Id | null {
    if (left && !this.#isHere(left)) return left
    if (right && !this.#isHere(right)) return right
    if (parent === null || typeof parent === 'string' || isSame(parent, this.#parent)) return null
    return this.#isHere(parent) ? null : parent
  }

  #isHere({ client, clock }: Id): boolean {
    if (clock < Y.getState(this.#doc.store, client)) return true
    const run = runOf(this.#update.runs, client)
    if (!run || clock >= run.end) throw new Refusal('gap')
    return clock < run.reached
  }

  #place(struct: Struct): void {
    if (struct.holds === HOLDS.void) {
      struct.container = VOID
      return
    }
    const { container, sub } = this.#placeOf(struct)
    struct.container = container
    struct.sub = sub
    struct.made = VOID
    if (container === VOID) return
    if (container.isList !== (sub === null)) throw malformed()
    if (sub === null) return this.#typed(struct, container)
    checkKey(sub)
    // See order.ts.
    if (struct.right !== null) throw malformed()
    if (container.shape === 'root') this.#entered(struct, container, sub)
    else this.#set(struct, container, sub)
  }

  #placeOf(struct: Struct): Place {
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

  /** Letters in a text. */
  #typed(struct: Struct, container: Container): void {
    if (struct.holds === HOLDS.text) container.growth += struct.end - struct.start
    else if (struct.holds !== HOLDS.deleted) throw misplaced()
    container.typed.push(struct)
    if (struct.left !== null && struct.right !== null) {
      this.#letters ??= new Letters((id) => this.#find(id))
      this.#letters.check(struct, container)
    }
    this.#touch(container, null)
  }

  /** A field of an entry, or a point. */
  #set(struct: Struct, container: Container, key: string): void {
    const { entry, root } = container
    const shape = container.shape === 'entry' ? fieldOf(root, key)?.shape : 'plain'
    if (!shape || entry === null) throw unknownPlace()
    if (!fits(struct, shape)) throw misplaced()
    this.#touch(container, key)
    if (shape !== 'plain') struct.made = this.#made(new Container(root, shape, entry, key, null))
    this.#write(struct, container, key)
  }

  #entered(struct: Struct, container: Container, key: string): void {
    const { root } = container
    const creator = creatorOf(key)
    if (creator === null) throw unknownPlace()
    if (creator !== struct.client) throw new Refusal('foreign-authorship')
    const slot = container.slot(key)
    // Setting a key again removes what was there.
    if (slot.last !== null) throw new Refusal('never-removed')
    const entry = new Entry(root, key, creator, true)
    this.#entries.push(entry)
    if (struct.holds === HOLDS.deleted) entry.touch('remove', null)
    else if (struct.content === TYPES.map) entry.touch('create', null)
    else throw malformed()
    slot.write(struct)
    struct.made = this.#made(new Container(root, 'entry', entry, null, null))
  }

  #write(struct: Struct, container: Container, key: string): void {
    const slot = container.slot(key)
    const { left } = struct
    slot.writes++
    if (left !== null && slot.before !== null && isOf(slot.before, left)) slot.knowing = true
    if (slot.last === null || this.#isBehind(struct, slot.last)) slot.write(struct)
  }

  #isBehind(struct: Struct, last: Y.Item | Struct): boolean {
    this.#order ??= new Order((id) => this.#find(id))
    return this.#order.isBehind(struct, last)
  }

  #removeRange({ client, clock, len, item }: FreshDelete): void {
    if (item) {
      const { container, sub } = this.#placeOfStored(item)
      return this.#remove(item, container, sub, len)
    }
    const end = clock + len
    for (const struct of this.#freshIn(client, clock, end)) {
      const overlap = Math.min(end, struct.end) - Math.max(clock, struct.start)
      if (struct.holds === HOLDS.text) this.#remove(struct, struct.container ?? VOID, struct.sub, overlap)
      // A value of several clocks is one that is gone but for its last.
      else if (end >= struct.end) this.#remove(struct, struct.container ?? VOID, struct.sub, 0)
    }
  }

  #remove(gone: Struct | Y.Item, container: Container, sub: string | null, letters: number): void {
    if (container === VOID) return
    if (sub === null) {
      container.growth -= letters
      return this.#touch(container, null)
    }
    if (container.shape === 'root') return this.#entryIn(gone, container.root, sub).touch('remove', null)
    this.#touch(container, sub)
    const slot = container.slot(sub)
    if (slot.last === gone) slot.gone = true
  }

  #entryIn(item: Struct | Y.Item, root: RootName, key: string): Entry {
    const { content } = item
    const container =
      content instanceof Y.ContentType ? this.#containerOf(content.type) : (item as Struct).made
    if (container?.entry) return container.entry
    const entry = new Entry(root, key, creatorOf(key) ?? 0, false)
    this.#entries.push(entry)
    return entry
  }

  #touch({ entry, field, shape }: Container, key: string | null): void {
    entry?.touch(entry.isNew ? 'create' : 'change', shape === 'entry' ? key : field)
  }

  #placeOfId(id: Id): Place {
    const stored = this.#storedAt(id)
    if (stored instanceof Y.GC) return NOWHERE
    if (stored) return this.#placeOfStored(stored)
    const fresh = this.#freshAt(id)
    return fresh?.container ? { container: fresh.container, sub: fresh.sub } : NOWHERE
  }

  #placeOfStored(item: Y.Item): Place {
    return { container: this.#containerOf(item.parent as StoredType), sub: item.parentSub }
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
    for (const container of this.#containers) if (container.type === type) return container
    return this.#readContainer(type)
  }

  /** Stored types are as deep as the gate let them in. */
  #readContainer(type: StoredType): Container {
    const item = type._item
    if (item === null) {
      const root = ROOTS.find((name) => this.#doc.share.get(name) === type)
      if (!root) throw unknownPlace()
      return this.#made(new Container(root, 'root', null, null, type))
    }
    if (item.parent === null || item.deleted) return VOID
    const above = this.#containerOf(item.parent as StoredType)
    const key = item.parentSub
    if (above === VOID || key === null) return VOID
    const { root } = above
    if (above.shape === 'root') {
      // Nobody else could make it: see #entered.
      const entry = new Entry(root, key, item.id.client, false)
      this.#entries.push(entry)
      return this.#made(new Container(root, 'entry', entry, null, type))
    }
    const shape = fieldOf(root, key)?.shape
    if (above.shape !== 'entry' || !shape || shape === 'plain') throw unknownPlace()
    return this.#made(new Container(root, shape, above.entry, key, type))
  }

  #made(container: Container): Container {
    this.#containers.push(container)
    if (container.type === null) return container
    if (this.#stored) this.#stored.set(container.type, container)
    else if (this.#containers.length > FEW)
      this.#stored = new Map(this.#containers.flatMap((one) => (one.type ? [[one.type, one]] : [])))
    return container
  }

  #rootNamed(name: string): Container {
    if (!(ROOTS as readonly string[]).includes(name)) throw unknownPlace()
    return this.#containerOf(this.#doc.getMap(name) as unknown as StoredType)
  }

  #find(id: Id): Y.Item | Struct | null {
    const struct = this.#storedAt(id) ?? this.#freshAt(id)
    return struct instanceof Y.GC ? null : struct
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
    const structs = runOf(this.#update.runs, client)?.structs
    const struct = structs?.[indexIn(structs, clock)]
    return struct && struct.start <= clock ? struct : null
  }

  /** Fresh structs that overlap [from, to). */
  #freshIn(client: number, from: number, to: number): readonly Struct[] {
    const structs = runOf(this.#update.runs, client)?.structs ?? []
    const first = indexIn(structs, from)
    let end = first
    while (end < structs.length && (structs[end] as Struct).start < to) end++
    return structs.slice(first, end)
  }
}

const isSame = (a: Id, b: Id | null): boolean =>
  a === b || (b !== null && a.client === b.client && a.clock === b.clock)

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

/** So many containers are found one by one. */
const FEW = 8

const NOWHERE: Place = { container: VOID, sub: null }

const misplaced = (): Refusal =>
  new Refusal('invalid-value', { message: 'This change puts something where the record has something else.' })

function fits({ holds, content }: Struct, shape: Shape): boolean {
  if (holds === HOLDS.deleted) return true
  if (shape === 'plain') return holds === HOLDS.values
  return holds === HOLDS.type && content === (shape === 'text' ? TYPES.text : TYPES.map)
}
