/** The document as it was after one revision: fetched, read once, shown instead of the live one until one goes back to now. */
import type { Revision } from '@consilium/contract/revisions'
import { readRoots } from '@consilium/crdt-schema/changes'
import { type Accessor, createSignal } from 'solid-js'
import * as Y from 'yjs'
import { api } from '../../../api.ts'
import { Records } from '../../../session/records.ts'

export interface Past {
  readonly revision: Revision
  readonly records: Records
}

export interface PastState {
  readonly past: Accessor<Past | null>
  /** Revision that is being fetched. */
  readonly opening: Accessor<number | null>
  readonly fault: Accessor<unknown>
  readonly lookAt: (revision: Revision) => Promise<void>
  readonly backToNow: () => void
}

export function createPast(document: string): PastState {
  const [past, setPast] = createSignal<Past | null>(null)
  const [opening, setOpening] = createSignal<number | null>(null)
  const [fault, setFault] = createSignal<unknown>(null)

  return {
    past,
    opening,
    fault,
    async lookAt(revision) {
      setOpening(revision.seq)
      setFault(null)
      try {
        const bytes = await api.at(document, revision.seq)
        // Somebody clicked on: only the last revision asked for is shown.
        if (opening() !== revision.seq) return
        const doc = new Y.Doc()
        Y.applyUpdate(doc, bytes)
        const records = new Records()
        records.show(readRoots(doc))
        doc.destroy()
        setPast({ revision, records })
      } catch (error) {
        if (opening() === revision.seq) setFault(() => error)
      } finally {
        if (opening() === revision.seq) setOpening(null)
      }
    },
    backToNow() {
      setOpening(null)
      setFault(null)
      setPast(null)
    },
  }
}
