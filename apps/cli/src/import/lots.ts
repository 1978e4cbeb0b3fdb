/** Files as they are made ready together: so many at once are hashed, asked for, and kept in memory until they are sent. */
import { hash } from 'node:crypto'
import { FILE_LIMIT_BYTES, KNOWN_AT_ONCE, PART_BYTES } from '@consilium/contract/travel'
import type { FoundFile } from '../files.ts'
import { FileFault, readInto } from './content.ts'
import { sha256Of } from './hash.ts'

/** The first files of a lot wait for the last. */
const LOT_BYTES = 16 * 1024 * 1024
/** While little is on its way nobody waits for many: a lot may hold twice as much as all before it. */
const FIRST_LOT_BYTES = 2 * 1024 * 1024

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
  let before = 0
  for (const [at, file] of files.entries()) {
    const last = lots.at(-1)
    const most = Math.min(LOT_BYTES, Math.max(FIRST_LOT_BYTES, 2 * before))
    if (!last || last.length === KNOWN_AT_ONCE || bytes + file.bytes > most) {
      lots.push([{ at, file }])
      before += last ? bytes : 0
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

/** New memory is no larger than it must be: the first lots are small, and who sends no more than those should not call the collector at all. */
function memoryOf(bytes: number): Uint8Array<ArrayBuffer> {
  const fits = MEMORY.findIndex(({ length }) => length >= bytes)
  return MEMORY.splice(fits, fits === -1 ? 0 : 1)[0] ?? new Uint8Array(bytes)
}

/** Of its content in memory (content.ts). */
const roomFor = ({ bytes }: FoundFile): number => bytes + 1

/** Reads and hashes them; those that cannot be sent are told, with a sentence, and left out. */
export async function hashed(
  lot: readonly Placed[],
  onFault: (one: Placed, sentence: string) => void,
): Promise<Hashed[]> {
  const memory = memoryOf(lot.reduce((sum, one) => sum + (isLarge(one) ? 0 : roomFor(one.file)), 0))
  const ready: Hashed[] = []
  // One for this loop, so that memory is not given back before its end.
  let inUse = 1
  const sent = (): void => {
    inUse -= 1
    if (inUse === 0) MEMORY.push(memory)
  }
  let used = 0
  /** The content of a small one; the next is on its way while one is hashed. */
  const reading = (one: Placed | undefined): Promise<Uint8Array<ArrayBuffer>> | null => {
    if (!one || isLarge(one)) return null
    const content = readInto(memory.subarray(used), one.file)
    content.catch(() => undefined) // told when it is its turn
    used += roomFor(one.file)
    return content
  }
  let ahead = reading(lot[0])
  for (const [k, one] of lot.entries()) {
    const { file } = one
    const coming = ahead
    ahead = reading(lot[k + 1])
    try {
      if (file.bytes > FILE_LIMIT_BYTES)
        throw new FileFault(`The file is larger than ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`)
      const content = coming && (await coming)
      const sha256 = content ? hash('sha256', content) : await sha256Of(file)
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
