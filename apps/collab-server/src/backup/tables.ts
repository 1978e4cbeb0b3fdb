/** Which tables a backup holds, and in which order they can be loaded. Asked from the database: a table that is added later is in it. */
import type { Sql } from '../db/open.ts'

export interface Table {
  readonly name: string
  readonly columns: string[]
}

/**
 * Keys are kept apart; sessions end with the server they were opened on, and so do links for the first administrator. What waits to be
 * sealed (people/inClear.ts) is empty in a server that is ready, and would be names in clear.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(['person_key', 'sessions', 'first_admin_keys', 'in_clear'])

export const isKept = (table: string): boolean => !LEFT_OUT.has(table)

/** Each after those that it refers to. */
export async function tablesInOrder(sql: Sql): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select c.relname as name, array_to_json(array_agg(a.attname order by a.attnum)) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname order by c.relname`
  const references = await sql<{ from: string; to: string }[]>`
    select f.relname as from, t.relname as to from pg_constraint
    join pg_class f on f.oid = conrelid join pg_class t on t.oid = confrelid
    where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`
  const byName = new Map(tables.map((table) => [table.name, table]))
  const ordered = new Set<Table>()
  function add(table: Table, waiting: readonly string[]): void {
    if (waiting.includes(table.name)) throw new Error(`tables refer to each other: ${waiting}`)
    for (const { from, to } of references) {
      const before = byName.get(to)
      if (from === table.name && before && !ordered.has(before)) add(before, [...waiting, table.name])
    }
    ordered.add(table)
  }
  for (const table of tables) add(table, [])
  return [...ordered]
}
