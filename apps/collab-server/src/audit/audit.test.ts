/** What becomes of notes: grouped, chained, sealed, and what happens where the database is away or somebody else writes. */
import type { AuditAct } from '@consilium/contract/audit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { journalFixture } from '../journal/fixture.ts'
import { createLine, type Line } from '../journal/line.ts'
import { createMetrics } from '../metrics.ts'
import { type Audit, createAudit, type Noted } from './audit.ts'
import { AUDIT_ORIGIN, entryHash } from './chain.ts'
import type { KeptRow } from './store.ts'

const f = journalFixture()
let audit: Audit
const opened: Audit[] = []

function open(line: Line = createLine(f.db.sql, f.db.dedicated, f.log)): Audit {
  const one = createAudit({
    line,
    vault: f.journal.vault,
    ledger: { committed: () => undefined },
    log: f.log,
    metrics: createMetrics(f.log),
    clock: () => f.now,
  })
  opened.push(one)
  return one
}

beforeEach(() => {
  audit = open()
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const noted = (act: AuditAct, more: Partial<Noted> = {}): Noted => ({ act, by: null, ...more })
const rows = (): Promise<KeptRow[]> => f.db.sql<KeptRow[]>`select * from audit order by n`

async function expectWhole(): Promise<void> {
  let hash = AUDIT_ORIGIN
  for (const [place, row] of (await rows()).entries()) {
    expect(row.n).toBe(place + 1)
    hash = entryHash(hash, row)
    expect(Buffer.from(row.hash).equals(hash)).toBe(true)
  }
}

test('[A1] entries are numbered without a gap, linked each to the one before, and their time never runs back', async () => {
  await audit.note(noted('signed-in', { person: 1, from: '10.0.0.1 Firefox' }))
  f.now -= 60_000
  await audit.note(noted('set-role', { person: 1, subject: 2, detail: { role: 'reader' } }))
  f.now += 60_000
  const all = await rows()
  expect(all.at(-1)?.at).toBe(all.at(-2)?.at)
  await expectWhole()
})

test('[A2] what is noted in one turn is one commit', async () => {
  const before = await transactions()
  await Promise.all(Array.from({ length: 100 }, () => audit.note(noted('opened-case', { person: 1 }))))
  expect((await transactions()) - before).toBe(1)
  await expectWhole()
})

const transactions = async (): Promise<number> =>
  (await f.db.sql<{ n: number }[]>`select count(distinct xmin::text)::int as n from audit`)[0]?.n ?? 0

test('[A3] two processes that note at the same time make one chain, and nothing is lost', async () => {
  const other = open()
  const before = (await rows()).length
  await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      await new Promise((turn) => setTimeout(turn, i % 5))
      await (i % 2 ? audit : other).note(noted('signed-in', { person: 1 + (i % 2) }))
    }),
  )
  expect((await rows()).length).toBe(before + 40)
  await expectWhole()
})

test('[A4] the server may add to the log and read it; nobody changes it by mistake', async () => {
  await audit.note(noted('signed-in', { person: 1 }))
  for (const attempt of [
    'update audit set person = 2',
    'delete from audit',
    'truncate audit',
    'drop table audit',
    'alter table audit disable trigger append_only',
  ])
    await expect(f.db.sql.unsafe(attempt)).rejects.toMatchObject({ code: '42501' })
  await expect(f.superuser`update audit set person = 2`).rejects.toThrow('append-only')
  await expect(f.superuser`truncate audit`).rejects.toThrow('append-only')
})

test('[A5] where somebody was is sealed under their key; nobody known has no address, and a destroyed key breaks no hash', async () => {
  await audit.note(noted('sign-in-failed', { person: 7, from: '203.0.113.9 Firefox' }))
  await audit.note(noted('sign-in-failed', { from: '203.0.113.10 Firefox' }))
  const [known, unknown] = (await rows()).slice(-2)
  const open = (): Promise<(string | null)[]> =>
    f.journal.vault.openAddresses([{ person: 7, sealed: known?.sealed as Uint8Array }])
  expect(await open()).toEqual(['203.0.113.9 Firefox'])
  expect(unknown).toMatchObject({ person: null, sealed: null })
  expect(Buffer.from(known?.sealed as Uint8Array).includes('203.0.113')).toBe(false)
  await f.db.sql`delete from person_key where person = 7`
  expect(await open()).toEqual([null])
  await expectWhole()
})

test('[A6] while the database is away notes wait, and are there when it is back', async () => {
  await audit.note(noted('signed-in', { person: 1 }))
  const before = (await rows()).length
  await f.superuser`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'consilium'`
  await Promise.all([1, 2, 3].map((person) => audit.note(noted('signed-in', { person }))))
  expect((await rows()).slice(before).map(({ person }) => person)).toEqual([1, 2, 3])
  await expectWhole()
})

test('[A6] what landed though its answer was lost is noted, once', async () => {
  const line = createLine(f.db.sql, f.db.dedicated, f.log)
  let lost = 0
  const forgetful = open({
    ...line,
    through: async (work) => {
      const answer = await line.through(work)
      if (answer !== true) return answer
      lost++
      return line.through((sql) => work(sql, true))
    },
  })
  const before = (await rows()).length
  await Promise.all([1, 2, 3].map((person) => forgetful.note(noted('signed-in', { person }))))
  expect(lost).toBe(1)
  expect((await rows()).slice(before).map(({ person }) => person)).toEqual([1, 2, 3])
  await expectWhole()
})

test('[A6] what cannot be written is refused, and harms nothing that comes after it', async () => {
  const before = (await rows()).length
  await f.superuser`alter table audit rename to audit_away`
  await expect(audit.note(noted('signed-in', { person: 4 }))).rejects.toMatchObject({ code: 'not-durable' })
  await f.superuser`alter table audit_away rename to audit`
  await audit.note(noted('signed-in', { person: 5 }))
  expect((await rows()).slice(before).map(({ person }) => person)).toEqual([5])
  await expectWhole()
})

test('[A7] what waits without end is refused as not durable', async () => {
  const lock = await f.superuser.reserve()
  await lock`begin`
  await lock`lock table audit`
  const settled = vi.fn()
  const waiting = Array.from({ length: 10_001 }, () =>
    audit.note(noted('signed-in', { person: 1 })).then(settled),
  )
  await expect(waiting.at(-1)).rejects.toMatchObject({ code: 'not-durable' })
  expect(settled).not.toHaveBeenCalled()
  await lock`rollback`
  lock.release()
  await Promise.all(waiting.slice(0, 10_000))
  await expectWhole()
})
