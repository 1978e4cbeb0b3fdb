/**
 * The thread that opens foreign files: reads, de-identifies, keeps the frames as blobs, and answers with what may be known of them.
 * Raw UIDs, names and dates of a file exist in this thread's memory only. It never prints and never says more than a fault's sentence.
 */

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { constants, zstdCompressSync } from 'node:zlib'
import { deidentify } from '@consilium/deidentify/profile'
import { uidMapper } from '@consilium/deidentify/uids'
import { readInstance } from '@consilium/imaging/dicom'
import { ImagingFault } from '@consilium/imaging/fault'
import { encodeFrames } from '@consilium/imaging/packs'
import { arrange, keptOf, slicesOf } from '@consilium/imaging/series'
import type { JobReply, JobRequest, ReadReply, WorkerSetting } from './jobs.ts'
import { BlobStore } from './storage.ts'
import type { WorkerMessage } from './workers.ts'

const { dataFolder, uidKey } = workerData as WorkerSetting
const blobs = new BlobStore(dataFolder)
const mapUid = await uidMapper(uidKey)
const port = parentPort
if (!port) throw new Error('worker.ts runs in a worker thread only')

const say = (message: WorkerMessage<JobReply>) => port.postMessage(message)
const compress = (bytes: Uint8Array): Buffer =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  })

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
    case 'phantom':
      return phantom(request.folder)
  }
}

async function read(path: string): Promise<ReadReply> {
  const found = await readInstance(new Uint8Array(await readFile(path)))
  const { instance: clean, report, suspicions } = await deidentify(found, mapUid)
  const instance = keptOf(clean)
  const slices = await slicesOf(instance)
  const { rows, columns } = instance.technical
  const bytes: number[] = []
  for (const [k, { sha256, samples }] of slices.entries()) {
    const frame = instance.frames[k]
    if (!frame) throw new Error('a slice without its frame')
    const blob = blobs.sizeOf('frames', sha256)
    if (blob !== null) bytes.push(blob)
    else {
      const coded = compress(encodeFrames([frame.pixels], { rows, columns, samples }))
      await blobs.write('frames', sha256, coded)
      bytes.push(coded.length)
    }
    say({ t: 'alive' })
  }
  return { slices, bytes, report, suspicions }
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
