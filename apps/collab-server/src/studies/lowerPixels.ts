/** What threads do for large series: the same frames in less detail, as blobs of their own. */
import { hash } from 'node:crypto'
import { lowerOf, lowerShape } from '@consilium/imaging/lower'
import { encodeFrames } from '@consilium/imaging/packs'
import { bytesOf } from '@consilium/imaging/samples'
import type { JobRequest, LowerReply, NamedBlob } from './jobs.ts'
import { readFrame } from './pixels.ts'
import type { BlobStore } from './storage.ts'

/** `keepFrame` makes the blob of a coded frame and returns its size. When this resolves they are on the disk for good. */
export async function lowerAll(
  blobs: BlobStore,
  { frames, shape, factor, padding }: Extract<JobRequest, { job: 'lower' }>,
  keepFrame: (coded: Uint8Array, named: NamedBlob) => Promise<number>,
  eachDone: () => void,
): Promise<LowerReply> {
  const made: { sha256: string; bytes: number }[] = []
  const less = lowerShape(shape, factor)
  for (const name of frames) {
    const lower = lowerOf(await readFrame(blobs, name, shape), shape, factor, padding)
    const sha256 = hash('sha256', bytesOf(lower))
    made.push({ sha256, bytes: await keepFrame(encodeFrames([lower], less), { sha256, ...less }) })
    eachDone()
  }
  await blobs.settle('frames', [...new Set(made.map(({ sha256 }) => sha256))], eachDone)
  return made
}
