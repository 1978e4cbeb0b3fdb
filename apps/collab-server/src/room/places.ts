/**
 * Bytes to meaning, third part: which entry and field does each new struct and each deletion touch?
 *
 * Yjs writes a place in one of three ways, and a forger may use any of them:
 *   - the name of a root            the struct makes an entry of that root
 *   - the id of a parent            the struct goes into that shared type
 *   - the id of a neighbour         (origin, right) the struct goes wherever the neighbour is; both must be at the same place
 * From there it is walked up to the root, see whereabouts.ts. What lands in something deleted becomes void in Yjs: it has no place and
 * changes nothing.
 */
import { Refusal } from '@consilium/contract/refusals'
import { MASKS } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { parseLaneKey } from '@consilium/crdt-schema/painting/lanes'
import { fieldOf, type Shape } from '@consilium/crdt-schema/values'
import * as Y from 'yjs'
import { Container, Entry, VOID } from './container.ts'
import { foreign, HOLDS, type Id, type Struct, TYPES } from './decode.ts'
import { type FreshDelete, type FreshUpdate, type Run, runOf } from './fresh.ts'
import { Neighbours } from './neighbours.ts'
import { checkKey } from './values.ts'
import { isEntries, isOf, Whereabouts } from './whereabouts.ts'

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
  readonly #where: Whereabouts
  readonly #neighbours: Neighbours

  constructor(doc: Y.Doc, update: FreshUpdate) {
    this.#doc = doc
    this.#update = update
    this.#where = new Whereabouts(doc, update)
    this.#neighbours = new Neighbours((id) => this.#where.find(id))
  }

  place(): Placed {
    for (const run of this.#update.runs) this.#follow(run)
    for (const range of this.#update.deletes) this.#removeRange(range)
    const { entries, containers } = this.#where
    return { entries: entries.filter((entry) => entry.kind !== 0), containers }
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
    if (parent === null || typeof parent === 'string' || this.#where.wasNamedLast(parent)) return null
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
    const { container, sub } = this.#where.placeOf(struct)
    struct.container = container
    struct.sub = sub
    struct.made = VOID
    if (isOfPainting(struct) && container.root !== MASKS) throw foreign()
    if (container === VOID) return
    if (container.isList !== (sub === null)) throw malformed()
    if (container.shape === 'lane') return this.#laid(struct, container)
    if (sub === null) return this.#typed(struct, container)
    checkKey(sub)
    // A page puts a value behind the last one.
    if (struct.right !== null) throw malformed()
    if (container.shape === 'root') this.#entered(struct, container, sub)
    else this.#set(struct, container, sub)
  }

  /** Letters in a text. */
  #typed(struct: Struct, container: Container): void {
    if (struct.holds === HOLDS.text) container.growth += struct.end - struct.start
    else if (struct.holds !== HOLDS.deleted) throw misplaced()
    container.typed.push(struct)
    this.#neighbours.checkLetters(container)
    this.#touch(container, null)
  }

  /** An act of painting; whose lane, and whether behind the last, is asked in painting.ts. */
  #laid(struct: Struct, container: Container): void {
    if (struct.holds !== HOLDS.binary || struct.right !== null) throw malformed()
    container.typed.push(struct)
  }

  /** A field of an entry, or a point. */
  #set(struct: Struct, container: Container, key: string): void {
    const { entry } = container
    if (entry === null) throw unknownPlace()
    const { root } = entry
    const shape = container.shape === 'entry' ? fieldOf(root, key)?.shape : 'plain'
    if (!shape) throw unknownPlace()
    if (!fits(struct, shape)) throw misplaced()
    this.#touch(container, key)
    if (shape !== 'plain') struct.made = this.#where.made(new Container(root, shape, entry, key, null))
    this.#write(struct, container, key)
  }

  #entered(struct: Struct, container: Container, key: string): void {
    const { root } = container
    if (root === MASKS) return this.#opened(struct, container, key)
    if (!isEntries(root)) return this.#archived(struct, container, key)
    const creator = creatorOf(key)
    if (creator === null) throw unknownPlace()
    if (creator !== struct.client) throw new Refusal('foreign-authorship')
    const slot = container.slot(key)
    // Setting a key again removes what was there.
    if (slot.last !== null) throw new Refusal('never-removed')
    const entry = this.#where.entered(new Entry(root, key, creator, true))
    if (struct.holds === HOLDS.deleted) entry.touch('remove', null)
    else if (struct.content === TYPES.map) entry.touch('create', null)
    else throw malformed()
    slot.write(struct)
    struct.made = this.#where.made(new Container(root, 'entry', entry, null, null))
  }

  /** A new lane. */
  #opened(struct: Struct, container: Container, key: string): void {
    const lane = parseLaneKey(key)
    if (lane === null) throw unknownPlace()
    if (lane.client !== struct.client) throw new Refusal('foreign-authorship')
    const slot = container.slot(key)
    if (slot.last !== null) throw new Refusal('never-removed')
    if (struct.holds !== HOLDS.type || struct.content !== TYPES.array) throw malformed()
    slot.write(struct)
    struct.made = this.#where.made(new Container(MASKS, 'lane', null, key, null))
  }

  /** What it says, and whether it may be said at all, is asked in painting.ts. */
  #archived(struct: Struct, container: Container, key: string): void {
    const slot = container.slot(key)
    if (slot.last !== null) throw new Refusal('never-removed')
    if (struct.holds !== HOLDS.values) throw misplaced()
    slot.write(struct)
  }

  #write(struct: Struct, container: Container, key: string): void {
    const slot = container.slot(key)
    const { left } = struct
    slot.written.push(struct)
    if (left !== null && slot.before !== null && isOf(slot.before, left)) slot.knowing = true
    if (this.#neighbours.isLast(struct, slot)) slot.write(struct)
  }

  #removeRange({ client, clock, len, item }: FreshDelete): void {
    if (item) {
      const { container, sub } = this.#where.placeOfStored(item)
      return this.#remove(item, container, sub, len)
    }
    const end = clock + len
    for (const struct of this.#where.freshIn(client, clock, end)) {
      const overlap = Math.min(end, struct.end) - Math.max(clock, struct.start)
      if (struct.holds === HOLDS.text) this.#remove(struct, struct.container ?? VOID, struct.sub, overlap)
      // A value of several clocks is one that is gone but for its last.
      else if (end >= struct.end) this.#remove(struct, struct.container ?? VOID, struct.sub, 0)
    }
  }

  #remove(gone: Struct | Y.Item, container: Container, sub: string | null, letters: number): void {
    if (container === VOID) return
    if (sub === null) {
      container.growth -= container.shape === 'lane' ? Math.max(1, letters) : letters
      return this.#touch(container, null)
    }
    if (container.shape === 'root') {
      if (!isEntries(container.root)) throw new Refusal('never-removed')
      return this.#where.entryIn(gone, container.root, sub).touch('remove', null)
    }
    this.#touch(container, sub)
    const slot = container.slot(sub)
    if (slot.last === gone) slot.gone = true
  }

  #touch({ entry, field, shape }: Container, key: string | null): void {
    entry?.touch(entry.isNew ? 'create' : 'change', shape === 'entry' ? key : field)
  }
}

/** Bytes and lists are nowhere else, not even in what is gone: there nobody would ask where they lie. */
const isOfPainting = ({ holds, content }: Struct): boolean =>
  holds === HOLDS.binary || (holds === HOLDS.type && content === TYPES.array)

const misplaced = (): Refusal =>
  new Refusal('invalid-value', { message: 'This change puts something where the record has something else.' })

function fits({ holds, content }: Struct, shape: Shape): boolean {
  if (holds === HOLDS.deleted) return true
  if (shape === 'plain') return holds === HOLDS.values
  return holds === HOLDS.type && content === (shape === 'text' ? TYPES.text : TYPES.map)
}
