/** SHA-256 of files, piece by piece: a file of a gigabyte takes no more memory than one of a megabyte, and the page stays free. */
import { createSHA256 } from 'hash-wasm'

const PIECE_BYTES = 4 * 1024 * 1024

export interface Asked {
  readonly id: number
  readonly file: Blob
}

export interface Hashed {
  readonly id: number
  /** null: the file could not be read. */
  readonly sha256: string | null
}

const hasher = createSHA256()
let before: Promise<void> = Promise.resolve()

self.onmessage = (event: MessageEvent<Asked>) => {
  // One after the other: they share the hasher.
  before = before.then(async () => {
    const { id, file } = event.data
    const answer: Hashed = { id, sha256: await hashOf(file) }
    self.postMessage(answer)
  })
}

async function hashOf(file: Blob): Promise<string | null> {
  const hash = (await hasher).init()
  try {
    for (let at = 0; at < file.size; at += PIECE_BYTES)
      hash.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()))
  } catch (error) {
    // Moved, deleted or changed since it was chosen.
    if (error instanceof DOMException) return null
    throw error
  }
  return hash.digest('hex')
}
