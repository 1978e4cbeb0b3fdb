/** Public ids (people, projects, cases, series, sessions …): 16 characters [a-z0-9], 80 random bits, unguessable. */
import { randomBytes } from 'node:crypto'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

export const ID = /^[a-z0-9]{16}$/

export function newId(): string {
  // 32 letters divide a byte's 256 values evenly, so every letter is equally likely.
  return Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join('')
}
