/**
 * The hash chain of a document's journal.
 *
 * Every row of a journal is linked to the row before it, so that nothing in the middle can be altered, removed, added or
 * reordered without every later hash changing. In words:
 *
 *   header  = doc | seq | at | lease | clock | len | act | role      fixed widths, big-endian, 36 bytes; all of it integers
 *   leaf    = H(0x00 | header | H(bytes))                            one row by itself
 *             H(0x04 | header | said (int64) | H(bytes))             … of which the page said when its change was made
 *   hash    = H(0x02 | previous hash | leaf)                         the row in its place
 *   origin  = H(0x03 | creation record)                              stands for the hash before row 1
 *
 * H is SHA-256. Two levels, because then a proof of one row shows only 32 bytes of every other row (nobody else's words), and
 * because words can be taken out of a row's bytes with its link intact: the hash of what they were stays beside what is left of them. The leading byte keeps the uses apart, as RFC 9162 §2.1.1 does.
 * What attributes a row (lease, role, phase) is itself a row of the same chain; the header names a lease by number only.
 *
 * This file must never change what it computes: published hashes depend on it.
 */
import { hash } from 'node:crypto'
import { fits, INT16, INT32 } from '../db/fits.ts'

export const HASH_BYTES = 32
export const HEADER_BYTES = 36

/** The attributing part of a row. Numbers are non-negative integers that fit their width. */
export interface RowHeader {
  /** int32 */ readonly doc: number
  /** int64, from 1, without holes */ readonly seq: number
  /** int64, ms since 1970 */ readonly at: number
  /** int32; 0 is the server itself */ readonly lease: number
  /** int32, first Yjs clock this row adds under its lease */ readonly clock: number
  /** int32, how many clocks it adds; 0 where it adds none */ readonly len: number
  /** int16, see ACTS of the contract */ readonly act: number
  /** int16, see ROLE_CODES; 0 is none */ readonly role: number
  /** int64, ms since 1970 by the page's clock; 0 where it did not say. A claim, kept and hashed as such. */ readonly said: number
}

export interface CreationRecord {
  readonly doc: number
  readonly name: string
  /** ms since 1970 */
  readonly createdAt: number
}

const H = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

/** 36 bytes. Throws a RangeError where a number does not fit. */
export function encodeHeader(row: RowHeader): Uint8Array {
  const out = Buffer.allocUnsafe(HEADER_BYTES)
  out.writeInt32BE(fits(row.doc, INT32, 'doc'), 0)
  out.writeBigInt64BE(BigInt(fits(row.seq, Number.MAX_SAFE_INTEGER, 'seq')), 4)
  out.writeBigInt64BE(BigInt(fits(row.at, Number.MAX_SAFE_INTEGER, 'at')), 12)
  out.writeInt32BE(fits(row.lease, INT32, 'lease'), 20)
  out.writeInt32BE(fits(row.clock, INT32, 'clock'), 24)
  out.writeInt32BE(fits(row.len, INT32, 'len'), 28)
  out.writeInt16BE(fits(row.act, INT16, 'act'), 32)
  out.writeInt16BE(fits(row.role, INT16, 'role'), 34)
  return out
}

export const hashOfBytes = H

/** `hashed`: H(bytes). */
const leafOfHash = (row: RowHeader, hashed: Uint8Array): Uint8Array =>
  row.said === 0
    ? H(Buffer.concat([Buffer.of(0x00), encodeHeader(row), hashed]))
    : H(Buffer.concat([Buffer.of(0x04), encodeHeader(row), encodeSaid(row.said), hashed]))

export const leafOf = (row: RowHeader, bytes: Uint8Array): Uint8Array => leafOfHash(row, H(bytes))

function encodeSaid(said: number): Uint8Array {
  const out = Buffer.allocUnsafe(8)
  out.writeBigInt64BE(BigInt(fits(said, Number.MAX_SAFE_INTEGER, 'said')))
  return out
}

export const linkOf = (previous: Uint8Array, leaf: Uint8Array): Uint8Array =>
  H(Buffer.concat([Buffer.of(0x02), previous, leaf]))

/** creation record = name's length in UTF-8 bytes (uint16) | name | doc (int32) | created at (int64) */
export function originOf(record: CreationRecord): Uint8Array {
  const name = Buffer.from(record.name, 'utf8')
  const out = Buffer.alloc(1 + 2 + name.length + 4 + 8)
  out.writeUInt8(0x03, 0)
  out.writeUInt16BE(name.length, 1)
  name.copy(out, 3)
  out.writeInt32BE(fits(record.doc, INT32, 'doc'), 3 + name.length)
  out.writeBigInt64BE(BigInt(fits(record.createdAt, Number.MAX_SAFE_INTEGER, 'createdAt')), 7 + name.length)
  return H(out)
}

export const hashOf = (previous: Uint8Array, row: RowHeader, bytes: Uint8Array): Uint8Array =>
  linkOf(previous, leafOf(row, bytes))

/** Of a row out of which words were taken: `hashed` is what its bytes were. */
export const hashOfRedacted = (previous: Uint8Array, row: RowHeader, hashed: Uint8Array): Uint8Array =>
  linkOf(previous, leafOfHash(row, hashed))

export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
