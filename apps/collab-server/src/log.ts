/**
 * The log: JSON lines on stderr. Ids and numbers only; never a name, a secret, a query string or text that people wrote.
 * What a person should read at the start is printed on stdout by main.ts.
 */
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

export const openLog = (config: Pick<Config, 'logLevel'>): Log =>
  pino(
    { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
