/**
 * Words that are taken out of the record for good, such as a patient's name in a comment. What several people type together is emptied;
 * what is said as a whole is put in these words' place, because a comment without a text would be none: it is shown and read as before,
 * also where the past is played.
 */
import type { RootName } from './documents.ts'

export const TAKEN_OUT = '[taken out]'

/** Fields in which people write what they like. */
const FIELDS: Record<RootName, readonly string[]> = {
  annotations: ['reasoning', 'retired', 'name'],
  threads: ['reason'],
  comments: ['text'],
  decisions: ['rationale'],
  dissents: ['text'],
}

export const holdsWords = (root: RootName, field: string): boolean => FIELDS[root].includes(field)

/** A field's value with its words taken out; the very same value where it has none. */
export function withoutWords(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? value : TAKEN_OUT
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutWords(one)]))
}
