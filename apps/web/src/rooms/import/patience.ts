/**
 * Trying again what a broken connection cost, for as long as it takes: soon at first, then every quarter of a minute, and at once when the
 * browser says that the network is back. Only silence and "not now" are tried again; a no is a no.
 */
import { REFUSALS, Refusal } from '@consilium/contract/refusals'
import { isRefusal, Unreachable } from '../../errors.ts'

const FIRST_MS = 500
const LONGEST_MS = 15_000

/** True where the same request may well succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true
  // Another part of this file has come meanwhile, perhaps the very one whose answer was lost: look where it stands.
  if (isRefusal(error, 'wrong-offset')) return true
  return error instanceof Refusal && REFUSALS[error.code].status === 503
}

export interface Patience {
  /** `again` is true from the second try on: what was sent before may have arrived although no answer did. */
  with<T>(act: (again: boolean) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Ends every wait. */
  hurry(): void
}

export function newPatience(
  wait: (ms: number) => Promise<void>,
  /** Told whether anybody waits for the server. */
  onWaiting: (waiting: boolean) => void,
): Patience {
  const sleepers = new Set<() => void>()
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        sleepers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      sleepers.add(wake)
      signal.addEventListener('abort', wake)
      void wait(ms).then(wake)
    })
  return {
    async with(act, signal) {
      for (let failures = 0; ; failures += 1) {
        signal.throwIfAborted()
        try {
          const answer = await act(failures > 0)
          if (failures > 0) onWaiting(false)
          return answer
        } catch (error) {
          if (signal.aborted || !isPassing(error)) throw error
          if (!isRefusal(error, 'wrong-offset')) onWaiting(true)
          await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** failures), signal)
        }
      }
    },
    hurry() {
      for (const wake of sleepers) wake()
    },
  }
}
