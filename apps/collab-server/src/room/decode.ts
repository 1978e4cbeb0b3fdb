/**
 * Bytes to meaning, first part: what does this update hold? Nothing is known of the document yet but the clocks it has reached, so that
 * what it has already is stepped over instead of read: a page that sends all it has costs little more than its bytes.
 *
 * Yjs' update format 1 is a list of structs, per clientID in clock order, and a set of deleted ranges. It is read here rather than by
 * Yjs because Yjs makes every item of it, builds values nested thousands deep, and lets keys reach into prototypes.
 * Anything that the record cannot hold (subdocuments, XML, formats) ends here; bytes and lists are for painting alone (places.ts).
 */
import { Refusal } from '@consilium/contract/refusals'
import { ACT_LIMITS } from '@consilium/crdt-schema/painting/limits'
import type { Container } from './container.ts'
import { MAX_CLIENT, MAX_CLOCK, MAX_NEW_STRUCTS, MAX_RANGES, MAX_UPDATE_BYTES } from './limits.ts'
import { Reader } from './reader.ts'
import { readValues, skipValue } from './values.ts'

/** One Yjs update, and when its page says that it was made: ms since 1970, 0 where it does not say. */
export interface Offered {
  /** Nobody writes to them any more: they may become those of the row. */
  readonly bytes: Uint8Array
  readonly said: number
}

/** Ranges of one clientID that are deleted: clock and length in turns. */
export interface Named {
  readonly client: number
  readonly ranges: number[]
}

/** Updates of one connection, one after the other. */
export interface Decoded {
  /** Those that were not known, in the order of the bytes. */
  readonly structs: readonly Struct[]
  /** As they were named; a clientID may come again. */
  readonly deletes: readonly Named[]
  /** The earliest that was said, or 0. */
  readonly said: number
  /** The bytes of the one update, where they are just as trim.ts would write them if all of it is new; else null. */
  readonly plain: Uint8Array | null
}

/** The name of one clock of one clientID. */
export interface Id {
  readonly client: number
  readonly clock: number
}

export const isSame = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)

/** What a struct holds, by its number in the format. */
export const HOLDS = { void: 0, deleted: 1, binary: 3, text: 4, type: 7, values: 8, skip: 10 } as const
/** Shared types, by theirs. */
export const TYPES = { array: 0, map: 1, text: 2 } as const

/** Bits of a struct's first byte above the number of its content. */
const CONTENT = 31
export const HAS_SUB = 32
export const HAS_RIGHT = 64
export const HAS_ORIGIN = 128

/** Where something lies: in what, and under which key (null in lists). */
export interface Place {
  readonly container: Container
  readonly sub: string | null
}

export class Struct {
  readonly client: number
  readonly clock: number
  /** First clock after it. */
  readonly end: number
  readonly info: number
  /** The neighbours it was put between. */
  readonly origin: Id | null
  readonly right: Id | null
  /** Only where it has no neighbour: the name of a root, or the struct that is its parent. */
  readonly parent: string | Id | null
  /** Its own, where the place is written out; where it is that of a neighbour, set with the container. */
  sub: string | null
  /** The text, the values, the number of the type, or an act of painting. */
  readonly content: string | readonly unknown[] | number | Uint8Array | null
  /** It lies in [from, to) of these bytes. */
  readonly bytes: Uint8Array
  readonly from: number
  readonly to: number
  /** How many clocks at its beginning are known already. */
  offset = 0
  /** Set when it is placed. */
  container: Container | null = null
  /** The container that it is, where it holds a type. */
  made: Container | null = null

  constructor(
    client: number,
    clock: number,
    length: number,
    info: number,
    origin: Id | null,
    right: Id | null,
    parent: string | Id | null,
    sub: string | null,
    content: Struct['content'],
    from: number,
    { bytes, pos }: Reader,
  ) {
    this.client = client
    this.clock = clock
    this.end = clock + length
    this.info = info
    this.origin = origin
    this.right = right
    this.parent = parent
    this.sub = sub
    this.content = content
    this.bytes = bytes
    this.from = from
    this.to = pos
  }

  get holds(): number {
    return this.info & CONTENT
  }

  /** First clock that is new. */
  get start(): number {
    return this.clock + this.offset
  }

  /** The known part of a struct is the left neighbour of its new part. */
  get left(): Id | null {
    return this.offset > 0 ? { client: this.client, clock: this.start - 1 } : this.origin
  }
}

type Known = (client: number) => number
const NOTHING: Known = () => 0

const malformed = (): Refusal => new Refusal('malformed')
export const foreign = (): Refusal =>
  new Refusal('malformed', { message: 'This change contains something that is not part of the record.' })

/** `known`: the clock that the document has reached, by clientID. Throws a Refusal: `malformed` or `too-large`. */
export function decode(offered: readonly Offered[], known: Known = NOTHING): Decoded {
  const structs: Struct[] = []
  const deletes: Named[] = []
  let size = 0
  let said = 0
  const left = { ranges: MAX_RANGES }
  let isPlain = offered.length === 1
  for (const one of offered) {
    size += one.bytes.byteLength
    if (size > MAX_UPDATE_BYTES) throw new Refusal('too-large')
    if (one.said > 0 && (said === 0 || one.said < said)) said = one.said
    const reader = new Reader(one.bytes)
    if (!readStructs(reader, known, structs)) isPlain = false
    if (!readDeletes(reader, deletes, left)) isPlain = false
    if (reader.left > 0) isPlain = false
  }
  return { structs, deletes, said, plain: isPlain ? (offered[0] as Offered).bytes : null }
}

