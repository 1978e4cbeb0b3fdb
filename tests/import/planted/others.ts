/** NIfTI, NRRD and MetaImage volumes, photographs and archives with something of somebody beside the picture, and what files and folders are called. */
import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { zipBytes } from '../../../apps/collab-server/src/testing/zip.ts'
import { cellBytes, metaBytes, nrrdBytes } from '../../../packages/imaging/src/testing/grids.ts'
import { jpegBytes, withSegment } from '../../../packages/imaging/src/testing/jpeg.ts'
import { niftiBytes } from '../../../packages/imaging/src/testing/nifti.ts'
import { pngBytes } from '../../../packages/imaging/src/testing/png.ts'
import { tiffBytes } from '../../../packages/imaging/src/testing/tiff.ts'
import { madeSeries } from '../made.ts'
import type { Carrier } from './dicom.ts'
import { Planting } from './plant.ts'

const text = (planting: Planting, where: string): Buffer => Buffer.from(planting.word(where))

function nifti(): Carrier {
  const planting = new Planting()
  const plain = Buffer.from(niftiBytes({ shape: [6, 5, 4], voxelsAt: 352 + 32 }))
  for (const [field, at] of [
    ['data_type', 4],
    ['db_name', 14],
    ['descrip', 148],
    ['aux_file', 228],
    ['intent_name', 328],
  ] as const)
    plain.write(planting.word(`NIfTI ${field}`), at, 'latin1')
  const extension = Buffer.alloc(32)
  extension.writeInt32LE(32, 0)
  extension.writeInt32LE(6, 4)
  text(planting, 'a NIfTI extension').copy(extension, 8)
  plain[348] = 1
  const bytes = Buffer.concat([
    plain.subarray(0, 352),
    extension,
    plain.subarray(352),
    text(planting, 'bytes behind the voxels of NIfTI'),
  ])
  return { file: { name: 'volume.nii', bytes }, planting, status: 'stored' }
}

function png(): Carrier {
  const planting = new Planting()
  const latin = (key: string, where: string): Buffer =>
    Buffer.concat([Buffer.from(`${key}\0`), text(planting, where)])
  const bytes = pngBytes({
    columns: 8,
    rows: 8,
    bits: 8,
    colour: 2,
    values: Array.from({ length: 192 }, (_, k) => (k * 5) & 255),
    also: [
      ['tEXt', latin('Author', 'PNG tEXt')],
      ['iTXt', Buffer.concat([Buffer.from('Title\0\0\0\0\0'), text(planting, 'PNG iTXt')])],
      [
        'eXIf',
        Buffer.concat([Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), text(planting, 'PNG eXIf')]),
      ],
      ['prVt', text(planting, 'a private PNG chunk')],
    ],
  })
  return {
    file: {
      name: 'photo.png',
      bytes: Buffer.concat([bytes, text(planting, 'bytes behind the end of a PNG')]),
    },
    planting,
    status: 'stored',
  }
}

async function jpeg(): Promise<Carrier> {
  const planting = new Planting()
  let bytes = await jpegBytes({ columns: 16, rows: 16, pixel: (x, y) => [x * 12, y * 12, 90] })
  const segments: [number, Buffer][] = [
    [0xfe, text(planting, 'JPEG comment')],
    [0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff(planting, 'EXIF of a JPEG')])],
    [
      0xe1,
      Buffer.concat([
        Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>'),
        text(planting, 'XMP of a JPEG'),
      ]),
    ],
    [0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), text(planting, 'ICC profile of a JPEG')])],
    [0xed, Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04'), text(planting, 'IPTC of a JPEG')])],
    [0xef, text(planting, 'a private JPEG segment')],
  ]
  for (const [marker, body] of segments) bytes = withSegment(bytes, marker, body)
  return {
    file: {
      name: 'photo.jpg',
      bytes: Buffer.concat([bytes, text(planting, 'bytes behind the end of a JPEG')]),
    },
    planting,
    status: 'stored',
  }
}

/** Fields of text of a TIFF, a place on earth among them. */
const FIELDS = [
  ['DocumentName', 269],
  ['ImageDescription', 270],
  ['Software', 305],
  ['DateTime', 306],
  ['Artist', 315],
  ['HostComputer', 316],
  ['XMP', 700],
  ['Copyright', 33_432],
  ['GPS', 34_853],
  ['a private field', 65_000],
] as const

/** As SHORTs, since that is how the fields of these files are made: two letters each. */
function tiff(planting: Planting, name: string): Buffer {
  const fields: Record<number, number[]> = {}
  for (const [field, tag] of FIELDS) {
    const word = text(planting, `${field} of ${name}`)
    fields[tag] = Array.from({ length: word.length / 2 }, (_, k) => word.readUInt16LE(2 * k))
  }
  const values = Array.from({ length: 64 }, (_, k) => k * 3)
  return Buffer.from(
    tiffBytes([{ columns: 8, rows: 8, bits: 8, samples: 1, photometric: 1, values, fields }]),
  )
}

