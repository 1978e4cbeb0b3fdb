/** Two people, one polygon, the same moment: what each of them may rely on. */
import { annotate, insertVertex, moveVertices, removeVertex } from '@consilium/crdt-schema/acts'
import type { AnnotationDraft, Vertex } from '@consilium/crdt-schema/annotation'
import { readEntry } from '@consilium/crdt-schema/changes'
import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'

const draft: AnnotationDraft = {
  kind: 'polygon',
  label: 'nodule',
  source: { series: 'ser1', frame: 0, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [10, 0, 0],
    [10, 10, 0],
    [0, 10, 0],
  ],
}

let ann: Y.Doc
let ben: Y.Doc
let id: string

/** Both get what the other did meanwhile; then they must agree on the vertices, which are returned. */
function meet(): readonly Vertex[] {
  const [a, b] = [Y.encodeStateAsUpdate(ann), Y.encodeStateAsUpdate(ben)]
  Y.applyUpdate(ben, a)
  Y.applyUpdate(ann, b)
  const read = (doc: Y.Doc) => readEntry(doc, 'annotations', id)?.vertices ?? []
  expect(read(ann)).toEqual(read(ben))
  return read(ann)
}

beforeEach(() => {
  ann = new Y.Doc()
  ben = new Y.Doc()
  id = annotate(ann, draft)
  meet()
})

it('[C2] different vertices moved at once: both moves are there', () => {
  moveVertices(ann, id, [{ key: 'a0', at: [-3, -3, 0] }])
  moveVertices(ben, id, [{ key: 'a2', at: [14, 14, 0] }])
  expect(meet().map((v) => v.at)).toEqual([
    [-3, -3, 0],
    [10, 0, 0],
    [14, 14, 0],
    [0, 10, 0],
  ])
})

it('[C2] the same vertex moved at once: one vertex, at one of the two places', () => {
  moveVertices(ann, id, [{ key: 'a0', at: [-3, -3, 0] }])
  moveVertices(ben, id, [{ key: 'a0', at: [-7, -7, 0] }])
  const merged = meet()
  expect(merged).toHaveLength(4)
  expect([
    [-3, -3, 0],
    [-7, -7, 0],
  ]).toContainEqual(merged[0]?.at)
})

it('[C3] a vertex inserted at the same spot at once: both are there, side by side, and more fit between', () => {
  const first = insertVertex(ann, id, 'a0', [4, -2, 0])
  const second = insertVertex(ben, id, 'a0', [6, -2, 0])
  const keys = meet().map((v) => v.key)
  expect(keys).toHaveLength(6)
  expect(new Set(keys.slice(1, 3))).toEqual(new Set([first, second]))
  const between = insertVertex(ann, id, keys[1] ?? null, [5, -4, 0])
  expect(
    meet()
      .map((v) => v.key)
      .indexOf(between),
  ).toBe(2)
})

it('a vertex moved by one while the other removes it stays, moved', () => {
  removeVertex(ann, id, 'a1')
  moveVertices(ben, id, [{ key: 'a1', at: [12, -1, 0] }])
  expect(meet().find((v) => v.key === 'a1')?.at).toEqual([12, -1, 0])
})

it('a whole shape moved by one while the other moves a corner: the shape moves, the corner is where one of them put it', () => {
  const shifted = draft.points.map(([x, y, z], i) => ({ key: `a${i}`, at: [x + 100, y, z] as const }))
  moveVertices(ann, id, shifted)
  moveVertices(ben, id, [{ key: 'a3', at: [-9, 19, 0] }])
  const merged = meet()
  expect(merged.slice(0, 3).map((v) => v.at)).toEqual(shifted.slice(0, 3).map((v) => v.at))
  expect([
    [-9, 19, 0],
    [100, 10, 0],
  ]).toContainEqual(merged[3]?.at)
})
