/** What this browser's store keeps of one document, read without opening the document: refused work, and changes that wait to be sent. */
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import { entriesOf, type KeptChange, type KeptWork, KeptWorks } from '../../session/keptWork.ts'
import { openOfflineStore } from '../../session/offline.ts'
import { type Aside, gathered, type Kept } from '../../session/store.ts'

export interface HereKept {
  readonly document: string
  readonly aside: Aside
  readonly work: KeptWork
}

const NOT_SENT = 'not-sent'

export async function readHere(person: string, document: string): Promise<HereKept[]> {
  const store = await openOfflineStore(person, document)
  const kept = await store.load()
  const works = new KeptWorks(store)
  const asides = kept.unsaved.size === 0 ? kept.asides : [...kept.asides, notSent(kept)]
  works.restore(asides)
  works.compare(null)
  return works.list.flatMap((work) => {
    const aside = asides.find(({ id }) => id === work.id)
    return aside ? [{ document, aside, work }] : []
  })
}

/** Discards these changes of a refused work; of what waits to be sent, all. */
export async function discardHere(
  person: string,
  { document, aside }: HereKept,
  changes: readonly KeptChange[],
): Promise<void> {
  const store = await openOfflineStore(person, document)
  // What waits is put aside first, like refused work, so that it leaves the document's own copy too.
  if (aside.id === NOT_SENT) await store.setAside(aside)
  const works = new KeptWorks(store)
  works.restore((await store.load()).asides)
  works.compare(null)
  const decided = changes.flatMap(entriesOf).map((entry) => [entry, { how: 'discarded' }] as const)
  if (decided.length === 0) await works.drop(aside.id)
  else await works.settle(aside.id, new Map(decided))
}

export function caseOf(document: string): string | null {
  return parseDocumentName(document)?.caseId ?? null
}

function notSent({ updates, unsaved, clients }: Kept): Aside {
  const now = Date.now()
  const empty: Aside = {
    id: NOT_SENT,
    at: now,
    since: now,
    state: Y.encodeStateAsUpdate(new Y.Doc()),
    refusal: {
      code: NOT_SENT,
      message: 'These changes have not reached the server.',
      next: 'Open the case: then they are sent.',
    },
    touched: [],
    clients,
    settled: {},
  }
  return gathered(empty, updates, unsaved)
}
