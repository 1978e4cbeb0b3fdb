/** Worker thread as work.ts that leaves the processor to whoever wants it more, from its first line on: so far behind as the lane says. */
import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'

try {
  // On Linux 0 is the calling thread alone; elsewhere it would be the whole server.
  if (process.platform === 'linux') setPriority(0, workerData as number)
} catch {
  // Where this is not allowed it works like the other.
}
await import('./work.ts')
