/** What threads do with pictures that were only stored when they came in: compress them. */
import type { FrameShape } from '@consilium/imaging/packs'
import { codedIn, compressed } from './blobCoding.ts'
import type { JobRequest, SizedBlob } from './jobs.ts'
import type { BlobStore } from './storage.ts'

/** Returns what can be read, with the size that it now has on the disk. A blob is one or the other at any time, and shows the same. */
export async function tightenAll(
  blobs: BlobStore,
  { frames, shape }: Extract<JobRequest, { job: 'tighten' }>,
  eachDone: () => void,
): Promise<SizedBlob[]> {
  const tight: SizedBlob[] = []
  for (const sha256 of frames) {
    const bytes = await tighten(blobs, sha256, shape)
    if (bytes !== null) tight.push({ sha256, bytes })
    eachDone()
  }
  return tight
}

async function tighten(blobs: BlobStore, sha256: string, shape: FrameShape): Promise<number | null> {
  const before = await blobs.find('frames', sha256)
  const coded = before && codedIn(before, { sha256, ...shape })
  if (!coded) return null
  const blob = compressed(coded)
  if (blob.length >= before.length) return before.length
  blobs.replace('frames', sha256, blob)
  return blob.length
}
