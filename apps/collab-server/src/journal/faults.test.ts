/** Writing fails, in every way in which the database can say so. */
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ACTS } from '@consilium/contract/revisions'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sql } from '../db/open.ts'
import { createMetrics } from '../metrics.ts'
import { bytesOf, journalFixture, OKAFOR } from './fixture.ts'
import { createJournal } from './journal.ts'

const f = journalFixture()

/** What happens to the next statements that write; `go` lets one through, `elsewhere` too, over another connection. */
type Fault = (go: () => Promise<unknown>, elsewhere: () => Promise<unknown>) => Promise<unknown>
let faults: Fault[] = []
const broken = (code: string): Error => Object.assign(new Error(code), { code })

/** A connection of its own over which the next faults happen. */
function faultyLine(): Sql {
  return new Proxy(f.db.dedicated(), {
    get(line, key, receiver) {
      if (key !== 'unsafe') return Reflect.get(line, key, receiver)
      return (...said: Parameters<Sql['unsafe']>) => {
        const go = async () => line.unsafe(...said)
        const fault = faults.shift()
        return fault ? fault(go, async () => f.db.sql.unsafe(...said)) : go()
      }
    },
  })
}

beforeEach(async () => {
  faults = []
  const { db, log, instanceKey } = f
  f.journal = createJournal({
    sql: db.sql,
    log,
    instanceKey,
    connect: faultyLine,
    metrics: createMetrics(log),
  })
  f.book = await f.journal.open(f.newName())
  f.lease = await f.newLease(f.book)
})

describe('[J32] what was committed though its answer was lost is answered as saved, and is there once', () => {
  const answerLost: Fault = async (go) => {
    await go()
    throw broken('CONNECTION_CLOSED')
  }
  /** The statement was still on its way when the connection broke, and lands just before it is tried again. */
  const landsLate: Fault[] = [
    async () => {
      throw broken('CONNECTION_CLOSED')
    },
    async (go) => {
      await go()
      return go()
    },
  ]
  test.each([
    ['the answer was lost', [answerLost]],
    ['it lands late', landsLate],
    ['the second answer was lost too', [landsLate[0] as Fault, answerLost]],
  ])('%s', async (_, happening) => {
    faults = [...happening]
    const rows = await Promise.all([
      f.append(0, 'a'),
      // Uses up no clocks, so that nothing but the chain could tell it from its twin.
      f.journal.append(f.book, f.edit(0, bytesOf('b'), { len: 0 })),
      f.append(1, 'c'),
    ])
    expect(faults).toEqual([])
    expect(rows.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(await f.stored()).toEqual(['a', 'b', 'c'])
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 4 })
  })

  test('another process wrote meanwhile: that is no lost answer', async () => {
    const other = f.another()
    faults = [
      async () => {
        const book = await other.open(f.book.name)
        await other.append(book, f.edit(7, bytesOf('theirs')))
        throw broken('ECONNRESET')
      },
    ]
    await expect(f.append(0, 'ours')).rejects.toMatchObject({ code: 'not-durable' })
    expect(f.book.valid).toBe(false)
    expect(await f.stored()).toEqual(['theirs'])
    await other.close()
  })
})

test('[J32] whatever becomes of statements and answers, each row is there once', async () => {
  const seed = randomInt(2 ** 31)
  // Mulberry32.
  let state = seed
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const stragglers: Promise<unknown>[] = []
  const kinds: Fault[] = [
    // Never arrived.
    async () => {
      throw broken('ECONNRESET')
    },
    // Done, and the answer lost.
    async (go) => {
      await go()
      throw broken('CONNECTION_CLOSED')
    },
    // Lands some time later, beside those that come after it.
    async (_, elsewhere) => {
      const straggler = sleep(random() * 60)
        .then(elsewhere)
        .catch(() => undefined) // it came too late, as it should
      stragglers.push(straggler)
      throw broken('EPIPE')
    },
    // The database is starting (cannot_connect_now).
    async () => {
      throw broken('57P03')
    },
  ]
  const anything: Fault = (go, elsewhere) =>
    random() < 0.6 ? go() : (kinds[Math.floor(random() * kinds.length)] as Fault)(go, elsewhere)
  faults = Array.from({ length: 100_000 }, () => anything)
  const texts: string[] = []
  await Promise.all(
    Array.from({ length: 8 }, async (_, hand) => {
      for (let n = 0; n < 25; n++) {
        const text = `${hand} ${n}`
        // Half of them use up no clocks.
        await f.journal.append(f.book, f.edit(hand * 25 + n, bytesOf(text), { len: n % 2 }))
        texts.push(text)
      }
    }),
  )
  faults = []
  await Promise.all(stragglers)
  expect((await f.stored()).toSorted(), `seed ${seed}`).toEqual(texts.toSorted())
  expect(await f.journal.verify(f.book.name), `seed ${seed}`).toMatchObject({ ok: true, rows: 201 })
})

