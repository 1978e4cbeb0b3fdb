/**
 * What the rows say that are no edits: leases, roles, phases, names of moments; where a restore goes back to; and what words were taken
 * out of which rows. Their bytes are hashed
 * like any other row's, so that nobody can be given another's work, another role or another phase afterwards. Fixed widths, big-endian,
 * a version in front; then what is sealed.
 *
 *   lease   1 | client (uint32) | person (int32) | session length (uint8) | session (ASCII) | sealed identity of the person
 *           2 | client (uint64) | … the same: Yjs' own clientIDs have 32 bits, those of other implementations up to 53
 *   role    1 | person (int32) | role (int16, 0 = no member any more) | by (int32, 0 = the server) | sealed identity of whoever changed it
 *   phase   1 | phase (uint8) | by (int32, 0 = the server) | sealed identity of whoever changed it
 *   name    1 | revision (int64) | by (int32) | length of the next (uint16) | sealed identity of whoever gave it | sealed title
 *   restore 1 | revision (int64) | Yjs update that makes the document what it was after that revision
 *   redact  1 | length of the next (uint32) | Yjs update that takes the words out of the document | root (uint8) | field (uint8, its place
 *           in touch.ts) | length of the next (uint16) | key of the entry | how many of the next (uint32) | each a row that held the words:
 *           its revision (int64), hash of the bytes that were left of it | sealed reason
 *
 * A title is text that somebody typed, and may name anybody. It is sealed under the key of whoever gave it, and goes with it: what a case
 * went through stands in its phases, which need no words. It is sealed by itself and comes last, so that it can be taken out alone, with
 * the hash of the whole kept beside the rest.
 */

import type { RootName } from '@consilium/crdt-schema/documents'
import { PHASES, type Phase } from '@consilium/crdt-schema/policy'
import { ROLE_CODES, ROLES, type Role } from '@consilium/crdt-schema/roles'
import { HASH_BYTES } from './chain.ts'
import { FIELDS, ROOT_CODES, rootOfCode } from './touch.ts'

const VERSION = 1
const WIDE_LEASE = 2
/** What does not fit into version 1. */
const WIDE_CLIENT = 2 ** 32
const NOTHING = Buffer.alloc(0)

export interface LeaseRow {
  readonly client: number
  readonly person: number
  readonly session: string
  readonly sealed: Uint8Array
}

export interface RoleRow {
  readonly person: number
  readonly role: Role | null
  readonly by: number
  readonly sealed: Uint8Array
}

export interface PhaseRow {
  readonly phase: Phase
  readonly by: number
  readonly sealed: Uint8Array
}

export interface NameRow {
  /** The revision that is named. */
  readonly moment: number
  readonly by: number
  readonly sealed: Uint8Array
  /** Empty where it was taken out. */
  readonly title: Uint8Array
}

export interface RedactRow {
  readonly update: Uint8Array
  readonly root: RootName
  readonly entry: string
  readonly field: string
  /** In order. */
  readonly rows: readonly Left[]
  /** Why: sealed words. */
  readonly reason: Uint8Array
}

/** What was left of a row. */
export interface Left {
  readonly seq: number
  readonly hash: Uint8Array
}

/** Codes of phases in rows. Hashed: never renumber. */
export const PHASE_CODES: Record<Phase, number> = { new: 1, reading: 2, panel: 3, decided: 4, signed: 5 }

export const roleCode = (role: Role | null): number => (role === null ? 0 : ROLE_CODES[role])
export const roleOfCode = (code: number): Role | null =>
  ROLES.find((role) => ROLE_CODES[role] === code) ?? null

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function opened(bytes: Uint8Array, what: string, versions: readonly number[] = [VERSION]): Buffer {
  const buffer = bufferOf(bytes)
  if (!versions.includes(buffer[0] ?? 0)) throw new Error(`a ${what} row of an unknown version`)
  return buffer
}

export function encodeLease(row: LeaseRow): Buffer {
  const session = Buffer.from(row.session, 'ascii')
  const wide = row.client >= WIDE_CLIENT
  const client = Buffer.alloc(wide ? 8 : 4)
  if (wide) client.writeBigUInt64BE(BigInt(row.client))
  else client.writeUInt32BE(row.client)
  const person = Buffer.alloc(5)
  person.writeInt32BE(row.person, 0)
  person.writeUInt8(session.length, 4)
  return Buffer.concat([Buffer.of(wide ? WIDE_LEASE : VERSION), client, person, session, row.sealed])
}

export function decodeLease(bytes: Uint8Array): LeaseRow {
  const b = opened(bytes, 'lease', [VERSION, WIDE_LEASE])
  const wide = b[0] === WIDE_LEASE
  const person = wide ? 9 : 5
  const end = person + 5 + b.readUInt8(person + 4)
  return {
    client: wide ? Number(b.readBigUInt64BE(1)) : b.readUInt32BE(1),
    person: b.readInt32BE(person),
    session: b.toString('ascii', person + 5, end),
    sealed: b.subarray(end),
  }
}

