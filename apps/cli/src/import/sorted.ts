/** All files are at the server: it makes series of them, however long that takes and even where the connection breaks meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Import } from '@consilium/contract/studies'
import type { Link } from '../link.ts'
import { patiently } from './patience.ts'

const LOOK_MS = 700

export async function sorted(
  link: Link,
  importId: string,
  onProgress: (progress: Import['progress']) => void,
): Promise<Import> {
  const look = () => link.call<Import>('GET', `/imports/${importId}`)
  let ended = false
  const watch = async () => {
    while (!ended) {
      await sleep(LOOK_MS)
      // Only a look: whoever waits for the end hears of faults.
      const seen = ended ? null : await look().catch(() => null)
      if (seen && !ended) onProgress(seen.progress)
    }
  }
  void watch()
  try {
    for (;;) {
      const seen = await patiently(async (again) => {
        const now = again ? await look() : null
        return now && now.state !== 'receiving'
          ? now
          : link.call<Import>('POST', `/imports/${importId}/finish`)
      })
      if (seen.state !== 'sorting') return seen
      await sleep(LOOK_MS)
    }
  } finally {
    ended = true
  }
}
