/**
 * Everything that was ever written in one field of an entry, by the names Yjs gives it; and updates without it. Each struct keeps its
 * name, its neighbours and its length, so that whatever others wrote beside it stays where it is: characters become as many deleted
 * ones, a value becomes one without words (takenOut.ts). Types stay, and so does what was deleted. Never garbage: Yjs drops what was
 * written beside garbage.
 */
import { isEqual } from '@consilium/crdt-schema/compare'
import { withoutWords } from '@consilium/crdt-schema/takenOut'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { EntryName } from './questions.ts'

export interface Words {
  /** Null where the update holds none of them. */
  leftOf(update: Uint8Array): Uint8Array | null
}

/** Clocks [from, to) of a clientID. */
interface Range {
  readonly from: number
  readonly to: number
  /** The field's value as a whole, not a part of it. */
  readonly isValue: boolean
}

/** `ydoc` has every row that touched the entry, and forgets nothing (gc: false). */
export function wordsOf(ydoc: Y.Doc, { root, id }: EntryName, field: string): Words {
  const ranges = new Map<number, Range[]>()
  const add = ({ id, length }: Y.Item, isValue: boolean): void => {
    const known = ranges.get(id.client) ?? []
    ranges.set(id.client, known)
    known.push({ from: id.clock, to: id.clock + length, isValue })
  }
  for (const entry of everUnder(ydoc.getMap(root), id))
    for (const value of everUnder(typeIn(entry), field)) {
      add(value, true)
      for (const part of partsOf(typeIn(value))) add(part, false)
    }
  for (const [client, list] of ranges) ranges.set(client, joined(list))
  const rangeOf = ({ client, clock }: Y.ID): Range | undefined =>
    ranges.get(client)?.find(({ from, to }) => from <= clock && clock < to)
  return { leftOf: (update) => leftOf(update, rangeOf) }
}

/** In order, and those that touch as one: what was typed in one go is long. */
function joined(ranges: Range[]): Range[] {
  const list: Range[] = []
  for (const range of ranges.sort((a, b) => a.from - b.from)) {
    const last = list.at(-1)
    if (last && last.to === range.from && last.isValue === range.isValue)
      list[list.length - 1] = { ...last, to: range.to }
    else list.push(range)
  }
  return list
}

type Type = Pick<Y.AbstractType<unknown>, '_map' | '_start'> | null

const typeIn = (item: Y.Item): Type => (item.content instanceof Y.ContentType ? item.content.type : null)

/** Every value that a key ever had, the last one first. */
function* everUnder(map: Type, key: string): Generator<Y.Item> {
  for (let item = map?._map.get(key) ?? null; item; item = item.left) yield item
}

/** All that was ever put in it. */
function* partsOf(type: Type): Generator<Y.Item> {
  for (let item = type?._start ?? null; item; item = item.right) yield item
  for (const key of type?._map.keys() ?? []) yield* everUnder(type, key)
}

function leftOf(update: Uint8Array, rangeOf: (id: Y.ID) => Range | undefined): Uint8Array | null {
  const { structs, ds } = Y.decodeUpdate(update)
  let found = false
  const left = structs.map((struct) => {
    const range = struct instanceof Y.Item ? rangeOf(struct.id) : undefined
    const without = range && withoutContent(struct as Y.Item, range.isValue)
    if (without) found = true
    return without ?? struct
  })
  return found ? encode(left, ds) : null
}

/** The same struct with nothing to read in it; null where there is nothing to read. */
function withoutContent(item: Y.Item, isValue: boolean): Y.Item | null {
  const { content } = item
  if (content instanceof Y.ContentType || content instanceof Y.ContentDeleted) return null
  if (isValue && content instanceof Y.ContentAny) {
    const values = content.arr.map(withoutWords)
    return isEqual(values, content.arr) ? null : replaced(item, new Y.ContentAny(values))
  }
  return replaced(item, new Y.ContentDeleted(item.length))
}

const replaced = (
  { id, origin, rightOrigin, parent, parentSub }: Y.Item,
  content: Y.ContentAny | Y.ContentDeleted,
): Y.Item => new Y.Item(id, null, origin, null, rightOrigin, parent, parentSub, content)

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** In the order in which they came, clientID by clientID. */
function encode(structs: Decoded['structs'], { clients }: Decoded['ds']): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const out = encoder.restEncoder
  const runs = [...Map.groupBy(structs, ({ id }) => id.client).values()]
  encoding.writeVarUint(out, runs.length)
  for (const run of runs) {
    const [first] = run
    if (!first) continue
    encoding.writeVarUint(out, run.length)
    encoder.writeClient(first.id.client)
    encoding.writeVarUint(out, first.id.clock)
    for (const struct of run) struct.write(encoder, 0)
  }
  encoding.writeVarUint(out, clients.size)
  for (const [client, deleted] of clients) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, deleted.length)
    for (const { clock, len } of deleted) {
      encoding.writeVarUint(out, clock)
      encoding.writeVarUint(out, len)
    }
  }
  return encoder.toUint8Array()
}
