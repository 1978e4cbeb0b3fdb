/**
 * Keys of vertices: fractional indexes (npm fractional-indexing), so that drawing order is the sorted order of the keys and a
 * vertex keeps its key while it moves.
 *
 * Two people who insert at the same spot at the same moment would compute the same key, and a Y.Map keeps only one value per
 * key: one of the two vertices would be lost. Each inserted key therefore ends with its maker's clientID, written with a fixed
 * number of digits. Keys of two clients differ in that ending; a client also never takes a key that was in use before, so a
 * key means one vertex for ever and its history stays readable.
 */
import { BASE_62_DIGITS, generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/** Longer than any honest key: thousands of insertions into one gap. */
export const KEY_LIMIT = 512
const SHAPE = /^[A-Za-z][0-9A-Za-z]+$/
/** What a new annotation gives its first 240,000 points: most keys there are; longer to write down, quicker to check. */
const FIRST_KEY = /^(?:a[0-9A-Za-z]|b[0-9A-Za-z]{2}|c[0-9A-Za-z]{3})$/

/** 62^5 * 61 is more than any clientID (32 bits). */
const ENDING_DIGITS = 6

/** clientID in base 62. The last digit is never '0': fractional indexing forbids a key that ends so. */
function endingOf(clientID: number): string {
  const last = BASE_62_DIGITS.charAt(1 + (clientID % 61))
  let rest = Math.floor(clientID / 61)
  let digits = ''
  while (digits.length < ENDING_DIGITS - 1) {
    digits = BASE_62_DIGITS.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits + last
}

/** True for what `keyBetween` accepts as a neighbour. Sorted as UTF-16, like `<` does. */
export function isVertexKey(key: string): boolean {
  if (FIRST_KEY.test(key)) return true
  if (key.length > KEY_LIMIT || !SHAPE.test(key)) return false
  try {
    generateKeyBetween(key, null)
    return true
  } catch {
    // The library validates by throwing; there is no other question to ask it.
    return false
  }
}

/** Keys of a new annotation's vertices: 'a0', 'a1', … Nobody else can be writing there yet. */
export const firstKeys = (count: number): string[] => generateNKeysBetween(null, null, count)

/** A key between two neighbours (null: the open end) that no other client makes and that `used` does not hold. */
export function keyBetween(
  before: string | null,
  after: string | null,
  clientID: number,
  used: (key: string) => boolean,
): string {
  let plain = generateKeyBetween(before, after)
  // What begins with `after`'s own beginning could sort behind it once the ending is added: go lower until it cannot.
  while (after?.startsWith(plain)) plain = generateKeyBetween(before, plain)
  const key = plain + endingOf(clientID)
  return used(key) ? keyBetween(key, after, clientID, used) : key
}
