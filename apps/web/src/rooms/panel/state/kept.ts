/**
 * What can be done with work the server would not take: put it back where the rights of now allow it, save it as a file, discard it.
 * Putting back is an act on the present document; only when that lies in this browser's store is the work called put back.
 */
import type { Person } from '@consilium/contract/people'
import type { CaseDetail } from '@consilium/contract/projects'
import { ActFault, type NotTaken, putBack } from '@consilium/crdt-schema/acts'
import { ROOTS } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { createSignal } from 'solid-js'
import * as Y from 'yjs'
import { download, keptFile } from '../../../session/keptFile.ts'
import { entriesOf, type KeptChange, type KeptWork, unfolded } from '../../../session/keptWork.ts'
import type { Link } from '../../../session/link.ts'
import { describeLost, type LostChange } from '../../../session/lost.ts'
import type { Aside, Settled } from '../../../session/store.ts'
import type { LiveDocument } from './document.ts'
import { creating, type Rights } from './rights.ts'

export interface KeptDesk {
  /** Why this cannot be put back now; null where it can. Tracked. */
  readonly denied: (change: KeptChange) => string | null
  /** Why putting it back just now did not succeed. */
  readonly fault: (work: KeptWork, change: KeptChange) => string | undefined
  readonly putBack: (work: KeptWork, changes: readonly KeptChange[]) => Promise<void>
  readonly discard: (work: KeptWork, changes: readonly KeptChange[]) => Promise<void>
  readonly saveAsFile: (work: KeptWork) => void
  /** What waits for the server, as a file. */
  readonly saveUnsaved: () => void
}

interface Parts {
  readonly link: Link
  readonly document: LiveDocument
  readonly rights: Rights
  readonly kase: CaseDetail
  readonly me: Person
}

export function createKeptDesk({ link, document, rights, kase, me }: Parts): KeptDesk {
  const [faults, setFaults] = createSignal<ReadonlyMap<string, string>>(new Map())
  const save = (aside: Aside, changes: readonly LostChange[]): void =>
    download(keptFile({ aside, changes, document: kase.document, caseKey: kase.key, person: me }))

  return {
    denied: (change) => {
      if (change.foreign) return 'Made by somebody else: it is in the file, and cannot be put back as yours.'
      if (change.made) return rights.deniedThat(creating(change.root))
      const denials = change.fields.map(({ field }) => deniedField(rights, document, change, field))
      return denials.find((denial) => denial !== null) ?? null
    },
    fault: (work, change) => faults().get(keyOf(work, change)),
    putBack: async (work, changes) => {
      const aside = link.kept.aside(work.id)
      if (!aside) return
      const refused = new Y.Doc()
      Y.applyUpdate(refused, aside.state)
      const back = new Map<EntryKey, Settled>()
      const places = new Map(link.kept.places)
      const failed = new Map(faults())
      for (const change of inOrder(changes)) {
        failed.delete(keyOf(work, change))
        try {
          for (const one of unfolded([change])) {
            const as = putBack(link.doc, refused, notTaken(one, aside.clients), places)
            places.set(one.entry, as)
            back.set(one.entry, { how: 'back', as })
          }
        } catch (error) {
          if (!(error instanceof ActFault)) throw error
          failed.set(keyOf(work, change), error.message)
        }
      }
      refused.destroy()
      setFaults(failed)
      await link.stored()
      await link.kept.settle(work.id, back)
    },
    discard: async (work, changes) => {
      if (work.changes.length === 0) return link.kept.drop(work.id)
      const entries = changes.flatMap(entriesOf)
      await link.kept.settle(work.id, new Map(entries.map((entry) => [entry, { how: 'discarded' }])))
    },
    saveAsFile: (work) => {
      const aside = link.kept.aside(work.id)
      if (!aside) return
      save(aside, unfolded(work.changes))
    },
    saveUnsaved: () => {
      const aside = link.copy(NOT_SENT)
      save(aside, describeLost(link.doc, null, aside.touched, aside.clients))
    },
  }
}

const NOT_SENT = {
  code: 'not-sent',
  message: 'These changes have not reached the server.',
  next: 'Open the case again in the same browser: then they are sent.',
}

const keyOf = (work: KeptWork, change: KeptChange): string => `${work.id} ${change.root} ${change.entry}`

function deniedField(
  rights: Rights,
  document: LiveDocument,
  { root, entry }: KeptChange,
  field: string,
): string | null {
  // Whoever annotates paints in any segment.
  if (field === 'voxels') return rights.denied(root)
  if (root === 'annotations') return rights.deniedChange(entry, field)
  const owner = document.authorOf(entry)?.author.id ?? null
  return rights.deniedThat({ root, entry, op: 'change', field, owner, replaces: null })
}

/** Threads before their comments, disputes before their decisions. */
const inOrder = (changes: readonly KeptChange[]): KeptChange[] =>
  changes.toSorted((a, b) => ROOTS.indexOf(a.root) - ROOTS.indexOf(b.root))

function notTaken({ root, entry, made, fields }: LostChange, painters: readonly number[]): NotTaken {
  const vertices = fields.find(({ field }) => field === 'vertices')?.mine
  return {
    root,
    entry,
    made,
    fields: fields.map(({ field }) => field),
    vertices: typeof vertices === 'object' && vertices !== null ? Object.keys(vertices) : [],
    painters,
  }
}
