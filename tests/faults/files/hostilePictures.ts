/** NRRD and MetaImage volumes and photographs (PNG, JPEG, TIFF) that mean harm, each named after what it does; and good ones to begin with. */
import { deflateSync, gzipSync } from 'node:zlib'
import {
  cellBytes,
  type FieldsSaid,
  metaBytes,
  nrrdBytes,
} from '../../../packages/imaging/src/testing/grids.ts'
import { jpegBytes, withSegment } from '../../../packages/imaging/src/testing/jpeg.ts'
import { chunk, type PngOptions, pngBytes } from '../../../packages/imaging/src/testing/png.ts'
import { type TiffPage, tiffBytes } from '../../../packages/imaging/src/testing/tiff.ts'
import type { Base } from './base.ts'
import type { Hostile } from './hostileDicom.ts'
import { PLANTED } from './planted.ts'

const NRRD: FieldsSaid = {
  type: 'short',
  dimension: '3',
  sizes: '4 3 2',
  encoding: 'raw',
  endian: 'little',
  space: 'left-posterior-superior',
  'space directions': '(1,0,0) (0,1,0) (0,0,2)',
  'space origin': '(0,0,0)',
  content: PLANTED[0],
}
const META: FieldsSaid = {
  NDims: '3',
  DimSize: '4 3 2',
  ElementType: 'MET_SHORT',
  ElementSpacing: '1 1 2',
  ElementByteOrderMSB: 'False',
  Comment: PLANTED[1],
}
const VOXELS = cellBytes(
  'int16',
  Array.from({ length: 24 }, (_, k) => k * 3),
)
const PIXELS = Array.from({ length: 192 }, (_, k) => (k * 5) & 255)
const PNG: PngOptions = {
  columns: 8,
  rows: 8,
  bits: 8,
  colour: 2,
  values: PIXELS,
  also: [['tEXt', Buffer.from(`Author\0${PLANTED[0]}`)]],
}
const TIFF: TiffPage = { columns: 8, rows: 8, bits: 8, samples: 3, photometric: 2, values: PIXELS }
const photo = (progressive = false): Promise<Uint8Array> =>
  jpegBytes({ columns: 24, rows: 16, pixel: (x, y) => [x * 9, y * 12, 80], progressive })

const nrrd = (
  name: string,
  fields: FieldsSaid,
  voxels: Uint8Array = VOXELS,
  ends: Hostile['ends'] = 'refused',
): Hostile => ({
  name: `NRRD: ${name}`,
  ends,
  make: async () => nrrdBytes({ ...NRRD, ...fields }, voxels),
})
const meta = (name: string, fields: FieldsSaid, ends: Hostile['ends'] = 'refused'): Hostile => ({
  name: `MetaImage: ${name}`,
  ends,
  make: async () => metaBytes({ ...META, ...fields }, VOXELS),
})
const png = (name: string, options: Partial<PngOptions>, ends: Hostile['ends'] = 'refused'): Hostile => ({
  name: `PNG: ${name}`,
  ends,
  make: async () => pngBytes({ ...PNG, ...options }),
})
const tiff = (name: string, page: Partial<TiffPage>, ends: Hostile['ends'] = 'refused'): Hostile => ({
  name: `TIFF: ${name}`,
  ends,
  make: async () => tiffBytes([{ ...TIFF, ...page }]),
})
const changed = (name: string, ends: Hostile['ends'], make: () => Promise<Uint8Array>): Hostile => ({
  name,
  ends,
  make,
})

/** The size in a JPEG's frame header. */
async function sizedJpeg(rows: number, columns: number, pad: number): Promise<Uint8Array> {
  const bytes = Buffer.concat([await photo(), Buffer.alloc(pad)])
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(rows, at + 5)
  bytes.writeUInt16BE(columns, at + 7)
  return bytes
}

async function segments(count: number): Promise<Uint8Array> {
  const whole = await photo()
  const one = withSegment(Uint8Array.of(0xff, 0xd8), 0xe5, new Uint8Array(0)).subarray(2)
  return Buffer.concat([whole.subarray(0, 2), Buffer.alloc(one.length * count, one), whole.subarray(2)])
}

/** The directory of a TIFF stands where byte 4 says; behind its last field, where the next one stands. */
function loopingTiff(): Uint8Array {
  const bytes = Buffer.from(tiffBytes([TIFF]))
  const at = bytes.readUInt32LE(4)
  bytes.writeUInt32LE(at, at + 2 + 12 * bytes.readUInt16LE(at))
  return bytes
}

