/**
 * Pixel data on disk: frames, each in a file named by a SHA-256, so that one picture is kept once whatever series shows it.
 * A blob is complete or absent: it is written beside its place and renamed, so a kill leaves at most a blob nobody names, which `sweep`
 * removes at the next start. It is flushed, with its folder, before any series names it: by `write`, or after many `put` by `settle`.
 * Must never hold anything but pixel values; whole uploaded files live in `incoming/` for the time of reading only.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writevSync,
} from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flush, flushFolder } from '../flushFolder.ts'

/** `frames`: one frame (blobCoding.ts); the name is the SHA-256 of its stored values (little endian). */
export type BlobKind = 'frames'
const KINDS: readonly BlobKind[] = ['frames']
/** Folders of versions before this one. */
const FORMER = ['packs']
const NAME = /^[0-9a-f]{64}$/

export class BlobStore {
  readonly #root: string
  /** In the names of half-written files: no other thread writes the same. */
  readonly #mine = randomBytes(6).toString('hex')
  #puts = 0

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

  /** Making them one by one, at their first blob, costs more than all at once. */
  makeFolders(kind: BlobKind): void {
    for (let k = 0; k < 256; k++)
      mkdirSync(join(this.#root, kind, k.toString(16).padStart(2, '0')), { recursive: true, mode: 0o700 })
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

  /** Null where it is not here; between `has` and `read` another may remove it. */
  async find(kind: BlobKind, sha256: string): Promise<Buffer | null> {
    try {
      return await this.read(kind, sha256)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  /** Resolves when the bytes are on disk under their name. Writing what is there already does nothing. */
  async write(kind: BlobKind, sha256: string, bytes: Uint8Array): Promise<void> {
    if (!this.has(kind, sha256)) this.put(kind, sha256, [bytes])
    await this.settle(kind, [sha256])
  }

  /** Of parts that follow one another. There when this returns, also for whoever comes after a kill; on the disk only after `settle`. Replaces what is there. For threads. */
  put(kind: BlobKind, sha256: string, parts: readonly Uint8Array[]): void {
    const path = this.pathOf(kind, sha256)
    const beside = `${path}.${this.#mine}-${this.#puts++}.tmp`
    try {
      withFolder(dirname(path), () => writeNew(beside, parts))
      renameSync(beside, path)
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
  }

  /** Other bytes that show the same: at every moment, also after a power failure, one of the two is there. For threads. */
  replace(kind: BlobKind, sha256: string, bytes: Uint8Array): void {
    const beside = join(this.incoming, `${sha256}.${randomBytes(6).toString('hex')}`)
    try {
      writeFileSync(beside, bytes, { flag: 'wx', mode: 0o600, flush: true })
      renameSync(beside, this.pathOf(kind, sha256))
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
  }

  /** Their bytes, which `settle` need not flush again. While others need the disk too. */
  async flush(kind: BlobKind, sha256s: readonly string[]): Promise<void> {
    const paths = sha256s.map((sha256) => this.pathOf(kind, sha256))
    await inParallel(paths, flushFile, AT_ONCE_BESIDE_OTHERS)
  }

  /** Resolves when these blobs and their names are on the disk for good; `flushed`: those whose bytes are there already. */
  async settle(
    kind: BlobKind,
    sha256s: readonly string[],
    eachDone?: () => void,
    flushed: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    if (sha256s.length === 0) return
    const left = sha256s.filter((sha256) => !flushed.has(sha256))
    await inParallel(left, async (sha256) => {
      await flushFile(this.pathOf(kind, sha256))
      eachDone?.()
    })
    // A folder costs as much as a file, and there are at most 256 of them: all at the end, however many names came into each.
    const folders = new Set(sha256s.map((sha256) => dirname(this.pathOf(kind, sha256))))
    await inParallel(folders.add(join(this.#root, kind)), flushFolder)
  }

  async remove(kind: BlobKind, sha256: string): Promise<void> {
    await rm(this.pathOf(kind, sha256), { force: true })
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

/** The file system writes many at once in one go. */
const AT_ONCE = 16
/** Half of Node's threads for files stay free. */
const AT_ONCE_BESIDE_OTHERS = 2

async function inParallel(
  paths: Iterable<string>,
  work: (path: string) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  const left = [...paths].values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const path of left) await work(path)
    }),
  )
}

const flushFile = (path: string): Promise<void> => flush(path, 'r+')

function writeNew(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    const left = [...parts]
    while (left.length > 0) {
      let written = writevSync(file, left)
      while (left[0] && written >= left[0].length) written -= left.shift()?.length ?? 0
      if (left[0]) left[0] = left[0].subarray(written)
    }
  } finally {
    closeSync(file)
  }
}

/** Folders are made at first use. */
function withFolder(folder: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    work()
  }
}

async function entries(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : []
}
