/** A difference is told exactly where there is one, and says enough to make one version from the other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Annotation, CERTAINTIES, type Vertex } from '../annotation.ts'
import type { Thread } from '../discussion.ts'
import { KIND_NAMES } from '../kinds/all.ts'
import { firstKeys } from '../vertexKeys.ts'
import { differenceOf, type EntryDifference, type TextPiece, wordsBetween } from './all.ts'

const KEYS = firstKeys(6)
const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.constant(0))
const vertices = fc
  .uniqueArray(fc.constantFrom(...KEYS), { maxLength: 6 })
  .chain((keys) => fc.tuple(...keys.toSorted().map((key) => point.map((at): Vertex => ({ key, at })))))
const text = fc
  .array(fc.constantFrom('spiculated', 'round', 'edge', ' ', ' ', ',', '\n', '😀', 'é', 'naïve', '\ud83d'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
const retired = fc.option(fc.record({ reason: text }))

const annotation: fc.Arbitrary<Annotation> = fc.record({
  id: fc.constant('7-aaaa'),
  kind: fc.constantFrom(...KIND_NAMES),
  label: fc.constantFrom('', 'nodule', 'vessel'),
  certainty: fc.option(fc.constantFrom(...CERTAINTIES)),
  confidence: fc.option(fc.integer({ min: 0, max: 3 })),
  reasoning: text,
  source: fc.record({
    series: fc.constantFrom('one', 'two'),
    frame: fc.nat({ max: 2 }),
    normal: fc.constantFrom([0, 0, 1] as const, [0, 1, 0] as const, [0, 0, 0] as const),
  }),
  vertices,
  retired,
})
const thread: fc.Arbitrary<Thread> = fc.record({
  id: fc.constant('7-bbbb'),
  about: fc.constantFrom('comment', 'dispute'),
  anchor: fc.record({
    series: fc.constant('one'),
    frame: fc.nat({ max: 2 }),
    point,
    annotation: fc.option(fc.constant('7-aaaa')),
  }),
  reason: text,
  resolved: fc.boolean(),
})

/** Often the same, often a little different, sometimes missing. */
function versions<T extends object>(one: fc.Arbitrary<T>): fc.Arbitrary<[T | null, T | null]> {
  const near = one.chain((a) => one.map((b): T => ({ ...a, ...pickOne(b) })))
  return fc.oneof(
    fc.tuple(fc.option(one), fc.option(one)),
    fc.tuple(one, near),
    one.map((a): [T, T] => [a, structuredClone(a)]),
    fc.tuple(one, one).map(([a, b]): [T, T] => [a, { ...a, ...pickOne(b) }]),
  )
}
const pickOne = <T extends object>(from: T): Partial<T> =>
  Object.fromEntries(Object.entries(from).slice(3, 5)) as Partial<T>

const joined = (pieces: readonly TextPiece[], without: TextPiece['op']): string =>
  pieces
    .filter(({ op }) => op !== without)
    .map((piece) => piece.text)
    .join('')

