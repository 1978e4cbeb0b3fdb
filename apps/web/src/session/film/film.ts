/**
 * Any moment of a document on screen, and from there forwards and backwards without stutter. What lies within the log is shown at once;
 * what lies elsewhere begins with the state at that moment, and the log then grows from there to both sides before it is needed.
 * Only the last moment asked for is shown; those passed over on the way are never fetched.
 */
import { FILM_ROWS } from '@consilium/contract/rows'
import type { Records } from '@consilium/crdt-schema/changes'
import type { Touch } from './chronicle.ts'
import { Log, type Step, type Values } from './log.ts'
import { Reel } from './reel.ts'
import { readSegment } from './segment.ts'

/** Rows that are fetched on each side of the moment shown before they are needed, and how many are kept. */
const AHEAD = 500
const KEPT = 10_000
/** How long rows are played before the page gets its turn, ms. */
const SLICE_MS = 6

export interface FilmPorts {
  readonly head: () => number
  /** The document after row `seq`, as one update. */
  readonly state: (seq: number) => Promise<Uint8Array>
  /** Rows after `from`, as they come over the wire. */
  readonly segment: (from: number) => Promise<Uint8Array>
  /** Resolves when it is known what the rows from+1 … to touched. */
  readonly chronicled: (from: number, to: number) => Promise<void>
  readonly touched: (seq: number) => readonly Touch[]
  /** Lets the page do what waits. */
  readonly breathe: () => Promise<void>
  readonly now: () => number
}

export interface FilmScreen {
  /** The whole of a moment. */
  readonly show: (records: Records) => void
  /** What is different now. */
  readonly change: (values: Values) => void
  /** After either of them. */
  readonly at: (seq: number) => void
  /** More rows are in the log than before: `step` and `isHere` may answer otherwise. */
  readonly grown: () => void
}

export class Film {
  readonly #ports: FilmPorts
  readonly #screen: FilmScreen
  #log = new Log(0)
  /** Stands at the log's last row; null where it must be made anew for going on from there. */
  #reel: Reel | null = null
  #shown: number | null = null
  #wanted: number | null = null
  #working = false
  #waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = []

  constructor(ports: FilmPorts, screen: FilmScreen) {
    this.#ports = ports
    this.#screen = screen
  }

  get shown(): number | null {
    return this.#shown
  }

  /** What row `seq` did, where it is in the log. */
  step(seq: number): Step | null {
    return this.#log.step(seq)
  }

  /** Whether the moment can be shown without waiting. */
  isHere(seq: number): boolean {
    return this.#shown !== null && this.#log.covers(seq)
  }

  /** Shows the moment after row `seq`. Resolves when it, or one asked for later, is shown. */
  goTo(seq: number): Promise<void> {
    this.#wanted = seq
    if (this.isHere(seq)) this.#move(seq)
    const shown =
      this.#shown === seq
        ? Promise.resolve()
        : new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }))
    if (!this.#working) void this.#start()
    return shown
  }

  /** Shows nothing any more, and forgets. */
  stop(): void {
    this.#wanted = null
    this.#shown = null
    this.#reel?.destroy()
    this.#reel = null
    this.#log = new Log(0)
  }

  async #start(): Promise<void> {
    this.#working = true
    try {
      await this.#work()
      for (const { resolve } of this.#waiting.splice(0)) resolve()
    } catch (error) {
      // Nobody waits for what only fills up; it is asked for again with the next moment.
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    } finally {
      this.#working = false
    }
  }

  async #work(): Promise<void> {
    while (this.#wanted !== null) {
      const wanted = this.#wanted
      const { first, last } = this.#log
      if (this.isHere(wanted)) {
        this.#move(wanted)
        for (const { resolve } of this.#waiting.splice(0)) resolve()
        if (last < Math.min(this.#ports.head(), wanted + AHEAD)) await this.#forwards()
        else if (first > Math.max(0, wanted - AHEAD)) await this.#backwards()
        else return
      } else if (this.#shown !== null && wanted > last && wanted <= last + FILM_ROWS) await this.#forwards()
      else if (this.#shown !== null && wanted < first && wanted >= first - FILM_ROWS) await this.#backwards()
      else await this.#jump(wanted)
    }
  }

  #move(seq: number): void {
    if (this.#shown === null || this.#shown === seq) return
    const values = this.#log.walk(this.#shown, seq)
    this.#shown = seq
    if (values.size > 0) this.#screen.change(values)
    this.#screen.at(seq)
  }

  async #jump(seq: number): Promise<void> {
    const state = await this.#ports.state(seq)
    if (this.#wanted === null) return
    this.#reel?.destroy()
    this.#reel = new Reel(state, seq)
    this.#log = new Log(seq)
    this.#shown = seq
    this.#screen.show(this.#reel.read())
    this.#screen.at(seq)
  }

  async #forwards(): Promise<void> {
    const log = this.#log
    const from = log.last
    const [reel, updates] = await Promise.all([
      this.#reelAt(from),
      this.#fetch(from, this.#ports.head() - from),
    ])
    if (log !== this.#log) return
    if (updates.length === 0) throw new RangeError(`the film ends at ${from}`)
    await this.#play(reel, updates, (steps) => log.append(steps))
    if (log !== this.#log) return
    this.#trim()
    this.#screen.grown()
  }

  async #backwards(): Promise<void> {
    const log = this.#log
    const from = Math.max(0, log.first - FILM_ROWS)
    const count = log.first - from
    const [state, updates] = await Promise.all([this.#ports.state(from), this.#fetch(from, count)])
    if (log !== this.#log) return
    const reel = new Reel(state, from)
    const steps: Step[] = []
    await this.#play(reel, updates, (some) => void steps.push(...some))
    reel.destroy()
    if (log !== this.#log) return
    log.prepend(steps)
    this.#trim()
    this.#screen.grown()
  }

  #trim(): void {
    this.#log.trim(this.#shown ?? 0, KEPT)
    if (this.#reel === null || this.#log.last === this.#reel.at) return
    // A document has no way back.
    this.#reel.destroy()
    this.#reel = null
  }

  async #reelAt(seq: number): Promise<Reel> {
    this.#reel ??= new Reel(await this.#ports.state(seq), seq)
    return this.#reel
  }

  async #fetch(from: number, count: number): Promise<readonly Uint8Array[]> {
    const most = Math.min(count, FILM_ROWS)
    const [bytes] = await Promise.all([this.#ports.segment(from), this.#ports.chronicled(from, from + most)])
    return readSegment(bytes).slice(0, most)
  }

  async #play(
    reel: Reel,
    updates: readonly Uint8Array[],
    take: (steps: readonly Step[]) => void,
  ): Promise<void> {
    let since = this.#ports.now()
    let steps: Step[] = []
    for (const update of updates) {
      steps.push(reel.play(update, this.#ports.touched(reel.at + 1)))
      if (this.#ports.now() - since < SLICE_MS) continue
      take(steps)
      steps = []
      await this.#ports.breathe()
      since = this.#ports.now()
    }
    take(steps)
  }
}
