/**
 * The live document of one case as signals: link, records, authors, undo. Made once per opened case, inside a Solid owner, and let go
 * with it. Nothing here knows of the screen.
 */

import { COLLAB_PATH } from '@consilium/contract/live'
import type { Person } from '@consilium/contract/people'
import type { CaseDetail } from '@consilium/contract/projects'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Role } from '@consilium/crdt-schema/roles'
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import { Authors, type KnownAuthor } from '../../../session/authors.ts'
import type { KeptWork } from '../../../session/keptWork.ts'
import { Link } from '../../../session/link.ts'
import { openOfflineStore } from '../../../session/offline.ts'
import { type Arrival, Records } from '../../../session/records.ts'
import type { LinkStatus } from '../../../session/saveState.ts'
import { type DocumentStore, MemoryStore } from '../../../session/store.ts'
import { Undo } from '../../../session/undo.ts'
import { lastWriter } from '../../../session/writer.ts'
import { forgetTakenOut } from './forgetting.ts'

export interface LiveDocument {
  readonly link: Link
  readonly records: Records
  readonly undo: Undo
  readonly status: Accessor<LinkStatus>
  /** What the server would not take, newest first. */
  readonly kept: Accessor<readonly KeptWork[]>
  /** Who wrote this field of an annotation last; null where it is not known. Tracked. */
  readonly writerOf: (annotation: EntryKey, field: string) => KnownAuthor | null
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

/** The link, not yet opened, so that whoever shows it can listen first. */
export async function openDocument(
  me: Person,
  kase: CaseDetail,
): Promise<{ link: Link; start: () => Promise<void> }> {
  const store = await storeFor(me, kase.document)
  const link = new Link({
    url: socketAddress(),
    name: kase.document,
    store,
    lease: async (count) => (await api.leases(kase.document, count)).clients,
    whoAmI: api.me,
  })
  return { link, start: () => link.open() }
}

export function createDocument(
  link: Link,
  me: Person,
  kase: CaseDetail,
  onArrival: (arrival: Arrival) => void,
): LiveDocument {
  const records = new Records()
  const authors = new Authors(() => api.authors(kase.document))
  const undo = new Undo(
    (client) => link.wrote(client) || authors.byClient(client)?.author.id === me.id,
    ([first]) => {
      const into = first?.body.act === 'paint' ? records.shelves.annotations.get(first.body.segment) : null
      return into?.name ? `painting in ${into.name}` : 'painting'
    },
  )
  const [status, setStatus] = createSignal(link.status)
  const [kept, setKept] = createSignal<readonly KeptWork[]>(link.kept.list)
  const [learned, setLearned] = createSignal(0)

  let role: Role | null | undefined
  const show = (): void => {
    records.attach(link.doc, onArrival)
    undo.attach(link.doc)
  }
  show()
  link.documents.on(show)
  link.statuses.on(setStatus)
  link.statuses.on(({ standing }) => {
    if (standing === null || standing.role === role) return
    // What one did as somebody else is not one's own to undo any more.
    if (role !== undefined) undo.attach(link.doc)
    role = standing.role
  })
  link.kept.changed.on(setKept)
  link.journal.on((rows) => {
    for (const { client, revision } of rows) authors.note(client, revision.author, revision.role)
  })
  authors.changed.on(() => {
    setLearned((n) => n + 1)
    undo.recall()
  })
  forgetTakenOut(kase.document, link)
  // A page opened without a connection shows entries without names until the server answers; byClient asks again.
  authors.load().catch(() => {})

  onCleanup(() => {
    records.destroy()
    undo.destroy()
    authors.destroy()
    link.destroy()
  })

  /** The server's list may be on its way, or not to be had; what one made oneself is known without it. */
  const myself = (): KnownAuthor => ({
    author: { id: me.id, name: me.name, initials: me.initials },
    role: role ?? kase.role,
    colour: authors.colourOf(me.id),
  })

  return {
    link,
    records,
    undo,
    status,
    kept,
    authors,
    authorOf: (entry) => {
      learned()
      return authors.byEntry(entry) ?? (link.isMine(entry) ? myself() : null)
    },
    writerOf: (annotation, field) => {
      learned()
      // The item is no signal; that the annotation has changed is.
      records.shelves.annotations.get(annotation)
      const client = lastWriter(link.doc, 'annotations', annotation, field)
      return client === null ? null : authors.byClient(client)
    },
    colourOf: (person) => {
      learned()
      return authors.colourOf(person)
    },
  }
}
