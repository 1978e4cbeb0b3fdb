/**
 * Content-Encoding of pixel data (RFC 9110 §12.5.3): blobs lie on disk as zstd and go out so where the client reads it,
 * else they are coded again as br or gzip at first use. Either is remembered while there is room: memory that is asked for anew with every
 * answer, and collected after it, takes the server more time than the disk does.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress, zstdDecompress } from 'node:zlib'

export type Coding = 'zstd' | 'br' | 'gzip' | 'identity'
const PREFERENCE: readonly Coding[] = ['zstd', 'br', 'gzip', 'identity']

const inflate = promisify(zstdDecompress)
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const deflate = promisify(zstdCompress)

/** The best coding that the header allows; `identity` where it allows nothing we speak. */
export function chooseCoding(header: string | undefined): Coding {
  const weights = new Map<string, number>()
  for (const part of (header ?? '').split(',')) {
    const [name, ...parameters] = part.trim().toLowerCase().split(';')
    if (!name) continue
    const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
    const weight = q ? Number(q.slice(2)) : 1
    weights.set(name.trim(), Number.isFinite(weight) ? weight : 0)
  }
  const any = weights.get('*') ?? 0
  return PREFERENCE.find((coding) => coding !== 'identity' && (weights.get(coding) ?? any) > 0) ?? 'identity'
}

/** Frames on the disk, one after another. */
export interface StoredBytes {
  /** Names them all. */
  readonly key: string
  /** Of their values. */
  readonly plainBytes: number
  /** Each frame of them by itself, as zstd. */
  read(): Promise<readonly Buffer[]>
}

/** What many ask for one after another, in the coding they read: as much as a large series has. */
const KEPT_BYTES = 96 * 1024 * 1024

export class Recoder {
  readonly #limitBytes: number
  readonly #kept = new Map<string, Uint8Array>()
  readonly #making = new Map<string, Promise<Uint8Array>>()
  #bytes = 0

  constructor(limitBytes = KEPT_BYTES) {
    this.#limitBytes = limitBytes
  }

  async recode(stored: StoredBytes, coding: Coding): Promise<Uint8Array> {
    if (coding === 'identity') return inflated(await stored.read())
    const name = `${coding}:${stored.key}`
    const kept = this.#kept.get(name)
    if (kept) {
      // Used last, forgotten last.
      this.#kept.delete(name)
      this.#kept.set(name, kept)
      return kept
    }
    let making = this.#making.get(name)
    if (!making) {
      making = coded(stored, coding).finally(() => this.#making.delete(name))
      this.#making.set(name, making)
      void making.then(
        // What has not been compressed yet will be, and comes smaller then.
        (bytes) => bytes.length < stored.plainBytes && this.#keep(name, bytes),
        () => undefined,
      )
    }
    return making
  }

  #keep(name: string, bytes: Uint8Array): void {
    this.#kept.set(name, bytes)
    this.#bytes += bytes.length
    for (const [oldest, gone] of this.#kept) {
      if (this.#bytes <= this.#limitBytes) return
      this.#kept.delete(oldest)
      this.#bytes -= gone.length
    }
  }
}

async function coded(stored: StoredBytes, coding: Coding): Promise<Uint8Array> {
  const blobs = await stored.read()
  // Frames of zstd one after another are one stream (RFC 8878 §3.1).
  return coding === 'zstd' ? Buffer.concat(blobs) : encode(await inflated(blobs), coding)
}

/** Blob by blob: Node's decoder stops after the first frame of a stream. */
const inflated = async (blobs: readonly Buffer[]): Promise<Buffer> =>
  Buffer.concat(await Promise.all(blobs.map((blob) => inflate(blob))))

/** Quickly rather than small, and in another thread. */
export async function encode(plain: Uint8Array, coding: Coding): Promise<Uint8Array> {
  if (coding === 'identity') return plain
  if (coding === 'zstd') return deflate(plain)
  if (coding === 'gzip') return gzipped(plain, { level: 1 })
  return brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
}
