/** The database goes away under the journal, in every way it can. */
import { readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { journalFixture } from './fixture.ts'
import { Closed } from './line.ts'

const f = journalFixture()

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(5)
}

/** Every process of the database. Linux only. */
function processes(): number[] {
  const folder = realpathSync(join(f.folder, 'postgres'))
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false // gone meanwhile
      }
    })
}

/** Writes rows one after the other, in several hands, until told to stop. */
function writers(hands: number) {
  const acknowledged: string[] = []
  let open = true
  let clock = 0
  const all = Array.from({ length: hands }, async () => {
    while (open) {
      const text = `row ${clock}`
      await f.append(clock++, text)
      acknowledged.push(text)
    }
  })
  return {
    acknowledged,
    async stop() {
      open = false
      await Promise.all(all)
    },
  }
}

describe('[J30] while the database is away changes wait; when it is back each of them is there once', () => {
  const backend = async (): Promise<number> => {
    const [one] = await f.superuser<
      { pid: number }[]
    >`select pid from pg_stat_activity where application_name = 'consilium' limit 1`
    return one?.pid ?? 0
  }
  test.each([
    ['its first process is killed', f.postmaster, 'SIGKILL', 2],
    ['it is stopped at once', f.postmaster, 'SIGQUIT', 2],
    ['it is stopped in order', f.postmaster, 'SIGINT', 2],
    // From this it recovers by itself, maybe before anybody notices.
    ['one of its processes is killed', backend, 'SIGKILL', 0],
  ] as const)('%s under load', async (_, victim, signal, toldEach) => {
    const told: boolean[] = []
    f.journal.paused.on((paused) => told.push(paused))
    const load = writers(20)
    for (let round = 1; round <= 2; round++) {
      const before = load.acknowledged.length
      await until(() => load.acknowledged.length > before + 100)
      process.kill(await victim(), signal)
      await until(() => told.length >= toldEach * round)
      const back = load.acknowledged.length
      await until(() => load.acknowledged.length > back + 20)
    }
    await load.stop()
    if (toldEach > 0) expect(told).toEqual([true, false, true, false])
    await until(() => f.db.alive())
    const stored = await f.stored()
    expect(stored.toSorted()).toEqual(load.acknowledged.toSorted())
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 1 + stored.length })
    expect(f.book.valid).toBe(true)
  })

  test.runIf(process.platform === 'linux')(
    'it hangs: that is as good as away, and what it does when it wakes up changes nothing',
    async () => {
      const frozen = processes()
      for (const pid of frozen) process.kill(pid, 'SIGSTOP')
      const row = f.append(0, 'asked while it slept')
      const ends: string[] = []
      f.journal.paused.on((paused) => ends.push(paused ? 'paused' : 'goes on'))
      await until(() => f.journal.paused.now)
      // Longer than anybody waits for one answer: the line was hung up and a new one is being asked for.
      await sleep(6_000)
      for (const pid of frozen) process.kill(pid, 'SIGCONT')
      expect((await row).seq).toBe(2)
      expect(ends).toEqual(['paused', 'goes on'])
      await f.append(1, 'and then')
      expect(await f.stored()).toEqual(['asked while it slept', 'and then'])
      expect(await f.journal.verify(f.book.name)).toMatchObject({
        ok: true,
        rows: 3,
      })
    },
  )

  test('connections are cut, one after the other', async () => {
    const load = writers(10)
    for (let cuts = 0; cuts < 20; cuts++) {
      const before = load.acknowledged.length
      await until(() => load.acknowledged.length > before + 10)
      await f.superuser`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'consilium' and pid <> pg_backend_pid()`
    }
    await load.stop()
    // Those who read come back by themselves.
    await until(() => f.db.alive())
    expect((await f.stored()).toSorted()).toEqual(load.acknowledged.toSorted())
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true })
  })
})

describe('while it is away', () => {
  const away = async (work: () => Promise<void>): Promise<void> => {
    const postmaster = f.postmaster()
    for (const pid of processes()) process.kill(pid, 'SIGSTOP')
    try {
      await work()
    } finally {
      for (const pid of processes()) process.kill(pid, 'SIGCONT')
      expect(f.postmaster()).toBe(postmaster)
    }
  }

  test.runIf(process.platform === 'linux')(
    '[J31] as many rows wait as there is room for; beyond that they are refused as not durable, and those that waited are written',
    async () => {
      let written: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([])
      await away(async () => {
        written = Promise.allSettled(Array.from({ length: 21_000 }, (_, n) => f.append(n, `${n}`)))
        await until(() => f.journal.paused.now)
      })
      const outcomes = await written
      const saved = outcomes.filter(({ status }) => status === 'fulfilled').length
      expect(saved).toBeGreaterThanOrEqual(20_000)
      expect(saved).toBeLessThan(21_000)
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'not-durable' })
      expect((await f.stored()).length).toBe(saved)
      expect(await f.journal.verify(f.book.name)).toMatchObject({
        ok: true,
        rows: 1 + saved,
      })
    },
  )

  test.runIf(process.platform === 'linux')(
    '[J61] whoever waits for it without a row is told when it is back, and everybody that it is away',
    async () => {
      const told: boolean[] = []
      f.journal.paused.on((paused) => told.push(paused))
      const course: string[] = []
      let back: Promise<unknown> = Promise.resolve()
      await away(async () => {
        back = f.journal.reached().then(() => course.push('reached'))
        await until(() => f.journal.paused.now)
        expect(course).toEqual([])
      })
      await Promise.all([back, f.append(0, 'and a row')])
      expect([course, told]).toEqual([['reached'], [true, false]])
      await f.journal.reached()
      expect(await f.stored()).toEqual(['and a row'])
      await f.journal.close()
      await expect(f.journal.reached()).rejects.toThrow(Closed)
    },
  )

  test.runIf(process.platform === 'linux')(
    'the journal can be closed: what still waits is refused, and was never acknowledged',
    async () => {
      await away(async () => {
        const waiting = expect(f.append(0, 'too late')).rejects.toMatchObject({
          code: 'not-durable',
        })
        await until(() => f.journal.paused.now)
        await f.journal.close()
        await waiting
      })
    },
  )
})

test('[I13] a database that comes back with other settings is believed nothing before it was asked', async () => {
  const other = await f.journal.open(f.newName())
  await f.append(0, 'before')
  expect(f.journal.durable).toBe(true)
  const cut = async (fsync: 'on' | 'off') => {
    await f.superuser.unsafe(`alter system set fsync = ${fsync}`)
    await f.superuser`select pg_reload_conf()`
    await f.superuser`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'consilium' and pid <> pg_backend_pid()`
  }
  await cut('off')
  await expect(f.append(1, 'after')).rejects.toMatchObject({
    code: 'not-durable',
  })
  expect(f.journal.durable).toBe(false)
  // Everybody comes back and is told, also those of other documents.
  expect([f.book.valid, other.valid]).toEqual([false, false])
  f.book = await f.journal.open(f.book.name)
  await f.append(1, 'after')
  await cut('on')
  await expect(f.append(2, 'durable again')).rejects.toMatchObject({
    code: 'not-durable',
  })
  expect(f.journal.durable).toBe(true)
  expect(await f.stored()).toEqual(['before', 'after'])
})
