/** SHA-256 of a large file: piece by piece, so that it takes no more memory than a small one. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { FoundFile } from '../files.ts'
import { unreadable } from './content.ts'

const PIECE_BYTES = 1024 * 1024

/** @throws FileFault where it cannot be read */
export async function sha256Of({ path }: FoundFile): Promise<string> {
  const hashing = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), hashing).catch(unreadable)
  return hashing.digest('hex')
}
