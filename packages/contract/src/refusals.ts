/**
 * Every way the server says no: code, HTTP status, close code, a sentence a physician understands, and what to do next.
 * REST answers `{ code, message, next, field? }`; the live channel sends the same in a `refused` message before it closes.
 */

export interface RefusalText {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503
  /** WebSocket close code; 4400 + the last two digits of the status. */
  readonly close: number
  readonly message: string
  readonly next: string
}

const text = (status: RefusalText['status'], message: string, next: string): RefusalText => ({
  status,
  close: 4000 + status,
  message,
  next,
})

export const REFUSALS = {
  'not-signed-in': text(401, 'You are not signed in.', 'Sign in and try again.'),
  'wrong-password': text(401, 'Name and password do not match.', 'Check both and try again.'),
  'too-many-tries': text(429, 'Too many attempts to sign in.', 'Wait a minute and try again.'),
  'wrong-origin': text(403, 'The request comes from another site.', 'Open this page at its own address.'),
  'not-found': text(404, 'There is nothing here by that name.', 'Check the address, or ask whoever sent it.'),
  'invalid-body': text(400, 'Something in the request is not as expected.', 'Correct the named field.'),
  'not-allowed': text(403, 'Your role does not allow this.', 'Ask a manager of the project.'),
  'not-a-member': text(
    404,
    'There is nothing here by that name.',
    'Check the address, or ask whoever sent it.',
  ),
  'role-may-not-annotate': text(
    403,
    'Your role may look, but not annotate.',
    'Ask a manager to make you a reader.',
  ),
  'role-may-not-discuss': text(
    403,
    'Your role may look, but not take part in the discussion.',
    'Ask a manager to make you a reader.',
  ),
  'role-may-not-decide': text(
    403,
    'Only the adjudicator settles a dispute.',
    'Ask the adjudicator of this project.',
  ),
  'not-yours': text(
    403,
    'This was made by somebody else.',
    'Comment on it, or ask its author or the adjudicator to change it.',
  ),
  'never-changed': text(
    403,
    'What an entry is about is said once, when it is made.',
    'Retire it and make a new one.',
  ),
  'never-removed': text(403, 'Nothing is ever removed from the record.', 'Retire it with a reason instead.'),
  'case-decided': text(
    409,
    'This case is decided; its annotations and decisions stand.',
    'Ask the adjudicator to reopen it, or add a comment.',
  ),
  'case-closed': text(409, 'This case is signed and closed.', 'Ask the adjudicator to reopen it.'),
  'foreign-authorship': text(
    403,
    'This change was made under the identity of another session.',
    'Reload the page; your own work is kept.',
  ),
  'foreign-series': text(
    422,
    'This lies on pictures that are not of this case.',
    'Draw on a series of this case; those of a prior are for looking only.',
  ),
  'unknown-place': text(
    422,
    'This change touches a part of the record that does not exist.',
    'Reload the page and make the change again.',
  ),
  malformed: text(400, 'This change could not be understood.', 'Reload the page and make the change again.'),
  'invalid-value': text(422, 'A value in this change cannot be.', 'Correct it and make the change again.'),
  'too-large': text(413, 'This is larger than the server takes at once.', 'Send it in smaller parts.'),
  gap: text(409, 'An earlier change has not arrived yet.', 'Nothing to do: the page sends it again.'),
  'record-cut': text(
    409,
    'This server no longer has changes that it had confirmed as saved.',
    'Your copy is kept in this browser: save it as a file and tell whoever runs the server.',
  ),
  'too-many-leases': text(
    429,
    'You have opened this case more often today than anybody needs to.',
    'Close pages and scripts that open it again and again, and try tomorrow.',
  ),
  'already-set-up': text(409, 'The first administrator exists already.', 'Sign in instead.'),
  'must-stay': text(
    409,
    'This account cannot be forgotten.',
    'Ask another administrator, or make somebody an administrator first.',
  ),
  'already-erased': text(409, 'This person was forgotten already.', 'Nothing to do.'),
  'name-taken': text(409, 'This name is in use already.', 'Choose another.'),
  'import-closed': text(409, 'This import takes no more files.', 'Start another one.'),
  'already-decided': text(
    409,
    'Somebody else has decided about these pictures meanwhile.',
    'Look at the list again.',
  ),
  'wrong-offset': text(
    409,
    'This part of the file does not continue what has arrived of it.',
    'Nothing to do: the page asks what is here, and goes on from there.',
  ),
  'files-missing': text(
    409,
    'Files that had come are not all here any more: the server was cut off in between.',
    'Send them again; whoever asks is told which are here.',
  ),
  'not-ready': text(503, 'The server is starting or stopping.', 'Try again in a moment.'),
  'too-large-to-open': text(
    503,
    'This document is larger than the server can open with the memory it has.',
    'Tell whoever runs the server; nothing is lost.',
  ),
  'not-durable': text(
    503,
    'The record cannot be written just now; nothing is shown as saved.',
    'Keep the page open; it tries again.',
  ),
} as const satisfies Record<string, RefusalText>

export type RefusalCode = keyof typeof REFUSALS

/** Thrown where someone may not, or not yet. Our own mistakes are ordinary Errors. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** The field of the request that is wrong, as a dotted path. */
  readonly field: string | undefined

  constructor(code: RefusalCode, detail?: { message?: string; field?: string }) {
    super(detail?.message ?? REFUSALS[code].message)
    this.name = 'Refusal'
    this.code = code
    this.field = detail?.field
  }

  get status(): RefusalText['status'] {
    return REFUSALS[this.code].status
  }

  get close(): number {
    return REFUSALS[this.code].close
  }

  toJSON(): { code: RefusalCode; message: string; next: string; field?: string } {
    const body = { code: this.code, message: this.message, next: REFUSALS[this.code].next }
    return this.field === undefined ? body : { ...body, field: this.field }
  }
}
