/** Tables for people (Markdown, ready to paste), JSON for machines, and what machine the figures come from. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

export type Row = Record<string, string | number | null>

/** Nearest-rank percentile; null for no samples. */
export function percentile(samples: readonly number[], p: number): number | null {
  if (samples.length === 0) return null
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? null
}

export const round = (value: number | null, digits = 2): number | null =>
  value === null ? null : Number(value.toFixed(digits))

export function printTable(title: string, rows: readonly Row[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => columns.map((column) => String(row[column] ?? '–')))
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((line) => line[i]?.length ?? 0)),
  )
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`
  console.log(`\n### ${title}\n\n${line(columns)}\n|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`)
  for (const row of cells) console.log(line(row))
}

/** Where figures come from: they mean nothing without it. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  /** Versions of what was measured. */
  readonly packages: Readonly<Record<string, string>>
  /** Work for others meanwhile: the averages of 1, 5 and 15 minutes. */
  readonly load: readonly number[]
}

export function machine(packages: readonly string[] = []): Machine {
  const versionOf = (name: string): string => {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  }
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    load: loadavg().map((n) => Number(n.toFixed(2))),
  }
}

export function printMachine({ cpu, cores, memoryGiB, system, node, packages, load }: Machine): void {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  console.log(
    `\n${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}; load before: ${load.join(', ')}`,
  )
  if (versions.length > 0) console.log(versions.join(' · '))
}

export function writeJson(name: string, figures: unknown, on: Machine = machine()): string {
  mkdirSync('bench-results', { recursive: true })
  const path = `bench-results/${name}.json`
  writeFileSync(
    path,
    `${JSON.stringify({ name, at: new Date().toISOString(), machine: on, figures }, null, 2)}\n`,
  )
  return path
}
