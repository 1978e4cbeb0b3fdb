/**
 * The audit log as a file: CSV as in RFC 4180, or a JSON array with one entry per line. A cell that a spreadsheet would take for a formula
 * gets an apostrophe in front: names are chosen by people.
 */
import type { AuditEntry } from '@consilium/contract/audit'

type Column = readonly [title: string, of: (entry: AuditEntry) => string | number | undefined]

const COLUMNS: readonly Column[] = [
  ['number', ({ n }) => n],
  ['time', ({ at }) => new Date(at).toISOString()],
  ['act', ({ act }) => act],
  ['person', ({ by }) => by?.name],
  ['person id', ({ by }) => by?.id],
  ['role', ({ role }) => role ?? undefined],
  ['project', ({ project }) => project?.title],
  ['project id', ({ project }) => project?.id],
  ['case', (entry) => entry.case?.key],
  ['case id', (entry) => entry.case?.id],
  ['subject', ({ subject }) => subject?.name],
  ['subject id', ({ subject }) => subject?.id],
  [
    'detail',
    ({ detail }) =>
      Object.entries(detail)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', '),
  ],
  ['from', ({ from }) => from ?? undefined],
  ['hash', ({ hash }) => hash],
]

/** Entries to a piece of the file. */
const TOGETHER = 500

export function cell(value: string | number | undefined): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const line = (cells: readonly (string | number | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`

export async function* asCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield line(COLUMNS.map(([title]) => title))
  for await (const some of together(entries))
    yield some.map((entry) => line(COLUMNS.map(([, of]) => of(entry)))).join('')
}

export async function* asJson(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  let between = '[\n'
  for await (const some of together(entries)) {
    yield between + some.map((entry) => JSON.stringify(entry)).join(',\n')
    between = ',\n'
  }
  yield between === '[\n' ? '[]\n' : '\n]\n'
}

async function* together(entries: AsyncIterable<AuditEntry>): AsyncGenerator<AuditEntry[]> {
  let some: AuditEntry[] = []
  for await (const entry of entries) {
    some.push(entry)
    if (some.length < TOGETHER) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
