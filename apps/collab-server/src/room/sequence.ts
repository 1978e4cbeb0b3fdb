/**
 * A list as Yjs keeps it, stored structs and fresh ones, put together beside the document by Yjs' own rule (Item.integrate). Each fresh one
 * must stand between its neighbours, and nothing between them may be something that its writer had seen: neither what they wrote
 * themselves before, nor what that was put beside, nor what those writers had written and seen, and so on.
 */
import { Refusal } from '@consilium/contract/refusals'
import type * as Y from 'yjs'
import { type Id, isSame, type Struct } from './decode.ts'

const malformed = (): Refusal => new Refusal('malformed')

/** Clocks of one struct that stand side by side. */
interface Run {
  readonly client: number
  readonly clock: number
  len: number
  readonly left: Id | null
  readonly right: Id | null
  next: Run | null
}

/** Of each clientID somebody has seen all clocks below this one. */
type Seen = Map<number, number>

export class Sequence {
  readonly #budget: { steps: number }
  /** In the order of their clocks. */
  readonly #byClient = new Map<number, Run[]>()
  readonly #seenBy = new Map<number, Seen>()
  #first: Run | null = null
  #last: Run | null = null
  #taken = 0

  /** `budget`: steps that may be taken; throws a Refusal `too-large` where there are more. */
  constructor(first: Y.Item | null, budget: { steps: number }) {
    this.#budget = budget
    for (let item = first; item !== null; item = item.right) {
      this.#step()
      const { origin, rightOrigin, length } = item
      this.#insert({ ...item.id, len: length, left: origin, right: rightOrigin, next: null }, this.#last)
    }
  }

  /** Those that are not there yet. Throws a Refusal: `malformed` or `too-large`. */
  putAll(structs: readonly Struct[]): void {
    for (; this.#taken < structs.length; this.#taken++) this.#put(structs[this.#taken] as Struct)
  }

  isLast({ client, end }: Struct): boolean {
    const last = this.#last
    return last !== null && last.client === client && last.clock + last.len === end
  }

  #put({ client, start, end, left, right }: Struct): void {
    const run: Run = { client, clock: start, len: end - start, left, right, next: null }
    // In this order: what is split for the left one still begins where it did.
    const after = right && this.#beginningAt(right)
    const before = left && this.#endingAt(left)
    this.#checkBetween(run, before, after)
    this.#insert(run, this.#placeBetween(run, before, after))
  }

  #checkBetween({ client, clock, left, right }: Run, before: Run | null, after: Run | null): void {
    let other = before ? before.next : this.#first
    if (other === after) return
    let seen = this.#seenBy.get(client)
    if (!seen) {
      seen = new Map()
      this.#seenBy.set(client, seen)
    }
    this.#see(seen, [clock > 0 ? { client, clock: clock - 1 } : null, left, right])
    for (; other !== after; other = other.next) {
      if (other === null) throw malformed()
      this.#step()
      if (other.clock < (seen.get(other.client) ?? 0)) throw malformed()
    }
  }

  /** Whoever has seen a clock has seen all before it of that clientID, and what each of them was put between. */
  #see(seen: Seen, ids: (Id | null)[]): void {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      if (id === null) continue
      const from = seen.get(id.client) ?? 0
      if (id.clock < from) continue
      seen.set(id.client, id.clock + 1)
      const runs = this.#byClient.get(id.client) ?? []
      for (let n = this.#index(runs, from); n < runs.length; n++) {
        const run = runs[n] as Run
        if (run.clock > id.clock) break
        this.#step()
        ids.push(run.left, run.right)
      }
    }
  }

  /** Behind which one it comes, of all that were put between the same two. */
  #placeBetween(run: Run, before: Run | null, after: Run | null): Run | null {
    let place = before
    const passed = new Set<Run>()
    const rivals = new Set<Run>()
    for (
      let other = before ? before.next : this.#first;
      other !== null && other !== after;
      other = other.next
    ) {
      this.#step()
      passed.add(other)
      rivals.add(other)
      const left = other.left && this.#at(other.left)
      if (isSame(run.left, other.left)) {
        if (other.client < run.client) {
          place = other
          rivals.clear()
        } else if (isSame(run.right, other.right)) break
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
    if (run.next === null) this.#last = run
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

  #step(): void {
    if (--this.#budget.steps < 0) throw new Refusal('too-large')
  }
}
