/**
 * Writes into a case's document as one of its people, from inside the server: under a leased clientID of that person, through the gate
 * and the journal like any page. Only the demo uses it; nobody can tell its rows from those of a page, and they verify alike.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ALL_ROOTS, panelOf } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import { applyRecorded } from '../journal/replay.ts'
import { admit, type Gated, type Writer } from '../room/admit.ts'
import type { Services } from '../services.ts'

/** What a page writes down as its session; here it was the demo itself. */
const SESSION = 'demo'

export type Hand = <T>(act: (doc: Y.Doc) => T) => Promise<T>

export interface Desk {
  readonly gated: Gated
  /** Throws where nobody by that login is a member. */
  hand(login: string): Promise<Hand>
}

type Parts = Pick<Services, 'journal' | 'memberships' | 'people' | 'projects'>

export async function openDesk(
  { journal, memberships, people, projects }: Parts,
  caseId: string,
): Promise<Desk> {
  const found = await projects.caseById(caseId)
  if (!found) throw new Error('a desk for a case that does not exist')
  const book = await journal.open(panelOf(caseId))
  const ydoc = new Y.Doc()
  await applyRecorded(ydoc, await journal.recorded(book.doc))
  for (const root of ALL_ROOTS) ydoc.getMap(root)
  const labels = new Set((await projects.labelsOf(found.projectId)).map(({ key }) => key))
  const gated: Gated = { ydoc, book, phase: () => found.phase, labels: () => labels, inFlight: new Map() }

  async function hand(login: string): Promise<Hand> {
    const person = await people.byLogin(login)
    const role = person && (await memberships.roleIn(found?.projectId ?? '', person.id))
    if (!person || !role) throw new Error('a hand for somebody who is no member')
    const { id, handle, name, initials, credential } = person
    const holder = { person: id, id: handle, name, initials, credential, role, session: SESSION }
    const [lease] = await journal.lease(book, holder, 1)
    if (!lease) throw new Error('no lease was given')
    const own = new Y.Doc()
    own.clientID = lease.client
    const writer: Writer = {
      person: id,
      client: lease.client,
      role: () => role,
      valid: () => true,
      bind: () => Promise.reject(new Refusal('foreign-authorship')),
    }
    return async (act) => {
      Y.applyUpdate(own, Y.encodeStateAsUpdate(ydoc))
      const { result, updates } = recording(own, act)
      for (const update of updates) {
        await admit(journal.append, gated, writer, [{ bytes: update, said: 0 }])
        Y.applyUpdate(ydoc, update)
      }
      return result
    }
  }
  return { gated, hand }
}

function recording<T>(doc: Y.Doc, act: (doc: Y.Doc) => T): { result: T; updates: Uint8Array[] } {
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array) => updates.push(update)
  doc.on('update', keep)
  try {
    return { result: act(doc), updates }
  } finally {
    doc.off('update', keep)
  }
}
