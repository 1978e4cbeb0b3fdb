/**
 * How long the event loop stood still, and why: because of work of its own, because it was ready to go on and nobody gave it a processor, or
 * because it waited for something else. On shared cores a thread also stands still because somebody else has the processor.
 */
import { openSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

export interface Turn {
  readonly ms: number
  /** Of the thread, in that time. */
  readonly cpuMs: number
  /** In which it was ready and had no processor; 0 where the system does not say. */
  readonly readyMs: number
}

export interface Turns {
  readonly longest: Turn
  /** The one that was longest without what it was ready for. */
  readonly ownLongest: Turn
  /** The one with the most work in it; on an idle machine it is the longest. */
  readonly busiest: Turn
}

/** What of a turn is no matter of the other threads: work, and waiting in a call. */
export const ownMs = ({ ms, readyMs }: Turn): number => Math.max(0, ms - readyMs)

const TICK_MS = 1
const NONE: Turn = { ms: 0, cpuMs: 0, readyMs: 0 }

/** Returns what was seen since the last call. */
export function watchTurns(): () => Turns {
  const none: Turns = { longest: NONE, ownLongest: NONE, busiest: NONE }
  const readyMs = readyClock()
  let seen = none
  let at = performance.now()
  let cpu = cpuMs()
  let ready = readyMs()
  setInterval(() => {
    const [now, used, waited] = [performance.now(), cpuMs(), readyMs()]
    const turn: Turn = { ms: now - at - TICK_MS, cpuMs: used - cpu, readyMs: waited - ready }
    seen = {
      longest: turn.ms > seen.longest.ms ? turn : seen.longest,
      ownLongest: ownMs(turn) > ownMs(seen.ownLongest) ? turn : seen.ownLongest,
      busiest: turn.cpuMs > seen.busiest.cpuMs ? turn : seen.busiest,
    }
    at = now
    cpu = used
    ready = waited
  }, TICK_MS).unref()
  return () => {
    const told = seen
    seen = none
    return told
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Linux counts for each thread how long it was ready without running: the second number, ns. */
function readyClock(): () => number {
  if (process.platform !== 'linux') return () => 0
  const file = openSync('/proc/thread-self/schedstat', 'r')
  const text = Buffer.alloc(64)
  return () => Number(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split(' ')[1]) / 1e6
}
