/**
 * Letters in the order of their text. A page puts letters between two that stand side by side, so the left one always stands before the
 * right one. A forger may name them the other way round; Yjs takes it, and then shows one text to those who were there and another to those
 * who join later. So it is looked whether the right neighbour stands somewhere behind the left one.
 *
 * Mostly that is seen at once: they lie in one struct, or one of them was put beside the other. Else it is walked from the one to the
 * other. Only where letters of this update stand among what others typed meanwhile, the text is put together as Yjs would do it
 * (Item.integrate), beside the document.
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import type { Container } from './container.ts'
import { type Id, Struct } from './decode.ts'
import { MAX_LETTER_STEPS } from './limits.ts'

const malformed = (): Refusal => new Refusal('malformed')

export class Letters {
  readonly #find: (id: Id) => Y.Item | Struct | null
  readonly #lines = new Map<Container, Line>()
  readonly #budget = { steps: MAX_LETTER_STEPS }

  /** `find`: the struct that holds this clock; null for one that is gone. */
  constructor(find: (id: Id) => Y.Item | Struct | null) {
    this.#find = find
  }

  /** Of the last one that was put into a text; only with two neighbours it can be wrong. Throws a Refusal: `malformed` or `too-large`. */
  check(struct: Struct, container: Container): void {
    let line = this.#lines.get(container)
    if (!line) {
      if (this.#isClear(struct)) return
      line = new Line(container, this.#budget)
      this.#lines.set(container, line)
    }
    line.putAll(container.typed)
  }

  /** True where the order is plain to see, false where it is not. Throws where it is plainly wrong. */
  #isClear({ left, right }: Struct): boolean {
    if (left === null || right === null) return true
    const [a, b] = [this.#find(left), this.#find(right)]
    if (a === null || b === null) throw malformed()
    if (a === b) {
      if (left.clock >= right.clock) throw malformed()
      return true
    }
    if (a instanceof Struct && same(a.right, right)) return true
    if (b instanceof Struct && same(b.left, left)) return true
    if (a instanceof Struct || b instanceof Struct) return false
    for (let item = a.right; item !== b; item = item.right) {
      if (item === null) throw malformed()
      step(this.#budget)
    }
    return true
  }
}

function step(budget: { steps: number }): void {
  if (--budget.steps < 0) throw new Refusal('too-large')
}

const same = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)

/** Letters of one struct that stand side by side. */
interface Run {
  readonly client: number
  readonly clock: number
  len: number
  readonly left: Id | null
  readonly right: Id | null
  next: Run | null
}

/** A text as a list, stored and fresh. */
class Line {
  readonly #budget: { steps: number }
  readonly #byClient = new Map<number, Run[]>()
  #first: Run | null = null
  /** How many of the update's. */
  #taken = 0

  constructor({ type }: Container, budget: { steps: number }) {
    this.#budget = budget
    let last: Run | null = null
    for (let item = type?._start ?? null; item !== null; item = item.right) {
      step(budget)
      const { origin, rightOrigin, length } = item
      last = this.#insert({ ...item.id, len: length, left: origin, right: rightOrigin, next: null }, last)
    }
  }

  /** Those that are not there yet. */
  putAll(structs: readonly Struct[]): void {
    for (; this.#taken < structs.length; this.#taken++) this.#put(structs[this.#taken] as Struct)
  }

  #put({ client, start, end, left, right }: Struct): void {
    const run: Run = { client, clock: start, len: end - start, left, right, next: null }
    const before = left && this.#endingAt(left)
    const after = right && this.#beginningAt(right)
    if (before && after)
      for (let at = before.next; at !== after; at = at.next) {
        if (at === null) throw malformed()
        step(this.#budget)
      }
    this.#insert(run, this.#placeBetween(run, before, after))
  }

  /** Behind which one it comes, of all that were put between the same two: Yjs' own rule. */
  #placeBetween(run: Run, before: Run | null, after: Run | null): Run | null {
    let place = before
    const passed = new Set<Run>()
    const rivals = new Set<Run>()
    for (
      let other = before ? before.next : this.#first;
      other !== null && other !== after;
      other = other.next
    ) {
      step(this.#budget)
      passed.add(other)
      rivals.add(other)
      const left = other.left && this.#at(other.left)
      if (same(run.left, other.left)) {
        if (other.client < run.client) {
          place = other
          rivals.clear()
        } else if (same(run.right, other.right)) break
      } else if (left && passed.has(left)) {
        if (!rivals.has(left)) {
          place = other
          rivals.clear()
        }
      } else break
    }
    return place
  }

  #insert(run: Run, before: Run | null): Run {
    run.next = before ? before.next : this.#first
    if (before) before.next = run
    else this.#first = run
    const runs = this.#byClient.get(run.client) ?? []
    this.#byClient.set(run.client, runs)
    runs.splice(this.#index(runs, run.clock), 0, run)
    return run
  }

  #at({ client, clock }: Id): Run {
    const runs = this.#byClient.get(client) ?? []
    const run = runs[this.#index(runs, clock + 1) - 1]
    if (!run || run.clock + run.len <= clock) throw malformed()
    return run
  }

  /** How many begin before this clock. */
  #index(runs: readonly Run[], clock: number): number {
    let low = 0
    for (let high = runs.length; low < high; ) {
      const middle = (low + high) >>> 1
      if ((runs[middle] as Run).clock < clock) low = middle + 1
      else high = middle
    }
    return low
  }

  #endingAt(id: Id): Run {
    const run = this.#at(id)
    if (id.clock < run.clock + run.len - 1) this.#split(run, id.clock + 1)
    return run
  }

  #beginningAt(id: Id): Run {
    const run = this.#at(id)
    return id.clock === run.clock ? run : this.#split(run, id.clock)
  }

  /** Returns the part from `clock` on. */
  #split(run: Run, clock: number): Run {
    const rest: Run = {
      client: run.client,
      clock,
      len: run.clock + run.len - clock,
      left: { client: run.client, clock: clock - 1 },
      right: run.right,
      next: null,
    }
    run.len = clock - run.clock
    return this.#insert(rest, run)
  }
}