/** What the difference makes of the version before. */
function apply(before: object | null, { entry, change, fields, geometry }: EntryDifference): unknown {
  if (change === 'removed') return null
  const made: Record<string, unknown> = { id: entry, ...before }
  for (const { field, after } of fields) made[field] = after
  const shape = new Map(((made['vertices'] ?? []) as Vertex[]).map((vertex) => [vertex.key, vertex]))
  for (const { key } of geometry?.removed ?? []) shape.delete(key)
  for (const vertex of geometry?.added ?? []) shape.set(vertex.key, vertex)
  for (const { key, after } of geometry?.moved ?? []) shape.set(key, { key, at: after })
  return { ...made, vertices: [...shape.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

/** Null is what a field is that nobody has said. */
const said = (one: object | null): unknown =>
  one && Object.fromEntries(Object.entries({ vertices: [], ...one }).filter(([, value]) => value !== null))

describe('[R3] a difference', () => {
  it.each([
    ['annotations' as const, versions<Annotation | Thread>(annotation)],
    ['threads' as const, versions<Annotation | Thread>(thread)],
  ])('of %s is empty exactly where both are equal, and makes the second of the first', (root, pairs) => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const difference = differenceOf(root, before, after)
        expect(difference === null).toBe(JSON.stringify(before) === JSON.stringify(after))
        if (difference) expect(said(apply(before, difference) as object | null)).toEqual(said(after))
      }),
      { numRuns: 1_000 },
    )
  })

  it('of texts gives both of them back, and what is changed is whole words', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = wordsBetween(before, after)
        expect(joined(pieces, 'added')).toBe(before)
        expect(joined(pieces, 'removed')).toBe(after)
        for (const [n, { op }] of pieces.entries()) expect(op).not.toBe(pieces[n + 1]?.op)
        if (before === after) expect(pieces.every(({ op }) => op === 'same')).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    expect(wordsBetween('a round nodule at the apex', 'a spiculated nodule at the apex')).toEqual([
      { op: 'same', text: 'a ' },
      { op: 'removed', text: 'round' },
      { op: 'added', text: 'spiculated' },
      { op: 'same', text: ' nodule at the apex' },
    ])
    expect(wordsBetween('solid and round', 'partly solid')).toEqual([
      { op: 'added', text: 'partly ' },
      { op: 'same', text: 'solid' },
      { op: 'removed', text: ' and round' },
    ])
  })

  it('of texts that have too much to compare is told as replaced', () => {
    const long = (word: string) => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join(' ')
    expect(wordsBetween(long('a'), long('b')).map(({ op }) => op)).toEqual(['removed', 'added'])
  })

  const square: Annotation = {
    id: '7-aaaa',
    kind: 'polygon',
    label: 'nodule',
    certainty: null,
    confidence: null,
    reasoning: '',
    source: { series: 'one', frame: 0, normal: [0, 0, 1] },
    vertices: [
      { key: 'a0', at: [0, 0, 0] },
      { key: 'a1', at: [10, 0, 0] },
      { key: 'a2', at: [10, 10, 0] },
      { key: 'a3', at: [0, 10, 0] },
    ],
    retired: null,
  }
  const moved = (key: string, at: Vertex['at']) =>
    square.vertices.map((vertex) => (vertex.key === key ? { key, at } : vertex))

  it('of shapes says how far a vertex went, and area and length before and after', () => {
    expect(differenceOf('annotations', square, { ...square, vertices: moved('a2', [13, 14, 0]) })).toEqual({
      root: 'annotations',
      entry: '7-aaaa',
      change: 'changed',
      fields: [],
      geometry: {
        added: [],
        removed: [],
        moved: [{ key: 'a2', before: [10, 10, 0], after: [13, 14, 0], byMm: 5 }],
        // Two triangles: (0,0) (10,0) (13,14) and (0,0) (13,14) (0,10).
        areaMm2: { before: 100, after: 70 + 65 },
        lengthMm: null,
        measures: [
          { name: 'area', unit: 'mm²', before: 100, after: 70 + 65 },
          {
            name: 'perimeter',
            unit: 'mm',
            before: 40,
            after: 20 + Math.sqrt(3 ** 2 + 14 ** 2) + Math.sqrt(13 ** 2 + 4 ** 2),
          },
        ],
      },
    })
    const line = { ...square, kind: 'length' as const, vertices: square.vertices.slice(0, 2) }
    const longer = {
      ...line,
      vertices: [line.vertices[0] as Vertex, { key: 'a1', at: [30, 40, 0] as const }],
    }
    expect(differenceOf('annotations', line, longer)?.geometry).toMatchObject({
      areaMm2: null,
      lengthMm: { before: 10, after: 50 },
    })
  })

  it('[K21] of a shape is told by whatever its kind measures, angles too', () => {
    const [a, b, c] = square.vertices as [Vertex, Vertex, Vertex]
    const corner = { ...square, kind: 'angle' as const, vertices: [a, b, c] }
    const wider = { ...corner, vertices: [a, b, { ...c, at: [20, 10, 0] as const }] }
    expect(differenceOf('annotations', corner, wider)?.geometry).toMatchObject({
      areaMm2: null,
      lengthMm: null,
      measures: [{ name: 'angle', unit: '°', before: 90, after: 135 }],
    })
    expect(differenceOf('annotations', null, corner)?.geometry?.measures).toEqual([
      { name: 'angle', unit: '°', before: null, after: 90 },
    ])
  })

  it('[K21] of an ellipse is told by its axes and what they enclose, not by the line drawn around it', () => {
    const oval = (height: number): Annotation => ({
      ...square,
      kind: 'ellipse',
      vertices: [
        { key: 'a0', at: [0, 0, 0] },
        { key: 'a1', at: [10, 0, 0] },
        { key: 'a2', at: [5, height, 0] },
      ],
    })
    const geometry = differenceOf('annotations', oval(3), oval(4))?.geometry
    expect(geometry?.areaMm2?.before).toBeCloseTo(15 * Math.PI, 9)
    expect(geometry?.areaMm2?.after).toBeCloseTo(20 * Math.PI, 9)
    expect(geometry?.measures.slice(0, 2)).toEqual([
      { name: 'long axis', unit: 'mm', before: 10, after: 10 },
      { name: 'short axis', unit: 'mm', before: 6, after: 8 },
    ])
  })

  it('of a tilted shape measures along its own normal', () => {
    const tilted = (side: number): Annotation => ({
      ...square,
      source: { ...square.source, normal: [0, Math.SQRT1_2, Math.SQRT1_2] },
      vertices: [
        { key: 'a0', at: [0, 0, 0] },
        { key: 'a1', at: [side, 0, 0] },
        { key: 'a2', at: [side, side * Math.SQRT1_2, -side * Math.SQRT1_2] },
        { key: 'a3', at: [0, side * Math.SQRT1_2, -side * Math.SQRT1_2] },
      ],
    })
    const area = differenceOf('annotations', tilted(2), tilted(3))?.geometry?.areaMm2
    expect(area?.before).toBeCloseTo(4, 9)
    expect(area?.after).toBeCloseTo(9, 9)
  })

  it('of a box needs to know how its picture lies, and then measures along it', () => {
    const turned = { row: [Math.SQRT1_2, Math.SQRT1_2, 0], column: [-Math.SQRT1_2, Math.SQRT1_2, 0] } as const
    const box = (height: number): Annotation => ({
      ...square,
      kind: 'box',
      vertices: [
        { key: 'a0', at: [0, 0, 0] },
        { key: 'a1', at: [0, height, 0] },
      ],
    })
    const area = (axes: Parameters<typeof differenceOf>[3]) =>
      differenceOf('annotations', box(2), box(4), axes)?.geometry?.areaMm2
    // Upright in the patient, so on its corner in a picture that is turned by 45°: a square with this diagonal.
    expect(area(() => turned)?.before).toBeCloseTo(2, 9)
    expect(area(() => turned)?.after).toBeCloseTo(8, 9)
    expect(area(() => null)).toBeNull()
    const measures = (axes: Parameters<typeof differenceOf>[3]) =>
      differenceOf('annotations', box(2), box(4), axes)?.geometry?.measures
    expect(measures(() => turned)?.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['width', expect.closeTo(Math.SQRT2, 9), expect.closeTo(2 * Math.SQRT2, 9)],
      ['height', expect.closeTo(Math.SQRT2, 9), expect.closeTo(2 * Math.SQRT2, 9)],
    ])
    expect(measures(() => null)).toEqual([])
    // A picture of another plane is not the one it was drawn on.
    expect(area(() => ({ row: [1, 0, 0], column: [0, 0, 1] }))).toBeNull()
  })

  it('names what happened to the entry as a whole', () => {
    const gone = { ...square, retired: { reason: 'twice' } }
    const change = (before: Annotation | null, after: Annotation | null) =>
      differenceOf('annotations', before, after)?.change
    expect(change(null, square)).toBe('added')
    expect(change(square, gone)).toBe('retired')
    expect(change(gone, square)).toBe('restored')
    expect(change(gone, { ...square, retired: { reason: 'wrong' } })).toBe('changed')
    expect(change(square, null)).toBe('removed')
    expect(differenceOf('annotations', null, null)).toBe(null)
  })
})
