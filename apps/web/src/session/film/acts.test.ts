import { ACTS } from '@consilium/contract/revisions'
import { describe, expect, it } from 'vitest'
import { writer } from '../testing/story.ts'
import { actAt, actsOf } from './acts.ts'
import type { Row } from './chronicle.ts'

const a = writer('okafor')
const b = writer('lindqvist')
const NODULE = { root: 'annotations', entry: '1-aaaa' } as const
const OTHER = { root: 'annotations', entry: '1-bbbb' } as const

/** Rows from short notes: who, when in seconds, on what. */
function rows(...notes: [typeof a, number, (typeof NODULE | typeof OTHER)[], number?][]): Row[] {
  return notes.map(([by, seconds, touched, act = ACTS.edit], n) => ({
    seq: n + 1,
    at: seconds * 1000,
    writer: by,
    act,
    touched,
  }))
}
const told = (list: Row[]): number[][] => actsOf(list).map((act) => act.rows.map(({ seq }) => seq))

describe('[W71] what somebody did to one thing without a pause is one act', () => {
  it('whatever others did meanwhile', () => {
    expect(told(rows([a, 0, [NODULE]], [b, 1, [OTHER]], [a, 2, [NODULE]], [b, 3, [OTHER]]))).toEqual([
      [1, 3],
      [2, 4],
    ])
  })
  it('a pause of more than five seconds begins another', () => {
    expect(told(rows([a, 0, [NODULE]], [a, 5, [NODULE]], [a, 10.1, [NODULE]]))).toEqual([[1, 2], [3]])
  })
  it('going to something else and back are three', () => {
    expect(told(rows([a, 0, [NODULE]], [a, 1, [OTHER]], [a, 2, [NODULE]]))).toEqual([[1], [2], [3]])
  })
  it('two people on one thing are two', () => {
    expect(told(rows([a, 0, [NODULE]], [b, 0.5, [NODULE]], [a, 1, [NODULE]]))).toEqual([[2], [1, 3]])
  })
  it('joining, roles and phases stand alone', () => {
    expect(told(rows([a, 0, [], ACTS.lease], [a, 1, [], ACTS.lease], [a, 1, [NODULE]]))).toEqual([
      [1],
      [2],
      [3],
    ])
  })
  it('nobody is busy with one act for longer than a minute', () => {
    const long = rows(
      ...Array.from({ length: 40 }, (_, n): [typeof a, number, [typeof NODULE]] => [a, n * 2, [NODULE]]),
    )
    expect(told(long).map((act) => act.length)).toEqual([31, 9])
  })
})

it('the act of a row is found, also where acts overlap', () => {
  const acts = actsOf(
    rows([a, 0, [NODULE]], [b, 1, [OTHER]], [a, 2, [NODULE]], [b, 3, [OTHER]], [a, 30, [NODULE]]),
  )
  expect([1, 2, 3, 4, 5].map((seq) => actAt(acts, seq)?.first)).toEqual([1, 2, 1, 2, 5])
  expect(actAt(acts, 6)).toBeNull()
})
