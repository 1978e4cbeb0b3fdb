/** Which files need not be sent, or read, again: those that came in this import, and those whose slices the project has. */
import type { Database } from '../db/open.ts'
import type { Entered } from './register.ts'

export interface Known extends Entered {
  /** In this import. */
  readonly entered: boolean
}

/** Mark -> what became of the file; marks that nobody knows are left out. */
export async function knownFiles(
  { intake }: Pick<Database, 'intake'>,
  from: { readonly import: string; readonly project: string },
  marks: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await intake<
    { mark: string; status: Entered['status'] | null; reason: string | null; here: boolean }[]
  >`
    select m.mark, f.status, f.reason,
      f.mark is null and exists (select from file_slices s where s.project = ${from.project} and s.mark = m.mark)
      and not exists (
        select from file_slices s where s.project = ${from.project} and s.mark = m.mark
        and not exists (
          select from frames g join series e on e.id = g.series join studies t on t.case = e.case
          where g.key = s.key and t.project = s.project)
        and not exists (
          select from held_slices h join held_pictures p on p.id = h.held where h.key = s.key and p.project = s.project)
        and not exists (select from cleared_slices c where c.key = s.key and c.project = s.project)
      ) as here
    from unnest(${`{${marks.join()}}`}::text[]) as m(mark)
    left join import_files f on f.import = ${from.import} and f.mark = m.mark`
  const known = new Map<string, Known>()
  for (const { mark, status, reason, here } of rows) {
    if (status !== null) known.set(mark, { status, reason, entered: true })
    else if (here) known.set(mark, { status: 'already-here', reason: null, entered: false })
  }
  return known
}
