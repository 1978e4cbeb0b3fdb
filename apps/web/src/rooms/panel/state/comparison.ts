/**
 * Two moments beside each other: 2 is the moment shown, 1 is a second film of the same record, moved by its own handle. What differs is
 * the server's to say, asked for when both have stopped moving; until then the last answer stays, marked as late.
 */
import type { EntryDifference } from '@consilium/contract/history'
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import type { Records } from '../../../session/records.ts'
import type { ChronicleState } from './chronicle.ts'
import { createPast, GONE_MS } from './past.ts'

/** How moment 1 is seen: in a pane of its own, or dashed upon moment 2. */
export type Look = 'side' | 'onion'

export interface ComparisonState {
  /** Moment 1; null while nothing is compared. */
  readonly from: Accessor<number | null>
  readonly start: (seq: number) => void
  /** Moment 1 is another one now. */
  readonly moveTo: (seq: number) => void
  readonly stop: () => void
  readonly look: Accessor<Look>
  readonly setLook: (look: Look) => void
  /** Of the onion skin: 0 shows 1 alone, 1 shows 2 alone, ½ both in full. */
  readonly mix: Accessor<number>
  readonly setMix: (mix: number) => void
  /** From one of them alone to the other alone. */
  readonly blink: () => void
  /** The document at moment 1; null until it is here. */
  readonly records: Accessor<Records | null>
  /** From 1 to 2; null until the first answer. */
  readonly differences: Accessor<readonly EntryDifference[] | null>
  /** The answer is on its way; what is there was about other moments. */
  readonly late: Accessor<boolean>
  readonly fault: Accessor<unknown>
  readonly retry: () => void
}

/** Standing still this long, two moments are compared, ms. */
const STILL_MS = 200
const BOTH = 0.5

interface ComparisonParts {
  readonly document: string
  readonly chronicle: ChronicleState
  /** Moment 2. */
  readonly moment: Accessor<number>
  /** Whether the line is there, on which both have their handles. */
  readonly isOpen: Accessor<boolean>
}

export function createComparison({ document, chronicle, moment, isOpen }: ComparisonParts): ComparisonState {
  const [from, setFrom] = createSignal<number | null>(null)
  const [look, setLook] = createSignal<Look>('onion')
  const [mix, setMix] = createSignal(BOTH)
  const [differences, setDifferences] = createSignal<readonly EntryDifference[] | null>(null)
  const [late, setLate] = createSignal(false)
  const [fault, setFault] = createSignal<unknown>(null)
  const [tries, setTries] = createSignal(0)
  const one = createPast(document, chronicle)

  createEffect(
    on([from, tries], ([seq]) => {
      if (seq === null) one.backToNow()
      else void one.lookAt(seq)
    }),
  )
  createEffect(
    on([from, moment, tries], ([first, second]) => {
      setFault(null)
      setLate(first !== null)
      if (first === null) return setDifferences(null)
      const stop = new AbortController()
      const still = setTimeout(() => {
        api.compare(document, first, second, stop.signal).then(
          (found) => {
            if (stop.signal.aborted) return
            setDifferences(found.differences)
            setLate(false)
          },
          (error: unknown) => stop.signal.aborted || setFault(() => error),
        )
      }, STILL_MS)
      onCleanup(() => {
        clearTimeout(still)
        stop.abort()
      })
    }),
  )
  createEffect(
    on(
      one.takenOut,
      () => {
        setDifferences(null)
        const again = setTimeout(() => setTries((n) => n + 1), GONE_MS)
        onCleanup(() => clearTimeout(again))
      },
      { defer: true },
    ),
  )
  const stop = (): void => void setFrom(null)
  createEffect(on(isOpen, (open) => open || stop(), { defer: true }))

  return {
    from,
    start: (seq) => {
      setMix(BOTH)
      setFrom(seq)
    },
    moveTo: setFrom,
    stop,
    look,
    setLook: (next) => void setLook(next),
    mix,
    setMix: (share) => void setMix(share),
    blink: () => {
      setLook('onion')
      setMix((share) => (share === 1 ? 0 : 1))
    },
    records: () => one.past()?.records ?? null,
    differences,
    late,
    fault: () => fault() ?? one.fault(),
    retry: () => setTries((n) => n + 1),
  }
}
