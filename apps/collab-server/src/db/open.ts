/**
 * Opens the database: the embedded PostgreSQL, or the one of DATABASE_URL. Applies the migrations as the owner of the tables, then works
 * as `consilium_app`, which owns nothing and may do only what the migrations granted (journal tables: insert and select).
 * Reads back whether a commit really reaches the disk; where it does not, nothing may be called saved.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { StartupError } from '../startupError.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { drizzle } from './drizzle.ts'
import { type Durability, type DurabilityWatch, watchDurability } from './durability.ts'
import { applyMigrations } from './migrations.ts'
import { prepared } from './prepared.ts'

/** postgres.js, with int8 as number (ms, sequence numbers, clientIDs: all below 2^53; beyond it throws). */
export type Sql = postgres.Sql<{ bigint: number }>

/** To be asked in either of two ways. */
export type Asked = Pick<Database, 'sql' | 'orm'>

export interface Database {
  /**
   * Pool of the role `consilium_app`. drizzle shares it and takes over JSON and dates: in raw queries a JSON parameter must be
   * passed as text with a cast (`${JSON.stringify(x)}::jsonb`), and so must arrays (`${'{1,2}'}::int[]`).
   */
  readonly sql: Sql
  readonly orm: PostgresJsDatabase
  /**
   * For who asks, which every request asks first: one connection whose questions are short, so that it waits behind nobody's long one and
   * is warm. Those of the pool take turns, so each of them has rested longest when its turn comes, and takes half as long again.
   */
  readonly door: Sql
  /**
   * For files that come in: one connection, over which the same few long statements go again and again. Each connection of the pool would
   * have to read and plan them for itself, several times; here they are planned once, since no parameter of theirs makes another plan better.
   */
  readonly intake: Sql
  /**
   * For the end of an import, whose questions are many, most of them long, and asked one after the other: over one connection each is read
   * and planned once. A second import that ends meanwhile does so over the pool.
   */
  readonly ending: Asked
  /** One connection that is nobody else's. What takes too long over it is given up by the database itself. */
  dedicated(): Sql
  /**
   * One connection for the length of `work`, as the owner of the tables; of the embedded PostgreSQL as its superuser. For upkeep that
   * the server's own role may not do, and no request ever gets hold of.
   */
  upkeep<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  readonly durability: DurabilityWatch
  /** As last read. */
  readonly durable: Durability
  readonly embedded: boolean
  /** Does it answer now? */
  alive(): Promise<boolean>
  close(): Promise<void>
}

const APP_ROLE = 'consilium_app'
const WAIT_FOR_DATABASE_MS = 15_000
const POOL = 12
const CONNECT_WITHIN_S = 10
const RECONNECT_AFTER_S = 0.1
const ALIVE_WITHIN_MS = 2_000
/** Of a dedicated connection. Shorter than the patience of whoever asks (journal/line.ts), so that a slow statement ends in order. */
const STATEMENT_MS = 4_000

