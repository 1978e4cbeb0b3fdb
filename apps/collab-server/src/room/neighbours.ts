/**
 * Does each letter and each value stand where whoever wrote it can have put it?
 *
 * A page puts something new between two that stand side by side in all that it has seen (a value always behind the last one). Yjs relies on
 * that: a forger may name neighbours with something between them that he had seen himself, or the right one before the left one. Yjs takes
 * it, and then shows one text to those who were there and another to those who join later.
 *
 * Mostly it is plain to see: the two stand side by side here too. Else others have written there meanwhile, or it is forged; then the list
 * is put together beside the document, with the new ones in their places (sequence.ts), and looked through.
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import type { Container, Slot } from './container.ts'
import { type Id, isSame, type Struct } from './decode.ts'
import { MAX_SEQUENCE_STEPS } from './limits.ts'
import { Sequence } from './sequence.ts'

const malformed = (): Refusal => new Refusal('malformed')

export class Neighbours {
  readonly #find: (id: Id) => Y.Item | Struct | null
  readonly #sequences = new Map<Container | Slot, Sequence>()
  readonly #budget = { steps: MAX_SEQUENCE_STEPS }

  /** `find`: the struct that holds this clock; null for one that is gone. */
  constructor(find: (id: Id) => Y.Item | Struct | null) {
    this.#find = find
  }

  /** The last one that was typed into a text. Throws a Refusal: `malformed` or `too-large`. */
  checkLetters(container: Container): void {
    const { typed } = container
    if (!this.#sequences.has(container) && this.#isClear(container)) return
    this.#sequenceOf(container, container.type?._start ?? null).putAll(typed)
  }

  /** Of a value that was written into a slot, which has it already: is it the last one now? Throws as above. */
  isLast(struct: Struct, slot: Slot): boolean {
    if (!this.#sequences.has(slot) && isBehind(struct.left, slot.last)) return true
    const sequence = this.#sequenceOf(slot, slot.first)
    sequence.putAll(slot.written)
    return sequence.isLast(struct)
  }

  #sequenceOf(list: Container | Slot, first: Y.Item | null): Sequence {
    const known = this.#sequences.get(list)
    if (known) return known
    const sequence = new Sequence(first, this.#budget)
    this.#sequences.set(list, sequence)
    return sequence
  }

  /** Its two neighbours stand side by side. False where that is not plain to see; throws where it is plainly not so. */
  #isClear({ typed, type }: Container): boolean {
    const { left, right } = typed.at(-1) as Struct
    const before = typed.at(-2)
    // Typing goes on where it was.
    if (before) return isBehind(left, before) && isSame(right, before.right)
    if (left === null) return right === null ? !type?._start : startsWith(type?._start ?? null, right)
    const a = this.#find(left)
    // What the update itself brought is in `typed`.
    if (!(a instanceof Y.Item)) throw malformed()
    if (left.clock < a.id.clock + a.length - 1)
      return right !== null && right.client === left.client && right.clock === left.clock + 1
    return right === null ? a.right === null : startsWith(a.right, right)
  }
}

const startsWith = (item: Y.Item | null, { client, clock }: Id): boolean =>
  item !== null && item.id.client === client && item.id.clock === clock

/** Is this the last clock of that one? Of none there is none. */
function isBehind(left: Id | null, last: Y.Item | Struct | null): boolean {
  if (left === null || last === null) return left === null && last === null
  if (!(last instanceof Y.Item)) return left.client === last.client && left.clock === last.end - 1
  return left.client === last.id.client && left.clock === last.id.clock + last.length - 1
}
