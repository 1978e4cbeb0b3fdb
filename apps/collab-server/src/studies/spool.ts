/**
 * One body -> one file to be read, with its SHA-256. What is small stays in memory and never touches a disk; what is large lies in
 * `incoming/` while it is used, however large it claims to be. The limit holds while reading, not after.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Body, chunksOf } from './chunks.ts'
import { borrow, giveBack, type Lent } from './lending.ts'

/** Larger bodies go to a file. Times the bodies at once (intake.ts), this is what they may cost in memory. */
const IN_MEMORY_BYTES = 2 * 1024 * 1024

/** More bytes than the limit came, or were announced. */
export class BodyTooLarge extends Error {}

/** One file of several in a body (batch.ts). To be asked for once, in one of these ways. */
export interface Portion {
  /** All of it, to where there is room for that. */
  readonly fill: (room: Uint8Array) => Promise<void>
  readonly chunks: () => AsyncGenerator<Uint8Array>
}
export type Source = Body | Portion

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
  { limitBytes, announcedBytes, announcedSha256, idleMs }: Omit<Options, 'folder'>,
): Promise<Spooled> {
  const memory = new Uint8Array(lent.memory)
  const isOnlySaid = announcedSha256 !== undefined && (announcedBytes ?? Infinity) <= memory.length
  const isPortion = body !== null && 'fill' in body
  if (isPortion && isOnlySaid && announcedBytes !== null) {
    await body.fill(memory.subarray(0, announcedBytes))
    lent.length = announcedBytes
    return { bytes: announcedBytes, sha256: announcedSha256, isOnlySaid, content: lent, path: null }
  }
  const hash = isOnlySaid ? null : createHash('sha256')
  let file: FileHandle | null = null
  let path = ''
  let bytes = 0
  try {
    for await (const chunk of isPortion ? body.chunks() : chunksOf(body, idleMs)) {
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
