/** Who did what when in this document, as far as it is here: fetched page by page once somebody looks, and kept up with what happens. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { api } from '../../../api.ts'
import { Chronicle } from '../../../session/film/chronicle.ts'

export interface ChronicleState {
  /** One object that grows; tracked. */
  readonly rows: Accessor<Chronicle>
  /** Begins to fetch, what lies near the row first. Again after a fault. */
  readonly fetch: (near: number) => void
  /** Resolves when the rows from+1 … to are here. */
  readonly chronicled: (from: number, to: number) => Promise<void>
  readonly fault: Accessor<unknown>
}

interface Waiting {
  readonly isDone: () => boolean
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function createChronicle(document: string, head: Accessor<number>): ChronicleState {
  const chronicle = new Chronicle()
  const [rows, setRows] = createSignal(chronicle, { equals: false })
  const [fault, setFault] = createSignal<unknown>(null)
  let waiting: Waiting[] = []
  let wanted: number | null = null
  let fetching = false

  const settle = (): void => {
    for (const one of waiting) if (one.isDone()) one.resolve()
    waiting = waiting.filter((one) => !one.isDone())
  }

  const pump = async (): Promise<void> => {
    if (fetching || wanted === null) return
    fetching = true
    setFault(null)
    try {
      chronicle.head = Math.max(chronicle.head, head())
      let from = chronicle.head === 0 ? 0 : chronicle.missing(wanted)
      while (from !== null) {
        const page = await api.timeline(document, from)
        chronicle.add(page)
        setRows(chronicle)
        settle()
        // An answer without rows cannot be gone on from.
        from = page.at.length === 0 ? null : chronicle.missing(wanted)
      }
    } catch (error) {
      setFault(() => error)
      for (const { reject } of waiting.splice(0)) reject(error)
    } finally {
      fetching = false
    }
  }

  createEffect(on(head, () => void pump(), { defer: true }))

  return {
    rows,
    fault,
    fetch: (near) => {
      wanted = near
      void pump()
    },
    chronicled: (from, to) =>
      new Promise((resolve, reject) => {
        const isDone = (): boolean => {
          for (let seq = from + 1; seq <= to; seq++) if (!chronicle.has(seq)) return false
          return true
        }
        if (isDone()) return resolve()
        waiting.push({ isDone, resolve, reject })
        wanted = from + 1
        void pump()
      }),
  }
}
