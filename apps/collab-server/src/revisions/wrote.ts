/** Which row wrote what under one clientID, and who made that row: in columns, some thirty bytes a row, so that all of a document fit into memory. */
import type { RowHead } from '../journal/rowPages.ts'

/** What a row wrote, which need not be all it wrote, nor under its own lease. */
export interface Range {
  readonly clock: number
  readonly length: number
  readonly head: RowHead
}

export class Wrote {
  readonly #clocks = new Column(Uint32Array)
  readonly #lengths = new Column(Uint32Array)
  readonly #seqs = new Column(Float64Array)
  readonly #times = new Column(Float64Array)
  /** Index into `#writers`. */
  readonly #by = new Column(Uint32Array)
  readonly #writers: Omit<RowHead, 'seq' | 'at'>[] = []

  /** In the order of their clocks, which is that of their rows. */
  add({ clock, length, head: { seq, at, lease, role, act } }: Range): void {
    this.#clocks.push(clock)
    this.#lengths.push(length)
    this.#seqs.push(seq)
    this.#times.push(at)
    const known = this.#writers.findIndex(
      (one) => one.lease === lease && one.role === role && one.act === act,
    )
    this.#by.push(known >= 0 ? known : this.#writers.push({ lease, role, act }) - 1)
  }

  /** Pieces of [clock, clock + length), in order; what nobody wrote is left out. */
  *rangesIn(clock: number, length: number): Generator<Range> {
    const end = clock + length
    for (let n = this.#lastBefore(clock + 1); n < this.#clocks.length; n++) {
      const first = Math.max(clock, this.#clocks.at(n))
      const behind = Math.min(end, this.#clocks.at(n) + this.#lengths.at(n))
      if (this.#clocks.at(n) >= end) return
      if (behind > first) yield { clock: first, length: behind - first, head: this.#headOf(n) }
    }
  }

  #headOf(n: number): RowHead {
    const by = this.#writers[this.#by.at(n)] as Omit<RowHead, 'seq' | 'at'>
    return { seq: this.#seqs.at(n), at: this.#times.at(n), ...by }
  }

  /** The last range that begins before this clock; 0 where none does. */
  #lastBefore(clock: number): number {
    let [from, to] = [0, this.#clocks.length]
    while (to - from > 1) {
      const middle = (from + to) >> 1
      if (this.#clocks.at(middle) < clock) from = middle
      else to = middle
    }
    return from
  }
}

type Numbers = Uint32Array | Float64Array

/** Numbers that only become more. */
class Column {
  readonly #kind: new (
    length: number,
  ) => Numbers
  #values: Numbers
  length = 0

  constructor(kind: new (length: number) => Numbers) {
    this.#kind = kind
    this.#values = new kind(16)
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const more = new this.#kind(2 * this.length)
      more.set(this.#values)
      this.#values = more
    }
    this.#values[this.length++] = value
  }

  at(n: number): number {
    return this.#values[n] as number
  }
}
