/**
 * A coded frame (imaging/packs.ts) -> its blob: always a frame of zstd with a sum of its own, so that whoever reads it need not know how hard
 * it was tried. What comes in is stored, because somebody waits; what is kept is compressed later (tightening.ts). For threads.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** As small as pays: higher levels take several times as long for a few hundredths. */
const COMPRESSED = 1
/** The lowest level there is (ZSTD_minCLevel): next to nothing is looked for. */
const STORED = -131_072

export const compressed = (coded: Uint8Array): Buffer => blobOf(coded, COMPRESSED)
export const stored = (coded: Uint8Array): Buffer => blobOf(coded, STORED)

/** Null where it is damaged. */
export function inflated(blob: Uint8Array): Buffer | null {
  try {
    return zstdDecompressSync(blob)
  } catch {
    return null
  }
}

const blobOf = (coded: Uint8Array, level: number): Buffer =>
  zstdCompressSync(coded, {
    params: { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 },
    // Room for the worst there is: then zstd writes it at once, without a buffer of its own.
    chunkSize: coded.length + Math.ceil(coded.length / 256) + 1_024,
  })
