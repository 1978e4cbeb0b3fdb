/**
 * `npm run faults`: every row of rows/ in full, one after the other; figures go to docs/reliability.md.
 *   npm run faults -- R1 A3                 these rows only
 *   npm run faults -- R1 --trials 5 --seed 9
 *   npm run faults -- R12 --more --trials 5   more trials of a record that this product began (rows whose trials take minutes)
 *   npm run faults -- --short               as in `npm test`
 *   npm run faults -- simulate | fuzz       random histories; random updates (tests/simulation, tests/fuzz)
 *   npm run faults -- history               random histories looked into (tests/history)
 * Exits with 1 where something failed.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printTable, type Row } from '../bench/report.ts'
import { type Fault, onProgress, tell } from './fault.ts'
import { begunOf, joined, product } from './pieces.ts'
import { inOrder, type Kept, keep, machine, shownOf } from './report.ts'

const ROWS = join(import.meta.dirname, 'rows')
/** Rows that live beside what they run. */
const ELSEWHERE = {
  simulate: join(import.meta.dirname, '../simulation/fault.ts'),
  fuzz: join(import.meta.dirname, '../fuzz/fault.ts'),
  history: join(import.meta.dirname, '../history/fault.ts'),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string' },
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    more: { type: 'boolean', default: false },
  },
})
const whole = (name: 'trials' | 'seed'): number | undefined => {
  const text = values[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) quit(`--${name} must be a whole number, not ${text}`)
  return value
}
const wantedTrials = whole('trials')
const seed = whole('seed') ?? Date.now() % 2 ** 31

/** r12a.ts holds R12a. */
const idOf = (file: string): string => (file[0] as string).toUpperCase() + file.slice(1, -3)
const files: Record<string, string> = Object.fromEntries(
  readdirSync(ROWS)
    .filter((name) => /^[a-z]\d+[a-z]?\.ts$/.test(name))
    .map((file) => [idOf(file), join(ROWS, file)] as const)
    .sort(([a], [b]) => inOrder(a, b)),
)
for (const [name, path] of Object.entries(ELSEWHERE)) if (existsSync(path)) files[name] = path
const known = new Map(Object.keys(files).map((name) => [name.toLowerCase(), name]))
const wanted =
  positionals.length > 0
    ? positionals.map((name) => known.get(name.toLowerCase()) ?? name)
    : Object.keys(files)
const unknown = wanted.filter((name) => !files[name])
if (unknown.length > 0) quit(`no such row: ${unknown.join(', ')}; there are ${Object.keys(files).join(', ')}`)

onProgress((line) => process.stderr.write(`  ${line}\n`))
const now = { product: product(), machine: machine() }
const table: Row[] = []
for (const name of wanted) {
  const { fault } = (await import(files[name] as string)) as { fault: Fault }
  const began = performance.now()
  try {
    table.push(await run(fault))
  } catch (error) {
    // The row itself broke: that is no figure.
    process.exitCode = 1
    tell(`BROKE ${error instanceof Error ? error.stack : error}`)
    const seconds = Math.round((performance.now() - began) / 1_000)
    table.push({ row: fault.id, trials: 0, failures: null, seconds })
  }
}
for (const row of table) printTable(`seed ${seed}`, [row])
// Whatever a row left open must not keep the runner.
process.exit()

async function run(fault: Fault): Promise<Row> {
  const { summary } = fault
  if (values.more && !summary) throw new Error('the record of this row is not made in pieces')
  const before = values.more ? begunOf(shownOf(fault.id), now) : undefined
  const trials = wantedTrials ?? fault.trials[values.short ? 'short' : 'full'] - (before?.trials ?? 0)
  const first = before ? before.seed + before.trials : seed
  process.stderr.write(`${fault.id}: ${fault.fault}\n  ${trials} trials, seed ${first}\n`)
  const began = performance.now()
  const outcome = await fault.run(trials, first)
  const seconds = Math.round((performance.now() - began) / 1_000)
  for (const failure of outcome.failures) tell(`FAILED ${failure}`)
  if (outcome.failures.length > 0) process.exitCode = 1
  const date = new Date().toISOString().slice(0, 10)
  const piece: Kept = { fault: fault.fault, must: fault.must, ...outcome, seed: first, seconds, date, ...now }
  const found = before && summary ? joined(before, piece, summary) : piece
  if (!keep(fault.id, found, { toGoOn: values.more }))
    tell(`${found.trials} trials, fewer than docs/reliability.md shows: its figures stay`)
  return {
    row: fault.id,
    trials: found.trials,
    failures: found.failures.length,
    seconds: found.seconds,
    ...found.figures,
  }
}

function quit(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
