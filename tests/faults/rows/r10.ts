import { KINDS } from '../tamper/kinds.ts'
import { tampering } from '../tamper/rows.ts'

const OF_THE_WHOLE: ReadonlySet<string> = new Set(['checkpoints', 'witness', 'pages'])

export const fault = tampering(
  {
    id: 'R10',
    fault:
      'the record is changed so that every hash fits again: a tail cut, rows written anew with all hashes after them, a document removed, checkpoints dropped or signed again, with another key and with the stolen one',
    must: 'the chain alone finds none of it; checkpoints find it, or the key from elsewhere, checkpoints kept elsewhere, or what the pages were told is saved: each what it can, and nothing is found with less',
  },
  KINDS.filter(({ says }) => OF_THE_WHOLE.has(says)),
  { short: 2, full: 30 },
)
