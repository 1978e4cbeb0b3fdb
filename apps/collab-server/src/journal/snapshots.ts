/**
 * States kept so that opening a document is fast. They are never evidence; a damaged one is passed over and the journal read instead.
 * Written by growth only: when the tail since the last one passes max(64 KiB, half of it), so that all snapshots together stay about as
 * large as the journal itself and any moment is one snapshot plus a short tail.
 */
import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'

/** Yjs update format 2 (our own bytes only, never a client's), zstd level 3. */
const FORMAT_V2_ZSTD = 1

const LEAST_TAIL_BYTES = 64 * 1024
/** Rows after the last snapshot that make one worth while when a document is put away. */
export const UNLOAD_TAIL_ROWS = 2_000

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

export interface Snapshot {
  readonly seq: number
  /** Y.encodeStateAsUpdateV2 of the document after row `seq`. */
  readonly state: Uint8Array
}

export const isDue = (tailBytes: number, lastStateBytes: number): boolean =>
  tailBytes > Math.max(LEAST_TAIL_BYTES, lastStateBytes / 2)

/** The newest sound one at or before `upTo`; null where there is none. */
export async function readSnapshot(sql: Sql, log: Log, doc: number, upTo: number): Promise<Snapshot | null> {
  for (let before = upTo; ; ) {
    const [row] = await sql<{ seq: number; format: number; sha256: Buffer; bytes: Buffer }[]>`
      select seq, format, sha256, bytes from snapshot where doc = ${doc} and seq <= ${before} order by seq desc limit 1`
    if (!row) return null
    const state = row.format === FORMAT_V2_ZSTD ? await decompress(row.bytes).catch(() => null) : null
    if (state && Buffer.compare(hash('sha256', state, 'buffer'), row.sha256) === 0)
      return { seq: row.seq, state }
    log.error({ doc, seq: row.seq }, 'a snapshot is damaged; the one before it is used')
    before = row.seq - 1
  }
}

export async function writeSnapshot(sql: Sql, doc: number, { seq, state }: Snapshot): Promise<void> {
  const bytes = await compress(state, { params: { 100: 3 } })
  await sql`
    insert into snapshot (seq, doc, format, sha256, bytes)
    values (${seq}, ${doc}, ${FORMAT_V2_ZSTD}, ${hash('sha256', state, 'buffer')}, ${bytes}) on conflict (doc, seq) do nothing`
}
