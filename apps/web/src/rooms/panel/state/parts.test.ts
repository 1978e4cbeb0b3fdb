import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { SceneAnnotation } from '@consilium/viewer/scene'
import { expect, it } from 'vitest'
import { SOURCE } from '../../../session/testing/story.ts'
import { type MakePart, Parts } from './parts.ts'

const annotation = (id: string, label = 'nodule'): Annotation => ({
  id,
  kind: 'keypoint',
  label,
  certainty: null,
  confidence: null,
  reasoning: '',
  source: SOURCE,
  vertices: [{ key: 'a0V', at: [0, 0, 0] }],
  retired: null,
})
const make =
  (heldBy: readonly string[] = [], hidden = ''): MakePart =>
  (one): SceneAnnotation | null =>
    one.id === hidden
      ? null
      : { annotation: one, colour: '#fff', title: one.label, heldBy: [...heldBy], disputed: false }
const [A, B, C] = [annotation('a'), annotation('b'), annotation('c')]
function parts(...annotations: Annotation[]): Parts {
  const made = new Parts()
  for (const one of annotations) made.put(one.id, one, make())
  return made
}
const ids = (of: Parts): string[] => of.list().map((part) => part.annotation.id)

it('[W106] what is the same stays the same object, and the list too where nothing is another', () => {
  const of = parts(A, B)
  const [before, [first, second]] = [of.list(), of.list()]
  of.put('a', A, make())
  expect(of.list()).toBe(before)
  of.put('b', annotation('b', 'vessel'), make())
  expect(of.list()[0]).toBe(first)
  expect(of.list()[1]).not.toBe(second)
})

it('[W106] whoever takes hold of one changes that one', () => {
  const of = parts(A, B)
  of.put('b', B, make(['#f00']))
  expect(of.list().map(({ heldBy }) => heldBy)).toEqual([[], ['#f00']])
})

it('[W106] what was hidden comes back in its place; what is gone does not', () => {
  const of = parts(A, B, C)
  of.put('b', B, make([], 'b'))
  expect(ids(of)).toEqual(['a', 'c'])
  of.put('b', B, make())
  expect(ids(of)).toEqual(['a', 'b', 'c'])
  of.put('a', undefined, make())
  expect(ids(of)).toEqual(['b', 'c'])
})
