import { ACTS } from '@consilium/contract/revisions'
import { expect, it } from 'vitest'
import { Chronicle } from '../../../session/film/chronicle.ts'
import { timelineOf, writer } from '../../../session/testing/story.ts'
import { actOf, type Matches, nextAct, nextRow, previousAct, previousRow } from './steps.ts'

const a = writer('okafor')
const b = writer('lindqvist')
const NODULE = { root: 'annotations', entry: '1-aaaa' } as const
const OTHER = { root: 'annotations', entry: '1-bbbb' } as const

/** 1 joining; 2 and 4 one act of a, 3 and 5 one of b between them; 6 of a, later. */
const rows = new Chronicle()
rows.add(
  timelineOf(0, 6, [
    { at: 0, by: a, act: ACTS.lease },
    { at: 1_000, by: a, touched: [NODULE] },
    { at: 1_100, by: b, touched: [OTHER] },
    { at: 1_200, by: a, touched: [NODULE] },
    { at: 1_300, by: b, touched: [OTHER] },
    { at: 60_000, by: a, touched: [OTHER] },
  ]),
)
const edits: Matches = (row) => row.act === ACTS.edit
const ofOther: Matches = (row) =>
  row.touched.includes(OTHER) || row.touched.some(({ entry }) => entry === OTHER.entry)

function walk(from: number, next: (seq: number) => number | null): number[] {
  const seen: number[] = []
  for (let seq = next(from); seq !== null; seq = next(seq)) seen.push(seq)
  return seen
}

it('[W72] a step goes from act to act, both ways, past what the filter leaves out', () => {
  expect(walk(0, (seq) => nextAct(rows, seq, edits))).toEqual([4, 5, 6])
  expect(walk(6, (seq) => previousAct(rows, seq, edits))).toEqual([5, 4, 3, 2])
  expect(walk(0, (seq) => nextAct(rows, seq, ofOther))).toEqual([5, 6])
  expect(walk(6, (seq) => previousAct(rows, seq, ofOther))).toEqual([5])
})

it('or from revision to revision', () => {
  expect(walk(0, (seq) => nextRow(rows, seq, edits))).toEqual([2, 3, 4, 5, 6])
  expect(walk(6, (seq) => previousRow(rows, seq, edits))).toEqual([5, 4, 3, 2])
})

it('the act of a revision has all its rows', () => {
  expect(actOf(rows, 2, edits)?.rows.map(({ seq }) => seq)).toEqual([2, 4])
  expect(actOf(rows, 1, edits)).toBeNull()
})
