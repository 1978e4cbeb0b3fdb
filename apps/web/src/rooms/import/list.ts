/**
 * The files of an import. Rows are plain objects that are replaced when they change, and the page is told of changes a few times a second:
 * a signal for each of thousands of files would make it slow.
 */
import { type Accessor, createSignal } from 'solid-js'
import type { Picked } from './picked.ts'
import { counted, none, type Sending, type Tally } from './progress.ts'

/** How often the page is told, ms. */
const TELL_MS = 120

/** What is needed to send a row and is not shown. */
export interface Source {
  readonly picked: Picked
  sha256: string | null
  /** Bytes that the server has of a file that came in parts. */
  received: number
}

export interface List {
  readonly rows: readonly Sending[]
  readonly sum: Tally
  /** Counts tellings; whoever shows rows reads it. */
  readonly changed: Accessor<number>
  at(id: number): Sending
  source(id: number): Source
  add(picked: readonly Picked[]): void
  patch(id: number, change: Partial<Sending>): void
  patchAll(chosen: (file: Sending) => boolean, change: Partial<Sending>): void
  clear(): void
  /** Tells the page now. */
  tell(): void
}

export function newList(wait: (ms: number) => Promise<void>, onTelling: (sum: Tally) => void): List {
  const [changed, setChanged] = createSignal(0)
  let rows: Sending[] = []
  let sources: Source[] = []
  let sum = none()
  let telling = false

  const tell = () => {
    onTelling(sum)
    setChanged((times) => times + 1)
  }
  const tellSoon = () => {
    if (telling) return
    telling = true
    void wait(TELL_MS).then(() => {
      telling = false
      tell()
    })
  }
  const at = (id: number): Sending => {
    const row = rows[id]
    if (!row) throw new Error(`no row ${id}`)
    return row
  }
  const patch = (id: number, change: Partial<Sending>) => {
    const before = at(id)
    const after = { ...before, ...change }
    sum = counted(counted(sum, before, -1), after, 1)
    rows[id] = after
    tellSoon()
  }
  return {
    get rows() {
      return rows
    },
    get sum() {
      return sum
    },
    changed,
    at,
    source(id) {
      const source = sources[id]
      if (!source) throw new Error(`no file behind row ${id}`)
      return source
    },
    add(picked) {
      for (const one of picked) {
        const row: Sending = {
          id: rows.length,
          path: one.path,
          size: one.file.size,
          state: 'waiting',
          sent: 0,
          reason: null,
          inside: [],
        }
        rows.push(row)
        sources.push({ picked: one, sha256: null, received: 0 })
        sum = counted(sum, row, 1)
      }
      tell()
    },
    patch,
    patchAll(chosen, change) {
      for (const row of rows) if (chosen(row)) patch(row.id, change)
    },
    clear() {
      rows = []
      sources = []
      sum = none()
      tell()
    },
    tell,
  }
}
