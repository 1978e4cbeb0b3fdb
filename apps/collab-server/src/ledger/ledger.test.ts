/** What is sealed, when, where it is kept, and what happens where these places disagree. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoggedCheckpoint } from '@consilium/contract/checkpoints'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CommittedRow } from '../journal/book.ts'
import { journalFixture } from '../journal/fixture.ts'
import type { Journal } from '../journal/journal.ts'
import { createMetrics } from '../metrics.ts'
import { signingKeysOf } from './keys.ts'
import { type Ledger, type LedgerOptions, openLedger } from './ledger.ts'
import { hashOf, isSigned } from './statement.ts'
import { checkpointsAfter } from './store.ts'
import { openWitnesses } from './witnesses.ts'

const f = journalFixture()
const NEVER = 2 ** 30
/** Only when it is asked to. */
const ASKED = { rows: NEVER, every: NEVER, rest: NEVER, gap: 0 }

let folder: string
let ledger: Ledger
let alarms: string[]
const opened: (Ledger | Journal)[] = []

async function open(more: Partial<LedgerOptions> = {}): Promise<Ledger> {
  alarms = []
  const metrics = { ...createMetrics(f.log), alarm: (kind: string) => void alarms.push(kind) }
  const options = { sql: f.db.sql, log: f.log, metrics, folder, keys: signingKeysOf(folder, null) }
  ledger = await openLedger({ pace: ASKED, ...options, ...more })
  opened.push(ledger)
  return ledger
}

/** The fixture's journal, sealed by this ledger. */
async function sealedJournal(more: Partial<LedgerOptions> = {}): Promise<void> {
  await f.journal.close()
  f.journal = f.another({ ledger: await open(more) })
  f.book = await f.journal.open(f.newName())
  f.lease = await f.newLease(f.book)
}

