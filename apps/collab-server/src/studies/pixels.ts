/** The values of one frame from its blob, in a thread. */
import { zstdDecompressSync } from 'node:zlib'
import { decodeFrames, type FrameShape } from '@consilium/imaging/packs'
import type { Samples } from '@consilium/imaging/samples'
import type { BlobStore } from './storage.ts'

export async function readFrame(blobs: BlobStore, sha256: string, shape: FrameShape): Promise<Samples> {
  const coded = zstdDecompressSync(await blobs.read('frames', sha256))
  const [frame] = decodeFrames(coded, { ...shape, count: 1 })
  if (!frame) throw new Error('a frame without values')
  return frame
}
