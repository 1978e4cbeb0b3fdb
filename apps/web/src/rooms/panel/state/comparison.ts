/**
 * Two moments beside each other: 1 stays where it was set, 2 is the moment shown. What differs is the server's to say; what 1 looked like
 * comes from its state. Both are asked for when one has stopped moving.
 */
import type { EntryDifference } from '@consilium/contract/history'
import { readRoots } from '@consilium/crdt-schema/changes'
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import * as Y from 'yjs'
import { api } from '../../../api.ts'
import { Records } from '../../../session/records.ts'

/** How moment 1 is seen: in a pane of its own, or dashed upon moment 2. */
export type Look = 'side' | 'onion'

export interface ComparisonState {
  /** Moment 1; null while nothing is compared. */
  readonly from: Accessor<number | null>
  readonly start: (seq: number) => void
  readonly stop: () => void
  readonly look: Accessor<Look>
  readonly setLook: (look: Look) => void
  /** The document at moment 1; null until it is here. */
  readonly records: Accessor<Records | null>
  /** From 1 to 2; null while on its way. */
  readonly differences: Accessor<readonly EntryDifference[] | null>
  readonly fault: Accessor<unknown>
  readonly retry: () => void
}

/** Standing still this long, a moment is compared, ms. */
const STILL_MS = 200

export function createComparison(document: string, moment: Accessor<number>): ComparisonState {
  const [from, setFrom] = createSignal<number | null>(null)
  const [look, setLook] = createSignal<Look>('onion')
  const [records, setRecords] = createSignal<Records | null>(null)
  const [differences, setDifferences] = createSignal<readonly EntryDifference[] | null>(null)
  const [fault, setFault] = createSignal<unknown>(null)
  const [tries, setTries] = createSignal(0)

  createEffect(
    on([from, tries], ([seq]) => {
      setRecords(null)
      if (seq === null) return
      let over = false
      onCleanup(() => {
        over = true
      })
      api.at(document, seq).then(
        (state) => over || setRecords(() => recordsOf(state)),
        (error: unknown) => over || setFault(() => error),
      )
    }),
  )
  createEffect(
    on([from, moment, tries], ([one, two]) => {
      setDifferences(null)
      setFault(null)
      if (one === null) return
      const stop = new AbortController()
      const still = setTimeout(() => {
        api.compare(document, one, two, stop.signal).then(
          (found) => stop.signal.aborted || setDifferences(found.differences),
          (error: unknown) => stop.signal.aborted || setFault(() => error),
        )
      }, STILL_MS)
      onCleanup(() => {
        clearTimeout(still)
        stop.abort()
      })
    }),
  )

  return {
    from,
    start: (seq) => setFrom(seq),
    stop: () => setFrom(null),
    look,
    setLook: (next) => void setLook(next),
    records,
    differences,
    fault,
    retry: () => setTries((n) => n + 1),
  }
}

function recordsOf(state: Uint8Array): Records {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const records = new Records()
  records.show(readRoots(doc))
  doc.destroy()
  return records
}
