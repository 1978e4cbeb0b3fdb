/**
 * What went wrong, in the words a person sees: one sentence, and what to do next.
 * The server's no arrives as a `Refusal`; where no answer came at all, as `Unreachable`. Anything else is our own mistake.
 */
import { REFUSALS, Refusal, type RefusalCode } from '@consilium/contract/refusals'

/** No answer: the network is down, or the server is. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause })
    this.name = 'Unreachable'
  }
}

/** The answer is not what the contract promises: page and server are of different versions. */
export class Unexpected extends Error {
  constructor(what: string, cause?: unknown) {
    super(what, { cause })
    this.name = 'Unexpected'
  }
}

export function explain(error: unknown): { readonly message: string; readonly next: string } {
  if (error instanceof Refusal) return { message: error.message, next: REFUSALS[error.code].next }
  if (error instanceof Unreachable)
    return { message: error.message, next: 'Check the connection. What was saved is safe.' }
  if (error instanceof Unexpected)
    return {
      message: 'The server answered in a way this page does not understand.',
      next: 'Reload the page; it may be older than the server.',
    }
  return {
    message: 'Something went wrong on this page.',
    next: 'Reload it. If it happens again, tell whoever runs this installation.',
  }
}

export const isRefusal = (error: unknown, ...codes: readonly RefusalCode[]): error is Refusal =>
  error instanceof Refusal && (codes.length === 0 || codes.includes(error.code))
