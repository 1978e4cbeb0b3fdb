/** A change that is worked out while nobody else's is taken: it says exactly what it was asked to, whatever others do meanwhile. */
import { Refusal } from '@consilium/contract/refusals'
import type { CommittedRow } from '../journal/book.ts'
import type { Append, Gated } from './admit.ts'
import type { LiveDocument } from './live.ts'

/** Others wait until it is in the journal's queue: no longer than this. */
const HELD_MS = 5_000

export interface Held {
  readonly gated: Gated
  /** Who waited goes on as soon as this is called: what they write comes after it. */
  readonly append: Append
}

/** Refuses with `not-durable` where it takes too long. */
export async function held(
  live: LiveDocument,
  append: Append,
  write: (held: Held) => Promise<CommittedRow | null>,
): Promise<CommittedRow | null> {
  const hold = live.hold()
  let late: NodeJS.Timeout | undefined
  const overdue = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Refusal('not-durable')), HELD_MS)
  })
  const last: Append = (target, draft) => {
    if (!hold.holds) return Promise.reject(new Refusal('not-durable'))
    const row = append(target, draft)
    clearTimeout(late)
    hold.release()
    return row
  }
  const work = async (): Promise<CommittedRow | null> => {
    while (live.inFlight.size > 0) await Promise.allSettled(live.inFlight.values())
    return write({ gated: hold.gated, append: last })
  }
  try {
    return await Promise.race([work(), overdue])
  } finally {
    clearTimeout(late)
    hold.release()
  }
}
