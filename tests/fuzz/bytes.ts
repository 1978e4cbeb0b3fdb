/**
 * The bytes of a plan (Yjs' update format 1), written by hand: Yjs' own writer refuses to write much of what a forger would send.
 *
 *   update   = number of sections | section … | number of clientIDs with deletions | deletions …
 *   section  = number of structs | clientID | clock of the first | struct …
 *   struct   = info | origin? | right origin? | parent? | key? | content        info: 5 bits of content, 3 that say what is there
 */
import * as encoding from 'lib0/encoding'
import { type Content, type Id, type Plan, type Struct, TYPES } from './plan.ts'

const REFS = {
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
} as const
const SKIP = 10
const HAS_ORIGIN = 0x80
const HAS_RIGHT = 0x40
const HAS_KEY = 0x20

/** How numbers are written. */
export type WriteUint = (out: encoding.Encoder, n: number) => void

export function encode({ sections, deletions }: Plan, uint: WriteUint = encoding.writeVarUint): Uint8Array {
  const out = encoding.createEncoder()
  uint(out, sections.length)
  for (const { client, clock, structs, count } of sections) {
    uint(out, count ?? structs.length)
    uint(out, client)
    uint(out, clock)
    for (const struct of structs) writeStruct(out, struct, uint)
  }
  uint(out, deletions.length)
  for (const { client, ranges } of deletions) {
    uint(out, client)
    uint(out, ranges.length)
    for (const { clock, len } of ranges) {
      uint(out, clock)
      uint(out, len)
    }
  }
  return encoding.toUint8Array(out)
}

function writeStruct(out: encoding.Encoder, struct: Struct, uint: WriteUint): void {
  if (struct.is !== 'item') {
    encoding.writeUint8(out, struct.is === 'gc' ? 0 : SKIP)
    uint(out, struct.len)
    return
  }
  const { origin, right, parent, sub, content } = struct
  encoding.writeUint8(
    out,
    REFS[content.is] | (origin ? HAS_ORIGIN : 0) | (right ? HAS_RIGHT : 0) | (sub === null ? 0 : HAS_KEY),
  )
  if (origin) writeId(out, origin, uint)
  if (right) writeId(out, right, uint)
  if (!origin && !right) {
    uint(out, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(out, parent)
    else writeId(out, parent, uint)
    if (sub !== null) encoding.writeVarString(out, sub)
  }
  writeContent(out, content, uint)
}

function writeId(out: encoding.Encoder, { client, clock }: Id, uint: WriteUint): void {
  uint(out, client)
  uint(out, clock)
}

const json = (value: unknown): string => JSON.stringify(value) ?? 'undefined'

function writeContent(out: encoding.Encoder, content: Content, uint: WriteUint): void {
  switch (content.is) {
    case 'deleted':
      return uint(out, content.len)
    case 'json':
      uint(out, content.values.length)
      for (const value of content.values) encoding.writeVarString(out, json(value))
      return
    case 'binary':
      return encoding.writeVarUint8Array(out, content.bytes)
    case 'string':
      return encoding.writeVarString(out, content.text)
    case 'embed':
      return encoding.writeVarString(out, json(content.value))
    case 'format':
      encoding.writeVarString(out, content.key)
      return encoding.writeVarString(out, json(content.value))
    case 'type':
      uint(out, content.type)
      if (content.type === TYPES.element || content.type === TYPES.hook)
        encoding.writeVarString(out, content.name)
      return
    case 'any':
      uint(out, content.values.length)
      for (const value of content.values) encoding.writeAny(out, value as never)
      return
    case 'doc':
      encoding.writeVarString(out, content.guid)
      return encoding.writeAny(out, content.options as never)
  }
}
