/** Reads the container of a backup (contract/backup.ts), a piece at a time, and believes nothing in it that its sums do not prove. */
import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import {
  BackupManifest,
  FIRST_LINE,
  MOST_LINE_BYTES,
  MOST_PIECE_BYTES,
  PartFoot,
  PartHead,
} from '@consilium/contract/backup'
import type { z } from 'zod'

/** One sentence for whoever wants to restore. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup'
}

export interface UnpackedPart {
  readonly head: PartHead
  /** Throws a BadBackup at its end where it is not what was written. */
  readonly bytes: AsyncIterable<Buffer>
}

export interface Unpacked {
  readonly manifest: BackupManifest
  /** What is not read of a part is passed over, and proved all the same. */
  readonly parts: AsyncIterable<UnpackedPart>
}

/** Calls `use` with what the file says; where it returns, the file was whole up to where `use` read it. */
export async function unpackBackup<T>(path: string, use: (unpacked: Unpacked) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BadBackup(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${error.code}).`,
    )
  })
  try {
    const bytes = new Bytes(file.createReadStream({ highWaterMark: MOST_PIECE_BYTES, autoClose: false }))
    if ((await bytes.line('its first line', true)) !== FIRST_LINE)
      throw new BadBackup(`${path} is not a backup of Consilium, or of a later one than this.`)
    const manifest = await bytes.json(BackupManifest, 'its manifest')
    return await use({ manifest, parts: partsIn(bytes) })
  } finally {
    await file.close()
  }
}

/** Reads all of it. Throws a BadBackup that says where it is not whole. */
export const checkBackup = (path: string): Promise<BackupManifest> =>
  unpackBackup(path, async ({ manifest, parts }) => {
    for await (const { bytes } of parts) for await (const _ of bytes);
    return manifest
  })

async function* partsIn(bytes: Bytes): AsyncGenerator<UnpackedPart> {
  for (;;) {
    const before = bytes.sum()
    const first = await bytes.line('the beginning of a part')
    if (first.startsWith('whole ')) {
      if (first.slice(6) !== before)
        throw new BadBackup('The backup was altered: its last line is of another file.')
      if (!(await bytes.atEnd()))
        throw new BadBackup('The backup was altered: something was added at its end.')
      return
    }
    const head = parsed(PartHead, first, 'the beginning of a part')
    const contents = contentsOf(bytes, head.part)
    yield { head, bytes: contents }
    for await (const _ of contents);
  }
}

async function* contentsOf(bytes: Bytes, name: string): AsyncGenerator<Buffer> {
  const sum = createHash('sha256')
  let length = 0
  for (;;) {
    const size = (await bytes.exactly(4, name)).readUInt32BE(0)
    if (size === 0) break
    if (size > MOST_PIECE_BYTES) throw altered(name)
    const piece = await bytes.exactly(size, name)
    sum.update(piece)
    length += size
    yield piece
  }
  const foot = await bytes.json(PartFoot, name)
  if (foot.bytes !== length || foot.sha256 !== sum.digest('hex')) throw altered(name)
}

const altered = (where: string): BadBackup =>
  new BadBackup(`The backup was altered: ${where} is not what was written.`)

function parsed<T extends z.ZodType>(schema: T, text: string, where: string): z.infer<T> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw altered(where)
  }
}

/** The bytes of a file as they are asked for; what was taken is summed. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>
  readonly #whole: Hash = createHash('sha256')
  #held: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** Of everything taken so far, hex. */
  sum(): string {
    return this.#whole.copy().digest('hex')
  }

  async exactly(count: number, where: string): Promise<Buffer> {
    while (this.#held.byteLength < count) {
      if (!(await this.#more()))
        throw new BadBackup(`The backup is not whole: it was cut in the middle of ${where}.`)
    }
    return this.#take(count)
  }

  /** Without its line feed. `orNothing`: what has no line at all is an empty one. */
  async line(where: string, orNothing = false): Promise<string> {
    for (let looked = 0; ; ) {
      const end = this.#held.indexOf(0x0a, looked)
      if (end >= 0 && end <= MOST_LINE_BYTES) return this.#take(end + 1).toString('utf8', 0, end)
      looked = this.#held.byteLength
      if (looked > MOST_LINE_BYTES || !(await this.#more())) {
        if (orNothing) return ''
        if (looked > MOST_LINE_BYTES) throw altered(where)
        throw new BadBackup(`The backup is not whole: it was cut at ${where}.`)
      }
    }
  }

  async json<T extends z.ZodType>(schema: T, where: string): Promise<z.infer<T>> {
    return parsed(schema, await this.line(where), where)
  }

  async atEnd(): Promise<boolean> {
    return this.#held.byteLength === 0 && !(await this.#more())
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next()
    if (done) return false
    this.#held = this.#held.byteLength === 0 ? value : Buffer.concat([this.#held, value])
    return true
  }

  #take(count: number): Buffer {
    const taken = this.#held.subarray(0, count)
    this.#held = this.#held.subarray(count)
    this.#whole.update(taken)
    return taken
  }
}
