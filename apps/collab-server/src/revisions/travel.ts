/**
 * Any moment of a document: snapshot and rows are read here, the state is made in a worker thread. One worker is enough on the machines
 * this runs on; tasks wait their turn. A worker that dies fails what it was given and is made anew.
 */
import { Worker } from 'node:worker_threads'
import type { Recorded } from '../journal/replay.ts'
import type { Done, Task, Wanted } from './work.ts'

export interface Travel {
  /**
   * `update`: Yjs update (format 1) with the whole state. `snapshot`: the same in format 2, for our own snapshots.
   * `json`: plain values by crdt-schema. `tally`: see work.ts.
   */
  make(wanted: Wanted, recorded: Recorded): Promise<Uint8Array>
  close(): Promise<void>
}

interface Waiting {
  readonly done: (bytes: Uint8Array) => void
  readonly failed: (error: Error) => void
}

export function createTravel(): Travel {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let next = 1

  function failAll(error: Error): void {
    worker = null
    for (const { failed } of waiting.values()) failed(error)
    waiting.clear()
  }

  function ready(): Worker {
    if (worker) return worker
    const made = new Worker(new URL('./work.ts', import.meta.url))
    made.on('message', (done: Done) => {
      const task = waiting.get(done.n)
      waiting.delete(done.n)
      if (waiting.size === 0) made.unref()
      if ('bytes' in done) task?.done(done.bytes)
      else task?.failed(new Error(`a state could not be made: ${done.fault}`))
    })
    made.on('error', (error: unknown) => failAll(error instanceof Error ? error : new Error(String(error))))
    made.on('exit', () => {
      if (worker === made) failAll(new Error('the worker ended'))
    })
    worker = made
    return made
  }

  function make(wanted: Wanted, { snapshot, tail }: Recorded): Promise<Uint8Array> {
    return new Promise((done, failed) => {
      const n = next++
      waiting.set(n, { done, failed })
      const task: Task = { n, wanted, snapshot: snapshot?.state ?? null, rows: tail.map((row) => row.bytes) }
      const thread = ready()
      thread.ref()
      thread.postMessage(task)
    })
  }

  return {
    make,
    async close() {
      const thread = worker
      worker = null
      await thread?.terminate()
    },
  }
}
