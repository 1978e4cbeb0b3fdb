/** Hands out the short numbers of entries and leases, taken from the database in blocks, so that a commit rarely waits for one. */
import type { Sql } from '../db/open.ts'

const BLOCK = 64

export interface Numbers {
  /** So many numbers, which nobody else gets. One that is then not used is simply never used. */
  take(count: number, sql?: Sql): Promise<number[]>
}

export function createNumbers(pool: Sql, sequence: 'entry_number' | 'lease_number'): Numbers {
  const free: number[] = []
  return {
    async take(count, sql = pool) {
      // Others may take while the database is asked: looked at again before anything is handed out.
      while (free.length < count) {
        const rows = await sql<
          { n: number }[]
        >`select nextval(${sequence}::regclass)::int as n from generate_series(1, ${Math.max(BLOCK, count)})`
        free.push(...rows.map((row) => row.n))
      }
      return free.splice(0, count)
    },
  }
}