function tiffPhoto(): Carrier {
  const planting = new Planting()
  return { file: { name: 'photo.tif', bytes: tiff(planting, 'a TIFF') }, planting, status: 'stored' }
}

/** A zip with comments and additions of its own, which zipBytes does not write: the end of the list is written anew. */
async function archive(): Promise<Carrier> {
  const planting = new Planting()
  const [inside] = await madeSeries({ slices: 1, variant: 70 })
  const name = `${planting.word('a folder in an archive')}/${planting.word('a name in an archive')}.dcm`
  const zip = zipBytes([
    { name, bytes: inside?.bytes ?? new Uint8Array(0) },
    {
      name: `${planting.word('a name of a refused file in an archive')}.txt`,
      bytes: text(planting, 'a text in an archive'),
    },
  ])
  const comment = text(planting, 'the comment of an archive')
  zip.writeUInt16LE(comment.length, zip.length - 2)
  return { file: { name: 'disc.zip', bytes: Buffer.concat([zip, comment]) }, planting, status: 'stored' }
}

const GRID = cellBytes(
  'int16',
  Array.from({ length: 60 }, (_, k) => k * 7),
)

/** Fields, comments and keys of one's own, and what comes after the voxels. */
function nrrd(): Carrier {
  const planting = new Planting()
  const whole = Buffer.from(
    nrrdBytes(
      {
        type: 'short',
        dimension: '3',
        sizes: '5 4 3',
        encoding: 'raw',
        endian: 'little',
        space: 'left-posterior-superior',
        'space directions': '(1,0,0) (0,1,0) (0,0,2)',
        'space origin': '(0,0,0)',
        content: planting.word('NRRD content'),
      },
      GRID,
    ),
  )
  const said = `# ${planting.word('a comment of NRRD')}\n${planting.word('a key of NRRD')}:=${planting.word('a value of NRRD')}\n`
  const at = whole.indexOf('\n') + 1
  const bytes = Buffer.concat([
    whole.subarray(0, at),
    Buffer.from(said),
    whole.subarray(at),
    text(planting, 'bytes behind the voxels of NRRD'),
  ])
  return { file: { name: 'volume.nrrd', bytes }, planting, status: 'stored' }
}

function metaImage(): Carrier {
  const planting = new Planting()
  const fields = {
    NDims: '3',
    Comment: planting.word('MetaImage Comment'),
    Name: planting.word('MetaImage Name'),
    TransformType: planting.word('MetaImage TransformType'),
    DimSize: '5 4 3',
    ElementSpacing: '1 1 3',
    ElementByteOrderMSB: 'False',
    ElementType: 'MET_SHORT',
    [planting.word('a field of MetaImage')]: planting.word('what a field of MetaImage says'),
  }
  const voxels = Buffer.concat([GRID, text(planting, 'bytes behind the voxels of MetaImage')])
  return { file: { name: 'volume.mha', bytes: metaBytes(fields, voxels) }, planting, status: 'stored' }
}

/** gzip says what the file was called, and more (RFC 1952 2.3). */
async function gzipped(): Promise<Carrier> {
  const planting = new Planting()
  const volume = Buffer.from(niftiBytes({ shape: [5, 4, 3] }))
  const { deflateRawSync } = await import('node:zlib')
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(volume), 0)
  tail.writeUInt32LE(volume.length, 4)
  const head = Buffer.from([0x1f, 0x8b, 8, 0x18, 0, 0, 0, 0, 0, 3])
  const names = Buffer.concat([
    text(planting, 'the name in gzip'),
    Buffer.of(0),
    text(planting, 'the comment in gzip'),
    Buffer.of(0),
  ])
  const bytes = Buffer.concat([head, names, deflateRawSync(volume), tail])
  return { file: { name: 'packed.nii.gz', bytes }, planting, status: 'stored' }
}

/** What the file lies in and is called; only the sender is told of it again, and only while the server runs. */
async function named(): Promise<Carrier> {
  const planting = new Planting()
  const [one] = await madeSeries({ slices: 1, variant: 71 })
  const name = `${planting.word('a folder')}/${planting.word('a folder in a folder')}/${planting.word('a file’s name')}.dcm`
  return { file: { name, bytes: one?.bytes ?? new Uint8Array(0) }, planting, status: 'stored' }
}

export const otherCarriers = async (): Promise<Carrier[]> => [
  nifti(),
  await gzipped(),
  nrrd(),
  metaImage(),
  png(),
  await jpeg(),
  tiffPhoto(),
  await archive(),
  await named(),
]
