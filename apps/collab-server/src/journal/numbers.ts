/** Hands out the short numbers of entries and leases, taken from the database in blocks, so that a commit never waits for one. */
import type { Sql } from '../db/open.ts'

const BLOCK = 64

export interface Numbers {
  /** Makes sure that `count` numbers can be taken without waiting. */
  ensure(count: number): Promise<void>
  /** Throws where `ensure` was forgotten. A number that is taken and not used is simply never used. */
  take(): number
}

export function createNumbers(sql: Sql, sequence: 'entry_number' | 'lease_number'): Numbers {
  const free: number[] = []
  return {
    async ensure(count) {
      if (free.length >= count) return
      const rows = await sql<
        { n: number }[]
      >`select nextval(${sequence}::regclass)::int as n from generate_series(1, ${Math.max(BLOCK, count - free.length)})`
      free.push(...rows.map((row) => row.n))
    },
    take() {
      const n = free.shift()
      if (n === undefined) throw new Error(`no ${sequence} is left`)
      return n
    },
  }
}
