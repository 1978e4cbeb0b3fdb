/**
 * What a refused document held that the server's does not: per entry, either the whole of it (made here) or the fields that differ.
 * Plain values only; the words come later, from the labels of the project. Without a list of touched places it must leave nothing out,
 * rather name too much.
 */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type * as Y from 'yjs'
import { lostPainting, withPainting } from './lostPainting.ts'

export interface LostField {
  readonly field: string
  /** Plain JSON, as it was on this page. Of vertices only those that were touched, by key; null for one that was removed. */
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

type Plain = Record<string, unknown>
const NOTHING: Plain = {}

/**
 * `kept`: the server's document; null where it cannot be had, then all that was touched is listed.
 * `touched`: paths changed here and not acknowledged; null where unknown, then every difference is listed.
 * `painters`: clientIDs of whose painting it tells; null for everybody's.
 */
export function describeLost(
  refused: Y.Doc,
  kept: Y.Doc | null,
  touched: readonly string[] | null,
  painters: readonly number[] | null = null,
): LostChange[] {
  const changes = changedEntries(refused, kept, touched)
  return withPainting(changes, refused, lostPainting(refused, kept, touched, painters))
}

function changedEntries(refused: Y.Doc, kept: Y.Doc | null, touched: readonly string[] | null): LostChange[] {
  const wanted = touched === null ? null : new Touched(touched)
  return ROOTS.flatMap((root) => {
    const mine = refused.getMap(root).toJSON() as Record<string, Plain>
    const theirs = kept?.getMap(root).toJSON() as Record<string, Plain> | undefined
    return Object.entries(mine).flatMap(([entry, whole]): LostChange[] => {
      if (wanted && !wanted.entry(root, entry)) return []
      const there = theirs ? theirs[entry] : wanted?.made(root, entry) ? undefined : NOTHING
      if (there === undefined) {
        const fields = Object.entries(whole).map(([field, value]) => ({ field, mine: value }))
        return [{ root, entry, made: true, fields, whole }]
      }
      const fields = changedFields(whole, there, (field, key) => wanted?.has(root, entry, field, key) ?? true)
      return fields.length === 0 ? [] : [{ root, entry, made: false, fields, whole }]
    })
  })
}

type Asked = (field: string, key?: string) => boolean

const changedFields = (whole: Plain, there: Plain, isAsked: Asked): LostField[] =>
  Object.entries(whole).flatMap(([field, value]): LostField[] => {
    if (!isAsked(field) || same(value, there[field])) return []
    if (field !== 'vertices') return [{ field, mine: value }]
    const vertices = changedKeys(value as Plain, (there[field] ?? NOTHING) as Plain, (key) =>
      isAsked(field, key),
    )
    return vertices === null ? [] : [{ field, mine: vertices }]
  })

function changedKeys(mine: Plain, theirs: Plain, isAsked: (key: string) => boolean): Plain | null {
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  const changed = [...keys].filter((key) => isAsked(key) && !same(mine[key], theirs[key]))
  return changed.length === 0 ? null : Object.fromEntries(changed.map((key) => [key, mine[key] ?? null]))
}

/** Answers whether a place was touched: itself, anything above it (an entry that was made), or anything below. */
class Touched {
  readonly #paths: ReadonlySet<string>
  /** Every path with all that lie above it. */
  readonly #above = new Set<string>()

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths)
    for (const path of paths) {
      const parts = path.split('/')
      for (let n = 1; n <= parts.length; n++) this.#above.add(parts.slice(0, n).join('/'))
    }
  }

  entry(root: RootName, entry: string): boolean {
    return this.#above.has(`${root}/${entry}`)
  }

  /** The entry itself, not only something in it. */
  made(root: RootName, entry: string): boolean {
    return this.#paths.has(`${root}/${entry}`)
  }

  has(root: RootName, entry: string, field: string, key?: string): boolean {
    const places = [`${root}/${entry}`, `${root}/${entry}/${field}`]
    if (key !== undefined) places.push(`${root}/${entry}/${field}/${key}`)
    return places.some((place) => this.#paths.has(place)) || this.#above.has(places.at(-1) ?? '')
  }
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
