/** The values of one frame from its blob, in a thread. */
import type { FrameShape } from '@consilium/imaging/packs'
import type { Samples } from '@consilium/imaging/samples'
import { valuesIn } from './blobCoding.ts'
import type { BlobStore } from './storage.ts'

export async function readFrame(blobs: BlobStore, sha256: string, shape: FrameShape): Promise<Samples> {
  const frame = valuesIn(await blobs.read('frames', sha256), { sha256, ...shape })
  if (!frame) throw new Error('a frame without values')
  return frame
}
