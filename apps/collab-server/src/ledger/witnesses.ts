/**
 * Copies of checkpoints outside the hands of whoever owns the database: a folder (a share that only grows, another machine) and an address
 * that is told of each. Both are helped to what they missed; neither is ever waited for. One that fails is counted and tried again.
 */
import { join } from 'node:path'
import type { Checkpoint } from '@consilium/contract/checkpoints'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { LOG_NAME } from './copies.ts'
import { LogFile } from './logFile.ts'
import { hashOf } from './statement.ts'

export interface Witnesses {
  /** Brings them up to this one, some time. */
  show(latest: Checkpoint | null): void
  close(): Promise<void>
}

export interface WitnessesOptions {
  readonly log: Log
  readonly metrics: Metrics
  /** The data folder, whose `checkpoints.log` is copied. */
  readonly folder: string
  /** CONSILIUM_WITNESS_FOLDER */
  readonly witnessFolder: string | null
  /** CONSILIUM_WITNESS_URL */
  readonly witnessUrl: string | null
  /** ms until it is tried again, the first and at most the last of these */
  readonly again?: readonly [number, number]
}

const AGAIN = [1_000, 60_000] as const
const ANSWER_WITHIN_MS = 10_000
const LAST_WORDS_MS = 1_000

export function openWitnesses(options: WitnessesOptions): Witnesses {
  const { log, metrics, folder, witnessFolder, witnessUrl, again = AGAIN } = options
  const closing = new AbortController()
  const all: Witness[] = []
  if (witnessFolder !== null) {
    const copy = new LogFile(join(witnessFolder, LOG_NAME))
    const own = new LogFile(join(folder, LOG_NAME))
    all.push(
      new Witness('folder', log, again, async () => {
        await copy.begin()
        for await (const one of own.after(copy.last?.n ?? 0)) await copy.add(one)
      }),
    )
  }
  if (witnessUrl !== null)
    all.push(
      new Witness('url', log, again, async (latest) => {
        const answer = await fetch(witnessUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...latest, hash: hashOf(latest) }),
          redirect: 'error',
          signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
        })
        await answer.body?.cancel()
        if (!answer.ok) throw new Error(`it answered ${answer.status}`)
      }),
    )
  metrics.watch(
    'consilium_checkpoint_witnesses_behind',
    'Witnesses outside that lack the latest checkpoint because the last try failed',
    () => all.filter(({ failing }) => failing).length,
  )
  return {
    show(latest) {
      if (latest) for (const witness of all) witness.show(latest)
    },
    async close() {
      await Promise.all(all.map((witness) => witness.close(LAST_WORDS_MS)))
      closing.abort()
    },
  }
}

/** The newest checkpoint stands for all before it: each names the one before by its hash. */
class Witness {
  failing = false
  readonly #kind: string
  readonly #log: Log
  readonly #again: readonly [number, number]
  readonly #tell: (latest: Checkpoint) => Promise<void>
  #latest: Checkpoint | null = null
  #told: Checkpoint | null = null
  #running: Promise<void> | null = null
  #interrupt: () => void = () => undefined
  #closed = false

  constructor(
    kind: string,
    log: Log,
    again: readonly [number, number],
    tell: (latest: Checkpoint) => Promise<void>,
  ) {
    this.#kind = kind
    this.#log = log
    this.#again = again
    this.#tell = tell
  }

  show(latest: Checkpoint): void {
    this.#latest = latest
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
  }

  async #run(): Promise<void> {
    for (let wait = this.#again[0]; this.#latest && this.#latest !== this.#told; ) {
      const latest = this.#latest
      try {
        await this.#tell(latest)
        this.#told = latest
        this.failing = false
        wait = this.#again[0]
      } catch (error) {
        if (this.#closed) return
        if (!this.failing)
          this.#log.warn({ err: error, witness: this.#kind }, 'a witness of checkpoints does not answer')
        this.failing = true
        await this.#rest(wait)
        if (this.#closed) return
        wait = Math.min(2 * wait, this.#again[1])
      }
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      this.#interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** What is being told may still be heard. */
  async close(within: number): Promise<void> {
    if (this.failing) this.#closed = true
    this.#interrupt()
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      this.#running,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, within).unref()
      }),
    ])
    clearTimeout(timer)
    this.#closed = true
  }
}
