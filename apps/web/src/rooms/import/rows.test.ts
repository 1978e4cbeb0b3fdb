import { expect, test } from 'vitest'
import { type FileState, type Sending, tally } from './progress.ts'
import { filtersOf, firstFilter, placeOf, rowsOf } from './rows.ts'

const file = (id: number, state: FileState, inside: FileState[] = []): Sending => ({
  id,
  path: `f${id}`,
  size: 1,
  state,
  sent: 0,
  reason: null,
  inside: inside.map((status, at) => ({ name: `f${id} › ${at}`, status: status as 'stored', reason: null })),
})
const FILES = [
  file(0, 'stored'),
  file(1, 'refused'),
  file(2, 'stored', ['stored', 'held', 'left-out']),
  file(3, 'waiting'),
]
const closed = () => false

test('all files are shown, archives unfolded where they are open', () => {
  expect(rowsOf(FILES, 'all', closed)).toEqual(['0', '1', '2', '3'])
  expect(rowsOf(FILES, 'all', (id) => id === 2)).toEqual(['0', '1', '2', '2.0', '2.1', '2.2', '3'])
  expect(placeOf('2.1')).toEqual({ file: 2, inside: 1 })
  expect(placeOf('3')).toEqual({ file: 3, inside: null })
})

test('filtered, a file in an archive counts as itself and not its archive', () => {
  expect(rowsOf(FILES, 'stored', closed)).toEqual(['0', '2.0'])
  expect(rowsOf(FILES, 'left-out', closed)).toEqual(['2.2'])
  expect(rowsOf(FILES, 'look', closed)).toEqual(['1', '2.1'])
})

test('a filter is offered where it would show something, and says how much', () => {
  expect(filtersOf(tally(FILES))).toEqual([
    { value: 'all', count: 4 },
    { value: 'look', count: 2 },
    { value: 'stored', count: 2 },
    { value: 'held', count: 1 },
    { value: 'left-out', count: 1 },
    { value: 'refused', count: 1 },
  ])
})

test.each([
  [['stored', 'left-out'], 'all'],
  [['stored', 'refused'], 'refused'],
  [['held', 'refused'], 'look'],
] as [FileState[], string][])('at first, with %j, %s is shown', (states, first) => {
  expect(firstFilter(tally(states.map((state, id) => file(id, state))))).toBe(first)
})
