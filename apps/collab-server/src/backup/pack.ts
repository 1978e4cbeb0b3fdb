/** Writes the container of a backup (contract/backup.ts): whatever comes, piece by piece, with the sums that prove it whole. */
import { createHash } from 'node:crypto'
import { type BackupManifest, FIRST_LINE, type PartFoot, type PartHead } from '@consilium/contract/backup'

export interface Part {
  readonly head: PartHead
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** Small pieces are put together up to here: a row of a table may be a hundred bytes. */
const PIECE_BYTES = 128 * 1024

export async function* pack(
  manifest: BackupManifest,
  parts: AsyncIterable<Part>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const whole = createHash('sha256')
  function out(bytes: Uint8Array): Uint8Array {
    whole.update(bytes)
    return bytes
  }
  yield out(Buffer.from(`${FIRST_LINE}\n`))
  yield out(line(manifest))
  for await (const { head, bytes } of parts) {
    const sum = createHash('sha256')
    let length = 0
    yield out(line(head))
    for await (const piece of inPieces(bytes)) {
      sum.update(piece)
      length += piece.byteLength
      yield out(uint32(piece.byteLength))
      yield out(piece)
    }
    yield out(uint32(0))
    yield out(line({ bytes: length, sha256: sum.digest('hex') } satisfies PartFoot))
  }
  yield Buffer.from(`whole ${whole.digest('hex')}\n`)
}

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`)

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

async function* inPieces(chunks: Part['bytes']): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      const some = chunk.subarray(at, at + PIECE_BYTES - size)
      held.push(some)
      size += some.byteLength
      at += some.byteLength
      if (size < PIECE_BYTES) continue
      yield Buffer.concat(held)
      held = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(held)
}
