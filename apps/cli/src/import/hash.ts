/** SHA-256 of files: a small one at once, a large one piece by piece, so that it takes no more memory. */
import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { PART_BYTES } from '@consilium/contract/studies'
import type { FoundFile } from '../files.ts'

const PIECE_BYTES = 1024 * 1024

export async function sha256Of({ path, bytes }: FoundFile): Promise<string> {
  if (bytes <= PART_BYTES) return hash('sha256', await readFile(path))
  const hashing = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), hashing)
  return hashing.digest('hex')
}
