import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { planesOf } from '../panes/series.ts'
import type { SceneAnnotation } from '../stage/scene.ts'
import { Work } from '../stage/work.ts'
import { madeMeta } from '../testing/meta.ts'
import type { Shown } from './meets.ts'
import { Met } from './met.ts'

const meta = madeMeta({ slices: 5 })
const series = { meta, planes: planesOf(meta), base: undefined }
const on = (frame: number): Shown => {
  const plane = series.planes[frame]
  if (!plane) throw new RangeError(`there is no slice ${frame}`)
  return { series, frame, plane }
}
const entry = (
  id: string,
  frame: number,
  colour = '#fff',
  points: Vec3[] = [[0, 0, frame * 3]],
): SceneAnnotation => ({
  annotation: {
    id,
    kind: 'keypoint',
    label: '',
    certainty: null,
    confidence: null,
    reasoning: '',
    source: { series: meta.id, frame, normal: [0, 0, 1] },
    vertices: points.map((at, n) => ({ key: `a${n}V`, at })),
    retired: null,
  } satisfies Annotation,
  colour,
  title: '',
  heldBy: [],
  disputed: false,
})
const ids = (met: ReturnType<Met['on']>): string[] => met.map((one) => one.entry.annotation.id)

describe('[W107] of a scene what the plane in view meets is known from painting to painting', () => {
  const scene = [entry('a', 1), entry('b', 2), entry('c', 1), entry('said', 2, '#fff', [])]

  it('by slice, in their order, and findings without a place', () => {
    const met = new Met()
    expect(ids(met.on(scene, on(1)))).toEqual(['a', 'c'])
    expect(ids(met.on(scene, on(2)))).toEqual(['b', 'said'])
  })
  it('a change on another slice changes nothing', () => {
    const met = new Met()
    const before = met.on(scene, on(1))
    const [a, , c, said] = scene as [SceneAnnotation, SceneAnnotation, SceneAnnotation, SceneAnnotation]
    expect(met.on([a, entry('b', 2, '#f00'), c, said], on(1))).toBe(before)
  })
  it('whatever comes, goes and changes, it is what a first look would find', () => {
    const met = new Met()
    const lists = [
      scene,
      [...scene, entry('d', 1)],
      scene.slice(1),
      [entry('a', 3), ...scene.slice(1)],
      [],
      scene.toReversed(),
    ]
    for (const list of lists)
      for (const frame of [1, 1, 2]) expect(met.on(list, on(frame))).toEqual(new Met().on(list, on(frame)))
  })
})

it('[W107] the colours beside a slice are counted on', () => {
  const work = new Work()
  const lists = [
    [entry('a', 1, 'red'), entry('b', 1, 'blue'), entry('c', 3, 'red')],
    [entry('a', 1, 'red'), entry('b', 1, 'red'), entry('c', 3, 'red')],
    [entry('a', 2, 'red')],
    [],
    [entry('a', 2, 'red'), entry('d', 2, 'green')],
  ]
  for (const list of lists) expect(work.of(list, series)).toEqual(new Work().of(list, series))
  expect(work.of(lists[0] ?? [], series)).toEqual(
    new Map([
      [1, ['blue', 'red']],
      [3, ['red']],
    ]),
  )
})
