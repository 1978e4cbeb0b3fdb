/**
 * The series of a case that are in memory. Whoever shows one holds it, and all who hold the same one share it. What nobody holds any more
 * stays while there is room, the least lately held going first; what went is fetched again when somebody holds it. Those held that need more
 * than there is share it. Once all that is open is here the others of the case come, as far as they fit.
 */
import type { Series } from '@consilium/contract/studies'
import { PackMissing, workerReader } from '@consilium/viewer/decoder'
import { bytesOfSeries, openSeries, type Progress, type SeriesFrames } from '@consilium/viewer/series'
import {
  type Accessor,
  batch,
  createComputed,
  createEffect,
  createSignal,
  getOwner,
  on,
  onCleanup,
  untrack,
} from 'solid-js'
import { takeSource } from '../../../ahead/firstPack.ts'
import { sourceOf } from '../../../ahead/packs.ts'
import { refusalFrom } from '../../../api.ts'
import { Unreachable } from '../../../errors.ts'
import { nextToFetch, sharesOf } from './room.ts'

/** One of the case, in memory or not. */
export interface CaseSeries {
  readonly series: Series
  /** Null while it is not in memory. */
  readonly frames: Accessor<SeriesFrames | null>
  readonly progress: Accessor<Progress>
  /** Why it cannot be shown at all. */
  readonly fault: Accessor<string | null>
}

export interface Library {
  readonly of: (id: string) => CaseSeries | null
  /** Opens it and keeps it open for as long as the owner of the caller is there. */
  readonly hold: (id: string) => CaseSeries | null
}

const NOTHING: Progress = { here: 0, total: 0, fault: null }

/** What a worker says about its no, as an error to tell. */
function told(error: unknown): unknown {
  if (!(error instanceof PackMissing)) return error
  const { outcome } = error
  if (outcome.is === 'refused') return refusalFrom(outcome.status, outcome.body)
  return outcome.is === 'unreachable' ? new Unreachable(error) : error
}

function open(series: Series): SeriesFrames {
  const source = takeSource(series.id) ?? sourceOf(series.id, workerReader())
  return openSeries(series, {
    read: async (...asked) => {
      try {
        return await source.read(...asked)
      } catch (error) {
        throw told(error)
      }
    },
    rest: () => source.rest?.(),
    close: () => source.close(),
  })
}

/** `budget`: bytes of values; what is held may need more. What leaves the list is let go, whoever holds it. */
export function createLibrary(list: Accessor<readonly Series[]>, budget: number, read = open): Library {
  const [books, setBooks] = createSignal<ReadonlyMap<string, Book>>(new Map())
  /** In memory, the least lately held first. */
  const opened = new Set<Book>()
  createComputed(
    on(list, (now) => {
      const before = untrack(books)
      const next = new Map(now.map((one) => [one.id, before.get(one.id) ?? createBook(one, read)]))
      setBooks(next)
      for (const [id, book] of before) if (!next.has(id) && opened.delete(book)) book.close()
    }),
  )

  const makeRoom = (): void => {
    let bytes = [...opened].reduce((sum, { series }) => sum + bytesOfSeries(series), 0)
    for (const book of opened) {
      if (bytes <= budget) break
      if (book.holders > 0) continue
      bytes -= bytesOfSeries(book.series)
      opened.delete(book)
      book.close()
    }
    const held = [...opened].filter(({ holders }) => holders > 0)
    const shares = sharesOf(
      held.map(({ series }) => bytesOfSeries(series)),
      budget,
    )
    held.forEach((book, index) => void untrack(book.frames)?.allow?.(shares[index] ?? budget))
  }
  createEffect(() => {
    const standing = [...books().values()].map((book) => {
      const { here, total } = book.progress()
      return {
        id: book.series.id,
        bytes: bytesOfSeries(book.series),
        isOpen: book.frames() !== null,
        isHeld: book.holders > 0,
        isHere: total > 0 && here === total,
      }
    })
    const next = books().get(nextToFetch(standing, budget) ?? '')
    if (!next) return
    opened.delete(next)
    // What nobody has held yet goes first.
    const held = [...opened]
    opened.clear()
    for (const book of [next, ...held]) opened.add(book)
    untrack(() => next.open())
  })
  const retry = (): void => {
    for (const book of opened) untrack(book.frames)?.retry()
  }
  window.addEventListener('online', retry)
  onCleanup(() => {
    window.removeEventListener('online', retry)
    for (const book of opened) book.close()
  })

  return {
    of: (id) => books().get(id) ?? null,
    hold: (id) => {
      const book = untrack(books).get(id)
      if (!book) return null
      if (!getOwner()) throw new Error('a series is held by nobody')
      book.holders++
      opened.delete(book)
      opened.add(book)
      untrack(() => book.open())
      makeRoom()
      onCleanup(() => {
        book.holders--
        makeRoom()
      })
      return book
    },
  }
}

interface Book extends CaseSeries {
  holders: number
  open(): void
  close(): void
}

function createBook(series: Series, read: (series: Series) => SeriesFrames): Book {
  const [frames, setFrames] = createSignal<SeriesFrames | null>(null)
  const [progress, setProgress] = createSignal<Progress>(NOTHING)
  const [fault, setFault] = createSignal<string | null>(null)
  return {
    series,
    frames,
    progress,
    fault,
    holders: 0,
    open() {
      if (frames()) return
      try {
        const made = read(series)
        made.onProgress(setProgress)
        batch(() => {
          setFault(null)
          setProgress(made.progress())
          setFrames(() => made)
        })
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error))
      }
    },
    close() {
      const made = untrack(frames)
      batch(() => {
        setFrames(null)
        setProgress(NOTHING)
      })
      made?.close()
    },
  }
}
