/**
 * What this person is in the project and how far the case is, as the server judges by it: what the page was opened with, until the server
 * has said it on the live channel, and from then on whatever it says. A change is news: one sentence, until it has been read.
 */
import type { CaseDetail } from '@consilium/contract/projects'
import type { Phase } from '@consilium/crdt-schema/policy'
import { may, type Role } from '@consilium/crdt-schema/roles'
import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import type { LinkStatus, Standing } from '../../../session/saveState.ts'

export interface StandingState {
  readonly role: Accessor<Role | null>
  readonly phase: Accessor<Phase>
  /** What has changed while the case was open; null once it was read. */
  readonly news: Accessor<string | null>
  readonly read: () => void
}

export function createStanding(kase: CaseDetail, status: Accessor<LinkStatus>): StandingState {
  const opened: Standing = { role: kase.role, phase: kase.phase }
  const now = createMemo(() => status().standing ?? opened, opened, {
    equals: (a, b) => a.role === b.role && a.phase === b.phase,
  })
  const [news, setNews] = createSignal<string | null>(null)
  createEffect(
    on(now, (after, before) => {
      const sentence = before === undefined ? null : newsOf(before, after)
      if (sentence !== null) setNews(sentence)
    }),
  )
  return { role: () => now().role, phase: () => now().phase, news, read: () => setNews(null) }
}

/** Null where nothing has changed. */
export function newsOf(before: Standing, after: Standing): string | null {
  const sentences = [
    before.role === after.role ? null : roleWords(after.role),
    before.phase === after.phase ? null : phaseWords(before.phase, after.phase),
  ].filter((sentence) => sentence !== null)
  return sentences.length === 0 ? null : sentences.join(' ')
}

function roleWords(role: Role | null): string {
  if (role === null) return 'You no longer belong to this project.'
  const article = /^[aeiou]/.test(role) ? 'an' : 'a'
  const title = role === 'adjudicator' ? 'the adjudicator' : `${article} ${role}`
  return `You are now ${title} in this project: ${abilities(role)}.`
}

function abilities(role: Role): string {
  if (may(role, 'decide')) return 'you can annotate, change what others made, and settle disputes'
  if (may(role, 'annotate')) return 'you can annotate and discuss'
  if (may(role, 'discuss')) return 'you can discuss, but not annotate'
  return 'you can look, but not annotate or discuss'
}

function phaseWords(before: Phase, after: Phase): string {
  if (after === 'decided')
    return 'This case is decided now: its annotations and decisions stand. Comments can still be written.'
  if (after === 'signed') return 'This case is signed and closed now.'
  if (before === 'decided' || before === 'signed') return 'This case is open again.'
  return 'This case went on to its next phase.'
}