export const HOSTILE_PICTURES: readonly Hostile[] = [
  nrrd('sizes that overflow', { sizes: '4294967296 4294967296 4294967296' }),
  nrrd('sizes of 65 536 each', { sizes: '65536 65536 65536' }),
  nrrd('sizes below zero', { sizes: '-4 3 2' }),
  nrrd('no number for a size', { sizes: 'QUENBYVORTLAND^WILHELMINA 3 2' }),
  nrrd('16 dimensions', { dimension: '16', sizes: Array(16).fill(2).join(' ') }),
  nrrd('its voxels in a file of the system', { 'data file': '/etc/passwd' }),
  nrrd('its voxels in a list of files', { 'data file': 'LIST' }),
  nrrd(
    'directions that are no numbers',
    { 'space directions': '(NaN,0,0) (0,inf,0) (0,0,0)' },
    VOXELS,
    'either',
  ),
  nrrd('a line of 4 000 000 letters', { content: 'x'.repeat(4_000_000) }, VOXELS, 'either'),
  nrrd('gzip: 64 MiB for 48 bytes', { encoding: 'gzip' }, new Uint8Array(2 ** 26), 'either'),
  nrrd('gzip: 512 × 512 × 1 000 promised', { encoding: 'gzip', sizes: '512 512 1000' }),
  meta('sizes that overflow', { DimSize: '4294967296 4294967296 4294967296' }),
  meta('sizes below zero', { DimSize: '-4 3 2' }),
  meta('its voxels in a file of the system', { ElementDataFile: '/etc/passwd' }),
  meta('zlib: 512 × 512 × 1 000 promised', { CompressedData: 'True', DimSize: '512 512 1000' }),
  meta('spacing that is no number', { ElementSpacing: 'NaN 0 -1' }, 'either'),
  png('2 147 483 647 × 2 147 483 647', { says: [2_147_483_647, 2_147_483_647] }),
  png('65 535 × 65 535 in a few bytes', { says: [65_535, 65_535] }),
  png('no columns', { says: [0, 8] }),
  png(
    '8 192 × 8 192 of zeros',
    { says: [8_192, 8_192], colour: 0, packed: deflateSync(Buffer.alloc(8_193 * 8_192)) },
    'either',
  ),
  png('more than it says', { packed: deflateSync(Buffer.alloc(2 ** 25)) }, 'either'),
  png('a palette that is not there', { colour: 3, values: PIXELS.slice(0, 64) }),
  png('200 000 chunks', { also: Array.from({ length: 200_000 }, () => ['teXt', Buffer.of(0)]) }, 'either'),
  changed('PNG: a chunk longer than the file', 'refused', async () => {
    const bytes = Buffer.from(pngBytes(PNG))
    bytes.writeUInt32BE(0x7fffffff, bytes.indexOf('IDAT') - 4)
    return bytes
  }),
  changed('PNG: a profile that unpacks to 64 MiB', 'either', async () => {
    const body = Buffer.concat([Buffer.from('p\0\0'), deflateSync(Buffer.alloc(2 ** 26))])
    const whole = Buffer.from(pngBytes(PNG))
    return Buffer.concat([whole.subarray(0, 33), chunk('iCCP', body), whole.subarray(33)])
  }),
  changed('JPEG: 65 535 × 65 535 in a few bytes', 'refused', () => sizedJpeg(65_535, 65_535, 0)),
  changed('JPEG: 16 384 × 16 384 and 300 kB of padding', 'either', () => sizedJpeg(16_384, 16_384, 300_000)),
  changed('JPEG: 100 000 empty segments', 'either', () => segments(100_000)),
  changed('JPEG: cut', 'refused', async () => (await photo()).subarray(0, -40)),
  tiff('65 535 × 65 535 in a few bytes', { fields: { 256: [65_535], 257: [65_535] } }),
  tiff('65 535 samples', { fields: { 277: [65_535] } }),
  tiff('strips that are not there', { fields: { 273: [65_000], 279: [65_000] } }),
  tiff('tiles of nothing', { tile: [16, 16], fields: { 322: [0], 323: [0] } }),
  tiff('strips of no rows', { fields: { 278: [0] } }),
  tiff('LZW that is none', { compression: 5, fields: { 259: [8] } }),
  changed('TIFF: directories that name themselves', 'either', async () => loopingTiff()),
  changed('TIFF: 20 000 pages', 'either', async () =>
    tiffBytes(Array.from({ length: 20_000 }, () => ({ ...TIFF, columns: 1, rows: 1, values: [1, 2, 3] }))),
  ),
  changed('gzip of a PNG', 'refused', async () => gzipSync(pngBytes(PNG))),
]

export async function pictureBases(): Promise<Base[]> {
  const tiffs = ([1, 5, 8, 32_773] as const).flatMap((compression) => [
    tiffBytes([{ ...TIFF, compression }]),
    tiffBytes([{ ...TIFF, compression, tile: [16, 16] }], false),
  ])
  const all = [
    nrrdBytes(NRRD, VOXELS),
    nrrdBytes({ ...NRRD, encoding: 'gzip' }, VOXELS),
    metaBytes(META, VOXELS),
    metaBytes({ ...META, CompressedData: 'True' }, VOXELS),
    pngBytes(PNG),
    pngBytes({
      ...PNG,
      colour: 0,
      bits: 16,
      values: PIXELS.slice(0, 64),
      interlaced: true,
      filters: [0, 1, 2, 3, 4],
    }),
    await photo(),
    await photo(true),
    ...tiffs,
  ]
  return all.map((bytes, k) => ({ name: `picture ${k}`, bytes }))
}
