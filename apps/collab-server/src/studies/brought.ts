/** When the series of a case came, and who brought them: by the first import that did. Asked each time, because people can be erased. */
import type { Series } from '@consilium/contract/studies'
import type { Sql } from '../db/open.ts'
import type { People } from '../people/accounts.ts'

export async function withBringers(
  { sql, people }: { readonly sql: Sql; readonly people: Pick<People, 'byIds'> },
  caseId: string,
  series: readonly Series[],
): Promise<Series[]> {
  const rows = await sql<{ id: string; at: string; person: number }[]>`
    select distinct on (s.id) s.id, s.created_at as at, i.person
    from series s join import_series b on b.series = s.id join imports i on i.id = b.import
    where s.case = ${caseId} order by s.id, i.created_at, i.id`
  const brought = new Map(rows.map((row) => [row.id, row]))
  const known = await people.byIds([...new Set(rows.map(({ person }) => person))])
  return series.map((one) => {
    const row = brought.get(one.id)
    if (!row) return one
    const { handle = '', name = '', initials = '' } = known.get(row.person) ?? {}
    return { ...one, at: Number(row.at), by: { id: handle, name, initials } }
  })
}
