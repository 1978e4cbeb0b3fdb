/**
 * DICOM files that mean harm, each named after what it does. `read`: odd, but no reason to keep the picture out; `refused`: one sentence.
 * One long list of small lies; those of other formats stand beside it.
 */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createDeflateRaw } from 'node:zlib'
import {
  DEFLATED,
  type Element,
  EXPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  type WritableSyntax,
  writePart10,
} from '@consilium/imaging/write'
import { imageElements, ramp } from '../../../packages/imaging/src/testing/images.ts'
import { COLUMNS, ROWS, STREAMS, type Stream } from '../../../packages/imaging/src/testing/streams.ts'
import { coded } from './base.ts'
import { encapsulated } from './encapsulated.ts'
import { PLANTED_ELEMENTS } from './planted.ts'

export interface Hostile {
  readonly name: string
  readonly ends: 'refused' | 'read' | 'either'
  make(): Promise<Uint8Array>
}

const us = (tag: number, ...value: number[]): Element => ({ tag, vr: 'US', value })
const ds = (tag: number, ...value: string[]): Element => ({ tag, vr: 'DS', value })
const sized = (rows: number, columns: number, frames = '1'): Element[] => [
  us(0x00280010, rows),
  us(0x00280011, columns),
  { tag: 0x00280008, vr: 'IS', value: frames },
]

const image = (also: readonly Element[], syntax?: WritableSyntax): Promise<Uint8Array> =>
  writePart10(imageElements({ also: [...PLANTED_ELEMENTS, ...also] }), syntax)
const without = (...tags: number[]): Promise<Uint8Array> => writePart10(imageElements({ without: tags }))

/* Bytes in front of the pixels that no writer would write. */

async function withRaw(...raw: readonly (readonly number[] | Uint8Array)[]): Promise<Uint8Array> {
  const pixels = ramp(48)
  const before = await writePart10(imageElements({ without: [0x7fe00010], also: [...PLANTED_ELEMENTS] }))
  const last = [0xe0, 0x7f, 0x10, 0, 0x4f, 0x57, 0, 0, 48, 0, 0, 0]
  return new Uint8Array(
    Buffer.concat([before, ...raw.map((bytes) => Buffer.from(bytes)), Buffer.from(last), pixels]),
  )
}

const SEQUENCE = [0x08, 0, 0x40, 0x11, 0x53, 0x51, 0, 0]
const OPEN = [...SEQUENCE, 255, 255, 255, 255, 0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255]
const repeated = (piece: readonly number[], times: number): Buffer =>
  Buffer.alloc(piece.length * times, Buffer.from(piece))
const u32 = (n: number): number[] => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24]

/** Sequences with lengths, each one item inside another. */
function closed(depth: number): Buffer {
  const out = Buffer.alloc(depth * 20)
  for (let k = 0; k < depth; k++) {
    const rest = (depth - k - 1) * 20
    out.set([...SEQUENCE, ...u32(rest + 8), 0xfe, 0xff, 0, 0xe0, ...u32(rest)], k * 20)
  }
  return out
}

const words = (...values: number[]): Uint8Array => Uint8Array.from(values.flatMap(u32))
const stream = (coding: Stream['coding']): Stream => STREAMS.find((one) => one.coding === coding) as Stream
const bytesOf = (coding: Stream['coding']): Buffer => Buffer.from(stream(coding).base64, 'base64')

/** The codestream says the same size as the header, and holds 20 × 19. */
function bomb(
  coding: Exclude<Stream['coding'], 'rle'>,
  rows: number,
  columns: number,
  pad = 0,
): Promise<Uint8Array> {
  const bytes = Buffer.concat([bytesOf(coding), Buffer.alloc(pad)])
  if (coding === 'jpeg-2000' || coding === 'htj2k') {
    const siz = bytes.indexOf(Buffer.from([0xff, 0x51])) + 6
    bytes.writeUInt32BE(columns, siz)
    bytes.writeUInt32BE(rows, siz + 4)
    bytes.writeUInt32BE(columns, siz + 16)
    bytes.writeUInt32BE(rows, siz + 20)
  } else {
    const start = [0xc0, 0xc1, 0xc3, 0xf7]
      .map((mark) => bytes.indexOf(Buffer.from([0xff, mark])))
      .find((at) => at >= 0) as number
    bytes.writeUInt16BE(rows, start + 5)
    bytes.writeUInt16BE(columns, start + 7)
  }
  return coded(stream(coding), sized(rows, columns), bytes)
}

