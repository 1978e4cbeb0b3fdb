/**
 * States kept so that opening a document is fast. They are never evidence; a damaged one is passed over and the journal read instead.
 * Written by growth only: when the tail since the last one passes max(64 KiB, half of it), so that all snapshots together stay about as
 * large as the journal itself and any moment is one snapshot plus a short tail.
 * Packed and unpacked in the worker; read in pieces, so that the event loop never stands still for a large one.
 */
import { hash } from 'node:crypto'
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Sql } from '../db/open.ts'

/**
 * Number of structs and number of bytes (uint32 each: what it will cost to open is known before) and the CRC-32 of these two, so that no
 * document is turned away for a bit that fell over; then zstd level 3 of the state as Yjs update format 2 (our own bytes only, never a
 * client's).
 */
export const FORMAT = 3
const HEAD_BYTES = 12

const LEAST_TAIL_BYTES = 64 * 1024
/** Rows after the last snapshot that make one worth while when a document is put away. */
export const UNLOAD_TAIL_ROWS = 2_000

const ZSTD = { [constants.ZSTD_c_compressionLevel]: 3 }

/** What is read at a time: the database's answer is a string of hex digits. */
const PIECE_BYTES = 256 * 1024

/** What a state will cost in memory depends on both. */
export interface StateSize {
  readonly structs: number
  readonly bytes: number
}

/** As it is kept. */
export interface PackedSnapshot {
  /** Of the state itself. */
  readonly sha256: Uint8Array
  readonly bytes: Uint8Array
  readonly size: StateSize
}

/** As it comes from the database. */
export interface StoredSnapshot {
  readonly seq: number
  readonly format: number
  readonly sha256: Uint8Array
  readonly pieces: readonly Uint8Array[]
}

/** Another build packs otherwise: that is no damage, and what it packed is of no use here. */
export const isOurs = ({ format }: Pick<StoredSnapshot, 'format'>): boolean => format === FORMAT

export class DamagedSnapshot extends Error {
  override readonly name = 'DamagedSnapshot'
}

export const isDue = (tailBytes: number, lastStateBytes: number): boolean =>
  tailBytes > Math.max(LEAST_TAIL_BYTES, lastStateBytes / 2)

/** `state`: Y.encodeStateAsUpdateV2 */
export function packSnapshot(state: Uint8Array, structs: number): PackedSnapshot {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(structs, 0)
  head.writeUInt32BE(state.byteLength, 4)
  head.writeUInt32BE(crc32(head.subarray(0, 8)), 8)
  return {
    sha256: hash('sha256', state, 'buffer'),
    bytes: Buffer.concat([head, zstdCompressSync(state, { params: ZSTD })]),
    size: { structs, bytes: state.byteLength },
  }
}

function sizeIn(head: Buffer): StateSize | null {
  if (head.byteLength < HEAD_BYTES || crc32(head.subarray(0, 8)) !== head.readUInt32BE(8)) return null
  return { structs: head.readUInt32BE(0), bytes: head.readUInt32BE(4) }
}

/** Throws DamagedSnapshot where it is not what was packed. */
export function unpackSnapshot({ format, sha256, pieces }: StoredSnapshot): Uint8Array {
  if (!isOurs({ format })) throw new DamagedSnapshot('of another build')
  const packed = Buffer.concat(pieces)
  if (!sizeIn(packed)) throw new DamagedSnapshot('its head was changed')
  let state: Uint8Array
  try {
    state = zstdDecompressSync(packed.subarray(HEAD_BYTES))
  } catch (cause) {
    throw new DamagedSnapshot('not zstd', { cause })
  }
  if (Buffer.compare(hash('sha256', state, 'buffer'), sha256) !== 0) throw new DamagedSnapshot('changed')
  return state
}

/** The newest at or before `upTo`, unread; null where there is none. */
export async function readSnapshot(sql: Sql, doc: number, upTo: number): Promise<StoredSnapshot | null> {
  const [row] = await sql<{ seq: number; format: number; sha256: Buffer }[]>`
    select seq, format, sha256 from snapshot where doc = ${doc} and seq <= ${upTo} order by seq desc limit 1`
  if (!row) return null
  const pieces = await sql<{ piece: Buffer }[]>`
    select substring(bytes from n for ${PIECE_BYTES}) as piece
    from snapshot, generate_series(1, octet_length(bytes), ${PIECE_BYTES}) n
    where doc = ${doc} and seq = ${row.seq} order by n`
  return { ...row, pieces: pieces.map(({ piece }) => piece) }
}

/** What the newest one would cost to open, as far as its head can be believed. */
export async function sizeOfSnapshot(
  sql: Sql,
  doc: number,
): Promise<(StateSize & { readonly seq: number }) | null> {
  // There are few: they grow with the document.
  const rows = await sql<{ seq: number; head: Buffer }[]>`
    select seq, substring(bytes from 1 for ${HEAD_BYTES}) as head from snapshot
    where doc = ${doc} and format = ${FORMAT} order by seq desc`
  for (const { seq, head } of rows) {
    const size = sizeIn(head)
    if (size) return { seq, ...size }
  }
  return null
}

export async function writeSnapshot(
  sql: Sql,
  doc: number,
  seq: number,
  { sha256, bytes }: PackedSnapshot,
): Promise<void> {
  await sql`
    insert into snapshot (seq, doc, format, sha256, bytes) values (${seq}, ${doc}, ${FORMAT}, ${sha256}, ${bytes})
    on conflict (doc, seq) do nothing`
}

export async function dropSnapshot(sql: Sql, doc: number, seq: number): Promise<void> {
  await sql`delete from snapshot where doc = ${doc} and seq = ${seq}`
}

export async function dropSnapshots(sql: Sql, doc: number): Promise<void> {
  await sql`delete from snapshot where doc = ${doc}`
}
