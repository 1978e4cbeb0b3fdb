import { KINDS } from '../tamper/kinds.ts'
import { tampering } from '../tamper/rows.ts'

const OF_ROWS: ReadonlySet<string> = new Set(['chain', 'leases', 'acts'])

export const fault = tampering(
  {
    id: 'R9',
    fault:
      'rows are changed in the database by a superuser, past every trigger: a byte, the author, the role, the time; a row deleted, put in between, two swapped; the table of leases; a name; bytes out of which words were taken, or that are said to be such',
    must: 'verification finds it by the chain, by the leases in it, or by what its acts say, and names document and revision, online and offline',
  },
  KINDS.filter(({ says }) => OF_ROWS.has(says)),
  { short: 2, full: 30 },
)
