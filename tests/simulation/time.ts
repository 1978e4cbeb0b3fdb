/**
 * Time and chance for a whole system in one process. While a world is on, everything in it that asks the platform for a timer, the time or
 * a number gets it from here: time stands still while something happens and then jumps to whatever is due next, and every number
 * comes out of one seed. So a minute takes milliseconds, and the same seed is the same history, event by event.
 */
import type { Random } from '../faults/fault.ts'
import { setClock } from './clock.ts'
import { EPOCH } from './seeded.ts'

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  clearImmediate: globalThis.clearImmediate,
}
const realPerformanceNow = performance.now
const realRandom = Math.random

/** Until everything that was promised has been done. */
const settled = (): Promise<void> => new Promise((resolve) => real.setImmediate(resolve))

/** What the platform gives for a timer. */
class Timer {
  readonly what: () => void
  readonly every: number | null
  readonly #time: Time
  readonly #ms: number
  due = 0
  /** Tells timers of the same moment apart: the earlier set goes first. */
  order = 0
  cleared = false

  constructor(time: Time, ms: number, what: () => void, repeats: boolean) {
    this.#time = time
    this.#ms = ms
    this.what = what
    this.every = repeats ? ms : null
  }

  ref = (): this => this
  unref = (): this => this
  hasRef = (): boolean => true
  refresh = (): this => {
    this.#time.put(this, this.#ms)
    return this
  }
}

export class Time {
  /** ms since it began. */
  now = 0
  readonly #random: Random
  /** A heap: the next is at 0. */
  #timers: { readonly timer: Timer; readonly due: number; readonly order: number }[] = []
  #count = 0

  constructor(random: Random) {
    this.#random = random
  }

  after(ms: number, what: () => void): void {
    this.put(new Timer(this, ms, what, false), ms)
  }

  put(timer: Timer, ms: number): void {
    timer.due = this.now + Math.max(0, Number.isFinite(ms) ? ms : 0)
    timer.order = this.#count++
    timer.cleared = false
    const heap = this.#timers
    heap.push({ timer, due: timer.due, order: timer.order })
    for (let at = heap.length - 1; at > 0; ) {
      const above = (at - 1) >> 1
      if (!this.#swapped(above, at)) break
      at = above
    }
  }

  /** Lets `ms` pass. `while_`: asked after each event; false ends it early. Returns how many events there were. */
  async pass(ms: number, goOn: () => boolean = () => true): Promise<number> {
    const end = this.now + ms
    let events = 0
    await settled()
    while (goOn()) {
      const next = this.#timers[0]
      if (!next || next.due > end) {
        this.now = end
        break
      }
      this.#pop()
      const { timer } = next
      // Cleared, or put anew since.
      if (timer.cleared || timer.order !== next.order) continue
      this.now = next.due
      if (timer.every === null) timer.cleared = true
      else this.put(timer, timer.every)
      timer.what()
      events++
      await settled()
    }
    return events
  }

  /** From here on the platform's time is this one. */
  install(): void {
    const set =
      (repeats: boolean) =>
      (what: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Timer => {
        const timer = new Timer(this, repeats ? Math.max(1, ms) : ms, () => what(...args), repeats)
        this.put(timer, ms)
        return timer
      }
    const clear = (timer: Timer | undefined): void => {
      if (timer) timer.cleared = true
    }
    const immediate = (what: (...args: unknown[]) => void, ...args: unknown[]): Timer =>
      set(false)(what, 0, ...args)
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      setImmediate: immediate,
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    })
    setClock(() => EPOCH + Math.floor(this.now))
    performance.now = () => this.now
    Math.random = () => this.#random.next()
  }

  uninstall(): void {
    Object.assign(globalThis, real)
    setClock(null)
    performance.now = realPerformanceNow
    Math.random = realRandom
  }

  #pop(): void {
    const heap = this.#timers
    const last = heap.pop()
    if (!last || heap.length === 0) return
    heap[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const least = this.#before(left + 1, left) ? left + 1 : left
      if (least >= heap.length || !this.#swapped(at, least)) return
      at = least
    }
  }

  /** Puts the earlier of two above; false where it is there already. */
  #swapped(above: number, below: number): boolean {
    if (!this.#before(below, above)) return false
    const heap = this.#timers
    const [a, b] = [heap[above], heap[below]] as [(typeof heap)[0], (typeof heap)[0]]
    heap[above] = b
    heap[below] = a
    return true
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#timers[a], this.#timers[b]]
    if (!x) return false
    return !y || x.due < y.due || (x.due === y.due && x.order < y.order)
  }
}
