/**
 * Takes the words of one field out of a document and of its whole past.
 *
 *   while others edit     every row that holds them is found, and what is left of each without them; once more, while nobody else's
 *                         change is taken, where somebody wrote to the entry meanwhile
 *   one row               takes them out of the document, like any change, and names each of those rows with the hash of what is left:
 *                         from here on it will happen, whatever breaks (redactions.ts)
 *   then                  the rows are replaced; the hash of what they were stays, so that every later hash holds
 *
 * It is not judged by whose the words are, nor by the phase of the case: only by the right to do it.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { judge } from '@consilium/crdt-schema/policy'
import { may } from '@consilium/crdt-schema/roles'
import type { Sql } from '../db/open.ts'
import type { RowDraft } from '../journal/append.ts'
import { type CommittedRow, entryId } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import { encodeRedact, roleCode } from '../journal/rows.ts'
import { fieldBit, KIND_BITS } from '../journal/touch.ts'
import { type Append, admit, type Writer } from '../room/admit.ts'
import { unusedClient } from '../room/bindings.ts'
import { held } from '../room/held.ts'
import type { LiveDocument } from '../room/live.ts'
import type { Visitor } from '../room/visitor.ts'
import { type LeftRow, takenOut } from './takeOut.ts'

export interface Wanted {
  readonly root: RootName
  readonly id: string
  readonly field: string
  readonly reason: string
}

export interface Recorded {
  /** The row that says it. */
  readonly row: CommittedRow
  /** What is to be put in the place of others. */
  readonly left: readonly LeftRow[]
}

/** Refuses with `not-found` where there are no such words. */
export async function recordRedaction(
  sql: Sql,
  journal: Pick<Journal, 'travel' | 'vault'>,
  { live, writer, append }: Visitor,
  { root, id, field, reason }: Wanted,
): Promise<Recorded> {
  const { book } = live
  const number = book.entries.get(entryId(root, id))
  if (number === undefined) throw new Refusal('not-found')
  const by: Writer = { ...writer, judge: judgeOf({ root, entry: id, field }) }
  const sealed = await journal.vault.sealWords(book.doc, writer.person, reason)
  const client = unusedClient(live)
  const find = (upTo: number) =>
    takenOut(sql, journal.travel, book.doc, { root, id, number, field }, upTo, client)
  const base = book.head.seq
  let found = await find(base)
  const row = await held(live, append, async ({ gated, append: last }) => {
    if (await isTouched(sql, number, base)) found = await find(book.head.seq)
    const { rows: left, update: change } = found
    if (left.length === 0) throw nothingThere()
    const asRedaction: Append = (target, draft) => {
      const { bytes: update } = draft
      const bytes = encodeRedact({ update, root, entry: id, field, rows: left, reason: sealed })
      return last(target, { ...draft, act: ACTS.redact, bytes })
    }
    const admitted = await admit(asRedaction, gated, by, [{ bytes: change, said: 0 }])
    if (admitted) return admitted
    // Somebody had deleted them: only the past holds them.
    const touched = [{ root, entry: id, kind: KIND_BITS.change, fields: fieldBit(root, field) }]
    return asRedaction(book, { ...(await unchanging(live, by, client)), bytes: change, touched })
  })
  if (!row) throw nothingThere()
  return { row, left: found.rows }
}

/** By a revision after this one. */
async function isTouched(sql: Sql, entry: number, after: number): Promise<boolean> {
  const rows = await sql`select from touch where entry = ${entry} and seq > ${after} limit 1`
  return rows.length > 0
}

const nothingThere = (): Refusal => new Refusal('not-found', { message: 'There are no words in this field.' })

interface Named {
  readonly root: RootName
  readonly entry: string
  readonly field: string
}

/** For this one field, and nothing else. */
const judgeOf =
  ({ root, entry, field }: Named): typeof judge =>
  ({ role }, _phase, change) =>
    may(role, 'redact') && change.root === root && change.entry === entry && change.field === field
      ? null
      : 'not-yours'

/** A row that leaves the document as it is. */
async function unchanging(
  { book }: LiveDocument,
  writer: Writer,
  client: number,
): Promise<Omit<RowDraft, 'bytes'>> {
  const role = writer.role()
  if (!writer.valid()) throw new Refusal('not-signed-in')
  if (!may(role, 'redact')) throw new Refusal('not-allowed')
  await writer.bind(client)
  const lease = book.leases.byClient.get(client)?.id ?? 0
  return { lease, client, clock: 0, len: 0, act: ACTS.redact, role: roleCode(role), said: 0 }
}
