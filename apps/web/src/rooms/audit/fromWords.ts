/** Where somebody was when they did something: the address, and their program in words. */
import { browserName } from '../account/browserName.ts'

/** `from` is as the log keeps it: the address, a space, and what the browser says of itself. */
export function fromWords(from: string | null): { readonly first: string; readonly second: string } {
  if (from === null) return { first: '–', second: '' }
  const [address = '', ...agent] = from.split(' ')
  return { first: address, second: agent.length === 0 ? '' : browserName(agent.join(' ')) }
}
