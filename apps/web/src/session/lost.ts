/**
 * What a refused document held that the server's does not: per entry, either the whole of it (made here) or the fields that differ.
 * Plain values only; the words come later, from the labels of the project. It must leave nothing out, rather name too much.
 */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type * as Y from 'yjs'

export interface LostField {
  readonly field: string
  /** Plain JSON, as it was on this page. */
  readonly mine: unknown
}

export interface LostChange {
  readonly root: RootName
  readonly entry: string
  /** The entry as a whole is not in the record. */
  readonly made: boolean
  readonly fields: readonly LostField[]
  /** All of the entry as it was here, for the words around it. */
  readonly whole: Readonly<Record<string, unknown>>
}

type Plain = Record<string, Record<string, unknown>>

const plain = (doc: Y.Doc, root: RootName): Plain => doc.getMap(root).toJSON() as Plain

/** `entries`: keys changed here since the last acknowledgement; null where unknown, then every difference is listed. */
export function describeLost(refused: Y.Doc, fresh: Y.Doc, entries: readonly string[] | null): LostChange[] {
  const wanted = entries === null ? null : new Set(entries)
  return ROOTS.flatMap((root) => {
    const mine = plain(refused, root)
    const kept = plain(fresh, root)
    return Object.entries(mine).flatMap(([entry, whole]): LostChange[] => {
      if (wanted !== null && !wanted.has(entry)) return []
      const there = kept[entry]
      const fields = Object.entries(whole)
        .filter(([field, value]) => there === undefined || !same(value, there[field]))
        .map(([field, value]) => ({ field, mine: value }))
      return fields.length === 0 ? [] : [{ root, entry, made: there === undefined, fields, whole }]
    })
  })
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Key order in a Y.Map depends on arrival, so it must not count as a difference. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
