/**
 * In the worker: is there memory left? To run out of it is no way to find out: V8 mostly ends the thread alone, but where a single step
 * needs more than there is it ends the whole process.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { resourceLimits } from 'node:worker_threads'
import { Refusal } from '@consilium/contract/refusals'

/** What is left is for making what is wanted. */
const HEAP_SHARE = 0.75
/** Bytes of rows between two looks at the memory. */
const LOOK_EVERY_BYTES = 256 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Throws a Refusal `too-large-to-open`. */
export function requireHeap(): void {
  const limit = (resourceLimits.maxOldGenerationSizeMb ?? Number.POSITIVE_INFINITY) * 2 ** 20
  const isFull = () => getHeapStatistics().used_heap_size > limit * HEAP_SHARE
  if (!isFull()) return
  // Much of it may be left from the document before.
  collectGarbage()
  if (isFull()) throw new Refusal('too-large-to-open')
}

/** Looks at the memory now and then while they are taken. */
export function* watched(rows: Iterable<Uint8Array>): Generator<Uint8Array, void> {
  let bytes = 0
  for (const row of rows) {
    bytes += row.byteLength
    if (bytes > LOOK_EVERY_BYTES) {
      bytes = 0
      requireHeap()
    }
    yield row
  }
}
