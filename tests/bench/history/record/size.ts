/** What a record takes on the disk, table by table. */
import type { Database } from '../../../../apps/collab-server/src/db/open.ts'

export interface TableSize {
  readonly table: string
  /** Without its indexes, bytes; what does not fit into a row included. */
  readonly heap: number
  readonly indexes: number
}

export interface SnapshotSize {
  readonly document: string
  readonly rows: number
  /** Of all rows: what the journal was given to keep, bytes. */
  readonly journal: number
  readonly snapshots: number
  readonly count: number
}

export interface Size {
  readonly rows: number
  /** What the journal was given to keep, bytes. */
  readonly payload: number
  readonly tables: readonly TableSize[]
  readonly documents: readonly SnapshotSize[]
}

const TABLES = ['revision', 'touch', 'entry', 'span', 'lease', 'snapshot']

export async function sizeOf({ sql }: Database): Promise<Size> {
  const [all] = await sql<{ rows: number; payload: number }[]>`
    select count(*)::int8 as rows, sum(octet_length(bytes))::int8 as payload from revision`
  const tables = await sql<TableSize[]>`
    select name as table, pg_table_size(name::regclass) as heap, pg_indexes_size(name::regclass) as indexes
    from unnest(${`{${TABLES}}`}::text[]) with ordinality as t (name, n) order by n`
  const documents = await sql<SnapshotSize[]>`
    select d.name as document, d.head_seq as rows,
      (select sum(octet_length(bytes))::int8 from revision where doc = d.id) as journal,
      (select coalesce(sum(octet_length(bytes)), 0)::int8 from snapshot where doc = d.id) as snapshots,
      (select count(*)::int8 from snapshot where doc = d.id) as count
    from document d where d.head_seq > 0 order by d.id`
  return { ...(all ?? { rows: 0, payload: 0 }), tables: [...tables], documents: [...documents] }
}
