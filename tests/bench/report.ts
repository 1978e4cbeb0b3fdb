/** Tables for people, JSON for machines, and what machine the figures come from. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

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
  const line = (texts: readonly string[]) => texts.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ')
  console.log(`\n${title}\n${line(columns)}\n${widths.map((w) => '-'.repeat(w)).join('  ')}`)
  for (const row of cells) console.log(line(row))
}

export function writeJson(name: string, figures: unknown): string {
  mkdirSync('bench-results', { recursive: true })
  const path = `bench-results/${name}.json`
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg(),
  }
  writeFileSync(
    path,
    `${JSON.stringify({ name, at: new Date().toISOString(), machine, figures }, null, 2)}\n`,
  )
  return path
}
