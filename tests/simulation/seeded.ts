/** Chance and time out of a seed, for code that asks the platform for them: acts name new entries by chance and stamp words with the time. */
import { Random } from '../faults/fault.ts'

/** 2026-01-05, so that times look like times. */
export const EPOCH = 1_767_600_000_000

/** Runs `what`, which must not await, with `Math.random` and `Date.now` taken from `random` and `now`. */
export function seeded<T>(random: Random, now: number, what: () => T): T {
  const { random: chance } = Math
  const { now: clock } = Date
  Math.random = () => random.next()
  Date.now = () => EPOCH + now
  try {
    return what()
  } finally {
    Math.random = chance
    Date.now = clock
  }
}

/** True once in `n` times. */
export const onceIn = (random: Random, n: number): boolean => random.whole(1, n) === 1
