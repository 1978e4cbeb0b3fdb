/** What a revision takes on the disk beside the bytes that the journal was given to keep, and what all snapshots take. */
import { goal } from '../../goals.ts'
import { type Row, round } from '../../report.ts'
import type { Part } from './part.ts'

/** The rows themselves. `touch`, `entry`, `span` and `lease` say again, to be found by, what stands in them. */
const ROWS = 'revision'

export const storage: Part = {
  name: 'storage',
  title: 'Bytes per revision',
  async run({ size: { rows, payload, tables, documents } }) {
    const each = (bytes: number): number | null => round(bytes / rows, 1)
    const heap = tables.find(({ table }) => table === ROWS)?.heap ?? Number.NaN
    const lines: Row[] = [
      { what: `${rows} updates`, bytes: each(payload) },
      ...tables.map(({ table, heap, indexes }) => ({
        what: table,
        bytes: each(heap),
        indexes: each(indexes),
      })),
      ...documents.map(({ rows, journal, snapshots, count }) => ({
        what: `${count} snapshots of a document with ${rows} revisions`,
        bytes: round(snapshots / rows, 1),
        'by its journal': round(snapshots / journal),
      })),
    ]
    const [all, journal] = [sum(documents, 'snapshots'), sum(documents, 'journal')]
    return {
      rows: lines,
      goals: [
        goal('bytes of a row beside its update', (heap - payload) / rows, '<=', 110),
        goal('all snapshots by the journal', all / journal, '<=', 1.5),
      ],
    }
  },
}

const sum = <Key extends string>(list: readonly Record<Key, number>[], key: Key): number =>
  list.reduce((total, one) => total + one[key], 0)
