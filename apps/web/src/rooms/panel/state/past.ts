/**
 * A moment of the document on screen instead of now: the film plays into records of their own, while the live document goes on underneath.
 * Null where one looks at now.
 */
import { ACTS } from '@consilium/contract/revisions'
import { readRoots } from '@consilium/crdt-schema/changes'
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import * as Y from 'yjs'
import { api } from '../../../api.ts'
import type { Row } from '../../../session/film/chronicle.ts'
import { Film } from '../../../session/film/film.ts'
import type { Step } from '../../../session/film/log.ts'
import { Records } from '../../../session/records.ts'
import type { ChronicleState } from './chronicle.ts'

export interface Past {
  /** The document is shown as it was after this revision. */
  readonly seq: number
  readonly records: Records
}

export interface PastState {
  readonly past: Accessor<Past | null>
  /**
   * Whether a moment is shown, whichever. A signal of its own: of what follows from the moment, thousands would be asked again with each
   * moment of a film.
   */
  readonly isPast: Accessor<boolean>
  /** What they show while `isPast`. */
  readonly records: Records
  /** The revision that made the moment; null while it is not known, and now. */
  readonly row: Accessor<Row | null>
  /** Revision that is being fetched. */
  readonly opening: Accessor<number | null>
  readonly fault: Accessor<unknown>
  /** Resolves when it, or a moment asked for later, is shown; what fails is told by `fault`. */
  readonly lookAt: (seq: number) => Promise<void>
  readonly backToNow: () => void
  /** What a revision did; null while that is not known. Tracked. */
  readonly step: (seq: number) => Step | null
  readonly isHere: (seq: number) => boolean
  /** How often words were taken out of the record while a moment was shown. Tracked. */
  readonly takenOut: Accessor<number>
}

/** The row that says that words were taken out comes before they are gone from the rows that hold them, ms. */
export const GONE_MS = 3_000

export function createPast(document: string, chronicle: ChronicleState): PastState {
  const [past, setPast] = createSignal<Past | null>(null)
  const [isPast, setIsPast] = createSignal(false)
  const [opening, setOpening] = createSignal<number | null>(null)
  const [fault, setFault] = createSignal<unknown>(null)
  const records = new Records()
  const [grown, setGrown] = createSignal(0)
  const [takenOut, setTakenOut] = createSignal(0)
  /** What may hold words that are being taken out is not asked for before. */
  let gone = Promise.resolve()
  /** Nobody took words out up to here, since a moment is shown. */
  let sound = 0

  const makeFilm = () =>
    new Film(
      {
        head: () => chronicle.rows().head,
        state: (seq) => gone.then(() => api.at(document, seq)),
        segment: (from) => gone.then(() => api.film(document, from)),
        chronicled: chronicle.chronicled,
        touched: (seq) => chronicle.rows().row(seq)?.touched ?? [],
        breathe: () => new Promise((resolve) => setTimeout(resolve)),
        now: () => performance.now(),
      },
      {
        show: (whole) => records.show(whole),
        change: (values) => records.change(values),
        at: (seq) =>
          batch(() => {
            if (!isPast()) sound = chronicle.rows().head
            setIsPast(true)
            setPast({ seq, records })
          }),
        grown: () => setGrown((n) => n + 1),
      },
    )
  let film = makeFilm()
  onCleanup(() => film.stop())

  /** What is shown goes at once, and comes again as it is now in the record. */
  const anew = (seq: number): void => {
    gone = new Promise((resolve) => setTimeout(resolve, GONE_MS))
    // Another one: what this one is still waiting for may be the words.
    film.stop()
    film = makeFilm()
    records.show(readRoots(new Y.Doc()))
    setGrown((n) => n + 1)
    setTakenOut((n) => n + 1)
    void lookAt(seq)
  }
  createEffect(
    on(chronicle.rows, (rows) => {
      if (!isPast()) sound = rows.head
      for (; sound < rows.head && rows.has(sound + 1); sound++)
        if (rows.row(sound + 1)?.act === ACTS.redact) anew(past()?.seq ?? sound)
    }),
  )

  const lookAt = async (seq: number): Promise<void> => {
    setFault(null)
    chronicle.fetch(seq)
    const shown = film.goTo(seq)
    if (film.shown === seq) {
      setOpening(null)
      return
    }
    setOpening(seq)
    try {
      await shown
    } catch (error) {
      if (opening() === seq) setFault(() => error)
    } finally {
      if (opening() === seq) setOpening(null)
    }
  }

  const row = createMemo(() => {
    const seq = past()?.seq
    return seq === undefined ? null : chronicle.rows().row(seq)
  })

  return {
    past,
    isPast,
    records,
    row,
    opening,
    fault,
    lookAt,
    backToNow() {
      setOpening(null)
      setFault(null)
      batch(() => {
        setIsPast(false)
        setPast(null)
      })
      film.stop()
    },
    step: (seq) => {
      grown()
      return film.step(seq)
    },
    isHere: (seq) => film.isHere(seq),
    takenOut,
  }
}
