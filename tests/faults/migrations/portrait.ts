/** Everything a database has, as lines of text: what is made in it, who may do what, which migrations it knows of, and every row. */
import type { Sql } from '../../../apps/collab-server/src/db/open.ts'

const CATALOGUE = [
  `select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,
     coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attstorage::text, a.attstattarget::text, coalesce(a.attacl::text, '')
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  `select 'relation', relname, relkind::text, coalesce(relacl::text, ''), coalesce(reloptions::text, '') from pg_class
   where relnamespace = 'public'::regnamespace`,
  `select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace`,
  `select 'index', indexdef from pg_indexes where schemaname = 'public'`,
  `select 'trigger', pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`,
  `select 'function', pg_get_functiondef(oid), coalesce(proacl::text, '') from pg_proc where pronamespace = 'public'::regnamespace`,
  `select 'default', defaclobjtype::text, defaclacl::text from pg_default_acl`,
  `select 'sequence', sequencename, coalesce(last_value, 0)::text from pg_sequences where schemaname = 'public'`,
]

export async function portraitOf(sql: Sql): Promise<string[]> {
  const lines: string[] = []
  for (const query of CATALOGUE) for (const row of await sql.unsafe(query).values()) lines.push(row.join(' '))
  const [known] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`
  if (known?.yes)
    for (const { hash } of await sql`select hash from drizzle.__drizzle_migrations`)
      lines.push(`migration ${hash}`)
  for (const { name } of await sql`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'`)
    for (const { row } of await sql.unsafe(`select t::text as row from "${name}" t`))
      lines.push(`row of ${name}: ${row}`)
  return lines.sort()
}
