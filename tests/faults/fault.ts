/**
 * What a row of the fault matrix is: something is forced on a real server, over real sockets, and something must happen.
 * Each file in rows/ exports one as `fault`; run.ts runs them in full and keeps their figures, a test runs each in its short form.
 * Trial n of a run with seed s draws everything from `new Random(s + n)`, so that a failure is seen again with `--trials 1 --seed <s + n>`.
 */

export interface Fault {
  /** As in docs/reliability.md: a letter and a number. The file is named after it, in small letters. */
  readonly id: string
  /** What is forced, and how. */
  readonly fault: string
  /** What must happen. */
  readonly must: string
  readonly trials: { readonly short: number; readonly full: number }
  run(trials: number, seed: number): Promise<Outcome>
  /** Where its record can be made in pieces: figures of what each trial found. */
  readonly summary?: Summary
}

export type Figures = Readonly<Record<string, string | number>>
export type Trial = Readonly<Record<string, number>>
export type Summary = (trials: readonly Trial[]) => Figures

export interface Outcome {
  /** How many were really made. */
  readonly trials: number
  /** One line per failure, with its seed. */
  readonly failures: readonly string[]
  readonly figures: Figures
  /** In their order, where the row sums them up. */
  readonly each?: readonly Trial[]
}

/** The same numbers from the same seed, on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1))
  }

  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)] as T
  }
}

let listener: (line: string) => void = () => undefined

/** What a long row says of its progress; only the runner shows it. */
export const tell = (line: string): void => listener(line)

export function onProgress(show: (line: string) => void): void {
  listener = show
}
