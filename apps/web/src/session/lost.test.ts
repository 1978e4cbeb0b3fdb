import { annotate, moveToArchive, paint, turn } from '@consilium/crdt-schema/acts'
import { archiveOf } from '@consilium/crdt-schema/painting/archive'
import type { Grid } from '@consilium/geometry/raster/grid'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { describeLost } from './lost.ts'
import { touchedPaths } from './touched.ts'

const source = { series: 's1', frame: 1, normal: [0, 0, 1] } as const
const entry = (doc: Y.Doc, key: string, fields: Record<string, unknown>): Y.Map<unknown> => {
  const map = new Y.Map<unknown>(Object.entries(fields))
  doc.getMap('annotations').set(key, map)
  return map
}
const annotation = (doc: Y.Doc, key: string): Y.Map<unknown> =>
  doc.getMap('annotations').get(key) as Y.Map<unknown>
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const corners = (keys: readonly string[]): Y.Map<unknown> => new Y.Map(keys.map((key) => [key, [0, 0, 0]]))

describe('what a refusal took', () => {
  it('[W13] is what was made here as a whole, and of other entries the fields changed here, not what others changed meanwhile', () => {
    const server = new Y.Doc()
    entry(server, '1-theirs00', { label: 'nodule', certainty: 'present' })
    entry(server, '1-moved000', { label: 'nodule' })
    const mine = copyOf(server)
    annotation(mine, '1-theirs00').set('label', 'cyst')
    entry(mine, '2-mine0000', { label: 'nodule' })
    annotation(server, '1-moved000').set('label', 'changed by somebody meanwhile')
    annotation(server, '1-theirs00').set('certainty', 'absent')
    const lost = describeLost(mine, server, ['annotations/1-theirs00/label', 'annotations/2-mine0000'])
    expect(lost.map(({ entry: key, made, fields }) => [key, made, fields])).toEqual([
      ['1-theirs00', false, [{ field: 'label', mine: 'cyst' }]],
      ['2-mine0000', true, [{ field: 'label', mine: 'nodule' }]],
    ])
    expect(describeLost(mine, server, null)).toHaveLength(3)
  })

  it('names of many vertices those moved, added and removed here', () => {
    const server = new Y.Doc()
    entry(server, '1-shape000', { vertices: corners(['a0', 'a1', 'a2', 'a3']) })
    const mine = copyOf(server)
    const vertices = annotation(mine, '1-shape000').get('vertices') as Y.Map<unknown>
    vertices.set('a0', [1, 1, 1])
    vertices.delete('a1')
    vertices.set('a4', [2, 2, 2])
    ;(annotation(server, '1-shape000').get('vertices') as Y.Map<unknown>).set('a3', [9, 9, 9])
    const touched = ['a0', 'a1', 'a4'].map((key) => `annotations/1-shape000/vertices/${key}`)
    expect(describeLost(mine, server, touched)[0]?.fields).toEqual([
      { field: 'vertices', mine: { a0: [1, 1, 1], a1: null, a4: [2, 2, 2] } },
    ])
  })

  it('is all that was touched where the record cannot be had', () => {
    const mine = new Y.Doc()
    entry(mine, '1-theirs00', { label: 'cyst', certainty: 'present' })
    entry(mine, '2-mine0000', { label: 'nodule' })
    const lost = describeLost(mine, null, ['annotations/1-theirs00/label', 'annotations/2-mine0000'])
    expect(lost.map(({ entry: key, made, fields }) => [key, made, fields.length])).toEqual([
      ['1-theirs00', false, 1],
      ['2-mine0000', true, 1],
    ])
  })

  it('does not mistake the order of keys for a difference', () => {
    const a = new Y.Doc()
    entry(a, '1-x0000000', { p: 1, q: { r: 1, s: 2 } })
    const b = new Y.Doc()
    entry(b, '1-x0000000', { q: { s: 2, r: 1 }, p: 1 })
    expect(describeLost(a, b, null)).toEqual([])
  })
})

describe('the places a change touched', () => {
  it('are told exactly, however deep', () => {
    const doc = new Y.Doc()
    const made = entry(doc, '1-deep0000', { vertices: corners(['a0']), reasoning: new Y.Text('x') })
    const touched: string[][] = []
    doc.on('afterTransaction', (tr: Y.Transaction) => touched.push([...touchedPaths(tr)]))
    ;(made.get('vertices') as Y.Map<unknown>).set('a0', [1, 1, 1])
    ;(made.get('reasoning') as Y.Text).insert(0, 'y')
    made.set('label', 'z')
    entry(doc, '1-new00000', { vertices: corners(['a0']) })
    expect(touched).toEqual([
      ['annotations/1-deep0000/vertices/a0'],
      ['annotations/1-deep0000/reasoning'],
      ['annotations/1-deep0000/label'],
      ['annotations/1-new00000'],
    ])
  })
})

describe('painting that was not taken', () => {
  const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
  const shape = { shape: 'runs', rows: Int32Array.of(1, 5, 5, 15) } as const
  const put = (doc: Y.Doc, segment: string) => paint(doc, grid, [{ segment, value: 1, shape }])
  const told = (...asked: Parameters<typeof describeLost>) =>
    describeLost(...asked).map(({ entry: key, made, fields }) => [
      key,
      made,
      fields.flatMap(({ field, mine }) => (field === 'voxels' ? [mine] : [])),
    ])

  it('[W13] [M107] is told by segment, one’s own of it, and not what the record has or has in an archive', () => {
    const server = new Y.Doc()
    server.clientID = 1
    const segment = annotate(server, { kind: 'segment', label: '', source, points: [] })
    put(server, segment)
    const mine = copyOf(server)
    mine.clientID = 2
    const own = annotate(mine, { kind: 'segment', label: '', source, points: [] })
    const paths = new Set<string>()
    mine.on('afterTransaction', (done) => {
      for (const path of touchedPaths(done)) paths.add(path)
    })
    const first = put(mine, segment)
    put(mine, own)
    turn(mine, 'withdraw', 'author', [{ target: first, count: 1 }])
    const expected = [
      [own, true, [1]],
      [segment, false, [2]],
    ]
    expect(told(mine, server, null, [2])).toEqual(expected)
    expect(told(mine, null, [...paths, `annotations/${own}`], [2])).toEqual(expected)
    expect(told(mine, server, [], [2])).toEqual([])
    expect(told(mine, server, null, [3])).toEqual([[own, true, []]])

    Y.applyUpdate(server, Y.encodeStateAsUpdate(mine))
    const archive = archiveOf(server, 1)
    if (archive) moveToArchive(server, 'a'.repeat(64), archive.note)
    expect(told(mine, copyOf(server), null, [2])).toEqual([])
  })
})