export async function openDatabase(
  config: Pick<Config, 'data' | 'databaseUrl'>,
  log: Log,
): Promise<Database> {
  const { cluster, access } = await reach(config, log)
  try {
    await withOne(access.owner, log, applyMigrations)
    let durability: DurabilityWatch | null = null
    const onclose = () => durability?.doubt()
    const sql = connect(access.app, log, { max: POOL, onclose })
    const dedicated = (): Sql => connect(access.app, log, { max: 1, onclose, statementMs: STATEMENT_MS })
    const door = dedicated()
    const intake = connect(access.app, log, { max: 1, onclose, plansOnce: true })
    const ending = connect(access.app, log, { max: 1, onclose })
    const watch = await watchDurability(sql, log)
    durability = watch
    return {
      sql,
      orm: drizzle(prepared(sql)),
      door,
      intake,
      ending: { sql: ending, orm: drizzle(prepared(ending)) },
      dedicated,
      upkeep: (work) => withOne(access.keeper, log, work),
      durability: watch,
      get durable() {
        return watch.now
      },
      embedded: cluster !== null,
      alive: sharing(() => answers(watch.read(sql))),
      close: async () => {
        await Promise.all([sql, door, intake, ending].map((one) => one.end({ timeout: 5 })))
        await cluster?.stop()
      },
    }
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

/** For a restore: one connection as the owner of the tables, and nothing in them that the caller did not put there. */
export async function asOwner<T>(
  config: Pick<Config, 'data' | 'databaseUrl'>,
  log: Log,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const { cluster, access } = await reach(config, log)
  try {
    return await withOne(access.owner, log, work)
  } finally {
    await cluster?.stop()
  }
}

async function reach(
  { data, databaseUrl }: Pick<Config, 'data' | 'databaseUrl'>,
  log: Log,
): Promise<{ cluster: Cluster | null; access: Access }> {
  if (databaseUrl !== null) return { cluster: null, access: await prepareExternal(databaseUrl, log) }
  const cluster = await startCluster(data, log)
  try {
    return { cluster, access: await prepareCluster(cluster, log) }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** How to connect as the owner of the tables, as whoever may do most of all, and as the role the server works in. */
interface Access {
  readonly owner: Connection
  readonly keeper: Connection
  readonly app: Connection
}
type Connection = { readonly url: string; readonly role?: string }

/** Roles and database of our own cluster; the passwords of both roles are new at every start and never leave this process. */
async function prepareCluster(cluster: Cluster, log: Log): Promise<Access> {
  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${cluster.port}/${database}`
  const secret = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') }
  await withOne({ url: url('postgres', cluster.password, 'postgres') }, log, async (admin) => {
    for (const [role, password] of [
      ['consilium', secret.owner],
      [APP_ROLE, secret.app],
    ] as const) {
      const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
      // Hex and fixed names only: `create role` takes no parameters.
      await admin.unsafe(`${known ? 'alter' : 'create'} role ${role} login password '${password}'`)
    }
    const [database] = await admin`select 1 from pg_database where datname = 'consilium'`
    if (!database) await admin.unsafe('create database consilium owner consilium')
  })
  return {
    owner: { url: url('consilium', secret.owner, 'consilium') },
    keeper: { url: url('postgres', cluster.password, 'consilium') },
    app: { url: url(APP_ROLE, secret.app, 'consilium') },
  }
}

/** The user of DATABASE_URL owns the tables and steps down to `consilium_app` for the daily work. */
async function prepareExternal(url: string, log: Log): Promise<Access> {
  await withOne({ url }, log, async (owner) => {
    await reachable(owner, url)
    const [server] = await owner<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`
    const major = Math.floor((server?.version ?? 0) / 10_000)
    if (major < 14)
      throw new StartupError(
        `DATABASE_URL: this PostgreSQL is version ${major}; Consilium needs 14 or later.`,
      )
    try {
      const [known] = await owner`select 1 from pg_roles where rolname = ${APP_ROLE}`
      if (!known) await owner.unsafe(`create role ${APP_ROLE} nologin`)
      const [member] = await owner<
        { yes: boolean }[]
      >`select pg_has_role(current_user, ${APP_ROLE}, 'member') as yes`
      if (!member?.yes) await owner.unsafe(`grant ${APP_ROLE} to current_user`)
      await owner.unsafe(`set role ${APP_ROLE}; reset role`)
    } catch (cause) {
      throw new StartupError(
        `DATABASE_URL: its user may not make or take the role ${APP_ROLE}, which the server works in. ` +
          `Let an administrator of that PostgreSQL run: create role ${APP_ROLE} nologin; grant ${APP_ROLE} to <the user in DATABASE_URL>;`,
        { cause },
      )
    }
  })
  return { owner: { url }, keeper: { url }, app: { url, role: APP_ROLE } }
}

async function reachable(sql: Sql, url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  for (let waited = 0; ; waited += 500) {
    try {
      await sql`select 1`
      return
    } catch (cause) {
      const code = (cause as { code?: string }).code ?? ''
      // Refused or still starting up: likely started together with us.
      if ((code === 'ECONNREFUSED' || code === '57P03') && waited < WAIT_FOR_DATABASE_MS) {
        await sleep(500)
        continue
      }
      throw new StartupError(
        `DATABASE_URL: the PostgreSQL at ${hostname}:${port || 5432} does not let us in (${code || cause}).`,
        { cause },
      )
    }
  }
}

const answers = (asked: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    asked.then(
      () => true,
      () => false,
    ),
    sleep(ALIVE_WITHIN_MS, false, { ref: false }),
  ])

/** Whoever asks while somebody is asking already gets the same answer. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null
  return () => {
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }
}

interface Manner {
  readonly max: number
  readonly onclose?: () => void
  readonly statementMs?: number
  readonly plansOnce?: boolean
}

function connect({ url, role }: Connection, log: Log, manner: Manner): Sql {
  const { max, onclose, statementMs, plansOnce = false } = manner
  return postgres<{ bigint: postgres.PostgresType<number> }>(url, {
    max,
    connect_timeout: CONNECT_WITHIN_S,
    // By itself the driver waits up to 20 s after a few failures, and whoever asks waits with it.
    backoff: () => RECONNECT_AFTER_S,
    // Asked by the driver on its own, without anybody to hear that it failed. So arrays are passed as PostgreSQL writes them: '{1,2}'.
    fetch_types: false,
    ...(onclose === undefined ? {} : { onclose }),
    connection: {
      application_name: 'consilium',
      ...(role === undefined ? {} : { role }),
      ...(statementMs === undefined ? {} : { statement_timeout: statementMs }),
      ...(plansOnce && { plan_cache_mode: 'force_generic_plan' }),
    },
    types: { bigint: { to: 20, from: [20], serialize: (value: number) => String(value), parse: exactly } },
    onnotice: (notice) => log.debug({ code: notice.code }, 'database notice'),
  })
}

function exactly(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 beyond 2^53 came from the database')
  return value
}

/** One connection for the length of `work`. */
async function withOne<T>(connection: Connection, log: Log, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(connection, log, { max: 1 })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
