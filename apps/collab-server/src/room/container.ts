/**
 * What an update would make of the entries it touches, while it is examined: the containers that hold items (a root, an entry, its text,
 * its points, a lane of painting), the keys written in them, and which fields of which entries that means. Nothing here outlives the examination.
 */
import type { AnyRoot, RootName } from '@consilium/crdt-schema/documents'
import type { Shape } from '@consilium/crdt-schema/values'
import * as Y from 'yjs'
import { fieldBit, KIND_BITS, type Op, type Touch } from '../journal/touch.ts'
import { HOLDS, Struct } from './decode.ts'

export type StoredType = Y.AbstractType<unknown>

/** An entry and what happens to it; a row's touch, once all is placed. */
export class Entry implements Touch {
  readonly root: RootName
  readonly entry: string
  /** The clientID in its key: who made it. */
  readonly creator: number
  readonly isNew: boolean
  kind = 0
  fields = 0
  /** Its own; null where only the entry as a whole is meant. */
  container: Container | null = null

  constructor(root: RootName, entry: string, creator: number, isNew: boolean) {
    this.root = root
    this.entry = entry
    this.creator = creator
    this.isNew = isNew
  }

  touch(op: Op, field: string | null): void {
    this.kind |= KIND_BITS[op]
    if (field !== null) this.fields |= fieldBit(this.root, field)
  }
}

/** One key of a container, and whose value will stand there. */
export class Slot {
  readonly key: string
  /** The value that stands there now, if any. */
  readonly before: Y.Item | null
  /** Yjs keeps every value that was ever written, in an order on which all copies agree; this is the last of them. */
  last: Y.Item | Struct | null
  /** Somebody who had seen `before` wrote a value after it. */
  knowing = false
  /** The values that the update writes, in the order in which they are placed. */
  readonly written: Struct[] = []
  /** The last one is deleted. */
  gone: boolean
  readonly #stored: Y.Item | null

  constructor(key: string, stored: Y.Item | null) {
    this.key = key
    this.#stored = stored
    this.before = stored?.deleted ? null : stored
    this.last = stored
    this.gone = stored?.deleted ?? false
  }

  /** The first value that was ever written there and is stored. */
  get first(): Y.Item | null {
    let item = this.#stored
    while (item?.left) item = item.left
    return item
  }

  /** True where a new value will stand there. */
  get isSet(): boolean {
    return this.last instanceof Struct && !this.gone
  }

  write(struct: Struct): void {
    this.last = struct
    this.gone = struct.holds === HOLDS.deleted
  }

  /** What a plain reader will see; `undefined` where nothing is, or where a shared type stands. */
  value(): unknown {
    if (this.last === null || this.gone) return undefined
    if (this.last instanceof Y.Item) return storedValue(this.last)
    return Array.isArray(this.last.content) ? this.last.content.at(-1) : undefined
  }
}

export const storedValue = (item: Y.Item): unknown =>
  item.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined

/** So many keys are found one by one; for more there is an index. */
const FEW = 8

const NOTHING_TYPED: Struct[] = []

/** A shared type that can hold items. One object per type, so that places compare by identity. */
export class Container {
  readonly root: AnyRoot
  readonly shape: 'root' | 'entry' | 'lane' | Exclude<Shape, 'plain'>
  /** Null in the root itself, and in lanes. */
  readonly entry: Entry | null
  /** The entry's field that it is, or the lane's key; null in the root and in the entry. */
  readonly field: string | null
  /** Null where the update makes it. */
  readonly type: StoredType | null
  /** Its keys that the update writes or empties. */
  readonly slots: Slot[] = []
  #index: Map<string, Slot> | null = null
  /** By how much a text gets longer; how many acts are taken out of a lane, as a number below zero. And what was put into it. */
  growth = 0
  readonly typed: Struct[]

  constructor(
    root: AnyRoot,
    shape: Container['shape'],
    entry: Entry | null,
    field: string | null,
    type: StoredType | null,
  ) {
    this.root = root
    this.shape = shape
    this.entry = entry
    this.field = field
    this.type = type
    this.typed = shape === 'text' || shape === 'lane' ? [] : NOTHING_TYPED
    if (shape === 'entry' && entry) entry.container = this
  }

  get isList(): boolean {
    return this.shape === 'text' || this.shape === 'lane'
  }

  /** The key's slot, if the update writes or empties it. */
  find(key: string): Slot | undefined {
    if (this.#index) return this.#index.get(key)
    for (const slot of this.slots) if (slot.key === key) return slot
    return undefined
  }

  slot(key: string): Slot {
    const known = this.find(key)
    if (known) return known
    const slot = new Slot(key, this.type?._map.get(key) ?? null)
    this.slots.push(slot)
    if (this.#index) this.#index.set(key, slot)
    else if (this.slots.length > FEW) this.#index = new Map(this.slots.map((one) => [one.key, one]))
    return slot
  }
}

/** Where that lies which lies in something gone: it becomes void in Yjs, has no place and changes nothing. */
export const VOID = new Container('annotations', 'root', null, null, null)
