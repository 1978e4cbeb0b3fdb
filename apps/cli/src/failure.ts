/** The two ways a command ends badly: it could not be done (exit code 1), or it was not understood (2). */

/** One or two sentences: what went wrong, what to do next. */
export class Failure extends Error {
  /** What the server answered with, where it did. */
  readonly code: string | undefined
  readonly status: number | undefined

  constructor(message: string, answer: { readonly code?: string; readonly status?: number } = {}) {
    super(message)
    this.code = answer.code
    this.status = answer.status
  }
}

export class Usage extends Error {}

/** What was asked for is not there, or may not be known of. */
export class NotThere extends Failure {}

/** Nobody answered: the server is not there, or the connection broke. */
export class Unreachable extends Failure {}
