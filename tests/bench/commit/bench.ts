/**
 * What one commit of the journal consists of, at the rates at which the collaboration bench edits. Each step does all of the one before
 * and one thing more, over the connection that the journal uses:
 *   asked      a question that needs no table, and its answer: the way to PostgreSQL and back
 *   written    a row of the journal with what belongs to it, chained and inserted; PostgreSQL answers before it is on the disk
 *   kept       the same, answered once it is on the disk: what the product does
 * Written less asked is the statement, kept less written the disk.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ACTS } from '@consilium/contract/revisions'
import { openDatabase, type Sql } from '../../../apps/collab-server/src/db/open.ts'
import { createJournal } from '../../../apps/collab-server/src/journal/journal.ts'
import { KIND_BITS } from '../../../apps/collab-server/src/journal/touch.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'
import { machine, percentile, printMachine, printTable, type Row, round, writeJson } from '../report.ts'

const RATES = [20, 100, 200]
const SECONDS = 10
/** Interleaved, so that a slow moment of the machine falls on all steps. */
const ROUNDS = 3
const WARM_UP = 300
/** As large as an edit that moves a vertex. */
const BYTES = randomBytes(60)
const KEY = randomBytes(32)

const root = mkdtempSync(join(tmpdir(), 'consilium-commit-'))
chmodSync(root, 0o755)
mkdirSync(join(root, 'data'))
const log = openLog({ logLevel: 'error' })
const db = await openDatabase({ data: join(root, 'data'), databaseUrl: null }, log)

/** Appends one row after another, each by one person to one annotation. */
async function writer(name: string, connect: () => Sql): Promise<() => Promise<unknown>> {
  const journal = createJournal({ sql: db.sql, log, instanceKey: KEY, connect })
  const book = await journal.open(`panel:${name}`)
  const holder = {
    person: 1,
    id: 'aaaaaaaaaaaaaaaa',
    name: 'Reader',
    initials: 'R',
    credential: '',
    role: 'reader' as const,
    session: 'ssssssssssssssss',
  }
  const [lease] = await journal.lease(book, holder, 1)
  if (!lease) throw new Error('no lease was given')
  const { id, client } = lease
  const touched = [
    { root: 'annotations' as const, entry: `${client}-abcdefgh`, kind: KIND_BITS.change, fields: 2 },
  ]
  let clock = 0
  closing.push(() => journal.close())
  return () =>
    journal.append(book, {
      lease: id,
      client,
      clock: clock++,
      len: 1,
      act: ACTS.edit,
      role: 2,
      said: 0,
      bytes: BYTES,
      touched,
    })
}

const closing: (() => Promise<unknown>)[] = []
const on = machine()
printMachine(on)
try {
  const question = db.dedicated()
  closing.push(() => question.end())
  const hasty = db.dedicated()
  await hasty`set synchronous_commit = off`
  const steps: Record<string, () => Promise<unknown>> = {
    asked: () => question.unsafe('select 1', [], { prepare: true }),
    written: await writer('written', () => hasty),
    kept: await writer('kept', db.dedicated),
  }
  for (const act of Object.values(steps)) for (let n = 0; n < WARM_UP; n++) await act()

  const rows: Row[] = []
  for (const perSecond of RATES) {
    const ms = new Map(Object.keys(steps).map((step) => [step, [] as number[]]))
    for (let n = 0; n < ROUNDS; n++)
      for (const [step, act] of Object.entries(steps)) ms.get(step)?.push(...(await timed(act, perSecond)))
    for (const [step, all] of ms) {
      const of = (p: number) => round(percentile(all, p))
      rows.push({
        'a second': perSecond,
        step,
        'p50 ms': of(50),
        'p95 ms': of(95),
        'p99 ms': of(99),
        'max ms': of(100),
      })
    }
  }
  printTable('A commit, taken apart', rows)
  console.log(`\nfigures: ${writeJson('commit', { rows }, on)}`)
} finally {
  for (const close of closing) await close()
  await db.close()
  rmSync(root, { recursive: true, force: true })
}

async function timed(act: () => Promise<unknown>, perSecond: number): Promise<number[]> {
  const ms: number[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * SECONDS; n++) {
    await sleep(Math.max(0, began + (n * 1_000) / perSecond - performance.now()))
    const before = performance.now()
    await act()
    ms.push(performance.now() - before)
  }
  return ms
}
