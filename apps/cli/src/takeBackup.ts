/** Writes a backup as it comes from the server. Under its own name there is a whole one, or none. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BackupManifest, FIRST_LINE, LAST_LINE_BYTES, MOST_LINE_BYTES } from '@consilium/contract/backup'
import { Failure } from './failure.ts'

/** Returns what the file says of itself. */
export async function takeBackup(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  progress: (bytes: number) => void,
): Promise<{ manifest: BackupManifest; bytes: number }> {
  mustBeNew(path)
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    const sum = createHash('sha256')
    let [first, last] = [Buffer.alloc(0), Buffer.alloc(0)]
    let bytes = 0
    try {
      for await (const piece of pieces) {
        await file.appendFile(piece)
        bytes += piece.byteLength
        if (first.length <= MOST_LINE_BYTES) first = Buffer.concat([first, piece])
        // The last line is not in the sum that it holds.
        const held = Buffer.concat([last, piece])
        const summed = Math.max(0, held.length - LAST_LINE_BYTES)
        sum.update(held.subarray(0, summed))
        last = held.subarray(summed)
        progress(bytes)
      }
    } catch (error) {
      throw new Failure(`The backup broke off: ${reasonOf(error)}. Nothing was kept of it; try again.`)
    }
    if (last.toString() !== `whole ${sum.digest('hex')}\n`)
      throw new Failure(
        "The backup broke off: its end is missing. Nothing was kept of it; the server's log says why.",
      )
    const manifest = manifestIn(first)
    await file.sync()
    await file.close()
    await rename(part, path)
    await flushFolder(dirname(path))
    return { manifest, bytes }
  } catch (error) {
    await file.close()
    await rm(part, { force: true })
    throw error
  }
}

export function mustBeNew(path: string): void {
  if (existsSync(path))
    throw new Failure(`${path} is there already, and is not written over. Name another file.`)
  if (!existsSync(dirname(path))) throw new Failure(`There is no folder ${dirname(path)}.`)
}

function manifestIn(first: Buffer): BackupManifest {
  const [title, manifest = ''] = first.toString('utf8').split('\n', 2)
  if (title !== FIRST_LINE)
    throw new Failure(`The server's backup has another form than this program knows (${title}).`)
  return BackupManifest.parse(JSON.parse(manifest))
}

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error
  return cause instanceof Error ? cause.message : message
}

async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for flushing, and does not need to: its rename is journalled.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
