import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { SceneAnnotation } from '@consilium/viewer/scene'
import { describe, expect, it } from 'vitest'
import { SOURCE } from '../../../session/testing/story.ts'
import { onionSkin, type SkinParts } from './skin.ts'

const box = (id: string, x = 0, more: Partial<Annotation> = {}): Annotation => ({
  id,
  kind: 'keypoint',
  label: 'nodule',
  certainty: null,
  confidence: null,
  reasoning: '',
  source: SOURCE,
  vertices: [{ key: 'a0V', at: [x, 0, 0] }],
  retired: null,
  ...more,
})
const shown = (annotation: Annotation): SceneAnnotation => ({
  annotation,
  colour: '#fff',
  title: '',
  heldBy: [],
  disputed: false,
})
const skin = (before: Annotation[], now: Annotation[], rest: Partial<SkinParts> = {}) => {
  const { drafts, annotations } = onionSkin({
    before,
    now: now.map(shown),
    frame: SOURCE.frame,
    mix: 0.5,
    colourOf: () => '#fff',
    ...rest,
  })
  return {
    first: drafts.map(({ id, opacity }) => [id, opacity]),
    second: annotations.map(({ annotation, opacity }) => [annotation.id, opacity ?? 1]),
  }
}

describe('[W102] the onion skin', () => {
  const before = [box('same'), box('moved', 1), box('gone')]
  const now = [
    box('same', 0, { reasoning: 'round' }),
    box('moved', 2),
    box('come'),
    box('elsewhere', 3, { source: { ...SOURCE, frame: SOURCE.frame + 1 } }),
  ]

  it('shows of moment 1 what differs, and in the middle both in full', () => {
    expect(skin(before, now)).toEqual({
      first: [
        ['1 moved', 1],
        ['1 gone', 1],
      ],
      second: [
        ['same', 1],
        ['moved', 1],
        ['come', 1],
        ['elsewhere', 1],
      ],
    })
  })
  it('at its ends shows one of them alone, and what is the same in both', () => {
    expect(skin(before, now, { mix: 1 }).first).toEqual([])
    expect(skin(before, now, { mix: 0 }).second).toEqual([
      ['same', 1],
      ['elsewhere', 1],
    ])
  })
  it('in between fades the other one', () => {
    expect(skin(before, now, { mix: 0.75 }).first).toContainEqual(['1 moved', 0.5])
    expect(skin(before, now, { mix: 0.25 }).second).toContainEqual(['come', 0.5])
  })
  it('a label that was changed is another colour', () => {
    expect(skin([box('same')], [box('same', 0, { label: 'vessel' })]).first).toEqual([['1 same', 1]])
  })
})
