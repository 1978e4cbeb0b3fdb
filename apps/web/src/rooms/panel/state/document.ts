/**
 * The live document of one case as signals: link, records, authors, undo. Made once per opened case, inside a Solid owner, and let go
 * with it. Nothing here knows of the screen.
 */

import { COLLAB_PATH } from '@consilium/contract/live'
import type { Person } from '@consilium/contract/people'
import type { CaseDetail } from '@consilium/contract/projects'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import { Authors, type KnownAuthor } from '../../../session/authors.ts'
import { Link, type Lost } from '../../../session/link.ts'
import { openOfflineStore } from '../../../session/offline.ts'
import { type Arrival, Records } from '../../../session/records.ts'
import type { LinkStatus } from '../../../session/saveState.ts'
import { type DocumentStore, MemoryStore } from '../../../session/store.ts'
import { Undo } from '../../../session/undo.ts'

export interface LiveDocument {
  readonly link: Link
  readonly records: Records
  readonly undo: Undo
  readonly status: Accessor<LinkStatus>
  readonly lost: Accessor<Lost | null>
  /** Null while not known yet. Tracked. */
  readonly authorOf: (entry: EntryKey) => KnownAuthor | null
  readonly colourOf: (person: string) => number
  readonly authors: Authors
}

/** A browser that keeps nothing is no reason not to work: then the save state says so. */
async function storeFor(person: Person, name: string): Promise<DocumentStore> {
  try {
    return await openOfflineStore(person.id, name)
  } catch {
    return new MemoryStore()
  }
}

const socketAddress = (): string => `${location.origin.replace(/^http/, 'ws')}${COLLAB_PATH}`

const RIGHTS_CHANGED = /^(role-may-not-|case-closed|not-allowed)/

/**
 * The link, not yet opened, so that whoever shows it can listen first. `onRightsChanged`: a change was refused for want of a right, so the
 * role is no longer what this page thinks.
 */
export async function openDocument(
  me: Person,
  kase: CaseDetail,
  onRightsChanged: () => void,
): Promise<{ link: Link; start: () => Promise<void> }> {
  const store = await storeFor(me, kase.document)
  const link = new Link({
    url: socketAddress(),
    name: kase.document,
    store,
    lease: async (count) => (await api.leases(kase.document, count)).clients,
  })
  link.losses.on((lost) => {
    if (lost?.justNow && RIGHTS_CHANGED.test(lost.refusal.code)) onRightsChanged()
  })
  return { link, start: () => link.open() }
}

export function createDocument(
  link: Link,
  kase: CaseDetail,
  onArrival: (arrival: Arrival) => void,
): LiveDocument {
  const records = new Records()
  const undo = new Undo()
  const authors = new Authors(() => api.authors(kase.document))
  const [status, setStatus] = createSignal(link.status)
  const [lost, setLost] = createSignal<Lost | null>(link.lost)
  const [learned, setLearned] = createSignal(0)

  const show = (): void => {
    records.attach(link.doc, onArrival)
    undo.attach(link.doc)
  }
  show()
  link.documents.on(show)
  link.statuses.on(setStatus)
  link.losses.on((value) => setLost(() => value))
  link.journal.on((rows) => {
    for (const { client, revision } of rows) authors.note(client, revision.author, revision.role)
  })
  authors.changed.on(() => setLearned((n) => n + 1))
  // A page opened without a connection shows entries without names until the server answers; byClient asks again.
  authors.load().catch(() => {})

  onCleanup(() => {
    records.destroy()
    undo.destroy()
    authors.destroy()
    link.destroy()
  })

  return {
    link,
    records,
    undo,
    status,
    lost,
    authors,
    authorOf: (entry) => {
      learned()
      return authors.byEntry(entry)
    },
    colourOf: (person) => {
      learned()
      return authors.colourOf(person)
    },
  }
}
