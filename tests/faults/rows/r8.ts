import type { Kind } from '../tamper/kinds.ts'
import { tampering } from '../tamper/rows.ts'

/** Bits in use of each number, and of the two columns of bytes. */
const COLUMNS = { at: 40, lease: 20, clock: 20, len: 20, act: 8, role: 8, said: 40, bytes: 8, hash: 256 }

const flips = (Object.entries(COLUMNS) as [keyof typeof COLUMNS, number][]).map(
  ([column, bits]): Kind => ({
    name: `a bit of ${column}`,
    foundBy: 'the record itself',
    says: 'chain',
    async apply(sql, { doc, rows, redacted, random }) {
      for (;;) {
        const seq = random.whole(1, rows)
        // What is left of this one is no part of the chain: see R9.
        if (column === 'bytes' && seq === redacted) continue
        const bit = random.whole(0, bits - 1)
        const flipped =
          column === 'bytes' || column === 'hash'
            ? `set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit}))`
            : `${column} # (1::bigint << ${bit})::${column === 'act' || column === 'role' ? 'int::smallint' : column === 'at' || column === 'said' ? 'bigint' : 'int'}`
        // Two rows may not have the same clocks of one lease: the database itself would refuse such a flip.
        const [free] = await sql.unsafe<{ yes: boolean }[]>(`
          select not exists (select from revision o, (select ${column === 'lease' ? flipped : 'lease'} as lease, ${column === 'clock' ? flipped : 'clock'} as clock
            from revision where doc = ${doc} and seq = ${seq}) as n where o.lease = n.lease and o.clock = n.clock and o.len > 0
            and not (o.doc = ${doc} and o.seq = ${seq})) as yes`)
        if (!free?.yes) continue
        await sql.unsafe(`update revision set ${column} = ${flipped} where doc = ${doc} and seq = ${seq}`)
        return seq
      }
    },
  }),
)

export const fault = tampering(
  {
    id: 'R8',
    fault: 'one bit of one row of a journal is flipped in the database, in each of its columns',
    must: 'verification names the document and the revision, over the wire from the running server, and offline in a folder that was exported afterwards',
  },
  flips,
  { short: 1, full: 23 },
)
