/**
 * Words about the data: threads, their comments, decisions on disputes, and dissent.
 * Each lives in its own root, keyed by its maker, so that retiring an annotation takes nobody's words along.
 * A dispute is a thread with a reason; it is open until a decision names it.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import type { EntryKey } from './entry.ts'

export interface Anchor {
  readonly series: string
  /** Index of the frame, in the series' order. */
  readonly frame: number
  /** Patient space, mm. */
  readonly point: Vec3
  /** The annotation it is about, if any. */
  readonly annotation: EntryKey | null
}

export interface Thread {
  readonly id: EntryKey
  readonly about: 'comment' | 'dispute'
  readonly anchor: Anchor
  /** Why it is disputed; '' in an ordinary thread. */
  readonly reason: string
  readonly resolved: boolean
}

export interface Comment {
  readonly id: EntryKey
  readonly thread: EntryKey
  readonly text: string
  /** Milliseconds since 1970 on the writer's clock; the journal holds the server's. */
  readonly writtenAt: number
}

export const OUTCOMES = ['accepted', 'rejected', 'amended'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Decision {
  readonly id: EntryKey
  readonly thread: EntryKey
  readonly outcome: Outcome
  readonly rationale: string
  /** The annotation as adopted, where the outcome is `amended`. */
  readonly adopted: EntryKey | null
  readonly decidedAt: number
}

export interface Dissent {
  readonly id: EntryKey
  readonly decision: EntryKey
  readonly text: string
  readonly writtenAt: number
}

/** Disputes that no decision has named yet. */
export function openDisputes(threads: Iterable<Thread>, decisions: Iterable<Decision>): Thread[] {
  const decided = new Set([...decisions].map((decision) => decision.thread))
  return [...threads].filter(({ id, about }) => about === 'dispute' && !decided.has(id))
}

/** Limits on what people type, in UTF-16 code units. Longer text is refused, not cut. */
export const TEXT_LIMITS = {
  comment: 4_000,
  reason: 1_000,
  rationale: 4_000,
  reasoning: 4_000,
  label: 64,
  name: 64,
} as const
