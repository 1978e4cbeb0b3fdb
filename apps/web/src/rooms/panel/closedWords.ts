/** Why a case that was on the screen is closed to this person, and what they can do. Pure. */
import type { RefusalNote } from '../../session/saveState.ts'

type ClosedWords = Pick<RefusalNote, 'message' | 'next'>

/** The server tells a stranger that there is nothing by that name; who had the case open knew of it, and is told what has happened. */
const ENDED: ClosedWords = {
  message: 'This case is no longer open to you.',
  next: 'A manager ended your membership in its project, or your account was erased. What you did here stays in the record. Ask a manager of the project if this is a mistake.',
}
const UNKNOWN: ClosedWords = { message: 'This case is not open to you.', next: '' }

export const closedWords = (refusal: RefusalNote | null): ClosedWords =>
  refusal?.code === 'not-a-member' ? ENDED : (refusal ?? UNKNOWN)
