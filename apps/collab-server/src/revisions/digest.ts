/**
 * What a document says, as one hash: its state vector, and every entry as canonical JSON. Two documents that hold the same have the same,
 * however they came by it; encoded states differ between such documents, and so does the order of keys in toJSON().
 */
import { createHash } from 'node:crypto'
import { ALL_ROOTS } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'

/** Stops after every entry, so that it can be made a little at a time. */
export function* digestOf(ydoc: Y.Doc): Generator<void, Uint8Array> {
  const hash = createHash('sha256').update(Y.encodeStateVector(ydoc))
  for (const root of ALL_ROOTS) {
    const entries = ydoc.getMap(root)
    for (const key of [...entries.keys()].sort()) {
      hash.update(`\n${root} ${JSON.stringify(key)} `).update(canonical(plain(entries.get(key))))
      yield
    }
  }
  return hash.digest()
}

/** Marks of a text belong to what it says; toJSON() leaves them out. */
function plain(value: unknown): unknown {
  if (value instanceof Y.Text) return value.toDelta()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Y.Array) return value.toArray().map(plain)
  if (value instanceof Y.Map) return Object.fromEntries([...value.entries()].map(([k, v]) => [k, plain(v)]))
  return value
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return `${one}n`
    if (one === undefined) return null
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  }) ?? 'null'
