/**
 * Is what is kept to be quick what the rows make? Every snapshot, and the document that is open, are held against a replay from the first
 * row. Work for as long as the document is large; all of it in the worker.
 */
import type { ChainReport } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Journal } from '../journal/journal.ts'
import { DamagedSnapshot, readSnapshot } from '../journal/snapshots.ts'
import type { LiveDocument } from '../room/live.ts'

type Fault = NonNullable<ChainReport['fault']>

/** Of what differs first. `live`: null where nobody has it open. */
export async function deepFault(
  sql: Sql,
  journal: Pick<Journal, 'moment' | 'travel'>,
  doc: number,
  live: LiveDocument | null,
): Promise<Fault | null> {
  const fromRows = (seq: number) => journal.moment(doc, seq, 'digest', { snapshotUpTo: 0 })
  const same = async (seq: number, digest: Uint8Array): Promise<boolean> =>
    Buffer.compare(digest, await fromRows(seq)) === 0

  const kept = await sql<{ seq: number }[]>`select seq from snapshot where doc = ${doc} order by seq`
  for (const { seq } of kept) {
    const digest = await digestOfSnapshot(seq)
    if (digest === 'damaged') return { seq, what: 'the snapshot of it is damaged' }
    if (digest && !(await same(seq, digest)))
      return { seq, what: 'the snapshot of it is not what the rows make' }
  }
  const held = await live?.digest()
  if (held && !(await same(held.seq, held.digest)))
    return { seq: held.seq, what: 'what is open is not what the rows make' }
  return null

  /** Null where it is gone meanwhile. */
  async function digestOfSnapshot(seq: number): Promise<Uint8Array | 'damaged' | null> {
    const snapshot = await readSnapshot(sql, doc, seq)
    if (snapshot?.seq !== seq) return null
    try {
      return await journal.travel.make('digest', { snapshot, pages: [], rows: 0, seq })
    } catch (error) {
      if (error instanceof DamagedSnapshot) return 'damaged'
      throw error
    }
  }
}
