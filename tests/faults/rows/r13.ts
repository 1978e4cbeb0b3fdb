import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import postgres from 'postgres'
import { allMigrations, applyInside } from '../../../apps/collab-server/src/db/migrations.ts'
import { openDatabase, type Sql } from '../../../apps/collab-server/src/db/open.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { portraitOf } from '../migrations/portrait.ts'
import { ROWS } from '../migrations/rows.ts'
import { Tap } from '../migrations/tap.ts'
import { ForeignPostgres } from '../postgres.ts'

const START = join(import.meta.dirname, '../migrations/start.ts')
const MIGRATIONS = allMigrations()
const statements = (from: number): number =>
  MIGRATIONS.slice(from).reduce((sum, { statements }) => sum + statements.length, 0)

/** Migrations that were applied before, and the statement after which the start is killed, counted over those that are left. */
interface Moment {
  readonly level: number
  readonly statement: number
}

/** On an empty database after each statement of all and after the commit; on one of each level, after each of the next migration. */
const ALL: readonly Moment[] = [
  ...Array.from({ length: statements(0) + 1 }, (_, n) => ({ level: 0, statement: n + 1 })),
  ...MIGRATIONS.flatMap((migration, level) =>
    level === 0 ? [] : migration.statements.map((_, n) => ({ level, statement: n + 1 })),
  ),
]

export const fault: Fault = {
  id: 'R13',
  fault: `the process that starts is killed (SIGKILL) when one statement of a migration was answered: after each of all ${MIGRATIONS.length} migrations on an empty database, and after each of every migration on a database of the level before it, with rows in every table. On a PostgreSQL behind DATABASE_URL`,
  must: 'afterwards the database is as it was before the start, or as after one that nobody disturbed; the next start brings it there, with every row that was there',
  trials: { short: 6, full: ALL.length },
  async run(trials, seed) {
    const failures: string[] = []
    const found = { before: 0, after: 0 }
    const foreign = await ForeignPostgres.start()
    const levels = await Levels.on(foreign.url)
    try {
      for (let trial = 0; trial < trials; trial++) {
        // In full each is tried once; else those that the seed draws.
        const moment = trials >= ALL.length ? ALL[trial % ALL.length] : new Random(seed + trial).pick(ALL)
        const { state, fault } = await levels.interrupt(moment as Moment)
        if (state !== null) found[state]++
        if (fault !== null) failures.push(`seed ${seed + trial}, ${JSON.stringify(moment)}: ${fault}`)
        if ((trial + 1) % 10 === 0) tell(`${trial + 1} of ${trials}, ${failures.length} failures`)
      }
    } finally {
      await levels.close()
      await foreign.close()
    }
    return {
      trials,
      failures,
      figures: {
        migrations: MIGRATIONS.length,
        statements: statements(0),
        'found as before the start': found.before,
        'found as after it': found.after,
        database: foreign.name,
      },
    }
  },
}

interface Level {
  /** A database to be copied. */
  readonly name: string
  readonly before: readonly string[]
  /** After a start that nobody disturbed. */
  readonly after: readonly string[]
}

class Levels {
  readonly #url: string
  readonly #admin: Sql
  readonly #made = new Map<number, Level>()
  #copies = 0

  private constructor(url: string) {
    this.#url = url
    this.#admin = connect(url)
  }

  static async on(url: string): Promise<Levels> {
    // The roles are the cluster's: a first start makes them.
    await start(url)
    return new Levels(url)
  }

  async interrupt({
    level,
    statement,
  }: Moment): Promise<{ state: 'before' | 'after' | null; fault: string | null }> {
    const { name, before, after } = await this.#level(level)
    const copy = await this.#copy(name)
    try {
      if (!(await killedAfter(this.#address(copy), statement)))
        return { state: null, fault: 'it ended before it could be killed' }
      await this.#left(copy)
      const left = await this.#portrait(copy)
      const state = isDeepStrictEqual(left, before)
        ? 'before'
        : isDeepStrictEqual(left, after)
          ? 'after'
          : null
      if (state === null) return { state, fault: `half of it was left: ${firstOther(left, before)}` }
      await start(this.#address(copy))
      const end = await this.#portrait(copy)
      return {
        state,
        fault: isDeepStrictEqual(end, after) ? null : `the next start left ${firstOther(end, after)}`,
      }
    } finally {
      await this.#admin.unsafe(`drop database "${copy}" with (force)`)
    }
  }

  async #level(level: number): Promise<Level> {
    const known = this.#made.get(level)
    if (known) return known
    const name = `level_${level}`
    await this.#admin.unsafe(`create database "${name}"`)
    const sql = connect(this.#address(name))
    // What a start makes before it migrates.
    await sql.unsafe('create schema drizzle')
    if (level === 0) await applyInside(sql, [])
    for (const migration of MIGRATIONS.slice(0, level)) {
      await applyInside(sql, [migration])
      await sql.unsafe(ROWS[migration.tag] ?? 'select 1')
    }
    await sql.end()
    const copy = await this.#copy(name)
    await start(this.#address(copy))
    const made = { name, before: await this.#portrait(name), after: await this.#portrait(copy) }
    this.#made.set(level, made)
    return made
  }

  async #copy(name: string): Promise<string> {
    const copy = `copy_${++this.#copies}`
    await this.#left(name)
    await this.#admin.unsafe(`create database "${copy}" template "${name}"`)
    return copy
  }

  /** Resolves when nobody works in it any more: what was cut off is rolled back by then. */
  async #left(name: string): Promise<void> {
    const there = () => this.#admin`select 1 from pg_stat_activity where datname = ${name}`
    while ((await there()).length > 0) await sleep(5)
  }

  async #portrait(name: string): Promise<string[]> {
    const sql = connect(this.#address(name))
    try {
      return await portraitOf(sql)
    } finally {
      await sql.end()
    }
  }

  #address(name: string): string {
    const url = new URL(this.#url)
    url.pathname = `/${name}`
    return url.href
  }

  close(): Promise<void> {
    return this.#admin.end()
  }
}

const connect = (url: string): Sql =>
  postgres(url, { max: 1, onnotice: () => undefined, fetch_types: false }) as unknown as Sql

async function start(databaseUrl: string): Promise<void> {
  await (await openDatabase({ data: '', databaseUrl }, openLog({ logLevel: 'silent' }))).close()
}

/** False where it ended by itself. */
async function killedAfter(databaseUrl: string, statement: number): Promise<boolean> {
  let isKilled = false
  const tap = await Tap.open(databaseUrl, statement, () => {
    isKilled = true
    child.kill('SIGKILL')
  })
  const child = spawn(process.execPath, [START, tap.url], { stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  tap.close()
  return isKilled
}

const firstOther = (found: readonly string[], expected: readonly string[]): string =>
  found.find((line) => !expected.includes(line)) ??
  `everything but: ${expected.find((line) => !found.includes(line))}`
