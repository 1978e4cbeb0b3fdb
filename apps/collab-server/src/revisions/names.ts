/** Moments that have a name: people gave it, or the case entered another phase. */
import type { NamedMoment } from '@consilium/contract/history'
import { ACTS } from '@consilium/contract/revisions'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import { decodeName, decodePhase } from '../journal/rows.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import { personOf, writerOf } from './writer.ts'

interface Stored {
  readonly seq: number
  readonly at: number
  readonly lease: number
  readonly act: number
  readonly role: number
  readonly words: Buffer
}

const ENTERED: Record<Phase, string> = {
  new: 'New',
  reading: 'Reading',
  panel: 'Panel',
  decided: 'Decided',
  signed: 'Signed',
}
/** In place of a title that cannot be read any more. */
const UNREADABLE = '–'

/** In the order of the moments. */
export async function namesOf(sql: Sql, vault: IdentityVault, book: Book): Promise<NamedMoment[]> {
  // In the words of the partial index, so that a journal of a million edits is not searched.
  const rows = await sql<Stored[]>`
    select seq, at, lease, act, role, bytes as words from revision
    where doc = ${book.doc} and act not in (1, 2) and act in (${ACTS.name}, ${ACTS.phase}) order by seq`
  const named = await Promise.all(rows.map((row) => namedMoment(vault, book, row)))
  return named.sort((a, b) => a.seq - b.seq || a.named - b.named)
}

async function namedMoment(vault: IdentityVault, book: Book, row: Stored): Promise<NamedMoment> {
  const writer = writerOf(await personOf(vault, book, row), row.role)
  const told = { named: row.seq, at: row.at, writer }
  if (row.act === ACTS.phase) {
    const { phase } = decodePhase(row.words)
    return { seq: row.seq, title: ENTERED[phase], phase, ...told }
  }
  const { moment, by, title } = decodeName(row.words)
  return { seq: moment, title: (await vault.openWords(book.doc, by, title)) ?? UNREADABLE, ...told }
}