const logged = (path = folder): LoggedCheckpoint[] =>
  readFileSync(join(path, 'checkpoints.log'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const stored = (): Promise<LoggedCheckpoint[]> => checkpointsAfter(f.db.sql, 0, 1_000)

/** As somebody with the database in their hands. */
async function tamper(statements: string): Promise<void> {
  await f.superuser.unsafe(
    `set session_replication_role = replica; ${statements}; reset session_replication_role`,
  )
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-ledger-'))
  await tamper('delete from checkpoint; delete from checkpoint_head')
})
afterEach(async () => {
  await f.journal.close()
  for (const one of opened.splice(0)) await one.close()
  rmSync(folder, { recursive: true })
})

test('[J71] a checkpoint names the head of every document and the checkpoint before it, and stands in the database and in a file', async () => {
  await sealedJournal()
  await f.write('abc')
  expect(await ledger.seal()).toBe(true)
  await f.append(50, 'later')
  await ledger.seal()
  expect(ledger.unsealed).toBe(0)
  const all = await stored()
  expect(logged()).toEqual(all)
  const [first, second] = all.slice(-2) as [LoggedCheckpoint, LoggedCheckpoint]
  expect(all.every(isSigned)).toBe(true)
  expect(isSigned({ ...second, rows: second.rows + 1 })).toBe(false)
  expect(second.previous).toBe(hashOf(first))
  expect(second.heads).toEqual([[f.book.doc, 5, Buffer.from(f.book.head.hash).toString('hex')]])
  expect(second.rows - first.rows).toBe(1)
  // Nothing new: nothing to say.
  await ledger.seal()
  expect(await stored()).toHaveLength(all.length)
  expect(statSync(join(folder, 'checkpoint.key')).mode & 0o777).toBe(0o600)
})

test('[J72] a checkpoint is made by rows, when a document rests, when somebody asks, and at the end', async () => {
  await sealedJournal({ pace: { ...ASKED, rows: 5 } })
  await ledger.seal()
  await f.write('abcde')
  await vi.waitFor(() => expect(ledger.unsealed).toBe(0), 20_000)

  await sealedJournal({ pace: { ...ASKED, rest: 20 } })
  await f.write('a')
  await vi.waitFor(() => expect(ledger.unsealed).toBe(0), 20_000)

  await sealedJournal()
  await ledger.seal()
  const before = (await stored()).length
  await f.journal.recordPhase(f.book.name, { phase: 'panel', by: null })
  await vi.waitFor(() => expect(ledger.unsealed).toBe(0), 20_000)
  await f.write('ab')
  f.journal.settled()
  await vi.waitFor(() => expect(ledger.unsealed).toBe(0), 20_000)
  await f.append(50, 'the last')
  await f.journal.close()
  await ledger.close()
  const all = await stored()
  expect(all.length).toBe(before + 3)
  expect(all.at(-1)?.heads[0]?.slice(0, 2)).toEqual([f.book.doc, 5])
})

test('[J73] a crash between the database and the file, or within a line, is healed at the next start', async () => {
  await sealedJournal()
  for (const letter of [1, 2, 3]) {
    await f.append(letter, 'x')
    await ledger.seal()
  }
  await ledger.close()
  const file = join(folder, 'checkpoints.log')
  const whole = readFileSync(file, 'utf8')
  const last = whole.trimEnd().lastIndexOf('\n') + 1
  for (const size of [0, last - 5, last, last + 40, whole.length - 1]) {
    writeFileSync(file, whole)
    truncateSync(file, size)
    await (await open()).close()
    expect(readFileSync(file, 'utf8')).toBe(whole)
    expect(alarms).toEqual([])
  }
  // What was committed and not sealed before the crash.
  await f.append(9, 'unsealed')
  expect((await open()).unsealed).toBe(1)
  await ledger.seal()
  expect(logged().at(-1)?.heads[0]?.slice(0, 2)).toEqual([f.book.doc, 5])
})

test('[J74] nothing is sealed that does not continue what was sealed before, and somebody is woken', async () => {
  await sealedJournal()
  await f.write('abcdef')
  await ledger.seal()
  const sealed = f.book.head
  const { doc } = f.book
  await tamper(
    `delete from revision where doc = ${doc} and seq > 3;
     update document set head_seq = 3, head_hash = (select hash from revision where doc = ${doc} and seq = 3) where id = ${doc}`,
  )
  await ledger.close()
  await open()
  expect(alarms).toEqual(['sealed-row-missing'])
  // The server goes on with the journal that was cut.
  await f.journal.close()
  f.journal = f.another({ ledger })
  f.book = await f.journal.open(f.book.name)
  const count = (await stored()).length
  await f.append(20, 'on the stump')
  await ledger.seal()
  expect(alarms).toContain('sealed-row-missing')
  expect(await stored()).toHaveLength(count)
  expect(ledger.placeOf(doc)?.head).toMatchObject({ seq: sealed.seq })
  expect(Buffer.from(ledger.placeOf(doc)?.head.hash ?? []).toString('hex')).toBe(
    Buffer.from(sealed.hash).toString('hex'),
  )

  const fresh = await f.journal.open(f.newName())
  await f.journal.recordPhase(fresh.name, { phase: 'panel', by: null })
  await ledger.seal()
  expect(ledger.placeOf(fresh.doc)?.head.seq).toBe(1)
  // A whole document that is gone stays in the tree as it was.
  await tamper(`delete from revision where doc = ${fresh.doc}; delete from document where id = ${fresh.doc}`)
  await ledger.close()
  await open()
  expect(alarms).toEqual(['sealed-row-missing', 'sealed-row-missing'])
  expect(ledger.placeOf(fresh.doc)?.head.seq).toBe(1)
})

test('[J75] checkpoints that were taken out of the database are put back from the file; altered ones are told of', async () => {
  await sealedJournal()
  for (const letter of [1, 2, 3]) {
    await f.append(letter, 'x')
    await ledger.seal()
  }
  await ledger.close()
  const whole = await stored()
  await tamper(`delete from checkpoint where n > 1; delete from checkpoint_head where n > 1`)
  await open()
  expect(alarms).toEqual(['checkpoints-cut'])
  expect(await stored()).toEqual(whole)
  await ledger.close()
  await tamper(`update checkpoint set rows = rows + 1 where n = ${whole.length}`)
  await open()
  expect(alarms).toEqual(['checkpoint-altered'])
  await ledger.close()
  await tamper(
    `update checkpoint set rows = rows - 1 where n = ${whole.length}; update checkpoint_head set seq = seq + 1 where n = ${whole.length}`,
  )
  await open()
  expect(alarms).toEqual(['checkpoint-altered', 'sealed-row-missing'])
})

test('[J76] a new key is endorsed by the one before it; one that nobody endorsed is told of', async () => {
  await sealedJournal()
  await f.append(1, 'x')
  await ledger.close()
  const [old] = signingKeysOf(folder, null)
  writeFileSync(join(folder, 'checkpoint.key'), `${'11'.repeat(32)}\n`, { flag: 'a' })
  const keys = signingKeysOf(folder, null)
  await sealedJournal({ keys })
  await ledger.seal()
  await f.append(2, 'y')
  await ledger.seal()
  const [last, endorsed, after] = (await stored()).slice(-3)
  expect([last?.key, last?.next]).toEqual([old?.key, null])
  expect([endorsed?.key, endorsed?.next]).toEqual([old?.key, keys[1]?.key])
  expect([after?.key, after?.next]).toEqual([keys[1]?.key, null])
  expect(alarms).toEqual([])
  await ledger.close()
  // Once it has signed, the old one may go.
  await sealedJournal({ keys: keys.slice(1) })
  await ledger.seal()
  expect(alarms).toEqual([])
  await ledger.close()
  await sealedJournal({ keys: signingKeysOf(folder, ['22'.repeat(32)]) })
  await ledger.seal()
  expect(alarms).toEqual(['checkpoint-key-unknown'])
})

test('[J77] witnesses outside get every checkpoint; one that fails holds nothing up, is counted, and is helped later', async () => {
  const told: { n: number; hash: string }[] = []
  let down = true
  const http = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (!down) told.push(JSON.parse(body))
      response.writeHead(down ? 500 : 204).end()
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const outside = mkdtempSync(join(tmpdir(), 'consilium-witness-'))
  const metrics = createMetrics(f.log)
  const behind = async () => /^consilium_checkpoint_witnesses_behind (\d)/m.exec(await metrics.text())?.[1]
  const witnesses = openWitnesses({
    log: f.log,
    metrics,
    folder,
    witnessFolder: join(outside, 'not-there'),
    witnessUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    again: [5, 5],
  })
  try {
    await sealedJournal({ witnesses })
    await f.append(1, 'x')
    expect(await ledger.seal()).toBe(true)
    await vi.waitFor(async () => expect(await behind()).toBe('2'), 20_000)
    mkdirSync(join(outside, 'not-there'))
    down = false
    await vi.waitFor(async () => expect(await behind()).toBe('0'), 20_000)
    await f.append(2, 'y')
    await ledger.seal()
    await vi.waitFor(() => expect(told.at(-1)?.n).toBe(ledger.latest?.checkpoint.n), 20_000)
    expect(told.at(-1)?.hash).toBe(ledger.latest?.hash)
    await ledger.close()
    expect(logged(join(outside, 'not-there'))).toEqual(logged())
  } finally {
    http.close()
    metrics.close()
    rmSync(outside, { recursive: true })
  }
})

test('[J78] while the database is away nothing is sealed and nothing is lost; a checkpoint whose answer was lost is not made twice', async () => {
  let broken = false
  let deaf = false
  const sql = new Proxy(f.db.sql, {
    apply(target, self, args) {
      const asked = Reflect.apply(target as never, self, args) as Promise<unknown>
      const text = (args[0] as readonly string[]).join('')
      if (!text.includes('insert into checkpoint ')) return asked
      if (broken) return Promise.reject(Object.assign(new Error('away'), { code: 'CONNECTION_CLOSED' }))
      return deaf ? asked.then(() => Promise.reject(new Error('the answer was lost'))) : asked
    },
  })
  await sealedJournal({ sql })
  broken = true
  await f.append(1, 'x')
  expect(await ledger.seal()).toBe(false)
  expect(ledger.unsealed).toBe(2)
  broken = false
  deaf = true
  expect(await ledger.seal()).toBe(false)
  deaf = false
  await f.append(2, 'y')
  expect(await ledger.seal()).toBe(true)
  expect(ledger.unsealed).toBe(0)
  const all = await stored()
  expect(all.map(({ n }) => n)).toEqual(all.map((_, k) => k + 1))
  expect(logged()).toEqual(all)
  expect(all.every((one, k) => k === 0 || one.previous === hashOf(all[k - 1] as LoggedCheckpoint))).toBe(true)
})

test('[J72] what is committed while heads are read again is sealed too', async () => {
  let release: () => void = () => undefined
  let reading: () => void = () => undefined
  const isReading = new Promise<void>((resolve) => {
    reading = resolve
  })
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let hold = false
  const sql = new Proxy(f.db.sql, {
    apply(target, self, args) {
      const asked = Reflect.apply(target as never, self, args) as Promise<unknown>
      if (!hold || !(args[0] as readonly string[]).join('').includes('left join sealed s')) return asked
      return asked.then((answer) => (reading(), held.then(() => answer)))
    },
  })
  await open({ sql })
  await ledger.seal()
  const [first, second] = await f.write('ab')
  hold = true
  // The ledger missed the row that issued the lease.
  ledger.committed(first as CommittedRow, Buffer.alloc(32))
  const sealing = ledger.seal()
  await isReading
  const third = await f.append(50, 'meanwhile')
  ledger.committed(third, second?.hash ?? Buffer.alloc(0))
  release()
  hold = false
  await sealing
  expect(ledger.placeOf(f.book.doc)?.head.seq).toBe(3)
  await ledger.seal()
  expect(ledger.placeOf(f.book.doc)?.head.seq).toBe(4)
})
