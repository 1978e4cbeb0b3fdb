/**
 * One body -> one file to be read, with its SHA-256. What is small stays in memory and never touches a disk; what is large lies in
 * `incoming/` while it is used, however large it claims to be. The limit holds while reading, not after.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { arriving } from './arriving.ts'
import { borrow, giveBack, type Lent } from './lending.ts'
import { release } from './release.ts'

/** Whoever sends nothing for so long holds up others. */
const IDLE_MS = 30_000
/** Larger bodies go to a file. Times the bodies at once (intake.ts), this is what they may cost in memory. */
const IN_MEMORY_BYTES = 2 * 1024 * 1024

/** More bytes than the limit came, or were announced. */
export class BodyTooLarge extends Error {}

/** The sender went away, or sent nothing for too long, before the end. */
export class BodyCutOff extends Error {}

export type Body = Readable | ReadableStream<Uint8Array> | null
/** A body, or one file of a batch (batch.ts). */
export type Source = Body | AsyncGenerator<Uint8Array>

/** A whole file that came. */
export interface Spooled {
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** That is what was announced; whoever reads the file holds it against the bytes. */
  readonly isOnlySaid?: boolean
  /** Null where it lies at `path`. Used again afterwards. */
  readonly content: Lent | null
  readonly path: string | null
}

interface Options {
  readonly folder: string
  readonly limitBytes: number
  readonly announcedBytes: number | null
  /** Hex. What stays in memory is not hashed here where it is given. */
  readonly announcedSha256?: string
  readonly idleMs?: number
}

/** Calls `use` with what came and always deletes it afterwards: originals are not kept. */
export async function spooled<T>(
  body: Source,
  options: Options,
  use: (file: Spooled) => Promise<T>,
): Promise<T> {
  const { folder, limitBytes, announcedBytes } = options
  if (announcedBytes !== null && announcedBytes > limitBytes) throw new BodyTooLarge()
  const memory = borrow(IN_MEMORY_BYTES)
  try {
    const file = await take(body, folder, memory, options)
    try {
      return await use(file)
    } finally {
      if (file.path !== null) await rm(file.path, { force: true })
    }
  } finally {
    giveBack(memory)
  }
}

/** For what can only be read from a file. Our own name: nothing that a sender says becomes part of a path. */
export const placeIn = (folder: string): string => join(folder, randomBytes(12).toString('hex'))

/** The same content at a path, for the length of `use`. */
export async function onDisk<T>(
  { content, path }: Pick<Spooled, 'content' | 'path'>,
  folder: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  if (path !== null) return use(path)
  const written = placeIn(folder)
  try {
    await writeFile(written, content?.bytes ?? '', { mode: 0o600, flag: 'wx' })
    return await use(written)
  } finally {
    await rm(written, { force: true })
  }
}

async function take(
  body: Source,
  folder: string,
  lent: Lent,
  { limitBytes, announcedBytes, announcedSha256, idleMs = IDLE_MS }: Omit<Options, 'folder'>,
): Promise<Spooled> {
  const memory = new Uint8Array(lent.memory)
  const isOnlySaid = announcedSha256 !== undefined && (announcedBytes ?? Infinity) <= memory.length
  const hash = isOnlySaid ? null : createHash('sha256')
  let file: FileHandle | null = null
  let path = ''
  let bytes = 0
  try {
    const chunks = body !== null && 'next' in body ? body : chunksOf(body, idleMs)
    for await (const chunk of chunks) {
      if (bytes + chunk.length > limitBytes) throw new BodyTooLarge()
      hash?.update(chunk)
      if (!file && bytes + chunk.length <= memory.length) memory.set(chunk, bytes)
      else {
        if (!file) {
          path = placeIn(folder)
          file = await open(path, 'wx', 0o600)
          await file.writeFile(memory.subarray(0, bytes))
        }
        await file.writeFile(chunk)
      }
      bytes += chunk.length
    }
  } catch (error) {
    if (file) await rm(path, { force: true })
    throw error
  } finally {
    await file?.close()
  }
  const sha256 = hash?.digest('hex') ?? announcedSha256 ?? ''
  if (file) return { bytes, sha256, content: null, path }
  lent.length = bytes
  return { bytes, sha256, ...(isOnlySaid && { isOnlySaid }), content: lent, path: null }
}

/** A chunk is there until the next one is asked for. Fails with BodyCutOff where the body does; leaves the connection open where the reader stops, so that an answer can still be sent. */
export async function* chunksOf(body: Body, idleMs = IDLE_MS): AsyncGenerator<Uint8Array> {
  if (body === null) return
  const source = body instanceof Readable ? body : Readable.fromWeb(body)
  const chunks = arriving(source)
  let isWaitedFor = true
  const giveUp = setTimeout(() => {
    if (isWaitedFor) source.destroy(new Error('nothing came for too long'))
  }, idleMs)
  try {
    for (; ; isWaitedFor = true) {
      // Only while it is waited for: whoever takes the chunks may be the slower one.
      giveUp.refresh()
      const { done, value: chunk } = await chunks.next()
      if (done) return
      isWaitedFor = false
      yield chunk
      // Of a socket's, nobody else has it.
      if (source instanceof IncomingMessage && chunk.byteLength === chunk.buffer.byteLength) release(chunk)
    }
  } catch (cause) {
    throw new BodyCutOff('the body ended early', { cause })
  } finally {
    clearTimeout(giveUp)
    await chunks.return(undefined)
  }
}