/** A frame of RLE, all of it runs: every two bytes give 128. */
function rleBomb(rows: number, columns: number): Promise<Uint8Array> {
  const run = Buffer.alloc(Math.ceil((rows * columns) / 128) * 2, Buffer.from([0x81, 7]))
  const head = Buffer.alloc(64)
  head.writeUInt32LE(2)
  head.writeUInt32LE(64, 4)
  head.writeUInt32LE(64 + run.length, 8)
  return encapsulated(imageElements({ also: sized(rows, columns) }), RLE_LOSSLESS, [
    Buffer.concat([head, run, run]),
  ])
}

const palette = (...tables: Element[]): Promise<Uint8Array> =>
  image([
    { tag: 0x00280004, vr: 'CS', value: 'PALETTE COLOR' },
    us(0x00280103, 0),
    ...[1, 2, 3].map((n) => us(0x00281100 + n, 0, 0, 16)),
    ...tables,
  ])
const segments = (bytes: Uint8Array): Element[] =>
  [1, 2, 3].map((n) => ({ tag: 0x00281220 + n, vr: 'OW', value: bytes }))

const LENGTHS: readonly Hostile[] = [
  {
    name: 'an element longer than the file',
    ends: 'refused',
    make: () => withRaw([0x09, 0, 0x10, 0x10, 0x4f, 0x42, 0, 0, 255, 255, 255, 0x7f]),
  },
  {
    name: 'an element of 65 534 bytes at the end',
    ends: 'refused',
    make: () => withRaw([0x08, 0, 0x80, 0, 0x4c, 0x4f, 0xfe, 0xff]),
  },
  {
    name: 'a length that is negative when signed',
    ends: 'refused',
    make: () => withRaw([0x09, 0, 0x10, 0x10, 0x55, 0x4e, 0, 0, 0xfe, 255, 255, 255]),
  },
  {
    name: 'a length that is odd',
    ends: 'either',
    make: () => withRaw([0x08, 0, 0x80, 0, 0x4c, 0x4f, 3, 0, 65, 66, 67]),
  },
  {
    name: 'bytes of unknown meaning without a length',
    ends: 'refused',
    make: () => withRaw([0x09, 0, 0x10, 0x10, 0x55, 0x4e, 0, 0, 255, 255, 255, 255]),
  },
  {
    name: 'sequences without lengths, 3 000 deep',
    ends: 'refused',
    make: () => withRaw(repeated(OPEN, 3_000)),
  },
  {
    name: 'sequences without lengths, 20 000 deep',
    ends: 'refused',
    make: () => withRaw(repeated(OPEN, 20_000)),
  },
  { name: 'sequences with lengths, 3 000 deep', ends: 'refused', make: () => withRaw(closed(3_000)) },
  { name: 'sequences with lengths, 20 000 deep', ends: 'refused', make: () => withRaw(closed(20_000)) },
  {
    name: 'an item that is longer than its sequence',
    ends: 'either',
    make: () => withRaw([...SEQUENCE, 8, 0, 0, 0, 0xfe, 0xff, 0, 0xe0, 0x40, 0, 0, 0]),
  },
  {
    name: '200 000 elements',
    ends: 'refused',
    make: () => withRaw(repeated([0x09, 0, 0x10, 0x10, 0x4c, 0x4f, 0, 0], 200_000), numbered(200_000)),
  },
  {
    name: '200 000 empty items',
    ends: 'either',
    make: () =>
      withRaw([...SEQUENCE, ...u32(1_600_000)], repeated([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0], 200_000)),
  },
]

