/** A body that holds many small files: its first line says which (contract/batches.ts); their bytes are taken from it one file after the other. */
import { BATCH_HEAD_BYTES, type BatchFile, BatchHead } from '@consilium/contract/batches'
import { Refusal } from '@consilium/contract/refusals'
import { BATCH_BYTES } from '@consilium/contract/travel'
import { type Body, BodyCutOff, Chunks } from './chunks.ts'
import type { Portion } from './spool.ts'

const LINE_FEED = 10

export class BatchBody {
  readonly #chunks: Chunks
  /** Bytes of the file at hand that nobody has taken yet. */
  #due = 0

  constructor(body: Body) {
    this.#chunks = new Chunks(body)
  }

  /** To be read first. Refuses a body that does not begin as one must. */
  async files(): Promise<readonly BatchFile[]> {
    const line: Uint8Array[] = []
    for (let bytes = 0; ; ) {
      const chunk = await this.#chunks.next()
      if (!chunk) throw notOne('the body ends before its first line does')
      const end = chunk.indexOf(LINE_FEED)
      const taken = end === -1 ? chunk : chunk.subarray(0, end)
      bytes += taken.length
      if (bytes > BATCH_HEAD_BYTES) throw notOne('its first line is too long')
      line.push(Buffer.from(taken))
      if (end === -1) continue
      this.#chunks.putBack(chunk.length - end - 1)
      return listIn(Buffer.concat(line).toString('utf8'))
    }
  }

  /** The bytes of the next file; what was left of the one before is passed over. Fails with BodyCutOff where they do not all come. */
  next(bytes: number): Portion {
    return { fill: (room) => this.#fill(room, bytes), chunks: () => this.#after(bytes) }
  }

  /** To be read last, so that the connection can be used again; what is behind the last file stays where it is. */
  async end(): Promise<void> {
    await this.#chunks.next().catch(() => undefined) // nobody is there any more
  }

  /** Leaves the connection open, so that an answer can still be sent. */
  close(): void {
    this.#chunks.close()
  }

  async #fill(room: Uint8Array, bytes: number): Promise<void> {
    await this.#passOver()
    this.#due = bytes
    await this.#chunks.fill(room)
    this.#due -= room.length
  }

  async *#after(bytes: number): AsyncGenerator<Uint8Array> {
    await this.#passOver()
    this.#due = bytes
    yield* this.#take()
  }

  async #passOver(): Promise<void> {
    for await (const _ of this.#take()) continue
  }

  async *#take(): AsyncGenerator<Uint8Array> {
    while (this.#due > 0) {
      const chunk = await this.#chunks.next()
      if (!chunk) throw new BodyCutOff('the body ended before the last of its files')
      const taken = chunk.subarray(0, this.#due)
      this.#chunks.putBack(chunk.length - taken.length)
      this.#due -= taken.length
      yield taken
    }
  }
}

function listIn(line: string): readonly BatchFile[] {
  const { success, data, error } = BatchHead.safeParse(jsonOrNull(line))
  if (!success) {
    const [issue] = error.issues
    throw notOne(`${issue?.path.join('.') || 'its first line'}: ${issue?.message ?? 'not as expected'}`)
  }
  if (data.files.reduce((sum, { bytes }) => sum + bytes, 0) > BATCH_BYTES) throw new Refusal('too-large')
  return data.files
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const notOne = (why: string): Refusal =>
  new Refusal('invalid-body', { message: `Not a batch of files: ${why}.` })
