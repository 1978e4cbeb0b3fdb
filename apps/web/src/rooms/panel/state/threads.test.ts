import type { Comment, Decision, Dissent, Thread } from '@consilium/crdt-schema/discussion'
import { describe, expect, it } from 'vitest'
import type { Shelves } from '../../../session/records.ts'
import { threadSummaries, verdictsOf } from './threads.ts'

const thread = (id: string, about: Thread['about'], annotation: string | null): Thread => ({
  id,
  about,
  anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation },
  reason: about === 'dispute' ? 'why' : '',
  resolved: false,
})
const decision = (
  id: string,
  of: string,
  outcome: Decision['outcome'],
  at: number,
  adopted: string | null = null,
): Decision => ({
  id,
  thread: of,
  outcome,
  rationale: 'because',
  adopted,
  decidedAt: at,
})

function shelves(parts: {
  threads: Thread[]
  comments?: Comment[]
  decisions?: Decision[]
  dissents?: Dissent[]
}): Shelves {
  const shelf = (items: readonly unknown[] = []) => ({ all: () => items })
  return {
    annotations: shelf(),
    threads: shelf(parts.threads),
    comments: shelf(parts.comments),
    decisions: shelf(parts.decisions),
    dissents: shelf(parts.dissents),
  } as unknown as Shelves
}
const verdicts = (parts: Parameters<typeof shelves>[0]): object =>
  Object.fromEntries(verdictsOf(threadSummaries(shelves(parts))))

describe('how an annotation stands', () => {
  it('is in dispute until a decision names the thread', () => {
    const threads = [thread('t', 'dispute', 'x')]
    expect(verdicts({ threads })).toEqual({ x: 'disputed' })
    expect(verdicts({ threads, decisions: [decision('d', 't', 'accepted', 1)] })).toEqual({ x: 'accepted' })
  })

  it('is superseded by the version that was adopted', () => {
    const decisions = [decision('d', 't', 'amended', 1, 'y')]
    expect(verdicts({ threads: [thread('t', 'dispute', 'x')], decisions })).toEqual({
      x: 'superseded',
      y: 'adopted',
    })
  })

  it('is in dispute again when a new one is opened', () => {
    const threads = [thread('t', 'dispute', 'x'), thread('u', 'dispute', 'x')]
    expect(verdicts({ threads, decisions: [decision('d', 't', 'rejected', 1)] })).toEqual({ x: 'disputed' })
  })

  it('is as last decided', () => {
    const threads = [thread('t', 'dispute', 'x'), thread('u', 'dispute', 'x')]
    const decisions = [decision('e', 'u', 'accepted', 2), decision('d', 't', 'rejected', 1)]
    expect(verdicts({ threads, decisions })).toEqual({ x: 'accepted' })
  })

  it('is not touched by ordinary comments', () => {
    expect(verdicts({ threads: [thread('t', 'comment', 'x')] })).toEqual({})
  })
})

describe('threads', () => {
  it('carry their comments in order, and dissents by way of the decision', () => {
    const [summary] = threadSummaries(
      shelves({
        threads: [thread('t', 'dispute', null)],
        comments: [
          { id: '2', thread: 't', text: 'second', writtenAt: 20 },
          { id: '1', thread: 't', text: 'first', writtenAt: 10 },
          { id: '3', thread: 'other', text: 'elsewhere', writtenAt: 5 },
        ],
        decisions: [decision('d', 't', 'accepted', 30)],
        dissents: [{ id: 'n', decision: 'd', text: 'no', writtenAt: 40 }],
      }),
    )
    expect(summary?.comments.map(({ text }) => text)).toEqual(['first', 'second'])
    expect(summary?.dissents.map(({ text }) => text)).toEqual(['no'])
    expect(summary?.lastAt).toBe(40)
  })
})
