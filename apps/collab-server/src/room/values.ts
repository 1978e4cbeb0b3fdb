/**
 * Plain values inside a document: JSON and nothing else. What Yjs could carry besides (BigInt, NaN, undefined, binaries, keys that reach
 * into prototypes) is refused while it is read, because one such value can make every later reader fail. What a field may hold is asked
 * in crdt-schema's policy/values.ts.
 */
import { Refusal } from '@consilium/contract/refusals'
import { MAX_DEPTH, MAX_KEY_LENGTH, MAX_VALUE_PARTS } from './limits.ts'
import type { Reader } from './reader.ts'

const malformed = (message: string): Refusal => new Refusal('malformed', { message })

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The tags of lib0's `writeAny` that stand for JSON. */
const TAG = {
  null: 126,
  int: 125,
  float32: 124,
  float64: 123,
  false: 121,
  true: 120,
  string: 119,
  object: 118,
  array: 117,
} as const

export function checkKey(key: string): void {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH || FORBIDDEN_KEYS.has(key))
    throw malformed('This change uses a name that is not allowed.')
}

/** Values that follow one another in the content of one struct. Throws a Refusal: `malformed` or `too-large`. */
export function readValues(reader: Reader, count: number): unknown[] {
  const most = reader.parts + MAX_VALUE_PARTS
  const values: unknown[] = []
  for (let n = 0; n < count; n++) values.push(readValue(reader, 0, most))
  return values
}

function readValue(reader: Reader, depth: number, most: number): unknown {
  if (++reader.parts > most)
    throw new Refusal('too-large', { message: 'A value in this change is too large.' })
  switch (reader.byte()) {
    case TAG.null:
      return null
    case TAG.false:
      return false
    case TAG.true:
      return true
    case TAG.string:
      return reader.string()
    case TAG.int:
      return reader.int()
    case TAG.float32:
      return finite(reader.float32())
    case TAG.float64:
      return finite(reader.float64())
    case TAG.array: {
      const array: unknown[] = []
      for (let left = inside(reader, depth); left > 0; left--) array.push(readValue(reader, depth + 1, most))
      return array
    }
    case TAG.object: {
      const object: Record<string, unknown> = {}
      for (let left = inside(reader, depth); left > 0; left--) {
        const key = reader.string()
        checkKey(key)
        object[key] = readValue(reader, depth + 1, most)
      }
      return object
    }
    default:
      throw malformed('This change contains a value that is not allowed.')
  }
}

function finite(n: number): number {
  if (!Number.isFinite(n)) throw malformed('This change contains a number that is none.')
  return n
}

/** How many follow. */
function inside(reader: Reader, depth: number): number {
  if (depth >= MAX_DEPTH) throw malformed('A value in this change is nested too deeply.')
  return reader.uint()
}

/** Steps over one value that was read before, when it was new. */
export function skipValue(reader: Reader, depth = 0): void {
  switch (reader.byte()) {
    case TAG.null:
    case TAG.false:
    case TAG.true:
      return
    case TAG.string:
      return reader.skip(reader.uint())
    case TAG.int:
      return reader.skipUint()
    case TAG.float32:
      return reader.skip(4)
    case TAG.float64:
      return reader.skip(8)
    case TAG.array:
      for (let left = inside(reader, depth); left > 0; left--) skipValue(reader, depth + 1)
      return
    case TAG.object:
      for (let left = inside(reader, depth); left > 0; left--) {
        reader.skip(reader.uint())
        skipValue(reader, depth + 1)
      }
      return
    default:
      throw malformed('This change contains a value that is not allowed.')
  }
}
