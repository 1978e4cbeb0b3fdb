/**
 * What each revision made of an annotation, in values: asked of the server for those that somebody wants told, a few at a time, newest
 * first. The list of revisions itself says only which fields were touched.
 */
import type { EntryDifference } from '@consilium/crdt-schema/compare'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type Accessor, batch, createSignal, onCleanup, type Setter, untrack } from 'solid-js'
import { api } from '../../../api.ts'
import type { Link } from '../../../session/link.ts'
import { GONE_MS } from './past.ts'

/** By revision; null where no field changed: another change won, or it was painted in. */
export type Life = ReadonlyMap<number, EntryDifference | null>

export interface Lives {
  /** What is known by now; tracked. */
  readonly of: (annotation: EntryKey) => Life | undefined
  /** These revisions of it are wanted. */
  readonly want: (annotation: EntryKey, seqs: readonly number[]) => void
}

/** Requests on their way at once, and how long a row that has just come waits: more of its act may follow. */
const AT_ONCE = 2
const SETTLE_MS = 400

interface Known {
  readonly life: Life
  /** All from here to `upTo` are known. */
  readonly from: number
  readonly upTo: number
}

interface Cell {
  readonly read: Accessor<Known | undefined>
  readonly tell: Setter<Known | undefined>
}

export function createLives(document: string, journal: Pick<Link['journal'], 'on'>): Lives {
  /** A signal for each, so that what is told of one leaves the others alone. */
  const cells = new Map<EntryKey, Cell>()
  const wanted = new Map<EntryKey, { from: number; upTo: number }>()
  const stop = new AbortController()
  let running = 0
  /** How often words were taken out of the record: what was asked for before may hold them. */
  let takenOut = 0
  /** When the last of them are gone from the rows that held them. */
  let goneAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => {
    stop.abort()
    clearTimeout(timer)
  })

  const cell = (annotation: EntryKey): Cell => {
    const made = cells.get(annotation)
    if (made) return made
    const [read, tell] = createSignal<Known | undefined>(undefined)
    const fresh = { read, tell }
    cells.set(annotation, fresh)
    return fresh
  }
  const known = (annotation: EntryKey): Known | undefined => untrack(cell(annotation).read)
  const isKnown = (annotation: EntryKey, { from, upTo }: { from: number; upTo: number }): boolean => {
    const now = known(annotation)
    return now !== undefined && now.from <= from && now.upTo >= upTo
  }

  const wish = (annotation: EntryKey, { from, upTo }: { from: number; upTo: number }): void => {
    const waiting = wanted.get(annotation)
    wanted.set(annotation, {
      from: Math.min(from, waiting?.from ?? from),
      upTo: Math.max(upTo, waiting?.upTo ?? upTo),
    })
  }

  /** Page by page, from the newest to the oldest that is wanted. */
  const fetch = async (annotation: EntryKey, from: number, upTo: number): Promise<void> => {
    const asked = takenOut
    const life = new Map(known(annotation)?.life)
    let before: number | null = null
    do {
      const page = await api.life(document, annotation, before, stop.signal)
      for (const { seq, difference } of page.items) life.set(seq, difference)
      before = page.next
    } while (before !== null && before > from)
    if (asked === takenOut) cell(annotation).tell({ life, from: before === null ? 0 : from, upTo })
    else wish(annotation, { from, upTo })
  }

  const pump = (): void => {
    const early = goneAt - performance.now()
    if (early > 0) return soon(early)
    for (const [annotation, { from, upTo }] of wanted) {
      if (running >= AT_ONCE) return
      wanted.delete(annotation)
      if (isKnown(annotation, { from, upTo })) continue
      running += 1
      fetch(annotation, from, upTo)
        // Without values the list still says which fields were touched.
        .catch(() => undefined)
        .finally(() => {
          running -= 1
          if (!stop.signal.aborted) pump()
        })
    }
  }

  const soon = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(pump, ms)
  }

  /** What is told goes at once, and comes again as it is then in the record. */
  const anew = (): void => {
    takenOut += 1
    goneAt = performance.now() + GONE_MS
    batch(() => {
      for (const [annotation, { read, tell }] of cells) {
        const now = untrack(read)
        if (!now) continue
        wish(annotation, now)
        tell(undefined)
      }
    })
    soon(SETTLE_MS)
  }
  onCleanup(
    journal.on((rows) => {
      if (rows.some(({ revision }) => revision.act === 'redact')) anew()
    }),
  )

  return {
    of: (annotation) => cell(annotation).read()?.life,
    want: (annotation, seqs) => {
      const range = { from: Math.min(...seqs), upTo: Math.max(...seqs) }
      if (isKnown(annotation, range)) return
      wish(annotation, range)
      soon(SETTLE_MS)
    },
  }
}
