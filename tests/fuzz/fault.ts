/** As a row of docs/reliability.md: `npm run faults -- fuzz`. */
import type { Fault } from '../faults/fault.ts'
import { fuzz } from './fuzz.ts'

export const fault: Fault = {
  id: 'B2',
  fault:
    'updates of honest pages, honest ones made wrong, ones made from the format’s grammar, and broken bytes are offered to the gate by six people in all roles, 400 to each document, which grows by what is taken (in threads of one process, without sockets and database)',
  must: 'the gate answers each with a row, with nothing, or with a refusal, and refuses no honest one; what it takes leaves nothing pending and holds nothing foreign to the record, its row names every place that is another afterwards and none that it did not aim at, nobody changes what they may not, and all copies are the same, in whatever way they are made',
  trials: { short: 10_000, full: 1_000_000 },
  run: fuzz,
}
