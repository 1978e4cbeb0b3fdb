/** What threads do with pictures that wait for a person: draw one for their eyes, and make all of a set anew without what they blacked out. */
import { blackened, blackOf } from '@consilium/imaging/blackout'
import { encodeFrames, type FrameShape } from '@consilium/imaging/packs'
import type { Samples } from '@consilium/imaging/samples'
import type { Slice } from '@consilium/imaging/series'
import type { BlackoutReply, JobRequest, NamedBlob } from './jobs.ts'
import { readFrame } from './pixels.ts'
import { drawPicture } from './preview.ts'
import type { BlobStore } from './storage.ts'

/** `keepFrame` makes the blob of a coded frame. When this resolves they are on the disk for good. */
export async function blackOutAll(
  blobs: BlobStore,
  { slices, boxes }: Extract<JobRequest, { job: 'blackout' }>,
  keepFrame: (coded: Uint8Array, named: NamedBlob) => Promise<unknown>,
  eachDone: () => void,
): Promise<BlackoutReply> {
  const blacks = blackOf(slices)
  const made: Slice[] = []
  for (const [k, slice] of slices.entries()) {
    const after = await blackened(slice, await pixelsOf(blobs, slice), boxes, blacks[k]!)
    const shape = shapeOf(slice)
    await keepFrame(encodeFrames([after.pixels], shape), { sha256: after.slice.sha256, ...shape })
    made.push(after.slice)
    eachDone()
  }
  await blobs.settle('frames', [...new Set(made.map((slice) => slice.sha256))], eachDone)
  return { slices: made }
}

/** PNG of one frame, one pixel for each of its own. */
export async function drawSlice(blobs: BlobStore, slice: Slice): Promise<Uint8Array> {
  const { rows, columns, photometric } = slice.technical
  const { windows, rescale } = slice
  return drawPicture(await pixelsOf(blobs, slice), { rows, columns, photometric, windows, rescale })
}

const shapeOf = ({ technical: { rows, columns }, samples }: Slice): FrameShape => ({ rows, columns, samples })

const pixelsOf = (blobs: BlobStore, slice: Slice): Promise<Samples> =>
  readFrame(blobs, slice.sha256, shapeOf(slice))
