/**
 * Makes a document, or one entry of it, what it was after a revision: as a new revision of whoever asks, through the gate like any change.
 *
 *   while others edit    a thread reads the moment that is wanted and the present, and finds what differs; one entry is made of the rows
 *                        that touched it, and the document is not opened for it
 *   for a moment         nobody's change is taken: the rows that came meanwhile are compared too, the change is made on top of them
 *                        and goes into the journal's queue; who waited goes on, and what they wrote without having seen it merges
 *
 * So the revision says exactly what was then, whatever happened while it was worked out. What the person may not do they are refused,
 * by the same judge as by hand. What was said (threads, comments, decisions) is restored only where it is asked for by itself.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import type { Place } from '@consilium/crdt-schema/acts'
import { readEntry, readRoots } from '@consilium/crdt-schema/changes'
import type { Sql } from '../db/open.ts'
import { type Book, type CommittedRow, entryId } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import { encodeRestore } from '../journal/rows.ts'
import { type Append, admit } from '../room/admit.ts'
import { unusedClient } from '../room/bindings.ts'
import { held } from '../room/held.ts'
import type { LiveDocument } from '../room/live.ts'
import { paintFiles, paintRevisions } from '../room/paintFiles.ts'
import type { Visitor } from '../room/visitor.ts'
import { Turnstile } from '../turnstile.ts'
import { rowsBetween, rowsTouching } from './past.ts'
import type { Restorer } from './restorer.ts'
import type { Moment, PaintParts } from './restoreWork.ts'

export interface Wanted {
  /** Revision to go back to. */
  readonly to: number
  /** Null: all annotations. */
  readonly place: Place | null
}

/** Each has two moments of a document in memory, and words that are taken out must not come back from one of them. */
export const restores = new Turnstile(1)

/** Resolves with the new row; null where nothing differs. Throws a Refusal. `start`: the thread in which it is worked out, ended afterwards. */
export const restoreTo = (
  sql: Sql,
  journal: Pick<Journal, 'moment'>,
  visitor: Visitor,
  wanted: Wanted,
  start: () => Restorer,
): Promise<CommittedRow | null> =>
  restores.pass(async () => {
    const restorer = start()
    try {
      return await restore(sql, journal, visitor, wanted, restorer)
    } finally {
      await restorer.end()
    }
  })

async function restore(
  sql: Sql,
  journal: Pick<Journal, 'moment'>,
  { live, writer, append }: Visitor,
  { to, place }: Wanted,
  restorer: Restorer,
): Promise<CommittedRow | null> {
  const { book } = live
  const base = book.head.seq
  // One entry is made of its own rows: the document is opened for all of them only. What is painted in a segment lies in many rows.
  const number = place && numberOf(book, place)
  const entries = place && number !== null && !isSegment(live, place) ? [{ ...place, number }] : null
  const moment = async (seq: number): Promise<Moment> =>
    entries
      ? (await rowsTouching(sql, entries, { doc: book.doc, from: 0, to: seq })).pages
      : journal.moment(book.doc, seq, 'update')
  const archives = [...(await paintFiles(journal, book.doc, paintRevisions(live.ydoc)))]
  const painting = await paintParts(live, writer.person)
  const states = { past: await moment(to), present: await moment(base) }
  const { known } = await restorer.compare({ ...states, place, archives })
  if (!known) throw new Refusal('not-found')
  return held(live, append, async ({ gated, append: last }) => {
    const after = { doc: book.doc, from: base, to: Number.MAX_SAFE_INTEGER }
    const { pages: since } = await (entries ? rowsTouching(sql, entries, after) : rowsBetween(sql, after))
    const client = unusedClient(live)
    const { update } = await restorer.write({
      since,
      client,
      reason: `restored to revision ${to}`,
      painting,
    })
    const asRestore: Append = (target, draft) =>
      last(target, { ...draft, act: ACTS.restore, bytes: encodeRestore(to, draft.bytes) })
    return update && admit(asRestore, gated, writer, [{ bytes: update, said: 0 }])
  })
}

const isSegment = ({ ydoc }: LiveDocument, { root, id }: Place): boolean =>
  root === 'annotations' && readEntry(ydoc, root, id)?.kind === 'segment'

/** Whose acts may be turned, and what they can be painted on. */
async function paintParts({ ydoc, book, painting }: LiveDocument, person: number): Promise<PaintParts> {
  const { grids } = painting
  const { annotations } = readRoots(ydoc)
  const series = new Set(
    [...annotations.values()].flatMap(({ kind, source }) => (kind === 'segment' ? [source.series] : [])),
  )
  const own = [...book.leases.byClient.values()].filter((lease) => lease.person === person)
  const found = [...series].map(async (id) => [id, await grids.with(() => grids.of(id))] as const)
  return { own: own.map(({ client }) => client), grids: await Promise.all(found) }
}

function numberOf({ entries }: Book, { root, id }: Place): number {
  const number = entries.get(entryId(root, id))
  if (number === undefined) throw new Refusal('not-found')
  return number
}
