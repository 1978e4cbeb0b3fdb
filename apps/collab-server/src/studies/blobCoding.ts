/**
 * What lies in a frame's blob, in one of two forms. Whoever brings files in waits, so their values are written as they are, behind a mark;
 * when nobody waits (tightening.ts) they are coded (imaging/packs.ts) and compressed to a frame of zstd. Of either it is known whether it is
 * whole: plain values by the SHA-256 that names them, a frame of zstd by a sum of its own, so that whoever reads it need not know how hard
 * it was tried.
 */
import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import {
  constants,
  type ZstdOptions,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib'
import { decodeFrames, encodeFrames, type FrameShape, frameBytes } from '@consilium/imaging/packs'
import { type Samples, samplesOver } from '@consilium/imaging/samples'
import type { NamedBlob } from './jobs.ts'

/** As long as the longest value, so that those behind it stay aligned. No frame of zstd begins so (RFC 8878 §3.1.1). */
const PLAIN = Buffer.from('pixels:\n')
/** As small as pays: higher levels take several times as long for a few hundredths. */
const COMPRESSED = 1
/** The lowest level there is (ZSTD_minCLevel): next to nothing is looked for. */
const STORED = -131_072

/** Stored values (little endian), in parts that follow one another. */
export const plain = (values: Uint8Array): readonly Uint8Array[] => [PLAIN, values]

/** Of a coded frame. */
export const compressed = (coded: Uint8Array): Buffer => zstdCompressSync(coded, optionsOf(coded, COMPRESSED))

/** The stored values; null where the blob is damaged, or none of such a frame. */
export function valuesIn(blob: Uint8Array, { sha256, ...shape }: NamedBlob): Samples | null {
  if (isPlain(blob)) return plainValues(blob, sha256, shape)
  const coded = inflated(blob)
  if (coded?.length !== frameBytes(shape)) return null
  return decodeFrames(coded, { ...shape, count: 1 })[0] ?? null
}

/** The coded frame; null where the blob is damaged, or none of such a frame. */
export function codedIn(blob: Uint8Array, { sha256, ...shape }: NamedBlob): Uint8Array | null {
  if (isPlain(blob)) {
    const values = plainValues(blob, sha256, shape)
    return values && encodeFrames([values], shape)
  }
  const coded = inflated(blob)
  return coded?.length === frameBytes(shape) ? coded : null
}

/** As it travels: a frame of zstd. Fails where the blob is damaged. */
export async function travelling(blob: Buffer, named: NamedBlob): Promise<Buffer> {
  if (!isPlain(blob)) return blob
  const coded = codedIn(blob, named)
  if (!coded) throw new Error('a picture is not what its name says')
  return promisify(zstdCompress)(coded, optionsOf(coded, STORED))
}

const isPlain = (blob: Uint8Array): boolean => PLAIN.equals(blob.subarray(0, PLAIN.length))

/** For who does not know of what shape the frame is. */
export async function isWhole(blob: Uint8Array, sha256: string): Promise<boolean> {
  if (isPlain(blob)) return hash('sha256', blob.subarray(PLAIN.length)) === sha256
  return promisify(zstdDecompress)(blob).then(
    () => true,
    () => false,
  )
}

function plainValues(blob: Uint8Array, sha256: string, shape: FrameShape): Samples | null {
  const values = new Uint8Array(blob.subarray(PLAIN.length))
  if (values.length !== frameBytes(shape) || hash('sha256', values) !== sha256) return null
  return samplesOver(shape.samples, values.buffer)
}

function inflated(blob: Uint8Array): Buffer | null {
  try {
    return zstdDecompressSync(blob)
  } catch {
    return null
  }
}

const optionsOf = (coded: Uint8Array, level: number): ZstdOptions => ({
  params: { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 },
  // Room for the worst there is: then zstd writes it at once, without a buffer of its own.
  chunkSize: coded.length + Math.ceil(coded.length / 256) + 1_024,
})
