/**
 * Where words were taken out of the record: who did that, when and why. The document only says that they are gone; the rest stands in the
 * revision that took them, which is among the loaded rows, or is asked for when the first such place is shown.
 */
import type { Revision } from '@consilium/contract/revisions'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { TAKEN_OUT } from '@consilium/crdt-schema/takenOut'
import { useQuery } from '@tanstack/solid-query'
import { type Accessor, createMemo } from 'solid-js'
import { api } from '../../../api.ts'
import { useDesk } from '../state/desk.ts'

/** Where somebody wrote something. */
export interface Place {
  readonly root: RootName
  readonly id: EntryKey
  readonly field: string
}

/** Of one document; more are not asked for. */
const MOST = 500

/** The newest revision that took the words there; undefined where none did. */
export const takerOf = (rows: readonly Revision[], { root, id, field }: Place): Revision | undefined =>
  rows.find(
    ({ act, touched }) =>
      act === 'redact' &&
      touched.some((touch) => touch.root === root && touch.entry === id && touch.fields.includes(field)),
  )

/** Who took the words there; null where they stand, or that is not known yet. */
export function useTaker(place: () => Place, text: () => string): Accessor<Revision | null> {
  const { kase, revisions } = useDesk()
  const loaded = createMemo(() => (text() === TAKEN_OUT ? takerOf(revisions.rows(), place()) : undefined))
  const listed = useQuery(() => ({
    queryKey: ['words taken out', kase.document],
    queryFn: async () => (await api.revisions(kase.document, { kind: 'redact', limit: MOST })).items,
    // Those that come later come as rows.
    staleTime: Number.POSITIVE_INFINITY,
    enabled: text() === TAKEN_OUT && loaded() === undefined,
  }))
  return createMemo(() => {
    if (text() !== TAKEN_OUT) return null
    return loaded() ?? (listed.isSuccess ? takerOf(listed.data, place()) : undefined) ?? null
  })
}
