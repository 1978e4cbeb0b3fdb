/** Worker thread as work.ts, for what nobody waits for: it leaves the processor to whoever wants it, from its first line on. */
import { constants, setPriority } from 'node:os'

try {
  // On Linux 0 is the calling thread alone; elsewhere it would be the whole server.
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW)
} catch {
  // Where this is not allowed it works like the other.
}
await import('./work.ts')
