import { expect, it } from 'vitest'
import { type Decision, openDisputes, type Thread } from './discussion.ts'

const thread = (id: string, about: Thread['about'], resolved = false): Thread => ({
  id,
  about,
  anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: null },
  reason: '',
  resolved,
})
const decision = (of: string): Decision => ({
  id: `9-of-${of}`,
  thread: of,
  outcome: 'accepted',
  rationale: '',
  adopted: null,
  decidedAt: 0,
})

it('a dispute is open until a decision names it, whatever else is said of it', () => {
  const threads = [thread('a', 'dispute'), thread('b', 'dispute', true), thread('c', 'comment')]
  const open = (...decided: string[]) => openDisputes(threads, decided.map(decision)).map(({ id }) => id)
  expect(open()).toEqual(['a', 'b'])
  expect(open('a', 'a', 'c', 'elsewhere')).toEqual(['b'])
  expect(open('a', 'b')).toEqual([])
})
