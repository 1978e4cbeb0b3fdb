/**
 * `checkpoints.log`: every checkpoint as a line of JSON, added and forced to the disk. A witness beside the database: whoever has only the
 * database in their hands cannot change it. A line that a crash left unfinished is cut off; the database has it whole.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type { LoggedCheckpoint } from '@consilium/contract/checkpoints'

const LINE_FEED = 0x0a
const FIRST_LOOK = 64 * 1024

export class LogFile {
  readonly #path: string
  #last: LoggedCheckpoint | null = null
  #open: FileHandle | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** Null while there is none. */
  get last(): LoggedCheckpoint | null {
    return this.#last
  }

  /** Makes the file where it does not exist; reads its last line. */
  async begin(): Promise<void> {
    if (this.#open) return
    const file = await open(this.#path, 'a+', 0o600)
    try {
      const { size } = await file.stat()
      const { line, end } = await lastLine(file, size)
      this.#last = line === null ? null : (JSON.parse(line) as LoggedCheckpoint)
      if (end < size) await file.truncate(end)
      this.#open = file
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** On disk when it resolves. Where it does not, the file is read again before the next one. */
  async add(checkpoint: LoggedCheckpoint): Promise<void> {
    await this.begin()
    try {
      await this.#open?.appendFile(`${JSON.stringify(checkpoint)}\n`)
      await this.#open?.datasync()
      this.#last = checkpoint
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Whole lines, oldest first, after number `n`. */
  async *after(n: number): AsyncGenerator<LoggedCheckpoint> {
    const file = await open(this.#path, 'r')
    for await (const line of file.readLines()) {
      if (line === '') continue
      const one = JSON.parse(line) as LoggedCheckpoint
      if (one.n > n) yield one
    }
  }

  async close(): Promise<void> {
    const file = this.#open
    this.#open = null
    await file?.close()
  }
}

/** `end`: how far whole lines go. */
async function lastLine(
  file: FileHandle,
  size: number,
): Promise<{ readonly line: string | null; readonly end: number }> {
  for (let length = Math.min(FIRST_LOOK, size); ; length = Math.min(2 * length, size)) {
    const tail = Buffer.alloc(length)
    await file.read(tail, 0, length, size - length)
    const end = tail.lastIndexOf(LINE_FEED)
    const before = end <= 0 ? -1 : tail.lastIndexOf(LINE_FEED, end - 1)
    if (before < 0 && length < size) continue
    if (end < 0) return { line: null, end: 0 }
    return { line: tail.toString('utf8', before + 1, end), end: size - length + end + 1 }
  }
}
