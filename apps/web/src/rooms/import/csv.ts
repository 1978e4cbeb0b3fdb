/**
 * The list of files as CSV (RFC 4180), to keep or to send to whoever exported them. A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front: names of files are chosen by anybody.
 */
import type { Sending } from './progress.ts'
import { placeOf, type RowKey } from './rows.ts'

const cell = (value: string | number): string => {
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf(files: readonly Sending[], rows: readonly RowKey[]): string {
  const lines = rows.map((key) => {
    const place = placeOf(key)
    const file = files[place.file]
    const inside = place.inside === null ? undefined : file?.inside[place.inside]
    if (!file) throw new Error(`no row ${key}`)
    return inside
      ? [inside.name, '', inside.status, inside.reason ?? '']
      : [file.path, file.size, file.state, file.reason ?? '']
  })
  return [['file', 'bytes', 'state', 'reason'], ...lines]
    .map((line) => `${line.map(cell).join(',')}\r\n`)
    .join('')
}
