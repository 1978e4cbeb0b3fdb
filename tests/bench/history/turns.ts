/**
 * How long the event loop stood still, and how much of that was work of its own: on shared cores a thread also stands still because
 * somebody else has the processor.
 */
import { performance } from 'node:perf_hooks'

export interface Turn {
  readonly ms: number
  /** Of the thread, in that time. */
  readonly cpuMs: number
}

export interface Turns {
  readonly longest: Turn
  /** The one with the most work in it; on an idle machine it is the longest. */
  readonly busiest: Turn
}

const TICK_MS = 1
const NONE: Turn = { ms: 0, cpuMs: 0 }

/** Returns what was seen since the last call. */
export function watchTurns(): () => Turns {
  let seen: Turns = { longest: NONE, busiest: NONE }
  let at = performance.now()
  let cpu = cpuMs()
  setInterval(() => {
    const [now, used] = [performance.now(), cpuMs()]
    const turn: Turn = { ms: now - at - TICK_MS, cpuMs: used - cpu }
    seen = {
      longest: turn.ms > seen.longest.ms ? turn : seen.longest,
      busiest: turn.cpuMs > seen.busiest.cpuMs ? turn : seen.busiest,
    }
    at = now
    cpu = used
  }, TICK_MS).unref()
  return () => {
    const told = seen
    seen = { longest: NONE, busiest: NONE }
    return told
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
