/** A body that holds many small files: its first line says which (contract/batches.ts); their bytes are taken from it one file after the other. */
import { BATCH_HEAD_BYTES, type BatchFile, BatchHead } from '@consilium/contract/batches'
import { Refusal } from '@consilium/contract/refusals'
import { BATCH_BYTES } from '@consilium/contract/travel'
import { type Body, BodyCutOff, chunksOf } from './spool.ts'

const LINE_FEED = 10
const NOTHING = new Uint8Array(0)

export class BatchBody {
  readonly #chunks: AsyncGenerator<Uint8Array>
  /** Of the chunk that came last, what nobody has taken yet. */
  #rest: Uint8Array = NOTHING
  /** Bytes of the file at hand that nobody has taken yet. */
  #due = 0

  constructor(body: Body) {
    this.#chunks = chunksOf(body)
  }

  /** To be read first. Refuses a body that does not begin as one must. */
  async files(): Promise<readonly BatchFile[]> {
    const line: Uint8Array[] = []
    for (let bytes = 0; ; ) {
      const chunk = await this.#chunk()
      if (!chunk) throw notOne('the body ends before its first line does')
      const end = chunk.indexOf(LINE_FEED)
      const taken = end === -1 ? chunk : chunk.subarray(0, end)
      bytes += taken.length
      if (bytes > BATCH_HEAD_BYTES) throw notOne('its first line is too long')
      line.push(Buffer.from(taken))
      if (end === -1) continue
      this.#rest = chunk.subarray(end + 1)
      return listIn(Buffer.concat(line).toString('utf8'))
    }
  }

  /** The bytes of the next file; what was left of the one before is passed over. Fails with BodyCutOff where they do not all come. */
  async *next(bytes: number): AsyncGenerator<Uint8Array> {
    for await (const _ of this.#take()) continue
    this.#due = bytes
    yield* this.#take()
  }

  /** To be read last, so that the connection can be used again; what is behind the last file stays where it is. */
  async end(): Promise<void> {
    await this.#chunks.next().catch(() => undefined) // nobody is there any more
  }

  /** Leaves the connection open, so that an answer can still be sent. */
  async close(): Promise<void> {
    await this.#chunks.return(undefined)
  }

  async *#take(): AsyncGenerator<Uint8Array> {
    while (this.#due > 0) {
      const chunk = await this.#chunk()
      if (!chunk) throw new BodyCutOff('the body ended before the last of its files')
      const taken = chunk.subarray(0, this.#due)
      this.#rest = chunk.subarray(taken.length)
      this.#due -= taken.length
      yield taken
    }
  }

  async #chunk(): Promise<Uint8Array | null> {
    const rest = this.#rest
    this.#rest = NOTHING
    if (rest.length > 0) return rest
    const { done, value } = await this.#chunks.next()
    return done ? null : value
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
