import type { Fault } from '../fault.ts'
import { Installation } from '../installation.ts'
import { documentsFor, killAgainAndAgain } from '../kills.ts'
import { ForeignPostgres } from '../postgres.ts'

export const fault: Fault = {
  id: 'R2',
  fault: 'as R1, on a PostgreSQL of its own behind DATABASE_URL, which goes on while the server is killed',
  must: 'as R1',
  trials: { short: 8, full: 200 },
  async run(trials, seed) {
    const postgres = await ForeignPostgres.start()
    try {
      const installation = await Installation.make({
        documents: documentsFor(trials),
        databaseUrl: postgres.url,
      })
      try {
        const outcome = await killAgainAndAgain(installation, trials, seed)
        return { ...outcome, figures: { ...outcome.figures, database: postgres.name } }
      } finally {
        await installation.close()
      }
    } finally {
      await postgres.close()
    }
  },
}
