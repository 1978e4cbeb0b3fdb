/**
 * One suite for every kind: its good fixture is accepted, measured, written and read back; what must be refused is refused with
 * its own sentence. A kind without a fixture fails here; so does a fixture nobody's kind asks for.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Plane } from '@consilium/geometry/plane'
import { boundsOf } from '@consilium/geometry/polygon'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { annotate } from '../acts/annotate.ts'
import { retire } from '../acts/retract.ts'
import { insertVertex, moveVertices } from '../acts/revise.ts'
import type { AnnotationDraft } from '../annotation.ts'
import { readRoots } from '../changes.ts'
import { isKindName, KIND_NAMES, KINDS, kindOf } from './all.ts'
import type { Measure } from './kind.ts'

interface Fixture {
  draft: AnnotationDraft
  plane: Plane
  measures: Measure[]
}
interface Refused {
  kind: string
  points: Vec3[]
  normal: Vec3
  why: string
}

const folder = new URL('../../fixtures/', import.meta.url)
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json'))
const refused = readdirSync(new URL('refused/', folder))
const read = <Shape>(name: string): Shape => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** What another person's page holds after all bytes have arrived. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('the list of kinds', () => {
  it('has each name once, and finds each by its name', () => {
    expect(new Set(KIND_NAMES).size).toBe(KINDS.length)
    for (const kind of KINDS) expect(kindOf(kind.name)).toBe(kind)
  })

  it('knows no other names, not even those every object has', () => {
    for (const name of ['circle', 'Box', '', 'constructor', 'toString']) expect(isKindName(name)).toBe(false)
  })

  it('has fixtures only of its kinds', () => {
    for (const name of fixtures) expect(KIND_NAMES).toContain(name.split('.')[0])
  })
})

describe.each(KIND_NAMES)('kind %s', (name) => {
  const kind = kindOf(name)

  it('[K1] has a good fixture and one that is refused', () => {
    expect(fixtures).toContain(`${name}.v1.json`)
    expect(refused.filter((file) => file.startsWith(`${name}-`))).not.toEqual([])
  })

  const { draft, plane, measures } = read<Fixture>(`${name}.v1.json`)

  it('accepts its good fixture', () => {
    expect(draft.kind).toBe(name)
    expect(kind.fault(draft.points, draft.source.normal)).toBeNull()
  })

  it('says what its good fixture measures', () => {
    const found = kind.measures(draft.points, plane)
    expect(found.map(({ name, unit }) => ({ name, unit }))).toEqual(
      measures.map(({ name, unit }) => ({ name, unit })),
    )
    for (const [i, { value }] of found.entries())
      expect(value).toBeCloseTo(measures[i]?.value ?? Number.NaN, 3)
  })

  it('draws lines that reach around its points', () => {
    const drawn = boundsOf(kind.contours(draft.points, plane).flatMap((contour) => contour.points))
    for (const point of draft.points)
      for (const [axis, n] of point.entries()) {
        expect(n).toBeGreaterThanOrEqual((drawn?.min[axis] ?? Number.NaN) - 1e-6)
        expect(n).toBeLessThanOrEqual((drawn?.max[axis] ?? Number.NaN) + 1e-6)
      }
  })

  it('can be drawn and measured with any number of points, as a merge may leave it', () => {
    for (let count = 0; count <= 4; count++) {
      const points = Array.from({ length: count }, (_, i): Vec3 => [i, i * i, 0])
      for (const { points: line } of kind.contours(points, plane))
        for (const point of line) expect(point.every(Number.isFinite)).toBe(true)
      for (const { value } of kind.measures(points, plane)) expect(value).toBeGreaterThanOrEqual(0)
    }
  })

  it('refuses too few and too many points', () => {
    const points = (count: number) =>
      Array.from({ length: count }, (_, i): Vec3 => [20 * Math.cos(i), 20 * Math.sin(i), 0])
    if (kind.vertices.min > 0) expect(kind.fault(points(kind.vertices.min - 1), [0, 0, 1])).not.toBeNull()
    expect(kind.fault(points(kind.vertices.max + 1), [0, 0, 1])).not.toBeNull()
  })

  it('is written by one act and read by somebody else as it was meant', () => {
    const doc = new Y.Doc()
    let transactions = 0
    doc.on('update', () => transactions++)
    const id = annotate(doc, draft)
    expect(transactions).toBe(1)
    const { annotations, unreadable } = readRoots(copyOf(doc))
    expect(unreadable).toEqual([])
    expect(annotations.get(id)).toEqual({
      id,
      kind: name,
      label: draft.label,
      certainty: draft.certainty ?? null,
      confidence: draft.confidence ?? null,
      reasoning: draft.reasoning ?? '',
      source: draft.source,
      vertices: draft.points.map((at) => ({ key: expect.any(String), at })),
      retired: null,
      ...(draft.name === undefined ? {} : { name: draft.name }),
      ...(draft.colour === undefined ? {} : { colour: draft.colour }),
    })
  })

  it('survives being moved and retired', () => {
    const doc = new Y.Doc()
    const id = annotate(doc, draft)
    const before = readRoots(doc).annotations.get(id)?.vertices ?? []
    const [dx, dy, dz] = plane.row
    const moved = before.map(({ key, at }) => ({ key, at: [at[0] + dx, at[1] + dy, at[2] + dz] as const }))
    moveVertices(doc, id, moved)
    retire(doc, id, 'seen twice')
    const after = readRoots(copyOf(doc)).annotations.get(id)
    expect(after?.vertices).toEqual(moved)
    expect(after?.retired).toEqual({ reason: 'seen twice' })
  })

  it('takes a further vertex exactly while it may have more', () => {
    const doc = new Y.Doc()
    const id = annotate(doc, draft)
    const last = readRoots(doc).annotations.get(id)?.vertices.at(-1)
    const [x, y, z] = last?.at ?? plane.origin
    const insert = () =>
      insertVertex(doc, id, last?.key ?? null, [
        x + plane.column[0],
        y + plane.column[1],
        z + plane.column[2],
      ])
    if (draft.points.length < kind.vertices.max) {
      insert()
      expect(readRoots(doc).annotations.get(id)?.vertices).toHaveLength(draft.points.length + 1)
    } else {
      expect(insert).toThrow(/exactly|at most/)
    }
  })
})

describe('[K2] what is refused', () => {
  it.each(refused)('%s', (file) => {
    const { kind, points, normal, why } = read<Refused>(`refused/${file}`)
    if (!isKindName(kind)) throw new Error(`${file} names no kind`)
    expect(kindOf(kind).fault(points, normal)).toBe(why)

    const doc = new Y.Doc()
    const before = Y.encodeStateAsUpdate(doc)
    const draft: AnnotationDraft = { kind, label: '', source: { series: 'abcd', frame: 0, normal }, points }
    expect(() => annotate(doc, draft)).toThrow(why)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })
})
