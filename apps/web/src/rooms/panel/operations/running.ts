/** One piece of work on voxels at a time: how far it is, and how it is given up. What goes wrong is said in a sentence. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Followed } from '../../../session/masks/operations/inWorker.ts'
import { OperationFault } from '../../../session/masks/operations/job.ts'

export interface Running {
  /** "growing of Nodule 1 by 2 mm" */
  readonly doing: string
  /** 0 to 1; null before anything is known. */
  readonly share: number | null
}

export interface Worker {
  readonly running: Accessor<Running | null>
  readonly cancel: () => void
  /** Refused while something else goes on. */
  readonly during: (doing: string, work: (followed: Followed) => Promise<void>) => Promise<void>
}

/** Given up by the person: nothing went wrong. */
const GIVEN_UP = Symbol('given up')

export function createRunning(say: (sentence: string) => void): Worker {
  const [running, setRunning] = createSignal<Running | null>(null)
  let current: AbortController | null = null
  const cancel = (): void => current?.abort(GIVEN_UP)
  onCleanup(cancel)
  return {
    running,
    cancel,
    during: async (doing, work) => {
      if (current) return say(`Wait for the ${running()?.doing ?? 'other work'}, or give it up first.`)
      const own = new AbortController()
      current = own
      setRunning({ doing, share: null })
      try {
        await work({ signal: own.signal, progress: (share) => void setRunning({ doing, share }) })
      } catch (error) {
        if (error instanceof OperationFault) say(error.message)
        else if (error !== GIVEN_UP) {
          say('That could not be worked out. Nothing was changed.')
          throw error
        }
      } finally {
        current = null
        setRunning(null)
      }
    },
  }
}
