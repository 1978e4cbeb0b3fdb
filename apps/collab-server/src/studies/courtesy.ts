/**
 * Files that come in go behind whoever edits. While nobody does, they are read as they come. While somebody does they are read one at a time:
 * each when no change is on its way to the disk, and as long as it took nothing is read. All else that an import costs follows from that:
 * with so many files waiting nothing more is taken from those who send. Where changes never end it goes on all the same.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Traffic } from '../journal/append.ts'
import { Turnstile } from '../turnstile.ts'

/** Whoever made a change so lately makes the next. */
const EDITING_MS = 2_000
/** For changes to be on the disk, before a file. */
const LONGEST_WAIT_MS = 25
/** After a file. */
const LONGEST_REST_MS = 10

export class Courtesy {
  readonly #traffic: Traffic
  readonly #one = new Turnstile(1)

  constructor(traffic: Traffic) {
    this.#traffic = traffic
  }

  /** Reads one file when its turn has come. */
  pass<T>(read: () => Promise<T>): Promise<T> {
    if (this.#traffic.quietMs > EDITING_MS) return read()
    return new Promise((resolve) => {
      void this.#one.pass(async () => {
        await this.#gap()
        const begun = performance.now()
        const reading = read()
        resolve(reading)
        await reading.catch(() => undefined) // told to whoever asked
        await sleep(Math.min(LONGEST_REST_MS, performance.now() - begun))
      })
    })
  }

  #gap(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, LONGEST_WAIT_MS)
      void this.#traffic.idle().then(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }
}
