/** What something takes while it lives. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Held while it is measured. */
export let held: unknown = null

/** Bytes, without what nobody holds. */
function used(): number {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes of what `make` returns and of all that it holds. */
export function liveBytes(make: () => unknown): number {
  held = null
  const before = used()
  held = make()
  const bytes = used() - before
  held = null
  return bytes
}
