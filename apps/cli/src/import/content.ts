/** What is in files on this computer. Small ones are read once, to be hashed and sent; of a large one, a part when it is its turn. */
import { type FileHandle, open } from 'node:fs/promises'
import { PART_BYTES } from '@consilium/contract/travel'
import type { FoundFile } from '../files.ts'

/** A sentence about one file that cannot be sent. */
export class FileFault extends Error {}

/** Reads a whole file to the beginning of `memory`, which has room for one byte more: so it shows where the file has grown. */
export async function readInto<M extends Uint8Array>(memory: M, { path, bytes }: FoundFile): Promise<M> {
  const read = await from(path, async (file) => {
    let [end, more] = [0, 0]
    do {
      more = (await file.read(memory, end, bytes + 1 - end, end)).bytesRead
      end += more
    } while (more > 0 && end < bytes)
    return end
  })
  if (read !== bytes) throw new FileFault('The file was changed while it was sent.')
  return memory.subarray(0, bytes) as M
}

/** Of a large file, the part that begins there. */
export function pieceOf({ path, bytes }: FoundFile, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  return from(path, async (file) => {
    const piece = new Uint8Array(Math.min(PART_BYTES, bytes - offset))
    const { bytesRead } = await file.read(piece, 0, piece.length, offset)
    return piece.subarray(0, bytesRead)
  })
}

export function unreadable(error: NodeJS.ErrnoException): never {
  throw new FileFault(`The file could not be read (${error.code ?? 'unknown fault'}).`)
}

async function from<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path).catch(unreadable)
  try {
    return await read(file).catch(unreadable)
  } finally {
    await file.close()
  }
}
