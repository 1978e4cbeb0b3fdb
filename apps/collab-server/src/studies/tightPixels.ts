/** What threads do with pictures that were only stored when they came in: compress them. */
import { compressed, inflated } from './blobCoding.ts'
import type { JobRequest, SizedBlob } from './jobs.ts'
import type { BlobStore } from './storage.ts'

/** Returns what can be read, with the size that it now has on the disk. A blob is one or the other at any time, and shows the same. */
export async function tightenAll(
  blobs: BlobStore,
  { frames }: Extract<JobRequest, { job: 'tighten' }>,
  eachDone: () => void,
): Promise<SizedBlob[]> {
  const tight: SizedBlob[] = []
  for (const sha256 of frames) {
    const bytes = await tighten(blobs, sha256)
    if (bytes !== null) tight.push({ sha256, bytes })
    eachDone()
  }
  return tight
}

async function tighten(blobs: BlobStore, sha256: string): Promise<number | null> {
  const before = await blobs.find('frames', sha256)
  const coded = before && inflated(before)
  if (!coded) return null
  const blob = compressed(coded)
  if (blob.length >= before.length) return before.length
  blobs.replace('frames', sha256, blob)
  return blob.length
}