/** As many elements, each with another tag. */
function numbered(count: number): Buffer {
  const out = Buffer.alloc(count * 8)
  for (let k = 0; k < count; k++)
    out.set([0x11 + 2 * (k >> 16), 0, k & 255, (k >> 8) & 255, 0x4c, 0x4f, 0, 0], k * 8)
  return out
}

const TABLES: readonly Hostile[] = [
  ['offsets behind the end', words(0, 4_000_000_000)],
  ['offsets that go back', words(0, 0)],
  ['offsets beside the frames', words(0, 3)],
  ['more offsets than frames', words(...Array.from({ length: 5_000 }, (_, k) => k * 8))],
  ['offsets cut in the middle', Uint8Array.of(0, 0, 0, 0, 9, 0)],
].map(([name, table]) => ({
  name: `a table with ${name}`,
  ends: 'either',
  make: () => {
    const frame = bytesOf('jpeg-ls')
    const elements = imageElements({
      rows: ROWS,
      columns: COLUMNS,
      signed: false,
      also: [...sized(ROWS, COLUMNS, '2'), us(0x00280100, 8), us(0x00280101, 8), us(0x00280102, 7)],
    })
    const [one, two] = [frame.subarray(0, 100), frame.subarray(100)]
    return encapsulated(elements, '1.2.840.10008.1.2.4.80', [one, two, frame], table as Uint8Array)
  },
}))

const EXTENDED: Hostile = {
  name: 'an extended table of 64-bit offsets that no number holds',
  ends: 'refused',
  make: () => {
    const frame = bytesOf('jpeg-ls')
    const table: Element = { tag: 0x7fe00001, vr: 'OB', value: new Uint8Array(16).fill(0xff) }
    const elements = imageElements({
      rows: ROWS,
      columns: COLUMNS,
      signed: false,
      also: [table, ...sized(ROWS, COLUMNS, '2')],
    })
    return encapsulated(elements, '1.2.840.10008.1.2.4.80', [
      frame.subarray(0, 50),
      frame.subarray(50),
      frame,
    ])
  },
}

const SIZES: readonly Hostile[] = [
  ['rows and columns that overflow 32 bits', sized(65_535, 65_535, '2147483647')],
  ['a product of 0 in 32 bits', sized(32_768, 32_768, '4')],
  ['a number of frames without end', sized(4, 6, '999999999999')],
  ['2 000 000 000 frames of one pixel', sized(1, 1, '2000000000')],
  ['no frames', sized(4, 6, '0')],
  ['Rows of 32 bits', [{ tag: 0x00280010, vr: 'UL', value: [4] } as Element]],
  ['Rows below zero', [{ tag: 0x00280010, vr: 'SS', value: [-4] } as Element]],
  ['two Rows', [us(0x00280010, 4, 4)]],
  ['0 bits', [us(0x00280100, 0)]],
  ['1 bit that the bytes do not bear out', [us(0x00280100, 1)]],
  ['7 bits', [us(0x00280100, 7)]],
  ['33 bits', [us(0x00280100, 33)]],
  ['65 535 bits', [us(0x00280100, 65_535), us(0x00280101, 65_535)]],
  ['a highest bit above the cell', [us(0x00280102, 99)]],
  ['65 535 values a pixel', [us(0x00280002, 65_535)]],
].map(([name, also]) => ({ name: name as string, ends: 'refused', make: () => image(also as Element[]) }))

const FRAMES: Hostile = {
  name: '8 000 000 frames of one bit, each its own picture',
  ends: 'either',
  make: () =>
    writePart10(
      imageElements({
        pixels: new Uint8Array(1_000_000),
        also: [
          ...sized(1, 1, '8000000'),
          us(0x00280100, 1),
          us(0x00280101, 1),
          us(0x00280102, 0),
          us(0x00280103, 0),
        ],
      }),
    ),
}