export function encodeRole(row: Omit<RoleRow, 'sealed'>, sealed: Uint8Array = NOTHING): Buffer {
  const head = Buffer.alloc(11)
  head.writeUInt8(VERSION, 0)
  head.writeInt32BE(row.person, 1)
  head.writeInt16BE(roleCode(row.role), 5)
  head.writeInt32BE(row.by, 7)
  return Buffer.concat([head, sealed])
}

export function decodeRole(bytes: Uint8Array): RoleRow {
  const b = opened(bytes, 'role')
  return {
    person: b.readInt32BE(1),
    role: roleOfCode(b.readInt16BE(5)),
    by: b.readInt32BE(7),
    sealed: b.subarray(11),
  }
}

export function encodePhase(row: Omit<PhaseRow, 'sealed'>, sealed: Uint8Array = NOTHING): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(VERSION, 0)
  head.writeUInt8(PHASE_CODES[row.phase], 1)
  head.writeInt32BE(row.by, 2)
  return Buffer.concat([head, sealed])
}

export function decodePhase(bytes: Uint8Array): PhaseRow {
  const b = opened(bytes, 'phase')
  const phase = PHASES.find((p) => PHASE_CODES[p] === b.readUInt8(1))
  if (!phase) throw new Error('a phase row names an unknown phase')
  return { phase, by: b.readInt32BE(2), sealed: b.subarray(6) }
}

const NAME_HEAD_BYTES = 15

export function encodeName({ moment, by, sealed, title }: NameRow): Buffer {
  const head = Buffer.alloc(NAME_HEAD_BYTES)
  head.writeUInt8(VERSION, 0)
  head.writeBigInt64BE(BigInt(moment), 1)
  head.writeInt32BE(by, 9)
  head.writeUInt16BE(sealed.byteLength, 13)
  return Buffer.concat([head, sealed, title])
}

export function decodeName(bytes: Uint8Array): NameRow {
  const b = opened(bytes, 'name')
  const end = NAME_HEAD_BYTES + b.readUInt16BE(13)
  return {
    moment: Number(b.readBigInt64BE(1)),
    by: b.readInt32BE(9),
    sealed: b.subarray(NAME_HEAD_BYTES, end),
    title: b.subarray(end),
  }
}

export const RESTORE_HEAD_BYTES = 9

export function encodeRestore(moment: number, update: Uint8Array): Buffer {
  const head = Buffer.alloc(RESTORE_HEAD_BYTES)
  head.writeUInt8(VERSION, 0)
  head.writeBigInt64BE(BigInt(moment), 1)
  return Buffer.concat([head, update])
}

/** The revision that it goes back to. What it does to the document: update.ts. */
export const decodeRestore = (bytes: Uint8Array): number => Number(opened(bytes, 'restore').readBigInt64BE(1))

/** Before the update of a redaction. */
export const REDACT_HEAD_BYTES = 5
const LEFT_BYTES = 8 + HASH_BYTES

export function encodeRedact({ update, root, entry, field, rows, reason }: RedactRow): Buffer {
  const head = Buffer.alloc(REDACT_HEAD_BYTES)
  head.writeUInt8(VERSION, 0)
  head.writeUInt32BE(update.byteLength, 1)
  const key = Buffer.from(entry)
  const place = Buffer.alloc(4)
  place.writeUInt8(ROOT_CODES[root], 0)
  place.writeUInt8(FIELDS[root].indexOf(field), 1)
  place.writeUInt16BE(key.length, 2)
  const list = Buffer.alloc(4 + rows.length * LEFT_BYTES)
  list.writeUInt32BE(rows.length, 0)
  rows.forEach(({ seq, hash }, n) => {
    list.writeBigInt64BE(BigInt(seq), 4 + n * LEFT_BYTES)
    list.set(hash, 12 + n * LEFT_BYTES)
  })
  return Buffer.concat([head, update, place, key, list, reason])
}

export function decodeRedact(bytes: Uint8Array): RedactRow {
  const b = opened(bytes, 'redact')
  const place = REDACT_HEAD_BYTES + b.readUInt32BE(1)
  const root = rootOfCode(b.readUInt8(place))
  const list = place + 4 + b.readUInt16BE(place + 2)
  const count = b.readUInt32BE(list)
  const end = list + 4 + count * LEFT_BYTES
  const field = FIELDS[root][b.readUInt8(place + 1)]
  if (field === undefined || end > b.length) throw new Error('a redact row names what cannot be')
  return {
    update: b.subarray(REDACT_HEAD_BYTES, place),
    root,
    entry: b.toString('utf8', place + 4, list),
    field,
    rows: Array.from({ length: count }, (_, n) => {
      const at = list + 4 + n * LEFT_BYTES
      return { seq: Number(b.readBigInt64BE(at)), hash: b.subarray(at + 8, at + LEFT_BYTES) }
    }),
    reason: b.subarray(end),
  }
}
