/**
 * One clientID, one page. Two that write under one each believe to go on where it ended; Yjs then drops what the second wrote and says nothing.
 * So the second is told before it opens the document, and takes another clientID.
 * A page whose line broke comes back before the old line is known to be dead. So whoever has the clientID is asked whether they are still there;
 * only who answers keeps it.
 */
import { Refusal } from '@consilium/contract/refusals'
import type { Document } from '@hocuspocus/server'
import type { Place } from './hocuspocus.ts'
import type { Seat } from './seat.ts'

/** Others that have the document open under this clientID. */
export function twinsOf(document: Document, seat: Seat, client: number | null): Seat[] {
  if (client === null) return []
  return document.getConnections().flatMap(({ context }) => {
    const other = context as Place
    const isTwin = other.seat !== seat && other.visit?.writer.client === client
    return isTwin && other.seat.hasOpen(document.name) ? [other.seat] : []
  })
}

/** Rejects with `foreign-authorship` where one of them is there. */
export async function beAlone(document: Document, seat: Seat, client: number | null): Promise<void> {
  for (const { line } of twinsOf(document, seat, client)) {
    if (await line.isThere()) throw new Refusal('foreign-authorship')
    line.cut()
  }
}
