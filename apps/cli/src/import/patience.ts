/** Tries again what a broken connection cost, longer apart each time, for about two minutes; then the server counts as gone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, Unreachable } from '../failure.ts'

const FIRST_MS = 500
const LONGEST_MS = 15_000
const TRIES = 12

const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Failure && (error.status === 503 || error.code === 'wrong-offset'))

/** `again` is true from the second try on: what was sent before may have arrived although no answer did. */
export async function patiently<T>(act: (again: boolean) => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await act(failures > 0)
    } catch (error) {
      if (!isPassing(error) || failures + 1 === TRIES) throw error
      await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** failures))
    }
  }
}
