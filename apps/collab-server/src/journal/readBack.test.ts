/** What was written is looked at again, for as long as the server runs. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readiness } from '../health.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { hashOf } from './chain.ts'
import { bytesOf, journalFixture, OKAFOR } from './fixture.ts'
import type { Journal } from './journal.ts'

const f = journalFixture()
const QUICK = { recentEvery: 20, walkBegins: 0, rest: 0, walkEvery: 10 }
/** What was acknowledged is looked at once: that has to come after a test has tampered with it, also on a slow machine. */
const AFTER_TAMPERING = { ...QUICK, recentEvery: 2_000 }
const NEVER = 2 ** 30

let metrics: Metrics
/** Documents that an alarm was raised about. */
let alarms: unknown[]
const opened: Journal[] = []

/** One that looks as often as it can. */
function looking(pace = QUICK): Journal {
  metrics = createMetrics(f.log)
  alarms = []
  const { alarm } = metrics
  const journal = f.another({
    pace,
    metrics: Object.assign(metrics, {
      alarm: (...said: Parameters<typeof alarm>) => {
        alarms.push(said[1]?.['doc'])
        alarm(...said)
      },
    }),
  })
  opened.push(journal)
  return journal
}

beforeEach(async () => {
  f.journal = looking()
  f.book = await f.journal.open(f.book.name)
})
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close()
})

/** As somebody who has the database in their hands, past every trigger. */
const tamper = (statement: string): Promise<unknown> =>
  f.superuser.begin(async (tx) => {
    await tx.unsafe('set local session_replication_role = replica')
    await tx.unsafe(statement)
  })

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(5)
}
const faultIn = (journal: Journal) => journal.readBack.faults.get(f.book.doc)
const readBackRows = async (): Promise<number> =>
  Number(/^consilium_journal_rows_read_back (\d+)/m.exec(await metrics.text())?.[1])

describe('[J37] what was acknowledged is read back within seconds and compared', () => {
  test('bytes that were stored as their own text', async () => {
    // As if the driver had encoded them twice.
    f.journal = looking(AFTER_TAMPERING)
    f.book = await f.journal.open(f.book.name)
    await f.append(0, 'a')
    await tamper(
      `update revision set bytes = convert_to('\\\\x' || encode(bytes, 'hex'), 'UTF8') where doc = ${f.book.doc} and seq = 2`,
    )
    await until(() => faultIn(f.journal) !== undefined)
    expect(faultIn(f.journal)).toEqual({
      doc: f.book.doc,
      seq: 2,
      what: 'its hash does not follow from its contents and the row before it',
    })
    expect(alarms).toEqual([f.book.doc])
  })

  test('a row that was written anew, with a chain that is right in itself', async () => {
    f.journal = looking(AFTER_TAMPERING)
    f.book = await f.journal.open(f.book.name)
    const before = f.book.head.hash
    const row = await f.append(0, 'what they wrote')
    const bytes = bytesOf('what they did not write')
    const hash = Buffer.from(hashOf(before, row, bytes)).toString('hex')
    await tamper(`
      update revision set bytes = '\\x${Buffer.from(bytes).toString('hex')}', hash = '\\x${hash}' where doc = ${row.doc} and seq = ${row.seq};
      update document set head_hash = '\\x${hash}' where id = ${row.doc}`)
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true })
    await until(() => faultIn(f.journal) !== undefined)
    const forged = { seq: 2, what: 'it is not the row that was acknowledged' }
    expect(faultIn(f.journal)).toMatchObject(forged)
    // Walking over it finds nothing, and makes nothing good.
    f.journal.readBack.begin()
    const [rows] = await f.db.sql<{ n: number }[]>`select count(*) as n from revision`
    const seen = await readBackRows()
    await until(async () => (await readBackRows()) > seen + 2 * (rows?.n ?? 0))
    expect(faultIn(f.journal)).toMatchObject(forged)
  })

  test('a row that is gone', async () => {
    f.journal = looking(AFTER_TAMPERING)
    f.book = await f.journal.open(f.book.name)
    await f.append(0, 'a')
    await f.append(1, 'b')
    await tamper(`delete from revision where doc = ${f.book.doc} and seq = 2`)
    await until(() => faultIn(f.journal) !== undefined)
    expect(faultIn(f.journal)).toMatchObject({ seq: 2, what: 'row 2 is missing' })
  })
})

