/**
 * Of all values written under one key, which is the last? That is the one that readers see; Yjs decides it when it puts a new value among
 * the old, here it is foreseen without doing so.
 *
 * Values of a key form a tree: each hangs on the value its writer saw (`origin`), and children of one value stand in the order of their
 * clientIDs. Copies agree on the walk through that tree, parents before children; the last is therefore found by always taking the child
 * with the highest clientID. So a new value is the last if it hangs on one that lies on the way to the last, and its clientID is higher
 * than that of the next one on this way. (A value with a right neighbour would break this; pages write none, places.ts refuses them.)
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import { type Id, Struct } from './decode.ts'
import { MAX_ORDER_STEPS } from './limits.ts'

/** Structs of one clientID and key may be one item with several clocks, each hanging on the one before it. */
type Value = Y.Item | Struct

export class Order {
  readonly #find: (id: Id) => Value | null
  #steps = MAX_ORDER_STEPS

  /** `find`: the struct that holds this clock; null for one that is gone. */
  constructor(find: (id: Id) => Value | null) {
    this.#find = find
  }

  /** Will `value` stand behind `last`? Throws a Refusal where there is no end of looking. */
  isBehind(value: Struct, last: Value): boolean {
    const { left, client } = value
    // Nearly always: it was written over the last one.
    if (left !== null && left.client === clientOf(last) && left.clock === endOf(last) - 1) return true
    let node: Value | null = last
    let clock = endOf(last) - 1
    let below = client
    while (node !== null) {
      if (--this.#steps < 0) throw new Refusal('too-large')
      const id = clientOf(node)
      if (left !== null && left.client === id && left.clock <= clock && left.clock >= startOf(node))
        // Of the next one on the way: of the same item where `left` lies inside it, else of the item we came from.
        return left.clock < clock ? id < client : below < client
      const up: Id | null = node instanceof Struct ? node.left : node.origin
      if (up === null) return left === null && id < client
      below = id
      clock = up.clock
      node = this.#find(up)
    }
    return false
  }
}

/** Is this clock one of the value's? */
export const isOf = (value: Y.Item, id: Id): boolean =>
  value.id.client === id.client && id.clock >= value.id.clock && id.clock < value.id.clock + value.length

const clientOf = (value: Value): number => (value instanceof Struct ? value.client : value.id.client)
const startOf = (value: Value): number => (value instanceof Struct ? value.start : value.id.clock)
const endOf = (value: Value): number => (value instanceof Struct ? value.end : value.id.clock + value.length)
