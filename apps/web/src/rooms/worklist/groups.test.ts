import type { Case } from '@consilium/contract/projects'
import { describe, expect, test } from 'vitest'
import { found, grouped, neighbour } from './groups.ts'

const person = (name: string) => ({
  id: name,
  name,
  initials: 'XX',
  login: name,
  admin: false,
  credential: '',
})
const sample = (key: string, more: Partial<Case> = {}): Case => ({
  id: key.toLowerCase(),
  key,
  project: 'p',
  phase: 'panel',
  title: 'CT chest',
  series: 1,
  slices: 60,
  sliceSpacing: 1,
  coverSeries: null,
  openDisputes: 0,
  annotations: 0,
  revisions: 0,
  changedAt: null,
  here: [],
  ...more,
})
const keysOf = (cases: readonly Case[]) => cases.map((one) => one.key)

describe('groups', () => {
  test('where somebody is comes first, then the most disputes, then the key as a number', () => {
    const groups = grouped([
      sample('LN-10'),
      sample('LN-9'),
      sample('LN-3', { openDisputes: 2 }),
      sample('LN-7', { openDisputes: 1, here: [person('Dr A')] }),
      sample('LN-5', { openDisputes: 6 }),
    ])
    expect(groups.map((group) => group.key)).toEqual(['open'])
    expect(keysOf(groups[0]?.cases ?? [])).toEqual(['LN-7', 'LN-5', 'LN-3', 'LN-9', 'LN-10'])
  })
  test('each state has its group, and a group without cases is left out', () => {
    const groups = grouped([
      sample('B', { phase: 'signed' }),
      sample('A', { phase: 'decided' }),
      sample('C', { phase: 'new' }),
    ])
    expect(groups.map((group) => [group.key, keysOf(group.cases)])).toEqual([
      ['open', ['C']],
      ['settled', ['A', 'B']],
    ])
  })
  test('no case, no group', () => {
    expect(grouped([])).toEqual([])
  })
})

describe('search', () => {
  const cases = [
    sample('LN-1', { title: 'CT chest' }),
    sample('LN-2', { title: 'MR brain', here: [person('Dr J. Lindqvist')] }),
    sample('LN-3', { title: 'CT chest', here: [person('Dr Zoë Müller')] }),
  ]
  test('all words must be found, in any field', () => {
    expect(keysOf(found(cases, 'ct chest'))).toEqual(['LN-1', 'LN-3'])
    expect(keysOf(found(cases, 'lindq'))).toEqual(['LN-2'])
    expect(keysOf(found(cases, 'chest muller'))).toEqual(['LN-3'])
    expect(found(cases, 'brain chest')).toEqual([])
  })
  test('nothing typed finds all', () => {
    expect(found(cases, '  ')).toHaveLength(3)
  })
})

describe('walking the rows', () => {
  const ids = ['a', 'b', 'c']
  test('by one, and not past the ends', () => {
    expect(neighbour(ids, 'a', 1)).toBe('b')
    expect(neighbour(ids, 'c', 1)).toBe('c')
    expect(neighbour(ids, 'a', -1)).toBe('a')
  })
  test('begins at the first', () => {
    expect(neighbour(ids, null, 1)).toBe('a')
    expect(neighbour(ids, 'gone', -1)).toBe('a')
    expect(neighbour([], null, 1)).toBe(null)
  })
})