const GEOMETRY: readonly Hostile[] = [
  { name: 'a spacing of nothing', ends: 'read', make: () => image([ds(0x00280030, '0', '0')]) },
  { name: 'a spacing that is no number', ends: 'read', make: () => image([ds(0x00280030, 'NaN', '1e999')]) },
  { name: 'a spacing below zero', ends: 'read', make: () => image([ds(0x00280030, '-1', '-1')]) },
  { name: 'no position', ends: 'read', make: () => without(0x00200032) },
  {
    name: 'rows and columns in one line',
    ends: 'read',
    make: () => image([ds(0x00200037, '1', '0', '0', '1', '0', '0')]),
  },
  {
    name: 'directions of no length',
    ends: 'read',
    make: () => image([ds(0x00200037, '0', '0', '0', '0', '0', '0')]),
  },
  {
    name: 'a place beyond every room',
    ends: 'either',
    make: () => image([ds(0x00200032, '1e300', '-1e300', 'Infinity')]),
  },
  {
    name: 'an overlay of 65 535 × 65 535',
    ends: 'read',
    make: () =>
      image([
        us(0x60000010, 65_535),
        us(0x60000011, 65_535),
        { tag: 0x60003000, vr: 'OW', value: Uint8Array.of(1, 2) },
      ]),
  },
  {
    name: 'a film of 1 000 000 times',
    ends: 'either',
    make: () =>
      withRaw(
        [0x18, 0, 0x65, 0x10, 0x55, 0x4e, 0, 0, ...u32(4_000_000)],
        repeated([0x31, 0x2e, 0x31, 0x5c], 1_000_000),
      ),
  },
]

const SYNTAXES: readonly Hostile[] = [
  {
    name: 'bare pixels said to be JPEG',
    ends: 'refused',
    make: () => image([], '1.2.840.10008.1.2.4.50' as never),
  },
  {
    name: 'explicit said to be implicit',
    ends: 'refused',
    make: async () => renamed(await image([]), EXPLICIT_LITTLE_ENDIAN, '1.2.840.10008.1.2\0\0'),
  },
  {
    name: 'little endian said to be big endian',
    ends: 'refused',
    make: () => image([], '1.2.840.10008.1.2.2' as never),
  },
  {
    name: 'bare bytes said to be deflated',
    ends: 'refused',
    make: async () =>
      renamed(await image([], RLE_LOSSLESS), RLE_LOSSLESS, '1.2.840.10008.1.2.1.99').subarray(0, 600),
  },
  {
    name: 'JPEG said to be JPEG-LS',
    ends: 'refused',
    make: () => coded({ ...stream('jpeg'), coding: 'jpeg-ls' }),
  },
  {
    name: 'JPEG-LS said to be JPEG 2000',
    ends: 'refused',
    make: () => coded({ ...stream('jpeg-ls'), coding: 'jpeg-2000' }),
  },
  {
    name: 'items said to be bare',
    ends: 'refused',
    make: () => encapsulated(imageElements(), EXPLICIT_LITTLE_ENDIAN, [ramp(48)]),
  },
  {
    name: 'a transfer syntax of 60 000 letters',
    ends: 'refused',
    make: () => image([], 'SAWS THIS PERSON ON FRIDAY'.repeat(2_000) as never),
  },
]

function renamed(file: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(file)
  bytes.write(to, bytes.indexOf(from, 132), 'latin1')
  return new Uint8Array(bytes)
}

/** Blocks without any bits are blank (T.800 B.10): what is announced can be what is meant. */
const BLANK: ReadonlySet<string> = new Set(['jpeg-2000', 'htj2k'])

