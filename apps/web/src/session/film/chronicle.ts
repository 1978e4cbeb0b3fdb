/**
 * What happened in a document, row by row and in little room: when, by whom, which act, which entries. Filled in pages, in any order;
 * it knows which are missing. What the rows say is not here, that is the film's.
 */
import type { Timeline, Writer } from '@consilium/contract/history'
import { TIMELINE_ROWS } from '@consilium/contract/rows'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'

export interface Touch {
  readonly root: RootName
  readonly entry: EntryKey
}

export interface Row {
  readonly seq: number
  /** ms since 1970, server's clock. */
  readonly at: number
  readonly writer: Writer
  /** Number of the act, as in the contract's ACTS. */
  readonly act: number
  readonly touched: readonly Touch[]
}

const NOTHING: readonly Touch[] = []

export class Chronicle {
  /** Newest revision there is, whether it is here or not. */
  head = 0
  /** By index seq - 1; undefined while not here. Shared: one row, one small object. */
  readonly #rows: (Row | undefined)[] = []
  readonly #writers = new Map<string, Writer>()
  readonly #entries = new Map<string, Touch>()
  #here = 0

  get here(): number {
    return this.#here
  }

  get isWhole(): boolean {
    return this.#here === this.head
  }

  has(seq: number): boolean {
    return this.#rows[seq - 1] !== undefined
  }

  row(seq: number): Row | null {
    return this.#rows[seq - 1] ?? null
  }

  /** Rows that are here, oldest first. */
  *rows(after = 0, until = this.head): Generator<Row> {
    for (let seq = after + 1; seq <= until; seq++) {
      const row = this.#rows[seq - 1]
      if (row) yield row
    }
  }

  add(page: Timeline): void {
    const writers = page.writers.map((writer) => this.#writer(writer))
    const entries = page.entries.map(({ root, id }) => this.#entry(root, id))
    const touched = new Map<number, Touch[]>()
    for (const [row, entry] of page.touched) {
      const touch = entries[entry]
      if (!touch) continue
      const list = touched.get(row)
      if (list) list.push(touch)
      else touched.set(row, [touch])
    }
    let at = 0
    page.at.forEach((step, index) => {
      at += step
      const seq = page.from + index + 1
      const writer = writers[page.by[index] ?? -1]
      if (!writer) return
      if (!this.has(seq)) this.#here += 1
      this.#rows[seq - 1] = {
        seq,
        at,
        writer,
        act: page.act[index] ?? 0,
        touched: touched.get(index) ?? NOTHING,
      }
    })
    this.head = Math.max(this.head, page.head)
  }

  /** `from` of the page to ask for next: the one with `near` in it first, then outwards. Null where nothing is missing. */
  missing(near: number): number | null {
    // Asked with every moment of a film.
    if (this.isWhole) return null
    const pages = Math.ceil(this.head / TIMELINE_ROWS)
    const middle = Math.floor(Math.max(0, near - 1) / TIMELINE_ROWS)
    for (let away = 0; away < pages; away++) {
      for (const page of away === 0 ? [middle] : [middle + away, middle - away]) {
        if (page < 0 || page >= pages) continue
        const from = this.#firstMissing(page)
        if (from !== null) return from
      }
    }
    return null
  }

  /** The last row at or before the time, by bisection; 0 where all came later. Rows that are not here count as later. */
  seqAt(at: number): number {
    let low = 0
    let high = this.head
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const row = this.row(middle)
      if (row && row.at <= at) low = middle
      else high = middle - 1
    }
    return low
  }

  #firstMissing(page: number): number | null {
    const end = Math.min(this.head, (page + 1) * TIMELINE_ROWS)
    for (let seq = page * TIMELINE_ROWS + 1; seq <= end; seq++) if (!this.has(seq)) return seq - 1
    return null
  }

  #writer(writer: Writer): Writer {
    const key = `${writer.author.id} ${writer.author.name} ${writer.role} ${writer.credential}`
    return known(this.#writers, key, writer)
  }

  #entry(root: RootName, entry: EntryKey): Touch {
    return known(this.#entries, `${root} ${entry}`, { root, entry })
  }
}

function known<T>(all: Map<string, T>, key: string, made: T): T {
  const found = all.get(key)
  if (found) return found
  all.set(key, made)
  return made
}
