/** For tests: how many threads this process started since, and how many of them are gone. */
import type { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

export function watchThreads(): { started: number; gone: number } {
  const threads = { started: 0, gone: 0 }
  const started = (thread: Worker): void => {
    threads.started++
    thread.once('exit', () => threads.gone++)
  }
  process.on('worker', started)
  onTestFinished(() => void process.off('worker', started))
  return threads
}
