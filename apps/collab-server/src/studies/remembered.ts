/** Which file brought which slices: written when an import is finished, read when a file is known again (knownFiles.ts). */
import type { SQL } from 'drizzle-orm'
import { sql as statement } from '../db/drizzle.ts'
import type { Sql } from '../db/open.ts'
import type { Suspect } from './held.ts'

/** Slices that the project shows of files that were not read again in this import: for sorting they came with the others. */
export async function broughtBefore(sql: Sql, importId: string, project: string): Promise<Suspect[]> {
  const rows = await sql<{ key: string; slice: string; bytes: number }[]>`
    select distinct on (f.key) f.key, f.slice::text, f.bytes
    from import_files i join file_slices s on s.project = ${project} and s.mark = i.mark
    join frames f on f.key = s.key join series e on e.id = f.series join studies t on t.case = e.case and t.project = s.project
    where i.import = ${importId} and not exists (select from staged_slices g where g.import = i.import and g.key = f.key)
    order by f.key, f.bytes`
  return rows.map(({ key, slice, bytes }) => ({
    key,
    slice: JSON.parse(slice) as Suspect['slice'],
    bytes,
    report: { kept: [], dropped: [] },
    suspicions: [],
  }))
}

/** An archive brought what the files in it did, now or before. */
export const rememberFiles = (importId: string, project: string): SQL => statement`
  insert into file_slices (project, mark, key)
  select ${project}, mark, key from staged_slices where import = ${importId}
  union
  select ${project}, f.within, s.key from import_files f join staged_slices s on s.import = f.import and s.mark = f.mark
  where f.import = ${importId} and f.within is not null
  union
  select ${project}, f.within, s.key from import_files f join file_slices s on s.project = ${project} and s.mark = f.mark
  where f.import = ${importId} and f.within is not null
  on conflict do nothing`
