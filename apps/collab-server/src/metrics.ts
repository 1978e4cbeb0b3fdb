/**
 * What the server counts, in the form that Prometheus reads at `/metrics`; and the alarm, for what must never happen.
 * Labels and details are codes, ids and numbers only: never a name, never text of a person.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { RefusalCode } from '@consilium/contract/refusals'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Log } from './log.ts'

export interface Metrics {
  /** Something that must never happen did: counted by kind, and logged as an error. Whoever runs the server is to be woken by it. */
  alarm(kind: string, details?: Readonly<Record<string, unknown>>): void
  /** Somebody was told no, over HTTP or on the live channel. */
  refused(code: RefusalCode): void
  /** One commit of the journal was answered. */
  committed(rows: number, seconds: number): void
  /** A number that is asked for at every look. Named `consilium_…`. */
  watch(name: string, help: string, read: () => number): void
  readonly contentType: string
  text(): Promise<string>
  /** Stops measuring the event loop. */
  close(): void
}

const NANOSECONDS = 1e9
/** How often the event loop is asked whether it is late. */
const LOOP_EVERY_MS = 20

export function createMetrics(log: Log): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const alarms = new Counter({
    name: 'consilium_alarms_total',
    help: 'What must never happen and did, by kind',
    labelNames: ['kind'],
    registers,
  })
  const refusals = new Counter({
    name: 'consilium_refusals_total',
    help: 'Requests and changes that were refused, by code',
    labelNames: ['code'],
    registers,
  })
  const rows = new Counter({
    name: 'consilium_journal_rows_total',
    help: 'Rows committed to journals',
    registers,
  })
  const commits = new Histogram({
    name: 'consilium_journal_commit_seconds',
    help: 'From handing a group of rows to the database to its answer that they are committed',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers,
  })
  const watch: Metrics['watch'] = (name, help, read) => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  watch('process_resident_memory_bytes', 'Memory of this process', () => process.memoryUsage.rss())
  const stopMeasuring = measureLoop(registry)

  return {
    alarm(kind, details = {}) {
      alarms.inc({ kind })
      log.error({ alarm: kind, ...details }, 'alarm')
    },
    refused: (code) => refusals.inc({ code }),
    committed(count, seconds) {
      rows.inc(count)
      commits.observe(seconds)
    },
    watch,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: stopMeasuring,
  }
}

/** How late the event loop was since the last look. */
function measureLoop(registry: Registry): () => void {
  const delays = monitorEventLoopDelay({ resolution: LOOP_EVERY_MS })
  delays.enable()
  // It measures the time between two questions, of which one period is no delay.
  const seconds = (nanoseconds: number): number =>
    Math.max(0, nanoseconds / NANOSECONDS - LOOP_EVERY_MS / 1000)
  new Gauge({
    name: 'consilium_loop_delay_seconds',
    help: 'How late the event loop was since the last look; quantile 1 is the longest',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      this.set({ quantile: 0.5 }, seconds(delays.percentile(50)))
      this.set({ quantile: 0.99 }, seconds(delays.percentile(99)))
      this.set({ quantile: 1 }, seconds(delays.max))
      delays.reset()
    },
  })
  return () => delays.disable()
}
