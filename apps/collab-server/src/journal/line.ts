/**
 * The journal's own connection to the database, and its patience: what is asked through it is asked again until the database answers,
 * however long that takes. While nothing comes back, `paused` says so. Everything that is not the database's absence is thrown at once.
 */
import { isUnavailable } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import { notice } from '../notice.ts'

export interface Paused {
  readonly now: boolean
  /** Told at each change. Returns how to stop listening. */
  on(listener: (paused: boolean) => void): () => void
}

export interface Line {
  /** `again`: it was asked before, and what became of that is not known. One caller at a time. */
  through<T>(work: (sql: Sql, again: boolean) => Promise<T>): Promise<T>
  readonly paused: Paused
  /** What is still asking hears `Closed`, as soon as the database does not answer it. */
  close(): Promise<void>
}

/** The server stops, and the database does not answer any more. */
export class Closed extends Error {
  override readonly name = 'Closed'
}

/** A database that hangs is as good as away. Longer than a statement may take by itself (see `dedicated` in db/open.ts). */
const ANSWER_WITHIN_MS = 5_000
const PAUSED_AFTER_MS = 500
const FIRST_WAIT_MS = 20
const LONGEST_WAIT_MS = 1_000
/** Of tries that fail, so many are passed over between two lines in the log. */
const LOG_EVERY = 30
/** How long a statement that is under way may take when the line is closed. */
const LAST_WORDS_S = 2

class Silent extends Error {
  override readonly name = 'Silent'
  readonly code = 'ETIMEDOUT'
}

/** `connect` makes a connection that is nobody else's; null: share `sql`, for tests. */
export function createLine(sql: Sql, connect: (() => Sql) | null, log: Log): Line {
  let line = connect?.() ?? sql
  let paused = false
  let closed = false
  /** Ends what is being waited for. */
  let interrupt: () => void = () => undefined
  const pauses = notice<boolean>(log)

  function pause(now: boolean): void {
    if (paused === now) return
    paused = now
    log[now ? 'error' : 'info']({ paused }, now ? 'saving is paused' : 'saving goes on')
    pauses.tell(now)
  }

  /** Rejects with Closed where the line is closed first. */
  function unlessClosed<T>(
    wait: (done: (value: T) => void, failed: (error: unknown) => void) => void,
  ): Promise<T> {
    return new Promise((done, failed) => {
      interrupt = () => failed(new Closed())
      if (closed) interrupt()
      else wait(done, failed)
    })
  }

  const answer = <T>(ask: () => Promise<T>): Promise<T> =>
    unlessClosed((done, failed) => {
      const late = setTimeout(() => failed(new Silent()), ANSWER_WITHIN_MS)
      ask()
        .then(done, failed)
        .finally(() => clearTimeout(late))
    })

  const rest = (ms: number): Promise<void> =>
    unlessClosed((done) => {
      setTimeout(done, ms)
    })

  /** What was asked over the old one may still be done, one day: `again` is there to look. */
  function hangUp(): void {
    if (!connect) return
    void line.end({ timeout: 0 })
    line = connect()
  }

  /** Throws what is not the database's absence. */
  function missed(error: unknown, attempt: number): void {
    if (!isUnavailable(error)) {
      if (!(error instanceof Closed)) pause(false)
      throw error
    }
    if (attempt % LOG_EVERY === 0)
      log.warn({ err: error, attempt }, 'the database does not answer; asking again')
    if (error instanceof Silent) hangUp()
  }

  return {
    async through(work) {
      const late = setTimeout(() => pause(true), PAUSED_AFTER_MS)
      try {
        for (let attempt = 0; ; attempt++) {
          try {
            const answered = await answer(() => work(line, attempt > 0))
            pause(false)
            return answered
          } catch (error) {
            missed(error, attempt)
          }
          await rest(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS))
        }
      } finally {
        clearTimeout(late)
      }
    },
    paused: {
      get now() {
        return paused
      },
      on: pauses.on,
    },
    async close() {
      closed = true
      interrupt()
      if (connect) await line.end({ timeout: paused ? 0 : LAST_WORDS_S })
    },
  }
}
