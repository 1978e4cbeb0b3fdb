/** Good files to begin with, small, of every coding that is read: made by the project, and the test data's where those are there. */

import { gzipSync } from 'node:zlib'
import {
  DEFLATED,
  type Element,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  writePart10,
} from '@consilium/imaging/write'
import { imageElements } from '../../../packages/imaging/src/testing/images.ts'
import { niftiBytes } from '../../../packages/imaging/src/testing/nifti.ts'
import { COLUMNS, ROWS, STREAMS, type Stream } from '../../../packages/imaging/src/testing/streams.ts'
import { filesIn, hasTestData } from '../../import/realSeries.ts'
import { encapsulated } from './encapsulated.ts'
import { PLANTED_ELEMENTS } from './planted.ts'

export interface Base {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Larger files only take longer. */
const SMALL = 120_000

const SYNTAX_OF: Record<Stream['coding'], string> = {
  rle: RLE_LOSSLESS,
  jpeg: '1.2.840.10008.1.2.4.51',
  'jpeg-lossless': '1.2.840.10008.1.2.4.57',
  'jpeg-ls': '1.2.840.10008.1.2.4.81',
  'jpeg-2000': '1.2.840.10008.1.2.4.91',
  htj2k: '1.2.840.10008.1.2.4.201',
}

const us = (tag: number, value: number): Element => ({ tag, vr: 'US', value: [value] })

/** One of the streams as a file; `also` replaces what it says of itself. */
export function coded(
  stream: Stream,
  also: readonly Element[] = [],
  bytes?: Uint8Array,
): Promise<Uint8Array> {
  const { coding, samples, allocated } = stream
  const elements = imageElements({
    rows: ROWS,
    columns: COLUMNS,
    allocated: allocated === 8 ? 8 : 16,
    signed: false,
    also: [
      ...PLANTED_ELEMENTS,
      us(0x00280002, samples),
      ...(samples === 3 ? [{ tag: 0x00280004, vr: 'CS', value: 'RGB' } as const] : []),
    ],
  })
  const tags = new Set(also.map(({ tag }) => tag))
  return encapsulated([...elements.filter(({ tag }) => !tags.has(tag)), ...also], SYNTAX_OF[coding], [
    bytes ?? Buffer.from(stream.base64, 'base64'),
  ])
}

async function madeDicom(): Promise<Base[]> {
  const made: Base[] = []
  const also = [
    ...PLANTED_ELEMENTS,
    { tag: 0x00081140, vr: 'SQ', value: [[PLANTED_ELEMENTS[0] as Element], []] } as const,
    {
      tag: 0x00283010,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00283002, vr: 'US', value: [2, 0, 16] },
          { tag: 0x00283006, vr: 'US', value: [1, 2] },
        ],
      ],
    } as const,
  ]
  for (const syntax of [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, DEFLATED, RLE_LOSSLESS] as const)
    for (const allocated of [8, 16] as const)
      made.push({
        name: `${syntax}, ${allocated} bits`,
        bytes: await writePart10(
          imageElements({ rows: 8, columns: 10, frames: 2, allocated, also: [...also] }),
          syntax,
        ),
      })
  for (const stream of STREAMS) made.push({ name: stream.name, bytes: await coded(stream) })
  return made
}

const FOLDERS = [
  'transfer-syntax',
  'pixel-format',
  'colour',
  'xray',
  'multiframe',
  'dicomdir',
  'seg',
  'sr',
  'rt',
  'charset',
  'broken',
  'broken/made',
  'waveform',
  'wsi',
]

export async function dicomBases(): Promise<Base[]> {
  const made = await madeDicom()
  return hasTestData ? [...made, ...FOLDERS.flatMap(smallOf)] : made
}

export function niftiBases(): Base[] {
  const made: Base[] = []
  for (const version of [1, 2] as const)
    for (const littleEndian of [true, false])
      for (const datatype of [2, 4, 16, 64, 128]) {
        const bytes = niftiBytes({
          version,
          littleEndian,
          datatype,
          shape: [6, 5, 4, 2],
          sformCode: 1,
          sform: [2, 0, 0, 1, 0, 2, 0, 2, 0, 0, 3, 3],
        })
        const name = `NIfTI-${version} of type ${datatype}`
        made.push({ name, bytes }, { name: `${name}, gzip`, bytes: new Uint8Array(gzipSync(bytes)) })
      }
  return hasTestData ? [...made, ...smallOf('nifti')] : made
}

const smallOf = (folder: string): Base[] =>
  filesIn(folder).filter(({ bytes }) => bytes.length > 0 && bytes.length <= SMALL)
