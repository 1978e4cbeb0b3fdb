/**
 * What an update really does, asked of Yjs itself on copies of the document.
 *
 *   differences   places whose plain value is another after the update: `root entry` for one that appeared or vanished,
 *                 `root entry field` for a field of one that was there before or is new
 *   aimed         places in which the update has a struct or a deletion, effective or not: a value that loses a conflict, or lies in a
 *                 text that somebody replaced, changes nothing and was aimed all the same
 *
 * What the gate names must lie between the two: it names every difference, and nothing that the update did not aim at.
 */
import { ROOTS } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'

/** The gate broke a promise. */
export class Broken extends Error {}

/** Equal for equal values, whatever the order of keys: that of a Y.Map depends on arrival. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

/** The whole document as text, and what it has seen of whom. */
export function stateOf(doc: Y.Doc): string {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return `${canonical(Object.fromEntries(ROOTS.map((root) => [root, doc.getMap(root).toJSON()])))} ${JSON.stringify(clocks)}`
}

/** JSON as every reader of the record takes it. */
export function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth === DEEPEST) return false
  if (Array.isArray(value)) return value.every((inner) => isPlain(inner, depth + 1))
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.entries(value).every(([key, inner]) => key !== '__proto__' && isPlain(inner, depth + 1))
  )
}
/** Arrays and objects inside one another. */
const DEEPEST = 8

/** What no record holds (subdocuments, formats, XML, values that are not JSON), by name; null where there is none of it. */
export function foreignIn(update: Uint8Array): string | null {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue
    const { content } = struct
    if (content instanceof Y.ContentAny) {
      if (!content.arr.every((value) => isPlain(value))) return 'a value that is not JSON'
    } else if (content instanceof Y.ContentType) {
      if (content.type.constructor !== Y.Map && content.type.constructor !== Y.Text)
        return content.type.constructor.name
    } else if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted))
      return content.constructor.name
  }
  return null
}

/** Roots have a type from the start, as on the server. */
export const withRoots = (doc: Y.Doc): Y.Doc => {
  for (const root of ROOTS) doc.getMap(root)
  return doc
}

export const hasHole = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null

/** A copy that notices what changes in it. */
export class Shadow {
  readonly doc: Y.Doc
  /** `root entry` to its fields as text. */
  readonly #seen = new Map<string, Map<string, string>>()
  readonly #touched = new Set<string>()

  constructor(doc: Y.Doc) {
    this.doc = doc
    for (const root of ROOTS) {
      const entries = doc.getMap(root)
      for (const entry of entries.keys())
        this.#seen.set(`${root} ${entry}`, this.#read(`${root} ${entry}`) as never)
      entries.observeDeep((events) => {
        for (const event of events) {
          if (event.target === entries)
            for (const key of (event as Y.YMapEvent<unknown>).keysChanged) this.#touched.add(`${root} ${key}`)
          else this.#touched.add(`${root} ${event.path[0]}`)
        }
      })
    }
  }

  /** The differences that applying it made. `also`: entries to look at even if Yjs told of no event there. */
  apply(update: Uint8Array, also: readonly string[] = []): Set<string> {
    Y.applyUpdate(this.doc, update)
    const differences = new Set<string>()
    for (const id of [...this.#touched, ...also]) {
      const before = this.#seen.get(id)
      const after = this.#read(id)
      if ((before === undefined) !== (after === undefined)) differences.add(id)
      for (const field of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]))
        if (before?.get(field) !== after?.get(field)) differences.add(`${id} ${field}`)
      if (after) this.#seen.set(id, after)
      else this.#seen.delete(id)
    }
    this.#touched.clear()
    return differences
  }

  /** As it was last seen. */
  fieldsOf(id: string): ReadonlyMap<string, string> | undefined {
    return this.#seen.get(id)
  }

  #read(id: string): Map<string, string> | undefined {
    const [root, entry] = id.split(' ') as [string, string]
    const found: unknown = this.doc.getMap(root).get(entry)
    if (found === undefined) return undefined
    if (!(found instanceof Y.Map)) return new Map([['', canonical(found)]])
    return new Map(Object.entries(found.toJSON()).map(([field, value]) => [field, canonical(value)]))
  }
}

/** `keeper` forgets nothing (`gc: false`) and has applied the update already. */
export function aimed(keeper: Y.Doc, update: Uint8Array): Set<string> {
  const { structs, ds } = Y.decodeUpdate(update)
  const places = new Set<string>()
  for (const { id, length } of structs) addPlaces(keeper, id.client, id.clock, length, places)
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges) addPlaces(keeper, client, clock, len, places)
  return places
}

function addPlaces(doc: Y.Doc, client: number, clock: number, len: number, places: Set<string>): void {
  const structs = doc.store.clients.get(client) ?? []
  if (structs.length === 0 || clock >= Y.getState(doc.store, client)) return
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]
    if (!struct || struct.id.clock >= clock + len) return
    if (struct instanceof Y.Item) addPlace(doc, struct, places)
  }
}

/** Entry, field, and a point or letter of it. */
const DEEPEST_PLACE = 3

function addPlace(doc: Y.Doc, item: Y.Item, places: Set<string>): void {
  const path: (string | null)[] = []
  let isInGone = false
  for (let at: Y.Item | null = item; at !== null; ) {
    path.unshift(at.parentSub)
    const parent = at.parent as Y.AbstractType<unknown>
    if (parent._item === null) {
      const root = ROOTS.find((name) => doc.share.get(name) === parent)
      const [entry, field] = path
      // Nobody will ever see what lies in something gone, however deep.
      if (isInGone && path.length > DEEPEST_PLACE) return
      if (!root || path.length > DEEPEST_PLACE)
        throw new Broken(`it wrote outside the record: ${path.join(' ')}`)
      if (path.length === 1) places.add(`${root} ${entry}`)
      else places.add(`${root} ${entry} ${field}`)
      return
    }
    at = parent._item
    isInGone ||= at.deleted
  }
}
