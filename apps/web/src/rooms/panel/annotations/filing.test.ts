import type { Annotation } from '@consilium/crdt-schema/annotation'
import { expect, it } from 'vitest'
import { SOURCE } from '../../../session/testing/story.ts'
import { Filing } from './filing.ts'

const annotation = (id: string, label: string, frame: number, deleted = false): Annotation => ({
  id,
  kind: 'keypoint',
  label,
  certainty: null,
  confidence: null,
  reasoning: '',
  source: { ...SOURCE, frame },
  vertices: [{ key: 'a0V', at: [0, 0, 0] }],
  retired: deleted ? { reason: 'twice' } : null,
})
function filed(...annotations: Annotation[]): Filing {
  const filing = new Filing()
  for (const one of annotations) filing.put(one.id, one)
  return filing
}

it('[W106] annotations are filed by label and slice, the deleted ones apart', () => {
  const filing = filed(
    annotation('d', 'nodule', 9),
    annotation('b', 'nodule', 2),
    annotation('a', 'vessel', 4),
    annotation('c', 'nodule', 2),
    annotation('e', 'nodule', 1, true),
  )
  expect(filing.labels).toEqual(['nodule', 'vessel'])
  expect(filing.ids('nodule')).toEqual(['b', 'c', 'd'])
  expect([filing.alive, filing.count('vessel'), filing.deleted]).toEqual([4, 1, ['e']])
})

it('[W106] what moves nothing in the list is no change of it', () => {
  const filing = filed(annotation('a', 'nodule', 2), annotation('b', 'nodule', 3))
  const before = filing.ids('nodule')
  const moved = { ...annotation('a', 'nodule', 2), vertices: [{ key: 'a0V', at: [5, 5, 0] as const }] }
  expect(filing.put('a', moved)).toBe(false)
  expect(filing.ids('nodule')).toBe(before)
})

it('[W106] another label, a deletion and what is gone are', () => {
  const filing = filed(annotation('a', 'nodule', 2), annotation('b', 'nodule', 3))
  expect(filing.put('a', annotation('a', 'vessel', 2))).toBe(true)
  expect([filing.ids('nodule'), filing.ids('vessel')]).toEqual([['b'], ['a']])
  expect(filing.put('b', annotation('b', 'nodule', 3, true))).toBe(true)
  expect([filing.labels, filing.alive]).toEqual([['vessel'], 1])
  expect(filing.put('b', undefined)).toBe(true)
  expect(filing.deleted).toEqual([])
  expect(filing.put('b', undefined)).toBe(false)
})
