/** Threads with what belongs to them: comments in order, the decision, dissents. Derived, never stored. */
import {
  type Comment,
  type Decision,
  type Dissent,
  openDisputes,
  type Thread,
} from '@consilium/crdt-schema/discussion'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type Accessor, createMemo } from 'solid-js'
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

export type Verdict = 'disputed' | 'accepted' | 'rejected' | 'adopted' | 'superseded'

export interface Talk {
  readonly summaries: Accessor<readonly ThreadSummary[]>
  readonly thread: (id: EntryKey) => ThreadSummary | undefined
  /** How an annotation stands: in dispute, or as last decided; undefined where nobody has disputed it. */
  readonly verdict: (annotation: EntryKey) => Verdict | undefined
  /** The same of all that were ever disputed. */
  readonly verdicts: Accessor<ReadonlyMap<EntryKey, Verdict>>
}

/** Derived once for everybody who asks. */
export function createTalk(shelves: Accessor<Shelves>): Talk {
  const summaries = createMemo(() => threadSummaries(shelves()))
  const byId = createMemo(() => new Map(summaries().map((summary) => [summary.thread.id, summary])))
  const verdicts = createMemo(() => verdictsOf(summaries()))
  return { summaries, thread: (id) => byId().get(id), verdict: (id) => verdicts().get(id), verdicts }
}

/** An open dispute counts more than any decision; of decisions, the newest. */
export function verdictsOf(summaries: readonly ThreadSummary[]): ReadonlyMap<EntryKey, Verdict> {
  const verdicts = new Map<EntryKey, Verdict>()
  const decided = summaries
    .flatMap(({ thread, decisions }) =>
      decisions.map((decision) => ({ decision, about: thread.anchor.annotation })),
    )
    .toSorted((a, b) => a.decision.decidedAt - b.decision.decidedAt)
  for (const { decision, about } of decided) {
    if (about !== null) verdicts.set(about, decision.outcome === 'amended' ? 'superseded' : decision.outcome)
    if (decision.adopted !== null) verdicts.set(decision.adopted, 'adopted')
  }
  const open = openDisputes(
    summaries.map(({ thread }) => thread),
    summaries.flatMap(({ decisions }) => decisions),
  )
  for (const { anchor } of open) if (anchor.annotation !== null) verdicts.set(anchor.annotation, 'disputed')
  return verdicts
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
