import type { Fault } from '../fault.ts'
import { Installation } from '../installation.ts'
import { documentsFor, killAgainAndAgain } from '../kills.ts'

export const fault: Fault = {
  id: 'R1',
  fault:
    'the server process is killed (SIGKILL) 5 to 800 ms after it was back, or after somebody was answered, while 20 people edit one document; embedded database',
  must: 'every acknowledged edit is in the journal after the restart, before any page sent anything again; what was not acknowledged is sent again and is there once',
  trials: { short: 12, full: 200 },
  async run(trials, seed) {
    const installation = await Installation.make({ documents: documentsFor(trials) })
    try {
      return await killAgainAndAgain(installation, trials, seed)
    } finally {
      await installation.close()
    }
  },
}
