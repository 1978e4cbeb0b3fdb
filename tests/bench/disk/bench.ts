/**
 * What the disk itself takes for one commit: 8 KiB (a page of PostgreSQL's log) are written over what a file holds, and fdatasync is awaited,
 * at the rates at which the collaboration bench edits. Whoever promises that a change is on the disk cannot be faster than this.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { machine, percentile, printMachine, printTable, type Row, round, writeJson } from '../report.ts'

const PAGE = Buffer.alloc(8192, 1)
/** As many as PostgreSQL keeps in one segment. */
const PAGES = 2048
const RATES = [20, 100, 200]
const SECONDS = 20

const folder = mkdtempSync(join(tmpdir(), 'consilium-disk-'))
const file = openSync(join(folder, 'log'), 'w+')
for (let n = 0; n < PAGES; n++) writeSync(file, PAGE, 0, PAGE.length, n * PAGE.length)
fdatasyncSync(file)

const on = machine()
printMachine(on)
const rows: Row[] = []
for (const perSecond of RATES) {
  const ms: number[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * SECONDS; n++) {
    await sleep(Math.max(0, began + (n * 1_000) / perSecond - performance.now()))
    const before = performance.now()
    writeSync(file, PAGE, 0, PAGE.length, (n % PAGES) * PAGE.length)
    fdatasyncSync(file)
    ms.push(performance.now() - before)
  }
  const of = (p: number) => round(percentile(ms, p))
  rows.push({
    'a second': perSecond,
    'p50 ms': of(50),
    'p95 ms': of(95),
    'p99 ms': of(99),
    'max ms': of(100),
  })
}
closeSync(file)
rmSync(folder, { recursive: true })
printTable('One page written and fdatasync awaited', rows)
console.log(`\nfigures: ${writeJson('disk', { rows }, on)}`)
