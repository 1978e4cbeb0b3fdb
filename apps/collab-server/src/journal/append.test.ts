import { randomBytes } from 'node:crypto'
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import { expect, test } from 'vitest'
import type { Book } from './book.ts'
import { bytesOf, journalFixture, OKAFOR } from './fixture.ts'

const f = journalFixture()

const rowsOf = (doc: number) =>
  f.db.sql<
    { seq: number; bytes: Buffer; at: number }[]
  >`select seq, bytes, at from revision where doc = ${doc} order by seq`

test('[J1] is done only when the row is in the database, byte for byte, in order', async () => {
  const contents = [randomBytes(3), randomBytes(70_000), new Uint8Array(0), bytesOf("\\x00'\\\\")]
  const rows = await Promise.all(contents.map((bytes, n) => f.journal.append(f.book, f.edit(n, bytes))))
  expect(rows.map(({ seq }) => seq)).toEqual([2, 3, 4, 5])
  expect((await rowsOf(f.book.doc)).slice(1).map(({ bytes }) => bytes.toString('hex'))).toEqual(
    contents.map((bytes) => Buffer.from(bytes).toString('hex')),
  )
  expect(await f.journal.verify(f.book.name)).toMatchObject({
    ok: true,
    rows: 5,
    head: Buffer.from(rows[3]?.hash ?? []).toString('hex'),
  })
})

test('[J1] many documents at once, each with its own chain', async () => {
  const books = await Promise.all(Array.from({ length: 8 }, () => f.journal.open(f.newName())))
  const leases = await Promise.all(books.map((one) => f.journal.lease(one, OKAFOR, 2)))
  await Promise.all(
    Array.from({ length: 400 }, (_, n) => {
      const one = books[n % 8] as Book
      const own = leases[n % 8]?.[0]
      return f.journal.append(one, {
        lease: own?.id ?? 0,
        client: own?.client ?? 0,
        clock: Math.floor(n / 8),
        len: 1,
        act: ACTS.edit,
        role: 2,
        said: 0,
        bytes: bytesOf(`row ${n}`),
      })
    }),
  )
  for (const one of books)
    expect(await f.journal.verify(one.name)).toMatchObject({ ok: true, rows: 52, fault: null })
})

test('[J3] the same row again is answered as saved and not added; other bytes for the same clocks are refused', async () => {
  const first = await f.journal.append(f.book, f.edit(0, bytesOf('once')))
  const again = await f.journal.append(f.book, f.edit(0, bytesOf('once')))
  expect(again.seq).toBe(first.seq)
  await expect(f.journal.append(f.book, f.edit(0, bytesOf('otherwise')))).rejects.toBeInstanceOf(Refusal)
  // A repetition inside a group does not harm its neighbours.
  const [a, b, c] = await Promise.allSettled([
    f.journal.append(f.book, f.edit(1, bytesOf('a'))),
    f.journal.append(f.book, f.edit(0, bytesOf('once'))),
    f.journal.append(f.book, f.edit(2, bytesOf('c'))),
  ])
  expect([a, b, c].map((one) => one?.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  expect((await rowsOf(f.book.doc)).map(({ bytes }) => bytes.toString()).slice(1)).toEqual(['once', 'a', 'c'])
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true })
})

test('[J9] a second writer is stopped by its first row, and its document has to be read again', async () => {
  const other = f.another()
  const stale = await other.open(f.book.name)
  await f.journal.append(f.book, f.edit(0, bytesOf('ours')))
  let lost = 0
  stale.lost.add(() => lost++)
  await expect(other.append(stale, f.edit(5, bytesOf('theirs')))).rejects.toMatchObject({
    code: 'not-durable',
  })
  expect(lost).toBe(1)
  await expect(other.append(stale, f.edit(5, bytesOf('theirs')))).rejects.toMatchObject({
    code: 'not-durable',
  })
  const read = await other.open(f.book.name)
  expect(read).not.toBe(stale)
  await other.append(read, f.edit(5, bytesOf('theirs, after reading')))
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 3 })
  await other.close()
})

test('[J11] time never runs backwards within a document', async () => {
  const before = await f.journal.append(f.book, f.edit(0, bytesOf('a')))
  f.now -= 60_000
  const after = await f.journal.append(f.book, f.edit(1, bytesOf('b')))
  f.now += 120_000
  const later = await f.journal.append(f.book, f.edit(2, bytesOf('c')))
  expect(after.at).toBe(before.at)
  expect(later.at).toBe(f.now)
})

test('listeners hear every row once, in order, before the promise resolves', async () => {
  const heard: number[] = []
  f.book.listeners.add((rows) => heard.push(...rows.map(({ seq }) => seq)))
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const row = await f.journal.append(f.book, f.edit(n, bytesOf(`${n}`)))
      expect(heard).toContain(row.seq)
    }),
  )
  expect(heard).toEqual(Array.from({ length: 50 }, (_, n) => n + 2))
})

test('[J1] a row that is asked for just as the queue runs empty is written like any other', async () => {
  for (let depth = 0; depth < 6; depth++) {
    let before: Promise<unknown> = f.journal.append(f.book, f.edit(2 * depth, bytesOf('first')))
    // Each layer hears of the commit one turn of the microtask queue later.
    for (let layer = 0; layer < depth; layer++) before = before.then(() => undefined)
    await before
    await f.journal.append(f.book, f.edit(2 * depth + 1, bytesOf('then')))
  }
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 13 })
})

test('a document with many leases is opened with as few questions as one with a single lease', async () => {
  const questions = async (name: string): Promise<number> => {
    let asked = 0
    const counting = ((...said: Parameters<typeof f.db.sql>) => {
      asked++
      return f.db.sql(...said)
    }) as unknown as typeof f.db.sql
    const reader = f.another({ sql: counting })
    const read = await reader.open(name)
    expect([...read.leases.byId.values()].map(({ identity }) => identity?.name)).toContain('Dr A. Okafor')
    await reader.close()
    return asked
  }
  const single = await questions(f.book.name)
  for (let n = 0; n < 10; n++) await f.journal.lease(f.book, OKAFOR, 4)
  expect(await questions(f.book.name)).toBe(single)
})

test('several ranges of clocks in one row are kept, and known when they come again', async () => {
  const draft = await f.twoHanded()
  const { seq } = await f.journal.append(f.book, draft)
  expect(
    await f.db.sql`select lease, clock, len from span where seq = ${seq} and doc = ${f.book.doc}`,
  ).toEqual(draft.spans)
  expect((await f.journal.append(f.book, draft)).seq).toBe(seq)
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 3 })
})
