import { describe, expect, test } from 'vitest'
import { bytesOf, journalFixture, LINDQVIST, OKAFOR } from './fixture.ts'

const f = journalFixture()
const CHOSEN = 4_000_000_123

test('[G14] many who ask for leases at the same moment all get their own', async () => {
  const given = await Promise.all(Array.from({ length: 200 }, () => f.journal.lease(f.book, OKAFOR, 1)))
  expect(new Set(given.flat().map(({ client }) => client)).size).toBe(200)
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 201 })
})

describe('[J35] a clientID that somebody brings belongs to whoever uses it first, for ever', () => {
  test('its owner gets the same lease each time, everybody else is refused', async () => {
    const first = await f.journal.bind(f.book, OKAFOR, CHOSEN)
    expect(first).toMatchObject({ client: CHOSEN, person: OKAFOR.person, seq: 2 })
    expect((await f.journal.bind(f.book, OKAFOR, CHOSEN)).id).toBe(first.id)
    const refused = { code: 'foreign-authorship' }
    await expect(f.journal.bind(f.book, LINDQVIST, CHOSEN)).rejects.toMatchObject(refused)
    await expect(f.journal.bind(f.book, LINDQVIST, f.lease.client)).rejects.toMatchObject(refused)
    // After a restart too.
    const later = f.another()
    const book = await later.open(f.book.name)
    await expect(later.bind(book, LINDQVIST, CHOSEN)).rejects.toMatchObject(refused)
    expect((await later.bind(book, OKAFOR, CHOSEN)).id).toBe(first.id)
    await later.close()
    // In another document it is free.
    expect(await f.journal.bind(await f.journal.open(f.newName()), LINDQVIST, CHOSEN)).toMatchObject({
      person: LINDQVIST.person,
    })
  })

  test('two people at the same moment: one of them gets it', async () => {
    for (let round = 0; round < 10; round++) {
      const client = CHOSEN + round
      const both = await Promise.allSettled([
        f.journal.bind(f.book, OKAFOR, client),
        f.journal.bind(f.book, LINDQVIST, client),
      ])
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const refused = both.find((one) => one.status === 'rejected')
      expect(refused?.reason).toMatchObject({ code: 'foreign-authorship' })
    }
    expect(f.book.valid).toBe(true)
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 11 })
  })

  test('two pages of one person at the same moment: both get it', async () => {
    const both = await Promise.all([
      f.journal.bind(f.book, OKAFOR, CHOSEN),
      f.journal.bind(f.book, OKAFOR, CHOSEN),
    ])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 2 })
  })

  test('two processes at the same moment: the table has room for one', async () => {
    const other = f.another()
    const theirs = await other.open(f.book.name)
    const both = await Promise.allSettled([
      f.journal.bind(f.book, OKAFOR, CHOSEN),
      other.bind(theirs, LINDQVIST, CHOSEN),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 2 })
    await other.close()
  })

  test('those of other implementations have up to 53 bits', async () => {
    const client = 2 ** 53 - 1
    const { id } = await f.journal.bind(f.book, OKAFOR, client)
    await f.journal.append(f.book, { ...f.edit(0, bytesOf('from afar')), lease: id, client })
    const later = f.another()
    expect((await later.open(f.book.name)).leases.byClient.get(client)).toMatchObject({
      id,
      person: OKAFOR.person,
      identity: { name: OKAFOR.name },
    })
    expect(await later.verify(f.book.name)).toMatchObject({ ok: true, rows: 3 })
    await later.close()
    for (const impossible of [0, -1, 1.5, 2 ** 53])
      await expect(f.journal.bind(f.book, OKAFOR, impossible)).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('[J40] nobody leases without end', () => {
  test('the thousandth of a day is given, the next one refused; others, and other documents, are not touched by it', async () => {
    // The first went with the document.
    for (let n = 1; n < 1_000; n += 3) await f.journal.lease(f.book, OKAFOR, 3)
    const refused = { code: 'too-many-leases' }
    await expect(f.journal.lease(f.book, OKAFOR, 1)).rejects.toMatchObject(refused)
    await expect(f.journal.bind(f.book, OKAFOR, CHOSEN)).rejects.toMatchObject(refused)
    await f.journal.lease(f.book, LINDQVIST, 1)
    await f.journal.lease(await f.journal.open(f.newName()), OKAFOR, 1)
    // What is one's own already is not asked for again.
    expect((await f.journal.bind(f.book, OKAFOR, f.lease.client)).id).toBe(f.lease.id)
    expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true, rows: 1_001 })
  })
})

test('[J36] what was acknowledged is known by its number and hash; a journal that was cut does not know it', async () => {
  const rows = await f.write('abc')
  const shown = rows.map(({ seq, hash }) => ({ seq, hash: Buffer.from(hash).toString('hex') }))
  for (const row of shown) expect(await f.journal.has(f.book, row)).toBe(true)
  const [first, second, last] = shown as [(typeof shown)[0], (typeof shown)[0], (typeof shown)[0]]
  expect(await f.journal.has(f.book, { ...first, hash: second.hash })).toBe(false)
  expect(await f.journal.has(f.book, { ...last, hash: second.hash })).toBe(false)
  expect(await f.journal.has(f.book, { ...last, seq: last.seq + 1 })).toBe(false)
  expect(await f.journal.has(f.book, { ...last, hash: '' })).toBe(false)
  await f.superuser.begin(async (tx) => {
    await tx.unsafe('set local session_replication_role = replica')
    await tx`delete from revision where doc = ${f.book.doc} and seq > 2`
    await tx`delete from touch where seq > 2 and entry in (select id from entry where doc = ${f.book.doc})`
    await tx`update document set head_seq = 2, head_hash = ${Buffer.from(first.hash, 'hex')} where id = ${f.book.doc}`
  })
  const restored = f.another()
  const book = await restored.open(f.book.name)
  expect([await restored.has(book, first), await restored.has(book, last)]).toEqual([true, false])
  await restored.close()
})
