/** The data folder from outside: which pictures lie there. For tests that damage them, or look what is left. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

export const blobPath = (data: string, sha256: string): string =>
  join(data, 'frames', sha256.slice(0, 2), sha256)

/** SHA-256 of every picture. */
export const blobsIn = (data: string): string[] =>
  existsSync(join(data, 'frames'))
    ? readdirSync(join(data, 'frames'), { recursive: true, encoding: 'utf8' })
        .map((name) => name.slice(3))
        .filter((name) => /^[0-9a-f]{64}/.test(name))
    : []

const PLAIN = 'pixels:\n'

/** What a picture's file says, whether it is compressed yet or not. */
export const unpacked = (blob: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> =>
  blob.toString('latin1', 0, PLAIN.length) === PLAIN ? blob.subarray(PLAIN.length) : zstdDecompressSync(blob)
