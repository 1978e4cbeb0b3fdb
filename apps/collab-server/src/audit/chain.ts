/**
 * The hash chain of the audit log, in two levels like that of a journal (journal/chain.ts):
 *
 *   header  = n (int64) | at (int64) | act (int16) | role (int16) | person (int32) | subject (int32)      big-endian, 28 bytes; nobody is 0
 *   leaf    = H(0x10 | header | H(project) | H(case) | H(detail) | H(sealed))      texts in UTF-8; what is missing is empty
 *   hash    = H(0x11 | hash of the entry before | leaf)
 *   origin  = H(0x12)                                                              stands for the hash before entry 1
 *
 * H is SHA-256. The hash covers what is sealed, not what it says: where a person's key is destroyed every hash still holds. And whoever
 * is shown the hashes of the texts alone can compute the chain without reading them.
 *
 * This file must never change what it computes: published hashes depend on it.
 */
import { hash } from 'node:crypto'
import { fits, INT16, INT32 } from '../db/fits.ts'

export const ENTRY_HEADER_BYTES = 28

/** An entry as it stands in the table. Numbers are non-negative integers that fit their width. */
export interface AuditRow {
  /** int64, from 1, without holes */ readonly n: number
  /** int64, ms since 1970 */ readonly at: number
  /** int16, see AUDIT_ACTS of the contract */ readonly act: number
  /** int16, see ROLE_CODES; 0 is none */ readonly role: number
  /** int32 */ readonly person: number | null
  /** int32 */ readonly subject: number | null
  readonly project: string | null
  readonly case: string | null
  readonly detail: string
  readonly sealed: Uint8Array | null
}

const H = (...parts: readonly Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer')

/** Throws a RangeError where a number does not fit. */
export function encodeEntry(row: Pick<AuditRow, 'n' | 'at' | 'act' | 'role' | 'person' | 'subject'>): Buffer {
  const out = Buffer.allocUnsafe(ENTRY_HEADER_BYTES)
  out.writeBigInt64BE(BigInt(fits(row.n, Number.MAX_SAFE_INTEGER, 'n')), 0)
  out.writeBigInt64BE(BigInt(fits(row.at, Number.MAX_SAFE_INTEGER, 'at')), 8)
  out.writeInt16BE(fits(row.act, INT16, 'act'), 16)
  out.writeInt16BE(fits(row.role, INT16, 'role'), 18)
  out.writeInt32BE(fits(row.person ?? 0, INT32, 'person'), 20)
  out.writeInt32BE(fits(row.subject ?? 0, INT32, 'subject'), 24)
  return out
}

const hashOfText = (text: string | null): Uint8Array => H(Buffer.from(text ?? '', 'utf8'))

export const entryLeaf = (row: AuditRow): Uint8Array =>
  H(
    Buffer.of(0x10),
    encodeEntry(row),
    hashOfText(row.project),
    hashOfText(row.case),
    hashOfText(row.detail),
    H(row.sealed ?? Buffer.of()),
  )

export const entryHash = (previous: Uint8Array, row: AuditRow): Uint8Array =>
  H(Buffer.of(0x11), previous, entryLeaf(row))

export const AUDIT_ORIGIN: Uint8Array = H(Buffer.of(0x12))