const BOMBS: readonly Hostile[] = [
  { name: 'deflate: 400 MiB of zeros', ends: 'refused', make: deflateBomb },
  { name: 'RLE: 64 pixels a byte, 4 096 × 4 096', ends: 'read', make: () => rleBomb(4_096, 4_096) },
  {
    name: 'RLE: a header of 65 535 × 4 096 over nothing',
    ends: 'refused',
    make: () => image(sized(65_535, 4_096), RLE_LOSSLESS),
  },
  ...(['jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000', 'htj2k'] as const).flatMap((coding): Hostile[] => [
    {
      name: `${coding}: 65 535 × 65 535 in a few bytes`,
      ends: 'refused',
      make: () => bomb(coding, 65_535, 65_535),
    },
    {
      name: `${coding}: 16 384 × 16 384 and 60 kB of padding`,
      ends: BLANK.has(coding) ? 'either' : 'refused',
      make: () => bomb(coding, 16_384, 16_384, 60_000),
    },
    {
      name: `${coding}: 4 096 × 4 096 and 300 kB of padding`,
      ends: BLANK.has(coding) ? 'either' : 'refused',
      make: () => bomb(coding, 4_096, 4_096, 300_000),
    },
  ]),
  { name: 'a palette without its tables', ends: 'refused', make: () => palette() },
  {
    name: 'a palette of segments that name themselves',
    ends: 'refused',
    make: () => palette(...segments(Uint8Array.of(2, 0, 255, 255, 0, 0, 0, 0))),
  },
  {
    name: 'a palette of 10 000 segments of 65 535',
    ends: 'refused',
    make: () => palette(...segments(new Uint8Array(repeated([1, 0, 255, 255, 9, 0], 10_000)))),
  },
  {
    name: 'a table of values that is not there',
    ends: 'either',
    make: () =>
      image([
        {
          tag: 0x00283000,
          vr: 'SQ',
          value: [[us(0x00283002, 0, 0, 16), { tag: 0x00283006, vr: 'OW', value: Uint8Array.of(1, 0) }]],
        },
      ]),
  },
]

async function deflateBomb(): Promise<Uint8Array> {
  const small = await image([], DEFLATED)
  const zeros = Array<Buffer>(400).fill(Buffer.alloc(2 ** 20))
  const packed = await buffer(Readable.from(zeros).pipe(createDeflateRaw()))
  return new Uint8Array(Buffer.concat([small.subarray(0, metaEnd(small)), packed]))
}

/** Behind the group 0002, whose length stands in its first element. */
const metaEnd = (file: Uint8Array): number => 144 + Buffer.from(file).readUInt32LE(140)

const NAMES: readonly Hostile[] = [
  {
    name: '3 000 character sets',
    ends: 'either',
    make: () => image([{ tag: 0x00080005, vr: 'CS', value: Array(3_000).fill('ISO 2022 IR 87') }]),
  },
  {
    name: 'a character set of no name',
    ends: 'read',
    make: () => image([{ tag: 0x00080005, vr: 'CS', value: 'SAWS THIS PERSON ON FRIDAY' }]),
  },
  {
    name: 'a name of a million escapes',
    ends: 'either',
    make: () =>
      withRaw(
        [0x10, 0, 0x10, 0x00, 0x55, 0x4e, 0, 0, ...u32(4_000_000)],
        repeated([0x1b, 0x24, 0x42, 0x30], 1_000_000),
      ),
  },
  {
    name: 'a modality of 60 000 letters',
    ends: 'read',
    make: () => image([{ tag: 0x00080060, vr: 'CS', value: 'KVISTGAARD REGIONAL HOSPITAL'.repeat(2_000) }]),
  },
  {
    name: 'a colour space with a name in it',
    ends: 'refused',
    make: () => image([{ tag: 0x00280004, vr: 'CS', value: 'QUENBYVORTLAND^WILHELMINA' }]),
  },
  {
    name: 'a class with a name in it',
    ends: 'either',
    make: () => image([{ tag: 0x00080016, vr: 'UI', value: 'ZX-77-PATIENTNUMBER' }]),
  },
]

export const HOSTILE_DICOM: readonly Hostile[] = [
  ...LENGTHS,
  ...TABLES,
  EXTENDED,
  ...SIZES,
  FRAMES,
  ...GEOMETRY,
  ...SYNTAXES,
  ...BOMBS,
  ...NAMES,
] as readonly Hostile[]