describe('[J38] a document with a fault accepts no changes; the others do, and so does it once it is whole', () => {
  test('found at the end of the document when it is opened', async () => {
    await f.write('abc')
    await tamper(`update revision set at = at + 1 where doc = ${f.book.doc} and seq = 3`)
    const later = looking()
    const book = await later.open(f.book.name)
    expect(faultIn(later)).toMatchObject({ seq: 3 })
    await expect(later.append(book, f.edit(3, bytesOf('x')))).rejects.toMatchObject({ code: 'not-durable' })
    await expect(later.lease(book, OKAFOR, 1)).rejects.toMatchObject({ code: 'not-durable' })
    expect(await readiness('ready', f.db, later)).toMatchObject({ ready: true, faults: [f.book.doc] })
    const other = await later.open(f.newName())
    await later.lease(other, OKAFOR, 1)

    await tamper(`update revision set at = at - 1 where doc = ${f.book.doc} and seq = 3`)
    later.readBack.begin()
    await until(() => faultIn(later) === undefined)
    await later.append(book, f.edit(3, bytesOf('x')))
    expect(await later.verify(f.book.name)).toMatchObject({ ok: true, rows: 5 })
  })

  test('bytes that were replaced, with the hash of what they were beside them', async () => {
    await f.write('abc')
    await tamper(
      `update revision set bytes_hash = sha256(bytes), bytes = '\\x0000' where doc = ${f.book.doc} and seq = 3`,
    )
    const later = looking()
    await later.open(f.book.name)
    expect(faultIn(later)).toMatchObject({ seq: 3, what: expect.stringMatching(/no revision says/) })
  })

  test('a head that is not the last row', async () => {
    await f.write('abc')
    await tamper(`update document set head_seq = 3 where id = ${f.book.doc}`)
    const later = looking()
    await later.open(f.book.name)
    expect(faultIn(later)).toMatchObject({ seq: 3, what: 'the head is another hash than the last row' })
  })
})

describe('[J39] whatever lies in the journal is looked at, again and again', () => {
  test('first what was written last', async () => {
    f.now += 60_000
    await f.write('abcdef')
    await tamper(`update revision set role = 3 where doc = ${f.book.doc} and seq = 3`)
    const later = looking({ ...QUICK, rest: NEVER })
    later.readBack.begin()
    await until(() => faultIn(later) !== undefined)
    expect(faultIn(later)).toMatchObject({ seq: 3 })
    expect(alarms[0]).toBe(f.book.doc)
  })

  test('in the end every row, also of a long document and of rows that are large', async () => {
    const large = [randomBytes(400_000), randomBytes(400_000), randomBytes(900_000)]
    await Promise.all(large.map((bytes, n) => f.journal.append(f.book, f.edit(n, bytes))))
    await Promise.all(Array.from({ length: 2_500 }, (_, n) => f.append(10 + n, `row ${n}`)))
    f.journal.readBack.begin()
    const [rows] = await f.db.sql<{ n: number }[]>`select count(*) as n from revision`
    const before = await readBackRows()
    await until(async () => (await readBackRows()) > before + 2 * (rows?.n ?? 0))
    expect(faultIn(f.journal)).toBeUndefined()
    await tamper(`update revision set bytes = '\\x00' where doc = ${f.book.doc} and seq = 3`)
    await until(() => faultIn(f.journal) !== undefined)
    expect(faultIn(f.journal)).toMatchObject({ seq: 3 })
  })

  test('a sound journal gives no alarm, however much is written meanwhile and whatever becomes of the database', async ({
    onTestFailed,
  }) => {
    let doing = 'writing'
    onTestFailed(async () => {
      process.stderr.write(`it was ${doing}\n${await metrics.text()}`)
    })
    f.journal.readBack.begin()
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 200 }, (_, n) => f.append(200 * round + n, `${round} ${n}`)))
      if (round === 5) process.kill(f.postmaster(), 'SIGQUIT')
    }
    doing = 'counting'
    const [rows] = await f.db.sql<{ n: number }[]>`select count(*) as n from revision`
    const before = await readBackRows()
    doing = `waiting for ${rows?.n} rows after ${before}`
    await until(async () => (await readBackRows()) > before + (rows?.n ?? 0))
    expect(faultIn(f.journal)).toBeUndefined()
    expect(alarms).not.toContain(f.book.doc)
  })

  test('a look that fails for a reason nobody foresaw is followed by others', async () => {
    const logged = vi.spyOn(f.log, 'error')
    await f.superuser`alter table document rename to gone`
    f.journal.readBack.begin()
    await until(() => logged.mock.calls.some(([, said]) => /could not be read back/.test(String(said))))
    await f.superuser`alter table gone rename to document`
    const before = await readBackRows()
    await until(async () => (await readBackRows()) > before)
    logged.mockRestore()
  })
})
