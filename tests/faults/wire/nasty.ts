/**
 * Values, names and shapes that the record must never hold, each put into an annotation or a comment that is otherwise without a fault.
 * Written block by block: no Yjs would send most of them.
 */
import * as encoding from 'lib0/encoding'
import { TEXT_LIMITS } from '../../../packages/crdt-schema/src/discussion.ts'
import { type Block, type Content, content, type Id } from './forge.ts'

const { any, type } = content

/** Blocks of an entry: the map, its fields, and what is inside `reasoning` and `vertices`. */
export interface Draft {
  readonly root: string
  readonly sub: string
  readonly fields: Readonly<Record<string, Content>>
  readonly vertices?: readonly (readonly [key: string, value: Content])[]
  readonly letters?: readonly Content[]
}

export const annotation = (sub: string): Draft => ({
  root: 'annotations',
  sub,
  fields: {
    kind: any('keypoint'),
    label: any('solid-nodule'),
    certainty: any(null),
    confidence: any(null),
    reasoning: type('text'),
    source: any({ series: 'series0000000001', frame: 1, normal: [0, 0, 1] }),
    vertices: type('map'),
    retired: any(null),
  },
  vertices: [['a0', any([1, 2, 3])]],
  letters: [content.string('round')],
})

const commentOf = (sub: string, thread: string): Draft => ({
  root: 'comments',
  sub,
  fields: { thread: any(thread), text: any('an honest word'), writtenAt: any(1_700_000_000_000) },
})

export function blocksOf(
  { root, sub, fields, vertices = [], letters = [] }: Draft,
  [client, clock]: Id,
): Block[] {
  const entry: Id = [client, clock]
  const names = Object.keys(fields)
  const inside = (field: string): Id => [client, clock + 1 + names.indexOf(field)]
  return [
    { parent: root, sub, content: type('map') },
    ...names.map((name) => ({ parent: entry, sub: name, content: fields[name] as Content })),
    ...letters.map((letter) => ({ parent: inside('reasoning'), content: letter })),
    ...vertices.map(([key, value]) => ({ parent: inside('vertices'), sub: key, content: value })),
  ]
}

/** An object with exactly these keys, also those that an object literal would not keep. */
const object = (...entries: readonly (readonly [string, unknown])[]): Content =>
  content.rawAny((out) => {
    encoding.writeUint8(out, 118)
    encoding.writeVarUint(out, entries.length)
    for (const [key, value] of entries) {
      encoding.writeVarString(out, key)
      encoding.writeAny(out, value as never)
    }
  })

/** Arrays (or objects) inside one another. */
const nested = (depth: number, how: 'arrays' | 'objects'): Content =>
  content.rawAny((out) => {
    for (let n = 0; n < depth; n++) {
      encoding.writeUint8(out, how === 'arrays' ? 117 : 118)
      encoding.writeVarUint(out, 1)
      if (how === 'objects') encoding.writeVarString(out, 'x')
    }
    encoding.writeAny(out, 1)
  })

const bytes = (...values: number[]): Content => content.rawString(Uint8Array.from(values))
const BIDI = '\u202e'

export interface Nasty {
  readonly name: string
  /** From the id `at` on; the entry is called `<client>-<suffix>`. */
  readonly blocks: (at: Id, suffix: string, thread: string) => Block[]
}

const field = (of: string, name: string, value: Content): Nasty => ({
  name: `${of}: ${name}`,
  blocks: (at, suffix) => {
    const draft = annotation(`${at[0]}-${suffix}`)
    return blocksOf({ ...draft, fields: { ...draft.fields, [of]: value } }, at)
  },
})
const inComment = (of: string, name: string, value: Content): Nasty => ({
  name: `comment ${of}: ${name}`,
  blocks: (at, suffix, thread) => {
    const draft = commentOf(`${at[0]}-${suffix}`, thread)
    return blocksOf({ ...draft, fields: { ...draft.fields, [of]: value } }, at)
  },
})
const letter = (name: string, value: Content): Nasty => ({
  name: `reasoning: ${name}`,
  blocks: (at, suffix) => blocksOf({ ...annotation(`${at[0]}-${suffix}`), letters: [value] }, at),
})
const vertex = (name: string, key: string, value: Content): Nasty => ({
  name: `vertices: ${name}`,
  blocks: (at, suffix) => blocksOf({ ...annotation(`${at[0]}-${suffix}`), vertices: [[key, value]] }, at),
})
const missing = (of: string): Nasty => ({
  name: `${of}: missing`,
  blocks: (at, suffix) => {
    const draft = annotation(`${at[0]}-${suffix}`)
    const { [of]: _, ...fields } = draft.fields
    return blocksOf(
      {
        ...draft,
        fields,
        ...(of === 'vertices' ? { vertices: [] } : {}),
        ...(of === 'reasoning' ? { letters: [] } : {}),
      },
      at,
    )
  },
})
const sub = (name: string, key: string): Nasty => ({
  name: `entry called ${name}`,
  blocks: (at) => blocksOf(annotation(key.replace('OWN', String(at[0]))), at),
})
/** Behind an annotation that is fine. */
const beside = (name: string, more: (entry: Id, next: Id) => Block[]): Nasty => ({
  name,
  blocks: (at, suffix) => {
    const blocks = blocksOf(annotation(`${at[0]}-${suffix}`), at)
    const letters = 'round'.length - 1
    return [...blocks, ...more(at, [at[0], at[1] + blocks.length + letters])]
  },
})

