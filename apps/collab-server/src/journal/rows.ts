/**
 * What the rows say that are no edits: leases, roles, phases. Their bytes are hashed like any other row's, so that nobody can be
 * given another's work, another role or another phase afterwards. Fixed widths, big-endian, a version in front; then sealed names.
 *
 *   lease   1 | client (uint32) | person (int32) | session length (uint8) | session (ASCII) | sealed identity of the person
 *   role    1 | person (int32) | role (int16, 0 = no member any more) | by (int32, 0 = the server) | sealed identity of whoever changed it
 *   phase   1 | phase (uint8) | by (int32, 0 = the server) | sealed identity of whoever changed it
 */
import { PHASES, type Phase } from '@consilium/crdt-schema/policy'
import { ROLE_CODES, ROLES, type Role } from '@consilium/crdt-schema/roles'

const VERSION = 1
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

/** Codes of phases in rows. Hashed: never renumber. */
export const PHASE_CODES: Record<Phase, number> = { new: 1, reading: 2, panel: 3, decided: 4, signed: 5 }

export const roleCode = (role: Role | null): number => (role === null ? 0 : ROLE_CODES[role])
export const roleOfCode = (code: number): Role | null =>
  ROLES.find((role) => ROLE_CODES[role] === code) ?? null

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function opened(bytes: Uint8Array, what: string): Buffer {
  const buffer = bufferOf(bytes)
  if (buffer[0] !== VERSION) throw new Error(`a ${what} row of an unknown version`)
  return buffer
}

export function encodeLease(row: LeaseRow): Buffer {
  const session = Buffer.from(row.session, 'ascii')
  const head = Buffer.alloc(10)
  head.writeUInt8(VERSION, 0)
  head.writeUInt32BE(row.client, 1)
  head.writeInt32BE(row.person, 5)
  head.writeUInt8(session.length, 9)
  return Buffer.concat([head, session, row.sealed])
}

export function decodeLease(bytes: Uint8Array): LeaseRow {
  const b = opened(bytes, 'lease')
  const end = 10 + b.readUInt8(9)
  return {
    client: b.readUInt32BE(1),
    person: b.readInt32BE(5),
    session: b.toString('ascii', 10, end),
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
