/**
 * Which earlier case a case is looked at beside. Both are of one project, so whoever may open the one may see the pictures of the other. When
 * a study was taken is not known here: how many days lie between is what whoever attached it said.
 */
import type { Prior } from '@consilium/contract/prior'
import { Refusal } from '@consilium/contract/refusals'
import { eq } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { cases } from '../db/projects.ts'
import type { Notice } from '../notice.ts'
import type { CaseRecord, Projects } from './projects.ts'

export interface PriorChange {
  readonly caseId: string
  /** Null: it has none any more. */
  readonly prior: Prior | null
}

export interface Priors {
  of(caseId: string): Promise<Prior | null>
  /** The case that is to be looked at beside `of`; refuses what is none of its project, itself, or said to come after it. */
  fit(of: CaseRecord, wanted: string): Promise<CaseRecord>
  /** Resolves once everybody who has the case open was told. */
  set(caseId: string, prior: Pick<Prior, 'case' | 'days'> | null): Promise<void>
  onChange(listener: (change: PriorChange) => void): () => void
}

export function createPriors(
  { orm }: Pick<Database, 'orm'>,
  projects: Pick<Projects, 'caseById'>,
  changes: Notice<PriorChange>,
): Priors {
  /** One change after the other: they are told in the order in which they stand in the database. */
  let turn: Promise<unknown> = Promise.resolve()

  async function of(caseId: string): Promise<Prior | null> {
    const [row] = await orm
      .select({ prior: cases.prior, days: cases.priorDays })
      .from(cases)
      .where(eq(cases.id, caseId))
    const found = row?.prior ? await projects.caseById(row.prior) : null
    return found && { case: found.id, key: found.key, days: row?.days ?? null }
  }

  return {
    of,
    async fit(about, wanted) {
      const found = await projects.caseById(wanted)
      const no = (message: string) => new Refusal('invalid-body', { message, field: 'case' })
      // What is of another project answers like what does not exist.
      if (!found || found.projectId !== about.projectId)
        throw no('A prior is another case of the same project.')
      if (found.id === about.id) throw no('A case is not its own prior.')
      const theirs = await of(found.id)
      if (theirs?.case === about.id) throw no(`${about.key} is the prior of ${found.key} already.`)
      return found
    },
    set(caseId, prior) {
      const mine = turn.then(async () => {
        await orm
          .update(cases)
          .set({ prior: prior?.case ?? null, priorDays: prior?.days ?? null })
          .where(eq(cases.id, caseId))
        await changes.tell({ caseId, prior: await of(caseId) })
      })
      turn = mine.catch(() => undefined) // told to whoever asked
      return mine
    },
    onChange: changes.on,
  }
}
