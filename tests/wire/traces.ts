/** Looks for texts and bytes in everything that is kept: every column of every table, and every file of a folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from '../../apps/collab-server/src/db/open.ts'

export interface Kept {
  readonly where: string
  readonly bytes: Buffer
}

/** Files with their names. */
export function filesIn(folder: string): Kept[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const where = join(entry.parentPath, entry.name)
      return { where, bytes: Buffer.concat([Buffer.from(`${where}\n`), withoutEnd(readFileSync(where))]) }
    })
}

/** Without the zeros at its end: of the database's log most is not written yet. */
function withoutEnd(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return bytes.subarray(0, end)
}

/** Our tables, those of the migrations, and the samples that the planner keeps; bytes as hex. */
export async function tablesOf(sql: Sql): Promise<Kept[]> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'drizzle') or tablename = 'pg_statistic'`
  return Promise.all(
    tables.map(async ({ name }) => {
      const rows = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)
      return { where: `table ${name}`, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) }
    }),
  )
}

/** A text as UTF-8, as UTF-16 in either order, in base64, and its bytes in hex; bytes as they are, and in hex. */
function formsOf(trace: string | Buffer): Buffer[] {
  if (typeof trace !== 'string') return [trace, Buffer.from(trace.toString('hex'))]
  const wide = Buffer.from(trace, 'utf16le')
  const plain = Buffer.from(trace)
  // Base64 of what stands within, whatever stands before it: the letters that depend on the neighbours are left out.
  const within = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), plain])
      .toString('base64')
      .slice(before === 0 ? 0 : 4)
      .replace(/=+$/, '')
      .slice(0, -2),
  )
  return [
    plain,
    wide,
    Buffer.from(wide).swap16(),
    ...within.map((text) => Buffer.from(text)),
    Buffer.from(plain.toString('hex')),
  ]
}

/** "trace in place" for each that is there. Texts are looked for as they are written. */
export function found(traces: Readonly<Record<string, string | Buffer>>, places: readonly Kept[]): string[] {
  const all = Object.entries(traces).map(([name, trace]) => ({ name, forms: formsOf(trace) }))
  return places.flatMap(({ where, bytes }) =>
    all
      .filter(({ forms }) => forms.some((form) => bytes.includes(form)))
      .map(({ name }) => `${name} in ${where}`),
  )
}
