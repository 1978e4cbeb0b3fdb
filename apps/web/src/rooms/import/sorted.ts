/** All files of an import are at the server: it makes series of them, however long that takes and however often the connection breaks. */
import type { Import } from '@consilium/contract/studies'
import type { Door } from './door.ts'
import type { Patience } from './patience.ts'

/** How often it is looked at, ms. */
export const LOOK_MS = 700

const isUnderWay = (seen: Import): boolean => seen.state === 'receiving' || seen.state === 'sorting'

interface Sorting {
  readonly door: Door
  readonly patience: Patience
  readonly importId: string
  readonly signal: AbortSignal
  wait(ms: number): Promise<void>
  onFrames(progress: Import['progress']): void
}

export async function sorted({ door, patience, importId, signal, wait, onFrames }: Sorting): Promise<Import> {
  // The answer to a break may be lost, and asking for the end twice is not needed.
  const finish = async (again: boolean) => {
    const seen = again ? await door.look(importId) : null
    return seen && seen.state !== 'receiving' ? seen : door.finish(importId)
  }
  let ended = false
  const watch = async () => {
    for (;;) {
      await wait(LOOK_MS)
      if (ended || signal.aborted) return
      // Only a look: whoever waits for the end hears of faults.
      const seen = await door.look(importId).catch(() => null)
      if (seen && !ended) onFrames(seen.progress)
    }
  }
  void watch()
  try {
    let seen = await patience.with(finish, signal)
    while (isUnderWay(seen)) {
      await wait(LOOK_MS)
      seen = await patience.with(() => door.look(importId), signal)
    }
    return seen
  } finally {
    ended = true
  }
}
