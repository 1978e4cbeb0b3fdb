/** What is in files on this computer, when it is their turn to be sent. */
import { open, readFile } from 'node:fs/promises'
import { PART_BYTES } from '@consilium/contract/studies'
import type { FoundFile } from '../files.ts'

interface Named {
  readonly file: FoundFile
}

export const unreadable = (error: unknown): string =>
  `The file could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}).`

/** Of small files, all of it; those that cannot be sent are told, with a sentence, and left out. */
export async function contentOf<One extends Named>(
  some: readonly One[],
  onFault: (one: One, sentence: string) => void,
): Promise<{ readonly one: One; readonly bytes: Buffer<ArrayBuffer> }[]> {
  const read = await Promise.all(
    some.map(async (one) => {
      const bytes = await readFile(one.file.path).catch(unreadable)
      if (typeof bytes !== 'string' && bytes.length === one.file.bytes) return [{ one, bytes }]
      onFault(one, typeof bytes === 'string' ? bytes : 'The file was changed while it was sent.')
      return []
    }),
  )
  return read.flat()
}

/** Of a large file, the part that begins there. */
export async function pieceOf(file: FoundFile, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file.path)
  try {
    const piece = new Uint8Array(Math.min(PART_BYTES, file.bytes - offset))
    const { bytesRead } = await handle.read(piece, 0, piece.length, offset)
    return piece.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
