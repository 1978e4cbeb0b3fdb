/** What outlives the server: the rows of one document, with the unique keys that the database has. */
import { type Book, entryId, keepLease } from '../../apps/collab-server/src/journal/book.ts'
import { originOf } from '../../apps/collab-server/src/journal/chain.ts'
import type { Planned } from '../../apps/collab-server/src/journal/insert.ts'
import { pageOf } from '../../apps/collab-server/src/journal/pages.ts'
import type { Extent, Stored } from '../../apps/collab-server/src/journal/replay.ts'
import type { PackedSnapshot, StoredSnapshot } from '../../apps/collab-server/src/journal/snapshots.ts'
import { updateOf } from '../../apps/collab-server/src/journal/update.ts'

/** One document, as it lies on the disk. */
export class Disk {
  readonly doc = 1
  readonly name: string
  readonly createdAt = Date.now()
  readonly rows: Planned[] = []
  readonly snapshots: (StoredSnapshot & Pick<PackedSnapshot, 'size'>)[] = []
  #numbers = 0

  constructor(name: string) {
    this.name = name
  }

  numbers(count: number): number[] {
    return Array.from({ length: count }, () => ++this.#numbers)
  }

  /** As at the server's start. */
  book(): Book {
    const { doc, name, createdAt, rows } = this
    const last = rows.at(-1)?.row
    const book: Book = {
      doc,
      name,
      createdAt,
      head: last ?? { seq: 0, hash: originOf({ doc, name, createdAt }), at: createdAt },
      leases: { byClient: new Map(), byId: new Map() },
      entries: new Map(),
      listeners: new Set(),
      lost: new Set(),
      valid: true,
    }
    for (const { row, newEntries, issues } of rows) {
      for (const { root, key, id } of newEntries) book.entries.set(entryId(root, key), id)
      if (issues) keepLease(book, { ...issues, seq: row.seq })
    }
    return book
  }

  stored(upTo = Number.MAX_SAFE_INTEGER, snapshotUpTo = Number.MAX_SAFE_INTEGER): Stored {
    const { rows, snapshots } = this
    const seq = Math.min(rows.length, upTo)
    const snapshot = snapshots.findLast((one) => one.seq <= Math.min(seq, snapshotUpTo)) ?? null
    const tail = rows.slice(snapshot?.seq ?? 0, seq).flatMap(({ row }) => updateOf(row) ?? [])
    return { snapshot, pages: [pageOf(tail)], rows: tail.length, seq }
  }

  extent(): Extent {
    const { snapshot, rows, pages } = this.stored()
    const kept = this.snapshots.find(({ seq }) => seq === snapshot?.seq)
    return {
      state: kept?.size ?? { structs: 0, bytes: 0 },
      tailRows: rows,
      tailBytes: pages.reduce((sum, page) => sum + page.byteLength, 0),
    }
  }

  /** Which unique key a group would break. */
  collision(plans: readonly Planned[]): 'fenced' | 'duplicate' | 'leased' | null {
    const clocks = new Set(this.rows.flatMap(rangesOf))
    const leased = new Set(this.rows.flatMap(({ issues }) => issues?.client ?? []))
    for (const one of plans) {
      if (one.row.seq <= this.rows.length) return 'fenced'
      if (rangesOf(one).some((range) => clocks.has(range))) return 'duplicate'
      if (one.issues && leased.has(one.issues.client)) return 'leased'
      for (const range of rangesOf(one)) clocks.add(range)
      if (one.issues) leased.add(one.issues.client)
    }
    return null
  }
}

const rangesOf = ({ row, spans }: Planned): string[] =>
  [row, ...spans].filter(({ len }) => len > 0).map(({ lease, clock }) => `${lease} ${clock}`)