/** True where nothing was stepped over and the clientIDs come as Yjs writes them, the highest first. */
function readStructs(reader: Reader, known: Known, out: Struct[]): boolean {
  let isPlain = true
  let above = Number.POSITIVE_INFINITY
  for (let clients = reader.uint(); clients > 0; clients--) {
    let count = reader.uint()
    const client = readClient(reader)
    if (client >= above || count === 0) isPlain = false
    above = client
    let clock = reader.uint()
    const reached = known(client)
    for (; count > 0; count--) {
      const from = reader.pos
      if (clock < reached) {
        const end = clock + skipStruct(reader)
        if (end <= reached) {
          isPlain = false
          clock = end
          continue
        }
        reader.pos = from
      }
      const struct = readStruct(reader, client, clock)
      // What takes up no clock, or more of them than the journal can count.
      if (struct.end <= clock || struct.end > MAX_CLOCK) throw malformed()
      if (out.push(struct) > MAX_NEW_STRUCTS) throw new Refusal('too-large')
      clock = struct.end
    }
  }
  return isPlain
}

function readStruct(reader: Reader, client: number, clock: number): Struct {
  const from = reader.pos
  const info = reader.byte()
  if (info === HOLDS.void || info === HOLDS.skip)
    return new Struct(client, clock, reader.uint(), info, null, null, null, null, null, from, reader)
  const origin = info & HAS_ORIGIN ? readId(reader) : null
  const right = info & HAS_RIGHT ? readId(reader) : null
  let parent: string | Id | null = null
  let sub: string | null = null
  if (origin === null && right === null) {
    parent = readParent(reader)
    if (info & HAS_SUB) sub = reader.string()
  }
  let length = 1
  let content: Struct['content'] = null
  switch (info & CONTENT) {
    case HOLDS.deleted:
      length = reader.uint()
      break
    case HOLDS.binary:
      content = reader.binary(ACT_LIMITS.bytes)
      break
    case HOLDS.text:
      content = reader.string()
      length = content.length
      break
    case HOLDS.type:
      content = readType(reader)
      break
    case HOLDS.values:
      length = reader.uint()
      content = readValues(reader, length)
      break
    default:
      throw foreign()
  }
  return new Struct(client, clock, length, info, origin, right, parent, sub, content, from, reader)
}

function readParent(reader: Reader): string | Id {
  const named = reader.uint()
  if (named > 1) throw malformed()
  return named === 1 ? reader.string() : readId(reader)
}

/** The one that was read last, for what comes into one and the same parent. */
let lastId: Id = { client: 0, clock: 0 }

function readId(reader: Reader): Id {
  const client = reader.uint()
  const clock = reader.uint()
  if (client !== lastId.client || clock !== lastId.clock) lastId = { client, clock }
  return lastId
}

function readClient(reader: Reader): number {
  const client = reader.uint()
  if (client > MAX_CLIENT) throw malformed()
  return client
}

/** XML is no part of the record, nor in what is gone: there nobody would ask where they lie. */
function readType(reader: Reader): number {
  const type = reader.uint()
  if (type !== TYPES.map && type !== TYPES.text && type !== TYPES.array) throw foreign()
  return type
}

/** Steps over one struct and returns its length. */
function skipStruct(reader: Reader): number {
  const info = reader.byte()
  if (info === HOLDS.void || info === HOLDS.skip) return reader.uint()
  if (info & HAS_ORIGIN) skipId(reader)
  if (info & HAS_RIGHT) skipId(reader)
  if ((info & (HAS_ORIGIN | HAS_RIGHT)) === 0) {
    if (reader.uint() === 1) reader.skip(reader.uint())
    else skipId(reader)
    if (info & HAS_SUB) reader.skip(reader.uint())
  }
  switch (info & CONTENT) {
    case HOLDS.deleted:
      return reader.uint()
    case HOLDS.binary:
      reader.skip(reader.uint())
      return 1
    case HOLDS.text:
      return reader.skipString()
    case HOLDS.type:
      readType(reader)
      return 1
    case HOLDS.values: {
      const length = reader.uint()
      for (let n = 0; n < length; n++) skipValue(reader)
      return length
    }
    default:
      throw foreign()
  }
}

function skipId(reader: Reader): void {
  reader.skipUint()
  reader.skipUint()
}

/** True where clientIDs and ranges come as Yjs writes them: in order, and those that touch as one. */
function readDeletes(reader: Reader, out: Named[], left: { ranges: number }): boolean {
  let isPlain = true
  let above = Number.POSITIVE_INFINITY
  for (let clients = reader.uint(); clients > 0; clients--) {
    const client = readClient(reader)
    let count = reader.uint()
    if (client >= above || count === 0) isPlain = false
    above = client
    // Each has two bytes at least.
    if (count > reader.left / 2) throw malformed()
    left.ranges -= count
    if (left.ranges < 0) throw new Refusal('too-large')
    if (count === 0) continue
    const ranges: number[] = []
    out.push({ client, ranges })
    let end = -1
    for (; count > 0; count--) {
      const clock = reader.uint()
      const length = reader.uint()
      if (length < 1 || clock + length > MAX_CLOCK) throw malformed()
      if (clock <= end) isPlain = false
      end = clock + length
      ranges.push(clock, length)
    }
  }
  return isPlain
}
