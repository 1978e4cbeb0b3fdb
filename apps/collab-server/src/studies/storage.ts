/**
 * Pixel data on disk: frames, each in a file named by a SHA-256, so that one picture is kept once whatever series shows it.
 * A blob is complete or absent: it is written beside its place, flushed, renamed, and the folder flushed. Rows in the database come
 * only after that, so a crash leaves at most a blob nobody names, which `sweep` removes at the next start.
 * Must never hold anything but pixel values; whole uploaded files live in `incoming/` for the time of reading only.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flushFolder } from '../flushFolder.ts'

/** `frames`: one frame, delta + split coded, zstd; the name is the SHA-256 of its stored values (little endian). */
export type BlobKind = 'frames'
const KINDS: readonly BlobKind[] = ['frames']
/** Folders of versions before this one. */
const FORMER = ['packs']
const NAME = /^[0-9a-f]{64}$/

export class BlobStore {
  readonly #root: string

  constructor(dataFolder: string) {
    this.#root = dataFolder
  }

  /** Folder for uploads while they are read. It never outlives a start of the server. */
  get incoming(): string {
    return join(this.#root, 'incoming')
  }

  pathOf(kind: BlobKind, sha256: string): string {
    if (!NAME.test(sha256)) throw new Error('a blob is named by a SHA-256 in hex')
    return join(this.#root, kind, sha256.slice(0, 2), sha256)
  }

  has(kind: BlobKind, sha256: string): boolean {
    return existsSync(this.pathOf(kind, sha256))
  }

  /** Bytes, or null where it is not here. */
  sizeOf(kind: BlobKind, sha256: string): number | null {
    return statSync(this.pathOf(kind, sha256), { throwIfNoEntry: false })?.size ?? null
  }

  read(kind: BlobKind, sha256: string): Promise<Buffer> {
    return readFile(this.pathOf(kind, sha256))
  }

  /** Resolves when the bytes are on disk under their name. Writing what is there already does nothing. */
  async write(kind: BlobKind, sha256: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(kind, sha256)
    if (existsSync(path)) return
    const folder = dirname(path)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
    try {
      const file = await open(beside, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, path)
      await flushFolder(folder)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  }

  /** Empties `incoming/`: whatever a killed server left there is an original file, and originals are not kept. */
  async clearIncoming(): Promise<void> {
    await rm(this.incoming, { recursive: true, force: true })
    await mkdir(this.incoming, { recursive: true, mode: 0o700 })
  }

  /** Removes every blob that `isNamed` does not know, and half-written ones. Only while no import runs. Returns how many went. */
  async sweep(isNamed: (kind: BlobKind, sha256: string) => boolean): Promise<number> {
    let removed = 0
    for (const name of FORMER) await rm(join(this.#root, name), { recursive: true, force: true })
    for (const kind of KINDS) {
      for (const folder of await entries(join(this.#root, kind))) {
        for (const name of await entries(join(this.#root, kind, folder))) {
          if (NAME.test(name) && isNamed(kind, name)) continue
          await rm(join(this.#root, kind, folder, name), { force: true, recursive: true })
          removed += 1
        }
      }
    }
    return removed
  }
}

async function entries(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : []
}
