/**
 * Any moment of a document, made in a worker thread. What somebody waits for does not wait for what the server does for itself: each has a
 * thread of its own, which is there only while it has something to do.
 */
import { constants } from 'node:os'
import type { Stored } from '../journal/replay.ts'
import { Lane, Stopping } from './lane.ts'
import type { Question } from './questions.ts'
import { type Restorer, startRestorer } from './restorer.ts'
import type { Answers, Wanted } from './work.ts'

export interface Travel {
  /** The bytes of `stored` are gone afterwards. */
  make<W extends Wanted>(wanted: W, stored: Stored): Promise<Answers[W]>
  /** The bytes of `question` are gone afterwards. */
  ask(question: Question): Promise<Uint8Array>
  /** A thread for one restore, to be ended by whoever asked for it. Throws Stopping. */
  restorer(): Restorer
  /** What is still asked fails. Resolves when no thread is left. */
  close(): Promise<void>
}

/** Nobody waits for these. */
const IN_BACKGROUND: ReadonlySet<Wanted> = new Set<Wanted>(['snapshot', 'digest'])

/** On few processors a moment that one person waits for must not hold up the event loop, which everybody waits for. */
const BEHIND = 5

export function createTravel(): Travel {
  const script = new URL('./patientWork.ts', import.meta.url)
  const lanes = {
    front: new Lane(script, undefined, BEHIND),
    back: new Lane(script, undefined, constants.priority.PRIORITY_LOW),
  }
  const restorers = new Set<Restorer>()
  let closed = false

  function restorer(): Restorer {
    if (closed) throw new Stopping()
    const { compare, write, end } = startRestorer()
    const started: Restorer = {
      compare,
      write,
      end: () => end().finally(() => restorers.delete(started)),
    }
    restorers.add(started)
    return started
  }

  return {
    make: (wanted, stored) => {
      const lane = IN_BACKGROUND.has(wanted) ? lanes.back : lanes.front
      return lane.run({ wanted, stored }) as Promise<Answers[typeof wanted]>
    },
    ask: (question) => lanes.front.run(question) as Promise<Uint8Array>,
    restorer,
    async close() {
      closed = true
      const ending = [...restorers].map((one) => one.end())
      await Promise.all([lanes.front.close(), lanes.back.close(), ...ending])
    },
  }
}
