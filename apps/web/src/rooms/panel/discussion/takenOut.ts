/**
 * Where words were taken out of the record: who did that, when and why. The document only says that they are gone; the rest stands in the
 * revision that took them, which is among the loaded rows, or is asked for when such a place is shown.
 */
import type { Revision } from '@consilium/contract/revisions'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { TAKEN_OUT } from '@consilium/crdt-schema/takenOut'
import { type Accessor, createMemo } from 'solid-js'
import { api } from '../../../api.ts'
import { useQuery } from '../../../query.ts'
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
  const isTaken = () => text() === TAKEN_OUT
  const loaded = createMemo(() => (isTaken() ? takerOf(revisions.rows(), place()) : undefined))
  const listed = useQuery(() => ({
    // A row that has just come does not say why: then the list is asked again.
    queryKey: ['words taken out', kase.document, loaded()?.seq ?? 0],
    queryFn: async () => (await api.revisions(kase.document, { kind: 'redact', limit: MOST })).items,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isTaken() && loaded()?.reason === undefined,
  }))
  return createMemo(() => {
    if (!isTaken()) return null
    return (listed.isSuccess ? takerOf(listed.data, place()) : undefined) ?? loaded() ?? null
  })
}
