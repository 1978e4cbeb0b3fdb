/**
 * `npm run faults`: every row of rows/ in full, one after the other; figures go to docs/reliability.md.
 *   npm run faults -- R1 A3                 these rows only
 *   npm run faults -- R1 --trials 5 --seed 9
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
import { inOrder, keep, machine } from './report.ts'

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
const table: Row[] = []
for (const name of wanted) {
  const { fault } = (await import(files[name] as string)) as { fault: Fault }
  const trials = wantedTrials ?? fault.trials[values.short ? 'short' : 'full']
  process.stderr.write(`${fault.id}: ${fault.fault}\n  ${trials} trials, seed ${seed}\n`)
  const began = performance.now()
  try {
    const outcome = await fault.run(trials, seed)
    const seconds = Math.round((performance.now() - began) / 1_000)
    for (const failure of outcome.failures) tell(`FAILED ${failure}`)
    table.push({
      row: fault.id,
      trials: outcome.trials,
      failures: outcome.failures.length,
      seconds,
      ...outcome.figures,
    })
    if (outcome.failures.length > 0) process.exitCode = 1
    const kept = keep(fault.id, {
      fault: fault.fault,
      must: fault.must,
      ...outcome,
      seed,
      seconds,
      date: new Date().toISOString().slice(0, 10),
      machine: machine(),
    })
    if (!kept) tell('fewer trials than docs/reliability.md shows: its figures stay')
  } catch (error) {
    // The row itself broke: that is no figure.
    process.exitCode = 1
    tell(`BROKE ${error instanceof Error ? error.stack : error}`)
    table.push({
      row: fault.id,
      trials: 0,
      failures: null,
      seconds: Math.round((performance.now() - began) / 1_000),
    })
  }
}
for (const row of table) printTable(`seed ${seed}`, [row])
// Whatever a row left open must not keep the runner.
process.exit()

function quit(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
