/** One request's body -> one file in `incoming/`, however large it claims to be. The limit holds while reading, not after. */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

/** Whoever sends nothing for so long holds up others. */
const IDLE_MS = 30_000

/** More bytes than the limit came, or were announced. */
export class BodyTooLarge extends Error {}

/** The sender went away, or sent nothing for too long, before the end. */
export class BodyCutOff extends Error {}

/** Calls `use` with the file's path and always deletes the file afterwards: originals are not kept. */
export async function spooled<T>(
  body: ReadableStream<Uint8Array> | null,
  options: { folder: string; limitBytes: number; announcedBytes: number | null; idleMs?: number },
  use: (path: string, bytes: number) => Promise<T>,
): Promise<T> {
  const { folder, limitBytes, announcedBytes, idleMs = IDLE_MS } = options
  if (announcedBytes !== null && announcedBytes > limitBytes) throw new BodyTooLarge()
  // Our own name: nothing a sender says becomes part of a path.
  const path = join(folder, randomBytes(12).toString('hex'))
  try {
    return await use(path, await write(body, path, limitBytes, idleMs))
  } finally {
    await rm(path, { force: true })
  }
}

async function write(
  body: ReadableStream<Uint8Array> | null,
  path: string,
  limitBytes: number,
  idleMs: number,
): Promise<number> {
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body)
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  // An error of one ends the other as well; whose came first tells the sender's fault from ours.
  let failed: typeof source | typeof file | null = null
  for (const stream of [source, file])
    stream.once('error', () => {
      failed ??= stream
    })
  const giveUp = setTimeout(() => source.destroy(new Error('nothing came for too long')), idleMs)
  let bytes = 0
  const counter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      giveUp.refresh()
      bytes += chunk.length
      if (bytes > limitBytes) done(new BodyTooLarge())
      else done(null, chunk)
    },
  })
  try {
    await pipeline(source, counter, file)
    return bytes
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error
    throw failed === source ? new BodyCutOff('the body ended early', { cause: error }) : error
  } finally {
    clearTimeout(giveUp)
  }
}
