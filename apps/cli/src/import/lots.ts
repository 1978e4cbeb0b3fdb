/** Files as they are made ready together: so many at once are hashed, asked for, and kept in memory until they are sent. */
import { hash } from 'node:crypto'
import { FILE_LIMIT_BYTES, KNOWN_AT_ONCE, PART_BYTES } from '@consilium/contract/studies'
import type { FoundFile } from '../files.ts'
import { FileFault, readInto } from './content.ts'
import { sha256Of } from './hash.ts'

/** The first files of a lot wait for the last. */
const LOT_BYTES = 16 * 1024 * 1024

/** A file with its place among all. */
export interface Placed {
  readonly at: number
  readonly file: FoundFile
}

export interface Hashed extends Placed {
  readonly sha256: string
  /** Null of a large file, which travels in parts. Whoever has it sent, or need not send it, says so with `sent`. */
  readonly content: Uint8Array<ArrayBuffer> | null
  readonly sent: () => void
}

export const isLarge = ({ file }: Placed): boolean => file.bytes > PART_BYTES

export function lotsOf(files: readonly FoundFile[]): Placed[][] {
  const lots: Placed[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const [at, file] of files.entries()) {
    const last = lots.at(-1)
    if (!last || last.length === KNOWN_AT_ONCE || bytes + file.bytes > LOT_BYTES) {
      lots.push([{ at, file }])
      bytes = file.bytes
    } else {
      last.push({ at, file })
      bytes += file.bytes
    }
  }
  return lots
}

/** Memory of lots whose files have all been sent. New memory for each would keep the collector of garbage busier than all the rest. */
const MEMORY: Uint8Array<ArrayBuffer>[] = []

/** Reads and hashes them; those that cannot be sent are told, with a sentence, and left out. */
export async function hashed(
  lot: readonly Placed[],
  onFault: (one: Placed, sentence: string) => void,
): Promise<Hashed[]> {
  const memory = MEMORY.pop() ?? new Uint8Array(LOT_BYTES + KNOWN_AT_ONCE)
  const ready: Hashed[] = []
  // One for this loop, so that memory is not given back before its end.
  let inUse = 1
  const sent = (): void => {
    inUse -= 1
    if (inUse === 0) MEMORY.push(memory)
  }
  let used = 0
  for (const one of lot) {
    try {
      const { file } = one
      if (file.bytes > FILE_LIMIT_BYTES)
        throw new FileFault(`The file is larger than ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`)
      const content = isLarge(one) ? null : await readInto(memory.subarray(used), file)
      const sha256 = content ? hash('sha256', content) : await sha256Of(file)
      used += content ? content.length + 1 : 0
      inUse += 1
      ready.push({ ...one, sha256, content, sent })
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      onFault(one, error.message)
    }
  }
  sent()
  return ready
}
