import type { Blame, Credit } from '@consilium/contract/history'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { describe, expect, it } from 'vitest'
import { SOURCE, writer } from '../../../session/testing/story.ts'
import { creditLines, vertexNear } from './credits.ts'

const author: Credit = { seq: 3, at: 1_000, writer: writer('okafor') }
const adjudicator: Credit = { seq: 9, at: 2_000, writer: writer('vasquez', 'adjudicator') }

const SQUARE: Annotation = {
  id: '1-aaaa',
  kind: 'polygon',
  label: 'nodule',
  certainty: 'absent',
  confidence: null,
  reasoning: 'Round, smooth margin.',
  source: SOURCE,
  vertices: [
    { key: 'a0V', at: [0, 0, 0] },
    { key: 'a1V', at: [10, 0, 0] },
    { key: 'a2V', at: [10, 10, 0] },
  ],
  retired: null,
}
const BLAME: Blame = {
  fields: { label: author, certainty: adjudicator, confidence: author, retired: author, kind: author },
  vertices: { a0V: author, a1V: adjudicator, a2V: author },
  texts: {
    reasoning: [
      { ...author, length: 7 },
      { ...adjudicator, length: 7 },
      { ...author, length: 7 },
    ],
  },
}

describe('[W74] who made what of an annotation', () => {
  it('is told by vertices of one revision, by field, and by stretch of the text', () => {
    expect(
      creditLines(BLAME, SQUARE).map(({ title, credit }) => `${title.replace('\u00a0', ' ')}: ${credit.seq}`),
    ).toEqual([
      '2 vertices: 3',
      '1 vertex: 9',
      'Label: 3',
      'Certainty: 9',
      '“Round,”: 3',
      '“smooth”: 9',
      '“margin.”: 3',
    ])
  })
  it('a shape by one hand is one line, and what was never said is nobody’s', () => {
    const own = { ...BLAME, vertices: { a0V: author, a1V: author, a2V: author }, texts: {} }
    expect(creditLines(own, { ...SQUARE, label: '', certainty: null }).map(({ title }) => title)).toEqual([
      'Shape',
    ])
  })
})

it('the vertex pointed at is the nearest within reach', () => {
  const other: Annotation = { ...SQUARE, id: '1-bbbb', vertices: [{ key: 'a0V', at: [11, 0, 0] }] }
  expect(vertexNear([SQUARE, other], [10.4, 0, 0], 2)).toEqual({ annotation: '1-aaaa', key: 'a1V', place: 2 })
  expect(vertexNear([SQUARE, other], [10.6, 0, 0], 2)).toEqual({ annotation: '1-bbbb', key: 'a0V', place: 1 })
  expect(vertexNear([SQUARE, other], [5, 5, 0], 2)).toBeNull()
})
