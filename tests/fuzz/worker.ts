/** Fuzzing in a thread of its own, so that an update that never ends can be seen from outside. Tells what each document had. */
import { parentPort, workerData } from 'node:worker_threads'
import { PER_DOCUMENT, runDocument } from './run.ts'

export interface Task {
  readonly first: number
  readonly end: number
  /** Where the number of the offer in progress is written, less `first`; -1 while there is none. */
  readonly at: SharedArrayBuffer
}

const { first, end, at } = workerData as Task
const current = new Int32Array(at)
for (let from = first; from < end; ) {
  const to = Math.min(end, (Math.floor(from / PER_DOCUMENT) + 1) * PER_DOCUMENT)
  const found = await runDocument(from, to, (number) => void Atomics.store(current, 0, number - first))
  parentPort?.postMessage(found)
  from = to
}
