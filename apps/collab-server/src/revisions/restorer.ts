/** The thread in which one restore is worked out (restoreWork.ts). */
import { Worker } from 'node:worker_threads'
import { Refusal } from '@consilium/contract/refusals'
import { oldGenerationLimit } from '../room/memory.ts'
import { handOver } from './handOver.ts'
import type { Compare, Compared, Unrestorable, Write, Written } from './restoreWork.ts'

/** One question at a time. */
export interface Restorer {
  compare(states: Compare): Promise<Compared>
  /** Refuses with `never-removed` where it cannot be. */
  write(task: Write): Promise<Written>
  /** What it was asked fails. Resolves when the thread is gone. */
  end(): Promise<void>
}

/** Both moments are in memory, like a document that is opened twice. */
const HEAP_MB = Math.floor(oldGenerationLimit() / 2 ** 20)

export function startRestorer(script: URL = new URL('./restoreWork.ts', import.meta.url)): Restorer {
  const thread = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
  let asked: { readonly done: (answer: unknown) => void; readonly failed: (why: Error) => void } | null = null
  /** Why nothing can be asked any more. It may end between two questions, too, and then nobody else would hear of it. */
  let over: Error | null = null

  function answered(answer: unknown): void {
    const { done, failed } = asked ?? {}
    asked = null
    const isFault = typeof answer === 'object' && answer !== null && 'fault' in answer
    if (isFault) failed?.(new Refusal('never-removed', { message: (answer as Unrestorable).fault }))
    else done?.(answer)
  }

  function ended(why: Error): void {
    over ??= why
    asked?.failed(over)
    asked = null
  }

  thread.on('message', answered)
  thread.on('error', (error: NodeJS.ErrnoException) =>
    ended(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('too-large-to-open') : error),
  )
  thread.on('exit', () => ended(new Error('the thread of a restore ended')))

  const ask = <Answer>(task: Compare | Write): Promise<Answer> =>
    new Promise((done, failed) => {
      if (over) return failed(over)
      const { message, buffers } = handOver(task)
      thread.postMessage(message, buffers)
      asked = { done: done as (answer: unknown) => void, failed }
    })

  return {
    compare: (states) => ask<Compared>(states),
    write: (task) => ask<Written>(task),
    async end() {
      await thread.terminate()
    },
  }
}
