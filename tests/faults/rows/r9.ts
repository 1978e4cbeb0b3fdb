import { KINDS } from '../tamper/kinds.ts'
import { tampering } from '../tamper/rows.ts'

export const fault = tampering(
  {
    id: 'R9',
    fault:
      'rows are changed in the database by a superuser, past every trigger: a byte, the author, the role, the time; a row deleted, put in between, two swapped; and the table of leases',
    must: 'verification finds it by the chain, or by the leases in it, and names document and revision, online and offline',
  },
  KINDS.filter(({ says }) => says === 'chain' || says === 'leases'),
  { short: 2, full: 30 },
)