/** Shared types inside one another, each the only thing in the one before. */
const towers = (depth: number): Nasty =>
  beside(`${depth} shared maps inside one another`, (entry, next) =>
    Array.from({ length: depth }, (_, n) => ({
      parent: n === 0 ? entry : ([next[0], next[1] + n - 1] as Id),
      sub: n === 0 ? 'source' : 'x',
      content: type('map'),
    })),
  )

const WRONG_KEYS = ['__proto__', 'constructor', 'prototype', '', 'x'.repeat(100_000)]

export const NASTY: readonly Nasty[] = [
  // Names
  ...WRONG_KEYS.map((key) => sub(key.slice(0, 12) || 'nothing', key)),
  sub('after somebody else', '1-aaaaaaaa'),
  sub('in letters that turn round', `OWN-${BIDI}aaaa`),
  sub('in capitals', 'OWN-AAAAAAAA'),
  ...WRONG_KEYS.map((key) => vertex(`called ${key.slice(0, 12) || 'nothing'}`, key, any([1, 2, 3]))),
  vertex('called in letters that turn round', `a0${BIDI}`, any([1, 2, 3])),
  ...WRONG_KEYS.map((key) =>
    beside(`field called ${key.slice(0, 12) || 'nothing'}`, (entry) => [
      { parent: entry, sub: key, content: any('x') },
    ]),
  ),
  beside('field nobody knows', (entry) => [{ parent: entry, sub: 'author', content: any('x') }]),
  beside('something beside the fields', (entry) => [{ parent: entry, content: any('x') }]),
  ...['__proto__', 'constructor', 'toString', 'secrets'].map((root) =>
    beside(`root called ${root}`, (entry) => [
      { parent: root, sub: `${entry[0]}-beside00`, content: type('map') },
    ]),
  ),
  // What is no value
  ...['label', 'source', 'retired', 'confidence'].flatMap((of) => [
    field(of, 'NaN', any(Number.NaN)),
    field(of, 'infinity', any(Number.POSITIVE_INFINITY)),
    field(of, 'undefined', any(undefined)),
    field(of, 'BigInt', any(2n ** 60n)),
    field(of, 'bytes inside', any(Uint8Array.of(1, 2))),
    field(of, 'binary', content.binary(Uint8Array.of(1, 2))),
    field(of, 'subdocument', content.subdocument('nasty')),
    field(of, 'JSON content', content.json('x')),
    field(of, 'embed', content.embed({ x: 1 })),
    field(of, 'format', content.format('bold', true)),
    field(of, 'two values', any('x', 'y')),
    field(of, '__proto__ inside', object(['__proto__', { admin: true }])),
    field(of, 'constructor inside', object(['constructor', { prototype: { admin: true } }])),
    field(of, '9 arrays inside one another', nested(9, 'arrays')),
    field(of, '5,000 arrays inside one another', nested(5_000, 'arrays')),
    field(of, '20,000 objects inside one another', nested(20_000, 'objects')),
    field(of, '100,000 numbers', any(Array.from({ length: 100_000 }, (_, n) => n))),
    field(of, 'text of 200,000', any('x'.repeat(200_000))),
    field(of, 'text of 5 million', any('x'.repeat(5_000_000))),
    field(of, 'array of documents', content.type('array')),
    field(of, 'XML', content.type('xmlElement')),
  ]),
  field('label', 'text of 10 million', any('x'.repeat(10_000_000))),
  ...[11, 15, 31].map((ref) => field('label', `content number ${ref}`, content.unknown(ref))),
  ...(['xmlElement', 'xmlFragment', 'xmlHook', 'xmlText'] as const).flatMap((name) => [
    field('vertices', name, type(name)),
    field('reasoning', name, type(name)),
  ]),
  // Bytes that are no text
  letter('half a surrogate pair', bytes(0xed, 0xa0, 0x80)),
  letter('a zero written too long', bytes(0xc0, 0x80)),
  letter('half a letter', bytes(0xe2, 0x82)),
  letter('bytes of no letter', bytes(0xff, 0xfe)),
  letter('longer than anything', content.string('x'.repeat(200_000))),
  letter('embed', content.embed({ image: 'x' })),
  letter('format', content.format('href', 'javascript:alert(1)')),
  letter('binary', content.binary(Uint8Array.of(1))),
  letter('values', any('x', 'y')),
  letter('text inside the text', type('text')),
  letter('subdocument', content.subdocument('nasty')),
  // What a kind cannot be
  ...['nonsense', '__proto__', 'constructor', 'toString', '', 7, null, ['keypoint'], { kind: 'box' }].map(
    (value) => field('kind', JSON.stringify(value), any(value)),
  ),
  field('kind', 'a shared text', type('text')),
  ...[
    'no-label-of-ours',
    '__proto__',
    'constructor',
    `solid-nodule${BIDI}`,
    ' solid-nodule',
    7,
    null,
    ['solid-nodule'],
    'x'.repeat(65),
  ].map((value) => field('label', JSON.stringify(value).slice(0, 30), any(value))),
  ...['perhaps', 1, true, ['present']].map((value) => field('certainty', JSON.stringify(value), any(value))),
  ...[-1, 101, 1e308, '50', true, [50]].map((value) =>
    field('confidence', JSON.stringify(value), any(value)),
  ),
  ...['x', 1, true, [], {}, { reason: 7 }, { reason: 'x', by: 'me' }, { reason: 'x'.repeat(5_000) }].map(
    (value) => field('retired', JSON.stringify(value).slice(0, 30), any(value)),
  ),
  ...[
    null,
    'series',
    [],
    {},
    { series: '', frame: 1, normal: [0, 0, 1] },
    { series: 'x'.repeat(65), frame: 1, normal: [0, 0, 1] },
    { series: 7, frame: 1, normal: [0, 0, 1] },
    { series: 's', frame: -1, normal: [0, 0, 1] },
    { series: 's', frame: 1.5, normal: [0, 0, 1] },
    { series: 's', frame: '1', normal: [0, 0, 1] },
    { series: 's', frame: 1 },
    { series: 's', frame: 1, normal: [0, 0, 0] },
    { series: 's', frame: 1, normal: [0, 0, 2] },
    { series: 's', frame: 1, normal: [0, 1] },
    { series: 's', frame: 1, normal: ['0', '0', '1'] },
  ].map((value) => field('source', JSON.stringify(value).slice(0, 60), any(value))),
  ...[null, 7, 'x', [], [1, 2], [1, 2, 3, 4], ['1', '2', '3'], [1, 2, 1e300], { x: 1 }].map((value) =>
    vertex(JSON.stringify(value), 'a0', any(value)),
  ),
  vertex('a shared array', 'a0', type('array')),
  field('vertices', 'a plain value', any({ a0: [1, 2, 3] })),
  field('vertices', 'a shared array', type('array')),
  field('reasoning', 'a plain value', any('round')),
  ...['kind', 'source', 'vertices', 'reasoning'].map(missing),
  towers(9),
  towers(20_000),
  // Comments
  ...[7, null, '', '   ', ['x'], { text: 'x' }, 'x'.repeat(TEXT_LIMITS.comment + 1)].map((value) =>
    inComment('text', JSON.stringify(value).slice(0, 30), any(value)),
  ),
  inComment('text', 'a shared text', type('text')),
  ...[7, null, '', '__proto__', { id: 'x' }, 'x'.repeat(5_000)].map((value) =>
    inComment('thread', JSON.stringify(value).slice(0, 30), any(value)),
  ),
  ...['now', null, -1, 1e300, Number.NaN].map((value) => inComment('writtenAt', String(value), any(value))),
]

/** What looks strange and is not: letters that run from right to left, with the marks that belong to them; more than one plane of Unicode. */
export const HARMLESS: readonly Nasty[] = [
  letter(
    'Arabic and Hebrew with their marks',
    content.string('عقدة صلبة \u2067\u05E7\u05E9\u05E8\u2069 \u200F'),
  ),
  letter('letters beyond the first plane', content.string('𝛼 👩🏽‍⚕️ 𠮷')),
  inComment('text', 'names of prototypes as words', any('__proto__ constructor toString')),
  field('label', 'none chosen', any('')),
  field('confidence', 'a fraction', any(99.5)),
]
