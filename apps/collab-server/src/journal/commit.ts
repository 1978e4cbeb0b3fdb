/** Writes one group of planned rows, and finds out what became of it. */
import type { DurabilityWatch } from '../db/durability.ts'
import { isStorageFault, sqlState } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import { sameHash } from './chain.ts'
import { insertGroup, type Planned } from './insert.ts'
import type { Line } from './line.ts'

/**
 * `saved`      the rows are committed
 * `duplicate`  clocks of one of them were written before
 * `leased`     a clientID that one of them leases is leased already
 * `fenced`     another process wrote to one of the documents
 * `storage`    the disk under the database failed
 * `changed`    whether a commit reaches the disk is no longer what everybody was told
 */
export type Outcome = 'saved' | 'duplicate' | 'leased' | 'fenced' | 'storage' | 'changed'

export const commitGroup = (
  line: Line,
  durability: Pick<DurabilityWatch, 'now' | 'settle'>,
  plans: readonly Planned[],
): Promise<Outcome> =>
  line.through(async (sql, again) => {
    const { ok } = durability.now
    if ((await durability.settle(sql)).ok !== ok) return 'changed'
    try {
      await insertGroup(sql, plans)
      return 'saved'
    } catch (error) {
      const refused = sqlState(error) === '23505'
      // Its connection broke in the middle of it: it happened all the same, or has just landed, and stands in its own way.
      if (refused && again && (await happened(sql, plans))) return 'saved'
      if (refused) return collision((error as { constraint_name?: string }).constraint_name)
      if (isStorageFault(error)) return 'storage'
      throw error
    }
  })

function collision(constraint: string | undefined): Outcome {
  switch (constraint) {
    case 'revision_pkey':
      return 'fenced'
    case 'revision_lease_clock':
    case 'span_pkey':
      return 'duplicate'
    case 'lease_doc_client':
      return 'leased'
    default:
      throw new Error(`a number was given twice: ${constraint}`)
  }
}

/** A group is one statement: all of it happened or none of it, and any of its rows tells. */
async function happened(sql: Sql, plans: readonly Planned[]): Promise<boolean> {
  const row = plans.at(-1)?.row
  if (!row) return true
  const [stored] = await sql<
    { hash: Buffer }[]
  >`select hash from revision where doc = ${row.doc} and seq = ${row.seq}`
  return stored !== undefined && sameHash(stored.hash, row.hash)
}
