/**
 * The thread that opens foreign files: reads, de-identifies, keeps the frames as blobs, and answers with what may be known of them.
 * Raw UIDs, names and dates of a file exist in this thread's memory only. It never prints and never says more than a fault's sentence.
 */

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { deidentify } from '@consilium/deidentify/profile'
import { uidMapper } from '@consilium/deidentify/uids'
import { readInstance } from '@consilium/imaging/dicom'
import { ImagingFault } from '@consilium/imaging/fault'
import { encodeFrames, planPacks } from '@consilium/imaging/packs'
import { arrange, greyOf, slicesOf } from '@consilium/imaging/series'
import type { JobReply, JobRequest, ReadReply, StoredPack, WorkerSetting } from './jobs.ts'
import { BlobStore } from './storage.ts'
import type { WorkerMessage } from './workers.ts'

const { dataFolder, uidKey } = workerData as WorkerSetting
const blobs = new BlobStore(dataFolder)
const mapUid = await uidMapper(uidKey)
const port = parentPort
if (!port) throw new Error('worker.ts runs in a worker thread only')

const say = (message: WorkerMessage<JobReply>) => port.postMessage(message)
const compress = (bytes: Uint8Array): Buffer =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })

port.on('message', (request: JobRequest) => {
  answer(request).then(
    (reply) => say({ t: 'done', reply }),
    (error: unknown) => {
      if (error instanceof ImagingFault) return say({ t: 'fault', message: error.message, trace: null })
      // The message of an unforeseen error may quote the file; where it happened does not.
      const trace =
        error instanceof Error
          ? `${error.name} ${(error.stack ?? '')
              .split('\n')
              .filter((line) => /^\s+at /.test(line))
              .join(' ')}`
          : typeof error
      say({ t: 'fault', message: 'Damaged: the reader could not make sense of it.', trace })
    },
  )
})
say({ t: 'ready' })

function answer(request: JobRequest): Promise<JobReply> {
  switch (request.job) {
    case 'read':
      return read(request.path)
    case 'arrange':
      return arrange(request.slices)
    case 'pack':
      return pack(request.frames)
    case 'phantom':
      return phantom(request.folder)
  }
}

async function read(path: string): Promise<ReadReply> {
  const found = await readInstance(new Uint8Array(await readFile(path)))
  const { instance: clean, report } = await deidentify(found, mapUid)
  const instance = greyOf(clean)
  const slices = await slicesOf(instance)
  const { rows, columns } = instance.technical
  for (const [k, { sha256 }] of slices.entries()) {
    const frame = instance.frames[k]
    if (!frame) throw new Error('a slice without its frame')
    if (!blobs.has('frames', sha256))
      await blobs.write('frames', sha256, compress(encodeFrames([frame.pixels], { rows, columns })))
    say({ t: 'alive' })
  }
  return { slices, report }
}

/** A frame's blob holds exactly what the frame is inside a pack, so a pack is its frames one after another. */
async function pack(frames: readonly string[]): Promise<StoredPack[]> {
  const packs: StoredPack[] = []
  for (const { first, count } of planPacks(frames.length)) {
    const parts: Buffer[] = []
    for (const sha256 of frames.slice(first, first + count))
      parts.push(zstdDecompressSync(await blobs.read('frames', sha256)))
    const bytes = compress(Buffer.concat(parts))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await blobs.write('packs', sha256, bytes)
    packs.push({ first, count, bytes: bytes.length, sha256 })
    say({ t: 'alive' })
  }
  return packs
}

/** Loaded only when asked for: most servers never make a phantom. */
async function phantom(folder: string): Promise<{ files: number }> {
  const { chestFiles } = await import('@consilium/imaging/phantom')
  let files = 0
  for await (const { bytes } of chestFiles()) {
    await writeFile(join(folder, String(files)), bytes, { mode: 0o600, flag: 'wx' })
    files += 1
    say({ t: 'alive' })
  }
  return { files }
}
