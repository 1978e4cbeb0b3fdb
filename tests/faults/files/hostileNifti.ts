/** NIfTI files that mean harm, each named after what it does. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip, gzipSync } from 'node:zlib'
import { type NiftiOptions, niftiBytes } from '../../../packages/imaging/src/testing/nifti.ts'
import type { Hostile } from './hostileDicom.ts'

const SHAPE = [4, 3, 2]
const lie = (name: string, options: Partial<NiftiOptions>, ends: Hostile['ends'] = 'refused'): Hostile => ({
  name,
  ends,
  make: async () => niftiBytes({ shape: SHAPE, ...options }),
})
const packed = (name: string, file: () => Uint8Array, ends: Hostile['ends'] = 'refused'): Hostile => ({
  name,
  ends,
  make: async () => new Uint8Array(gzipSync(file())),
})
/** Piece by piece, so that making it costs this process nothing. */
const zeros = (name: string, head: () => Uint8Array, bytes: number): Hostile => ({
  name,
  ends: 'either',
  make: async () => {
    const piece = Buffer.alloc(2 ** 20)
    async function* whole(): AsyncGenerator<Uint8Array> {
      yield head()
      for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, left)
    }
    return new Uint8Array(await buffer(Readable.from(whole()).pipe(createGzip({ level: 6 }))))
  },
})

export const HOSTILE_NIFTI: readonly Hostile[] = [
  lie('sizes that overflow 32 bits', { says: [32_767, 32_767, 32_767] }),
  lie('sizes that overflow 64 bits', { version: 2, says: [2 ** 40, 2 ** 40, 2 ** 40] }),
  lie('sizes below zero', { says: [-4, 3, 2] }),
  lie('sizes of zero', { says: [0, 3, 2] }),
  lie('2 147 483 647 slices of one voxel', { version: 2, says: [1, 1, 2 ** 31 - 1] }),
  lie('more slices than voxels', { says: [4, 3, 30_000] }),
  lie('voxels that begin before the file', { voxelsAt: -352 }),
  lie('voxels that begin in the header', { voxelsAt: 16 }),
  lie('voxels that begin behind the end', { voxelsAt: 1_000_000 }),
  lie('voxels that begin nowhere', { voxelsAt: Number.NaN }),
  lie('an affine that is no number', { sformCode: 1, sform: Array(12).fill(Number.NaN) }),
  lie('an affine without end', { sformCode: 1, sform: Array(12).fill(Number.POSITIVE_INFINITY) }),
  lie('an affine of nothing', { sformCode: 1, sform: Array(12).fill(0) }),
  lie('an affine that is flat', { sformCode: 1, sform: [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0] }),
  lie('a quaternion that is no rotation', { qformCode: 1, quaternion: [9, 9, 9] }),
  lie('a quaternion that is no number', { qformCode: 1, quaternion: [Number.NaN, 0, 0] }),
  lie('voxels of no size', { qformCode: 1, zooms: [0, 0, 0] }),
  lie('values scaled by no number', { slope: 1, intercept: Number.NaN }),
  lie('a scale that is no number', { slope: Number.NaN }, 'either'),
  lie('a type that is in no standard', { datatype: 4_711 }),
  lie('complex numbers', { datatype: 32 }),
  lie('the voxels in another file', { magic: 'ni1' }),
  zeros('gzip: 1 GiB of zeros behind a small volume', () => niftiBytes({ shape: SHAPE }), 2 ** 30),
  zeros(
    'gzip: 512 × 512 × 2 047 voxels in half a megabyte',
    () => niftiBytes({ shape: SHAPE, says: [512, 512, 2_047] }).subarray(0, 352),
    512 * 512 * 2_047,
  ),
  packed('gzip in gzip', () => gzipSync(niftiBytes({ shape: SHAPE }))),
  packed('gzip of nothing', () => new Uint8Array(0)),
  packed('gzip: 65 535 volumes of 32 767 slices promised', () =>
    niftiBytes({ version: 2, shape: SHAPE, says: [64, 64, 32_767, 65_535] }),
  ),
  {
    name: 'gzip that is cut',
    ends: 'refused',
    make: async () => new Uint8Array(gzipSync(niftiBytes({ shape: [40, 40, 40] }))).subarray(0, -300),
  },
]
