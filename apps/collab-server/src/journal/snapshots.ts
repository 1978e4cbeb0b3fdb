/**
 * States kept so that opening a document is fast. They are never evidence; a damaged one is passed over and the journal read instead.
 * Written by growth only: when the tail since the last one passes max(64 KiB, half of it), so that all snapshots together stay about as
 * large as the journal itself and any moment is one snapshot plus a short tail.
 * Packed and unpacked in the worker; read in pieces, so that the event loop never stands still for a large one.
 */
import { hash } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Sql } from '../db/open.ts'

/**
 * Number of structs and number of bytes (uint32 each: what it will cost to open is known before), then zstd level 3 of the state as Yjs
 * update format 2 (our own bytes only, never a client's).
 */
const FORMAT = 2
const HEAD_BYTES = 8

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
  return {
    sha256: hash('sha256', state, 'buffer'),
    bytes: Buffer.concat([head, zstdCompressSync(state, { params: ZSTD })]),
    size: { structs, bytes: state.byteLength },
  }
}

/** Throws DamagedSnapshot where it is not what was packed. */
export function unpackSnapshot({ format, sha256, pieces }: StoredSnapshot): Uint8Array {
  if (!isOurs({ format })) throw new DamagedSnapshot('of another build')
  let state: Uint8Array
  try {
    state = zstdDecompressSync(Buffer.concat(pieces).subarray(HEAD_BYTES))
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

/** What the newest one would cost to open. */
export async function sizeOfSnapshot(
  sql: Sql,
  doc: number,
): Promise<(StateSize & { readonly seq: number }) | null> {
  const [row] = await sql<{ seq: number; head: Buffer }[]>`
    select seq, substring(bytes from 1 for ${HEAD_BYTES}) as head from snapshot
    where doc = ${doc} and format = ${FORMAT} order by seq desc limit 1`
  if (!row || row.head.byteLength < HEAD_BYTES) return null
  return { seq: row.seq, structs: row.head.readUInt32BE(0), bytes: row.head.readUInt32BE(4) }
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
