/**
 * The log: JSON lines on stderr. Ids and numbers only; never a name, a secret, a query string or text that people wrote.
 * What a person should read at the start is printed on stdout by main.ts.
 */
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

export const openLog = (config: Pick<Config, 'logLevel'>): Log =>
  pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: writtenDown },
    },
    pino.destination({ dest: 2, sync: true }),
  )

/** What libraries say on the console goes to the log, and only their errors: the rest is said by us where it matters, in our words. */
export function listenToConsole(log: Log, voice: Pick<Console, 'error' | 'warn'> = console): void {
  const hear = (...said: readonly unknown[]): void => {
    const error = said.find((one) => one instanceof Error)
    if (error) log.warn({ err: error }, 'a library reports an error')
  }
  voice.error = hear
  voice.warn = hear
}

interface WrittenError {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly at?: string[]
  readonly cause?: WrittenError
}

/**
 * What may be told of an error. The database's drivers put whole statements, parameters and refused rows into theirs: of those only the
 * code and the constraint are kept.
 */
export function writtenDown(error: unknown): WrittenError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown }
  const fromDatabase = error.name === 'PostgresError' || 'query' in error || 'params' in error
  const message = fromDatabase
    ? `the database refused a statement${constraint ? ` (${constraint})` : ''}`
    : error.message
  return {
    type: error.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: writtenDown(error.cause) } : {}),
  }
}
