/**
 * The thread that opens foreign files: reads, de-identifies, keeps the frames as blobs, and answers with what may be known of them.
 * Raw UIDs, names and dates of a file exist in this thread's memory only. It never prints and never says more than a fault's sentence.
 */

import { createHmac, createSecretKey, hash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { deidentify, type Report } from '@consilium/deidentify/profile'
import { uidMapper } from '@consilium/deidentify/uids'
import { readDirectory } from '@consilium/imaging/directory'
import { ImagingFault } from '@consilium/imaging/fault'
import { type Instance, readAny } from '@consilium/imaging/read'
import { bytesOf, type Samples } from '@consilium/imaging/samples'
import { arrange, keptOf, type Slice, slicesOf } from '@consilium/imaging/series'
import type { Arranged } from './arranging.ts'
import { compressed, plain, valuesIn } from './blobCoding.ts'
import { blackOutAll, drawSlice } from './heldPixels.ts'
import type {
  JobReplies,
  JobReply,
  JobRequest,
  LeftOut,
  NamedBlob,
  ReadReply,
  SliceRow,
  WorkerSetting,
} from './jobs.ts'
import { lowerAll } from './lowerPixels.ts'
import { release } from './release.ts'
import { keyOf } from './slices.ts'
import { BlobStore } from './storage.ts'
import { tightenAll } from './tightPixels.ts'
import type { WorkerMessage } from './workers.ts'

/** Behind whoever edits meanwhile: the last of all priorities, so that who wakes for a change need not wait for a thread's turn to end. */
const NICE = 19
// On Linux that is this thread's alone; elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(NICE)

const { dataFolder, uidKey } = workerData as WorkerSetting
const blobs = new BlobStore(dataFolder)
blobs.makeFolders('frames')
const secret = createSecretKey(uidKey)
const mapUid = await uidMapper(uidKey, (bytes) => createHmac('sha256', secret).update(bytes).digest())
const port = parentPort
if (!port) throw new Error('worker.ts runs in a worker thread only')

const say = (message: WorkerMessage<JobReply>) =>
  port.postMessage(message, 'lent' in message && message.lent ? [message.lent] : [])
/** A message costs more than a small frame does. */
const ALIVE_EVERY_MS = 250
let saidAlive = 0
const sayAlive = () => {
  const now = performance.now()
  if (now - saidAlive < ALIVE_EVERY_MS) return
  saidAlive = now
  say({ t: 'alive' })
}
port.on('message', (request: JobRequest) => {
  const lent = request.job === 'read' ? (request.content?.buffer ?? null) : null
  answer(request).then(
    (reply) => say({ t: 'done', reply, lent }),
    (error: unknown) => {
      if (error instanceof ImagingFault) return say({ t: 'fault', message: error.message, trace: null, lent })
      // The message of an unforeseen error may quote the file; where it happened does not.
      const trace =
        error instanceof Error
          ? `${error.name} ${(error.stack ?? '')
              .split('\n')
              .filter((line) => /^\s+at /.test(line))
              .join(' ')}`
          : typeof error
      say({ t: 'fault', message: 'Damaged: the reader could not make sense of it.', trace, lent })
    },
  )
})
say({ t: 'ready' })

function answer(request: JobRequest): Promise<JobReply> {
  switch (request.job) {
    case 'read':
      return read(request)
    case 'verify':
      return verify(request.blobs)
    case 'arrange':
      return arrangeAll(request.slices)
    case 'blackout':
      return blackOutAll(blobs, request, keepFrame, sayAlive)
    case 'picture':
      return drawSlice(blobs, request.slice)
    case 'lower':
      return lowerAll(blobs, request, keepFrame, sayAlive)
    case 'tighten':
      return tightenAll(blobs, request, sayAlive)
    case 'phantom':
      return phantom(request.folder)
  }
}

async function read({
  content,
  path,
  sha256,
}: Extract<JobRequest, { job: 'read' }>): Promise<JobReplies['read']> {
  const file = content ?? new Uint8Array(await readFile(path ?? ''))
  try {
    const found = sha256 === undefined ? null : hash('sha256', file)
    if (found !== null && found !== sha256) return { sha256: found }
    // Its memory is here until the answer goes, and nothing of its pixels is in that.
    return await keep(await readAny(file, {}, 'views'))
  } catch (error) {
    if (!(error instanceof ImagingFault) || error.code !== 'not-an-image') throw error
    return { reason: error.message, directory: await directoryIn(file) }
  } finally {
    if (path !== null) release(file)
  }
}

const NOTHING: Report = { kept: [], dropped: [] }

async function keep(found: Instance): Promise<ReadReply> {
  const { instance: clean, report, suspicions } = await deidentify(found, mapUid)
  const instance = keptOf(clean)
  const slices = await slicesOf(instance, (bytes) => hash('sha256', bytes))
  const { rows, columns } = instance.technical
  const bytes: number[] = []
  // Many frames of a film may be one picture.
  const kept = new Map<string, number>()
  for (const [k, { sha256, samples }] of slices.entries()) {
    const frame = instance.frames[k]
    if (!frame) throw new Error('a slice without its frame')
    const size = kept.get(sha256) ?? (await keepPixels(frame.pixels, { sha256, rows, columns, samples }))
    kept.set(sha256, size)
    bytes.push(size)
    sayAlive()
  }
  for (const { pixels } of [...found.frames, ...instance.frames])
    if (pixels.byteLength === pixels.buffer.byteLength) release(pixels)
  const written = slices.map((slice, k): SliceRow => {
    const account = k === 0 ? report : NOTHING // one of a file is enough
    return { key: keyOf(slice), sha256: slice.sha256, bytes: bytes[k]!, slice, report: account, suspicions }
  })
  return {
    sha256s: slices.map(({ sha256 }) => sha256),
    rows: written.map((row) => JSON.stringify(row)),
    suspicions,
  }
}

async function arrangeAll(slices: readonly Slice[]): Promise<Arranged[]> {
  const volumes = await arrange(slices.map((slice, at) => ({ ...slice, at })))
  return volumes.map((volume) => ({
    ...volume,
    slices: volume.slices.map(({ at }) => at),
    duplicates: volume.duplicates.map(({ at }) => at),
  }))
}

/** Returns the size of its blob. */
async function keepPixels(pixels: Samples, named: NamedBlob): Promise<number> {
  return (await sizeOfWhole(named)) ?? put(named, plain(bytesOf(pixels)))
}

/** The same of a coded frame, which is compressed at once. */
async function keepFrame(coded: Uint8Array, named: NamedBlob): Promise<number> {
  const here = await sizeOfWhole(named)
  if (here !== null) return here
  const blob = compressed(coded)
  const size = put(named, [blob])
  // A small one lies in Node's pool, among others.
  if (blob.buffer.byteLength > Buffer.poolSize) release(blob)
  return size
}

function put({ sha256 }: NamedBlob, parts: readonly Uint8Array[]): number {
  blobs.put('frames', sha256, parts)
  return parts.reduce((sum, { length }) => sum + length, 0)
}

async function verify(named: readonly NamedBlob[]): Promise<string[]> {
  const bad: string[] = []
  for (const one of named) {
    if ((await sizeOfWhole(one)) === null) bad.push(one.sha256)
    sayAlive()
  }
  return bad
}

/** Null where it is not here, or what is here is not what its name says: a power failure may have left that of it. */
async function sizeOfWhole(named: NamedBlob): Promise<number | null> {
  // Of what comes in nearly nothing is here: to look costs less than not to find.
  const here = blobs.has('frames', named.sha256) ? await blobs.find('frames', named.sha256) : null
  const values = here && valuesIn(here, named)
  return values && hash('sha256', bytesOf(values)) === named.sha256 ? here.length : null
}

/** The files that a DICOMDIR names; null where it is something else. */
async function directoryIn(file: Uint8Array): Promise<LeftOut['directory']> {
  try {
    return (await readDirectory(file)).files
  } catch (error) {
    if (error instanceof ImagingFault) return null
    throw error
  }
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
