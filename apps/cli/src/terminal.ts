/** Words on the terminal: results on stdout; progress, notes and faults on stderr. Colour only on a terminal, never with NO_COLOR. */
import { styleText } from 'node:util'

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

export function fault(text: string): void {
  process.stderr.write(`${styleText('red', text, { stream: process.stderr })}\n`)
}

export const strong = (text: string): string => styleText('bold', text, { stream: process.stdout })

/** A line that rewrites itself while a terminal watches; elsewhere (a log) it says nothing until the end. */
export class ProgressLine {
  readonly #live = Boolean(process.stderr.isTTY)
  #drawn = false

  show(text: string): void {
    if (!this.#live) return
    process.stderr.write(`\r\u001b[2K${text}`)
    this.#drawn = true
  }

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[2K')
    this.#drawn = false
  }
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
