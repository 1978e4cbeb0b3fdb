/** The thread in which one restore is worked out (restoreWork.ts). */
import { Worker } from 'node:worker_threads'
import { Refusal } from '@consilium/contract/refusals'
import { oldGenerationLimit } from '../room/memory.ts'
import { handOver } from './handOver.ts'
import type { Compare, Compared, Unrestorable, Write, Written } from './restoreWork.ts'

export interface Restorer {
  compare(states: Compare): Promise<Compared>
  /** Refuses with `never-removed` where it cannot be. */
  write(task: Write): Promise<Written>
  end(): Promise<unknown>
}

/** Both moments are in memory, like a document that is opened twice. */
const HEAP_MB = Math.floor(oldGenerationLimit() / 2 ** 20)

export function startRestorer(script: URL = new URL('./restoreWork.ts', import.meta.url)): Restorer {
  const thread = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })

  function ask<Answer>(task: Compare | Write): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const answered = (answer: Answer | Unrestorable) => {
        stop()
        if (typeof answer === 'object' && answer !== null && 'fault' in answer)
          reject(new Refusal('never-removed', { message: answer.fault }))
        else resolve(answer as Answer)
      }
      const failed = (error: NodeJS.ErrnoException) => {
        stop()
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('too-large-to-open') : error)
      }
      const ended = () => failed(new Error('the thread of a restore ended'))
      const stop = () => {
        thread.off('message', answered).off('error', failed).off('exit', ended)
      }
      thread.on('message', answered).on('error', failed).on('exit', ended)
      const { message, buffers } = handOver(task)
      thread.postMessage(message, buffers)
    })
  }

  return {
    compare: (states) => ask<Compared>(states),
    write: (task) => ask<Written>(task),
    end: () => thread.terminate(),
  }
}
