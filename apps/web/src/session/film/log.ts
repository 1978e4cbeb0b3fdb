/**
 * What each row of a stretch of the record made of the entries it touched: value before, value after. Whoever shows a moment walks it
 * forwards and backwards; no document is needed for that. It may grow at both ends. Values are shared: what one row left, the next one found.
 */
import type { RecordOf } from '@consilium/crdt-schema/changes'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskAct } from '@consilium/crdt-schema/painting'

/** Null where the entry is not there, or cannot be read. */
export type Value = RecordOf[RootName] | null

export interface Change {
  readonly root: RootName
  readonly entry: EntryKey
  readonly before: Value
  readonly after: Value
}

export interface Step {
  readonly seq: number
  readonly changes: readonly Change[]
  /** Acts of painting, in the order in which they were laid. */
  readonly painted: readonly MaskAct[]
}

/** Entries by root, with what they have become. */
export type Values = Map<RootName, Map<EntryKey, Value>>

export class Log {
  /** The moment before its first row. */
  #first: number
  #steps: Step[] = []

  constructor(first: number) {
    this.#first = first
  }

  get first(): number {
    return this.#first
  }

  /** The moment after its last row. */
  get last(): number {
    return this.#first + this.#steps.length
  }

  covers(moment: number): boolean {
    return moment >= this.first && moment <= this.last
  }

  step(seq: number): Step | null {
    return this.#steps[seq - this.#first - 1] ?? null
  }

  /** Rows right after the last one. */
  append(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.seq !== this.last + 1) throw new RangeError(`row ${step.seq} does not follow ${this.last}`)
      this.#steps.push(step)
    }
  }

  /** Rows right before the first one. */
  prepend(steps: readonly Step[]): void {
    const end = steps.at(-1)
    if (!end) return
    if (end.seq !== this.#first) throw new RangeError(`row ${end.seq} does not lie before ${this.#first}`)
    this.#steps = [...steps, ...this.#steps]
    this.#first -= steps.length
  }

  /** Forgets what lies farther than `reach` rows from the moment. */
  trim(moment: number, reach: number): void {
    const front = Math.max(0, moment - reach - this.first)
    const end = Math.min(this.#steps.length, moment + reach - this.first)
    if (front === 0 && end === this.#steps.length) return
    this.#steps = this.#steps.slice(front, end)
    this.#first += front
  }

  /** What is different at `to`, seen from `from`; both must be covered. */
  walk(from: number, to: number): Values {
    if (!this.covers(from) || !this.covers(to)) throw new RangeError(`${from} to ${to} is not in the log`)
    const values: Values = new Map()
    const steps = this.#steps
    const [at, end] = [from - this.#first, to - this.#first]
    // Ten thousand rows and more between two pictures: plain loops.
    for (let i = at; i < end; i++)
      for (const { root, entry, after } of steps[i]?.changes ?? []) put(values, root, entry, after)
    for (let i = at - 1; i >= end; i--)
      for (const { root, entry, before } of steps[i]?.changes ?? []) put(values, root, entry, before)
    return values
  }
}

function put(values: Values, root: RootName, entry: EntryKey, value: Value): void {
  const entries = values.get(root)
  if (entries) entries.set(entry, value)
  else values.set(root, new Map([[entry, value]]))
}
