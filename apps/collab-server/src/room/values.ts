/**
 * What a shared document may contain: maps, texts and lists, and plain JSON in them. Everything else that Yjs could carry
 * (subdocuments, XML, binaries, BigInt, NaN, undefined, text formats, keys that reach into prototypes) is refused before it is kept,
 * because one such value can make every later reader fail.
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import { MAX_DEPTH, MAX_KEY_LENGTH, MAX_STRING_LENGTH, MAX_VALUE_PARTS } from './limits.ts'

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

const malformed = (message: string): Refusal => new Refusal('malformed', { message })

export function checkKey(key: string): void {
  if (FORBIDDEN_KEYS.has(key) || key.length === 0 || key.length > MAX_KEY_LENGTH)
    throw malformed('This change uses a name that is not allowed.')
}

/** Throws a Refusal unless the content is one the record may hold. */
export function checkContent(content: Y.Item['content']): void {
  if (content instanceof Y.ContentDeleted) return
  if (content instanceof Y.ContentString) return checkString(content.str)
  if (content instanceof Y.ContentAny) {
    const budget = { parts: MAX_VALUE_PARTS }
    for (const value of content.arr) checkValue(value, 0, budget)
    return
  }
  if (
    content instanceof Y.ContentType &&
    (content.type instanceof Y.Map || content.type instanceof Y.Text || content.type instanceof Y.Array)
  ) {
    // YXmlText and YXmlHook are subclasses.
    if ([Y.Map, Y.Text, Y.Array].some((type) => content.type.constructor === type)) return
  }
  throw malformed('This change contains something that is not part of the record.')
}

function checkString(text: string): void {
  if (text.length > MAX_STRING_LENGTH)
    throw new Refusal('too-large', { message: 'A text in this change is too long.' })
}

function checkValue(value: unknown, depth: number, budget: { parts: number }): void {
  if (--budget.parts < 0) throw new Refusal('too-large', { message: 'A value in this change is too large.' })
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') return checkString(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw malformed('This change contains a number that is none.')
    return
  }
  if (depth >= MAX_DEPTH) throw malformed('A value in this change is nested too deeply.')
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1, budget)
    return
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) {
      checkKey(key)
      checkValue(item, depth + 1, budget)
    }
    return
  }
  throw malformed('This change contains a value that is not allowed.')
}
