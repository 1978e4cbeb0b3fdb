/** Rows as they will stand in the journal: numbered, dated, chained on the last committed head, their entries numbered. */

import type { RowDraft } from './append.ts'
import { type Book, type CommittedRow, entryId, type Head } from './book.ts'
import { hashOf } from './chain.ts'
import type { Planned } from './insert.ts'

interface Asked {
  readonly book: Book
  readonly draft: RowDraft
}

/** Entries without a number, at most: two rows may name the same one. */
export const unnamed = (group: readonly Asked[]): number =>
  group.reduce(
    (sum, { book, draft }) =>
      sum + (draft.touched ?? []).filter(({ root, entry }) => !book.entries.has(entryId(root, entry))).length,
    0,
  )

/** `free`: numbers for entries that have none yet; `clock`: ms since 1970. */
export function plan(group: readonly Asked[], free: readonly number[], clock: () => number): Planned[] {
  const heads = new Map<Book, Head>()
  const fresh = new Map<Book, Map<string, number>>()
  let used = 0

  function touchesOf(book: Book, draft: RowDraft): Pick<Planned, 'touches' | 'newEntries'> {
    const named = fresh.get(book) ?? new Map<string, number>()
    fresh.set(book, named)
    const newEntries: Planned['newEntries'][number][] = []
    const touches = (draft.touched ?? []).map(({ root, entry, kind, fields }) => {
      const id = entryId(root, entry)
      let number = book.entries.get(id) ?? named.get(id)
      if (number === undefined) {
        number = free[used++] as number
        named.set(id, number)
        newEntries.push({ id: number, root, key: entry })
      }
      return { entry: number, kind, fields }
    })
    return { touches, newEntries }
  }

  return group.map(({ book, draft }) => {
    const before = heads.get(book) ?? book.head
    const { lease, clock: first, len, act, role, said, bytes } = draft
    const header = {
      doc: book.doc,
      seq: before.seq + 1,
      // Never runs backwards within a document, whatever the machine's clock does.
      at: Math.max(clock(), before.at),
      lease,
      clock: first,
      len,
      act,
      role,
      said,
    }
    const row: CommittedRow = {
      ...header,
      hash: hashOf(before.hash, header, bytes),
      bytes,
      touched: draft.touched ?? [],
      client: draft.client,
      origin: draft.origin,
    }
    heads.set(book, row)
    return { row, ...touchesOf(book, draft), spans: draft.spans ?? [], issues: draft.issues ?? null }
  })
}
