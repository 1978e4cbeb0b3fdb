/**
 * Yjs updates (V1) by hand, block by block, for what no Yjs would ever write: clocks, authors, places and contents are whatever one wants.
 * The layout is that of Yjs' UpdateEncoderV1; see readClientsStructRefs and readItemContent there.
 */
import * as encoding from 'lib0/encoding'
import type { Random } from '../fault.ts'

export type Id = readonly [client: number, clock: number]

/** What a block carries: Yjs' number of the content, and how it is written. */
export interface Content {
  readonly ref: number
  readonly write: (encoder: encoding.Encoder) => void
}

export interface Block {
  readonly content: Content
  readonly origin?: Id
  readonly rightOrigin?: Id
  /** Name of a root, or the id of the block that made the parent. Only read where there is no origin. */
  readonly parent?: string | Id
  readonly sub?: string
}

/** Blocks of one clientID, one after the other from `clock` on. */
export interface Section {
  readonly client: number
  readonly clock: number
  readonly blocks: readonly Block[]
}

export interface Deletes {
  readonly client: number
  readonly ranges: readonly (readonly [clock: number, len: number])[]
}

const SUB = 0x20
const RIGHT = 0x40
const LEFT = 0x80
const GC = 0
const SKIP = 10

export function forge(sections: readonly Section[], deletes: readonly Deletes[] = []): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, sections.length)
  for (const { client, clock, blocks } of sections) {
    encoding.writeVarUint(out, blocks.length)
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, clock)
    for (const block of blocks) writeBlock(out, block)
  }
  encoding.writeVarUint(out, deletes.length)
  for (const { client, ranges } of deletes) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const range of ranges) writeId(out, range)
  }
  return encoding.toUint8Array(out)
}

function writeBlock(out: encoding.Encoder, { content, origin, rightOrigin, parent, sub }: Block): void {
  const bare = content.ref === GC || content.ref === SKIP
  const flags = (origin ? LEFT : 0) | (rightOrigin ? RIGHT : 0) | (sub === undefined ? 0 : SUB)
  encoding.writeUint8(out, bare ? content.ref : content.ref | flags)
  if (!bare) {
    if (origin) writeId(out, origin)
    if (rightOrigin) writeId(out, rightOrigin)
    if (!origin && !rightOrigin) {
      encoding.writeVarUint(out, typeof parent === 'string' ? 1 : 0)
      if (typeof parent === 'string') encoding.writeVarString(out, parent)
      else writeId(out, parent ?? [0, 0])
      if (sub !== undefined) encoding.writeVarString(out, sub)
    }
  }
  content.write(out)
}

function writeId(out: encoding.Encoder, [a, b]: readonly [number, number]): void {
  encoding.writeVarUint(out, a)
  encoding.writeVarUint(out, b)
}

const length =
  (ref: number) =>
  (len: number): Content => ({
    ref,
    write: (out) => encoding.writeVarUint(out, len),
  })

const TYPES = { array: 0, map: 1, text: 2, xmlElement: 3, xmlFragment: 4, xmlHook: 5, xmlText: 6 } as const

/** Every content that Yjs knows, by name. */
export const content = {
  gc: length(GC),
  deleted: length(1),
  skip: length(SKIP),
  json: (...values: readonly unknown[]): Content => ({
    ref: 2,
    write(out) {
      encoding.writeVarUint(out, values.length)
      for (const value of values) encoding.writeVarString(out, JSON.stringify(value) ?? 'undefined')
    },
  }),
  binary: (bytes: Uint8Array): Content => ({
    ref: 3,
    write: (out) => encoding.writeVarUint8Array(out, bytes),
  }),
  string: (text: string): Content => ({ ref: 4, write: (out) => encoding.writeVarString(out, text) }),
  /** Bytes where UTF-8 is promised. */
  rawString: (bytes: Uint8Array): Content => ({
    ref: 4,
    write: (out) => encoding.writeVarUint8Array(out, bytes),
  }),
  embed: (value: unknown): Content => ({
    ref: 5,
    write: (out) => encoding.writeVarString(out, JSON.stringify(value)),
  }),
  format: (key: string, value: unknown): Content => ({
    ref: 6,
    write(out) {
      encoding.writeVarString(out, key)
      encoding.writeVarString(out, JSON.stringify(value))
    },
  }),
  type: (name: keyof typeof TYPES): Content => ({
    ref: 7,
    write(out) {
      encoding.writeVarUint(out, TYPES[name])
      if (name === 'xmlElement' || name === 'xmlHook') encoding.writeVarString(out, 'p')
    },
  }),
  any: (...values: readonly unknown[]): Content => ({
    ref: 8,
    write(out) {
      encoding.writeVarUint(out, values.length)
      for (const value of values) encoding.writeAny(out, value as never)
    },
  }),
  /** One value, written by hand as lib0's `any`. */
  rawAny: (write: (out: encoding.Encoder) => void): Content => ({
    ref: 8,
    write(out) {
      encoding.writeVarUint(out, 1)
      write(out)
    },
  }),
  subdocument: (guid: string): Content => ({
    ref: 9,
    write(out) {
      encoding.writeVarString(out, guid)
      encoding.writeAny(out, { autoLoad: true })
    },
  }),
  /** A number that Yjs has no content for. */
  unknown: (ref: number): Content => ({ ref, write: (out) => encoding.writeVarUint(out, 1) }),
} as const

/** One content of a kind drawn by chance, of every kind there is. */
export function anyContent(random: Random): Content {
  const kinds: readonly (() => Content)[] = [
    () => content.gc(random.whole(1, 5)),
    () => content.deleted(random.whole(1, 5)),
    () => content.json({ label: 'forged' }, null),
    () => content.binary(Uint8Array.of(1, 2, 3)),
    () => content.string('forged'),
    () => content.embed({ image: 'forged' }),
    () => content.format('bold', true),
    () => content.type(random.pick(Object.keys(TYPES) as (keyof typeof TYPES)[])),
    () => content.any('forged'),
    () => content.any([random.whole(-500, 500), 1, 0]),
    () => content.any(null),
    () => content.subdocument('forged'),
  ]
  return random.pick(kinds)()
}
