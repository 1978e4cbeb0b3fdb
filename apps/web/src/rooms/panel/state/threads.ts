/** Threads with what belongs to them: comments in order, the decision, dissents. Derived, never stored. */
import type { Comment, Decision, Dissent, Thread } from '@consilium/crdt-schema/discussion'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Shelves } from '../../../session/records.ts'

export interface ThreadSummary {
  readonly thread: Thread
  readonly comments: readonly Comment[]
  /** The first one made counts; a later one is shown too, as a further decision. */
  readonly decision: Decision | null
  readonly decisions: readonly Decision[]
  readonly dissents: readonly Dissent[]
  /** When something was last said, ms since 1970; 0 where nothing was. */
  readonly lastAt: number
}

const byTime =
  <T extends { readonly id: string }>(at: (item: T) => number) =>
  (a: T, b: T): number =>
    at(a) - at(b) || (a.id < b.id ? -1 : 1)

export function threadSummaries(shelves: Shelves): readonly ThreadSummary[] {
  const comments = groupBy(shelves.comments.all(), (comment) => comment.thread)
  const decisions = groupBy(shelves.decisions.all(), (decision) => decision.thread)
  const dissents = groupBy(shelves.dissents.all(), (dissent) => dissent.decision)
  return shelves.threads.all().map((thread) => {
    const said = (comments.get(thread.id) ?? []).toSorted(byTime((comment) => comment.writtenAt))
    const decided = (decisions.get(thread.id) ?? []).toSorted(byTime((decision) => decision.decidedAt))
    const dissenting = decided
      .flatMap((decision) => dissents.get(decision.id) ?? [])
      .toSorted(byTime((dissent) => dissent.writtenAt))
    return {
      thread,
      comments: said,
      decision: decided[0] ?? null,
      decisions: decided,
      dissents: dissenting,
      lastAt: Math.max(
        0,
        ...said.map((comment) => comment.writtenAt),
        ...decided.map((decision) => decision.decidedAt),
        ...dissenting.map((dissent) => dissent.writtenAt),
      ),
    }
  })
}

/** Annotations with an open dispute. */
export function disputedAnnotations(shelves: Shelves): ReadonlySet<EntryKey> {
  const decided = new Set(shelves.decisions.all().map((decision) => decision.thread))
  return new Set(
    shelves.threads
      .all()
      .filter((thread) => thread.about === 'dispute' && !decided.has(thread.id))
      .flatMap((thread) => thread.anchor.annotation ?? []),
  )
}

/** What a decision says of an annotation, for its row: "Rejected", "Adopted", "Superseded", "Accepted". */
export function verdictOf(
  shelves: Shelves,
  id: EntryKey,
): 'accepted' | 'rejected' | 'adopted' | 'superseded' | null {
  for (const decision of shelves.decisions.all().toSorted((a, b) => b.decidedAt - a.decidedAt)) {
    if (decision.adopted === id) return 'adopted'
    const about = shelves.threads.get(decision.thread)?.anchor.annotation
    if (about !== id) continue
    return decision.outcome === 'amended' ? 'superseded' : decision.outcome
  }
  return null
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
