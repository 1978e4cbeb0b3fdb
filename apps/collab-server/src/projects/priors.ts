/**
 * Which earlier case a case is looked at beside. Both are of one project, so whoever may open the one may see the pictures of the other. When
 * a study was taken is not known here: how many days lie between is what whoever attached it said.
 */
import type { Prior } from '@consilium/contract/projects'
import { Refusal } from '@consilium/contract/refusals'
import { eq } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { cases } from '../db/projects.ts'
import type { CaseRecord, Projects } from './projects.ts'

type Known = Pick<Projects, 'caseById'>

export async function priorOf(
  { orm }: Pick<Database, 'orm'>,
  projects: Known,
  caseId: string,
): Promise<Prior | null> {
  const [row] = await orm
    .select({ prior: cases.prior, days: cases.priorDays })
    .from(cases)
    .where(eq(cases.id, caseId))
  const found = row?.prior ? await projects.caseById(row.prior) : null
  return found && { case: found.id, key: found.key, days: row?.days ?? null }
}

/** The case that is to be looked at beside `of`; refuses what is none of its project, itself, or said to come after it. */
export async function fitPrior(
  db: Pick<Database, 'orm'>,
  projects: Known,
  of: CaseRecord,
  wanted: string,
): Promise<CaseRecord> {
  const found = await projects.caseById(wanted)
  const no = (message: string) => new Refusal('invalid-body', { message, field: 'case' })
  // What is of another project answers like what does not exist.
  if (!found || found.projectId !== of.projectId) throw no('A prior is another case of the same project.')
  if (found.id === of.id) throw no('A case is not its own prior.')
  const theirs = await priorOf(db, projects, found.id)
  if (theirs?.case === of.id) throw no(`${of.key} is the prior of ${found.key} already.`)
  return found
}

export async function setPrior(
  { orm }: Pick<Database, 'orm'>,
  caseId: string,
  prior: Pick<Prior, 'case' | 'days'> | null,
): Promise<void> {
  await orm
    .update(cases)
    .set({ prior: prior?.case ?? null, priorDays: prior?.days ?? null })
    .where(eq(cases.id, caseId))
}