test.each(['58030', 'XX000', 'XX001', '58P01'])(
  '[J33] where the disk fails (%s) nothing is acknowledged, nothing is tried again, and the document is read anew',
  async (code) => {
    const { db, log, instanceKey } = f
    const watched = createMetrics(log)
    const journal = createJournal({ sql: db.sql, log, instanceKey, connect: faultyLine, metrics: watched })
    const book = await journal.open(f.book.name)
    let lost = 0
    book.lost.add(() => lost++)
    let tries = 0
    faults = Array.from({ length: 3 }, () => async () => {
      tries++
      throw broken(code)
    })
    await expect(journal.append(book, f.edit(0, bytesOf('x')))).rejects.toMatchObject({ code: 'not-durable' })
    expect([tries, lost, book.valid]).toEqual([1, 1, false])
    expect(await watched.text()).toContain('consilium_alarms_total{kind="journal-storage"} 1')
    faults = []
    expect(await f.stored()).toEqual([])
    await journal.append(await journal.open(f.book.name), f.edit(0, bytesOf('again')))
    expect(await f.stored()).toEqual(['again'])
    await journal.close()
  },
)

describe('[J34] a row that cannot be written harms no other document', () => {
  test('one document of a group belongs to another process by now', async () => {
    const neighbour = await f.journal.open(f.newName())
    const { id, client } = await f.newLease(neighbour)
    const other = f.another()
    await other.append(await other.open(f.book.name), f.edit(7, bytesOf('theirs')))
    const beside = (n: number) =>
      f.journal.append(neighbour, {
        ...f.edit(n, bytesOf(`beside ${n}`)),
        lease: id,
        client,
      })
    const [a, ours, b] = await Promise.allSettled([beside(0), f.append(0, 'ours'), beside(1)])
    expect([a.status, ours.status, b.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect([f.book.valid, neighbour.valid]).toEqual([false, true])
    expect(await f.stored(neighbour.doc)).toEqual(['beside 0', 'beside 1'])
    await other.close()
  })

  test('a number that fits nowhere', async () => {
    const neighbour = await f.journal.open(f.newName())
    const [impossible, beside] = await Promise.allSettled([
      f.journal.append(f.book, f.edit(0, bytesOf('x'), { len: 2 ** 31 })),
      f.journal.lease(neighbour, OKAFOR, 1),
    ])
    expect([impossible.status, beside.status]).toEqual(['rejected', 'fulfilled'])
    expect([f.book.valid, neighbour.valid]).toEqual([false, true])
  })

  test('a repetition and a clientID that is taken, among many', async () => {
    await f.append(0, 'once')
    const taken = { ...f.lease, id: f.lease.id + 1_000_000 }
    const outcomes = await Promise.allSettled([
      f.append(1, 'a'),
      f.append(0, 'once'),
      f.journal.append(f.book, f.edit(0, bytesOf(''), { act: ACTS.lease, len: 0, issues: taken })),
      f.append(2, 'b'),
      f.append(0, 'once, otherwise'),
      f.append(3, 'c'),
    ])
    expect(outcomes.map((one) => (one.status === 'rejected' ? one.reason.code : 'saved'))).toEqual([
      'saved',
      'saved',
      'foreign-authorship',
      'saved',
      'foreign-authorship',
      'saved',
    ])
    expect(await f.stored()).toEqual(['once', 'a', 'b', 'c'])
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 5 })
  })
})
