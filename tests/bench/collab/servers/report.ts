/** What a server under measurement tells whoever started it: its memory after a collection, and the longest turn of its event loop since last asked. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Report {
  /** Live JavaScript and buffers, after a full collection, bytes. */
  readonly live: number
  readonly rss: number
  /** Longest time the event loop stood still since the last report, ms. */
  readonly longestTurnMs: number
  /** CPU time used by the process so far, s. */
  readonly cpu: number
}

/** Whole milliseconds below this are the timer's own grain. */
const GRAIN_MS = 1
/** Until the timer has noticed the collection that a report makes: that is nobody's turn. */
const NOTICED_MS = 20

export function answerReports(): void {
  // A run that was cut short leaves no server behind.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  const delay = monitorEventLoopDelay({ resolution: GRAIN_MS })
  delay.enable()
  process.on('message', async (message: { ask?: string }) => {
    if (message.ask !== 'report') return
    const longestTurnMs = delay.max / 1e6
    globalThis.gc?.()
    await sleep(NOTICED_MS)
    // Once more: what is held weakly outlives the turn in which it was last looked at, and with it all that it holds.
    globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    await sleep(NOTICED_MS)
    delay.reset()
    const { user, system } = process.cpuUsage()
    const report: Report = { live: heapUsed + external, rss, longestTurnMs, cpu: (user + system) / 1e6 }
    process.send?.({ report })
  })
}
