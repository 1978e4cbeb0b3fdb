/**
 * Every setting of the server: environment variable, default, meaning. Nothing else in the server reads the environment.
 * All mistakes are collected and told at once, one sentence each, naming the variable.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartupError } from './startupError.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  /** PORT. 0 takes any free port. */
  readonly port: number
  /** HOST. The default answers on this machine only; 0.0.0.0 answers the network, and then CONSILIUM_ORIGIN names the address people use. */
  readonly host: string
  /** CONSILIUM_DATA, absolute. Pictures, the embedded database, secrets of this installation. */
  readonly data: string
  /** DATABASE_URL. Null: the embedded PostgreSQL inside `data`. */
  readonly databaseUrl: string | null
  /** CONSILIUM_DEMO. Demo project and one-click demo people; `empty` leaves out the made-up CT (for tests). */
  readonly demo: boolean
  readonly demoStudy: boolean
  /** CONSILIUM_ORIGIN. Addresses the page is opened at, beside localhost at our own port. */
  readonly origins: readonly string[]
  /** CONSILIUM_INSTANCE_KEY, 64 hex digits: unlocks the names in the journal. Null: kept in the data folder (journal/sealing.ts). */
  readonly instanceKey: string | null
  /** CONSILIUM_CHECKPOINT_KEY, seeds of 64 hex digits, oldest first, with commas between: the last one signs checkpoints. Null: kept in the data folder (ledger/keys.ts). */
  readonly checkpointKeys: readonly string[] | null
  /** CONSILIUM_WITNESS_FOLDER. A second `checkpoints.log` is kept in it: a folder that whoever owns the database cannot write to. */
  readonly witnessFolder: string | null
  /** CONSILIUM_WITNESS_URL. Each checkpoint is posted to it as JSON, for instance a service that writes to a log nobody can rewrite. */
  readonly witnessUrl: string | null
  /** CONSILIUM_SOCKETS_PER_SECOND. Live connections opened a second under one session; see room/limits.ts. More are answered with 429. */
  readonly socketsPerSecond: number
  /** LOG_LEVEL */
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** Their values are never repeated, not even when they are wrong. */
const SECRET = new Set(['DATABASE_URL', 'CONSILIUM_INSTANCE_KEY', 'CONSILIUM_CHECKPOINT_KEY'])

/** Empty counts as absent: `PORT= npm start` means the default. */
const setting = (env: NodeJS.ProcessEnv, name: string): string | undefined => env[name]?.trim() || undefined

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535)
const Demo = z.enum(['1', '0', 'empty'])
const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const SocketsPerSecond = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((n) => n >= 1 && n <= 10_000)
const InstanceKey = z.string().regex(/^[0-9a-fA-F]{64}$/)
const CheckpointKeys = z
  .string()
  .regex(/^[0-9a-fA-F]{64}([\s,]+[0-9a-fA-F]{64})*$/)
  .transform((text) => text.split(/[\s,]+/))
const Origin = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text)

/** Throws a StartupError that lists every mistake. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const mistakes: string[] = []
  function read<T>(name: string, schema: z.ZodType<T>, fallback: T, expected: string): T {
    const text = setting(env, name)
    if (text === undefined) return fallback
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    const shown = SECRET.has(name) ? 'what it is set to' : JSON.stringify(text)
    mistakes.push(`${name} must be ${expected}, not ${shown}.`)
    return fallback
  }
  const demo = read<'1' | '0' | 'empty'>('CONSILIUM_DEMO', Demo, '1', '1, 0 or empty')
  const witnessFolder = setting(env, 'CONSILIUM_WITNESS_FOLDER')
  const config: Config = {
    port: read('PORT', Port, 4000, 'a port number from 0 to 65535'),
    host: read(
      'HOST',
      z.string().regex(/^[a-zA-Z0-9.:-]+$/),
      '127.0.0.1',
      'an address to listen on, like 127.0.0.1 or 0.0.0.0',
    ),
    data: resolve(setting(env, 'CONSILIUM_DATA') ?? 'data'),
    databaseUrl: read<string | null>(
      'DATABASE_URL',
      PostgresUrl,
      null,
      'an address like postgres://user:password@host:5432/database',
    ),
    demo: demo !== '0',
    demoStudy: demo === '1',
    origins: (setting(env, 'CONSILIUM_ORIGIN') ?? '')
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((text) => text.replace(/\/$/, '')),
    instanceKey: read<string | null>('CONSILIUM_INSTANCE_KEY', InstanceKey, null, '64 hex digits'),
    checkpointKeys: read<string[] | null>(
      'CONSILIUM_CHECKPOINT_KEY',
      CheckpointKeys,
      null,
      '64 hex digits, or several such with commas between',
    ),
    witnessFolder: witnessFolder === undefined ? null : resolve(witnessFolder),
    witnessUrl: read<string | null>(
      'CONSILIUM_WITNESS_URL',
      z.url({ protocol: /^https?$/ }),
      null,
      'an address like https://witness.example.org/checkpoints',
    ),
    socketsPerSecond: read(
      'CONSILIUM_SOCKETS_PER_SECOND',
      SocketsPerSecond,
      200,
      'a whole number from 1 to 10000',
    ),
    logLevel: read('LOG_LEVEL', z.enum(LOG_LEVELS), 'info', `one of ${LOG_LEVELS.join(', ')}`),
  }
  for (const text of config.origins)
    if (!Origin.safeParse(text).success)
      mistakes.push(
        `CONSILIUM_ORIGIN must be the address people open, like https://consilium.example.org (several with commas between), not ${JSON.stringify(text)}.`,
      )
  if (mistakes.length > 0) throw new StartupError(mistakes.join('\n'))
  return config
}
