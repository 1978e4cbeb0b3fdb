/** MetaImage files made here: every type, order and encoding of voxels, every way to say where they lie, and every way to lie. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { readAny } from '../read.ts'
import { type Cell, cellBytes, type FieldsSaid, metaBytes } from '../testing/grids.ts'

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

const SMALL: FieldsSaid = {
  NDims: '3',
  BinaryData: 'True',
  BinaryDataByteOrderMSB: 'False',
  CompressedData: 'False',
  TransformMatrix: '1 0 0 0 1 0 0 0 1',
  Offset: '10 -20 30',
  CenterOfRotation: '0 0 0',
  AnatomicalOrientation: 'RAI',
  ElementSpacing: '0.5 0.75 2.5',
  DimSize: '2 1 2',
  ElementType: 'MET_SHORT',
}
const VOXELS = cellBytes('int16', [1, -2, 3, -4])
const read = (fields: FieldsSaid, voxels: Uint8Array = VOXELS) =>
  readAny(metaBytes({ ...SMALL, ...fields }, voxels))

describe('[I80] MetaImage gives every voxel as it is stored', () => {
  it.each<[Cell, string, number[], string]>([
    ['int8', 'MET_CHAR', [-128, 127, 0, 1], 'Int16Array'],
    ['uint8', 'MET_UCHAR', [0, 255, 1, 2], 'Uint16Array'],
    ['int16', 'MET_SHORT', [-32768, 32767, 0, 1], 'Int16Array'],
    ['uint16', 'MET_USHORT', [0, 65535, 1, 2], 'Uint16Array'],
    ['int32', 'MET_INT', [-70000, 70000, 0, 1], 'Int32Array'],
    ['int32', 'MET_LONG', [-70000, 70000, 0, 1], 'Int32Array'],
    ['uint32', 'MET_UINT', [0, 4294967295, 1, 2], 'Uint32Array'],
    ['int64', 'MET_LONG_LONG', [-5, 5, 0, 1], 'Int16Array'],
    ['float32', 'MET_FLOAT', [0.5, -1e30, 0, 1], 'Float32Array'],
    ['float64', 'MET_DOUBLE', [0.1, -1e300, 0, 1], 'Float64Array'],
  ])('%s of %s', async (cell, ElementType, values, array) => {
    for (const CompressedData of ['True', 'False'])
      for (const littleEndian of [true, false]) {
        const BinaryDataByteOrderMSB = littleEndian ? 'False' : 'True'
        const fields = { ElementType, CompressedData, BinaryDataByteOrderMSB }
        const { frames } = await read(fields, cellBytes(cell, values, littleEndian))
        expect(frames.map(({ pixels }) => pixels.constructor.name)).toEqual([array, array])
        const stored = cell === 'float32' ? values.map(Math.fround) : values
        expect(frames.flatMap(({ pixels }) => [...pixels])).toEqual(stored)
      }
  })

  it('compressed, also where it says in how many bytes and something follows', async () => {
    const fields = { CompressedData: 'True', CompressedDataSize: String(deflateSync(VOXELS).length) }
    const file = Buffer.concat([metaBytes({ ...SMALL, ...fields }, VOXELS), Buffer.from('the end')])
    expect(await readAny(file)).toEqual(await read({}))
    expect(await faultOf(read({ ...fields, CompressedDataSize: '5' }))).toMatch(/^Damaged/)
  })

  it('colours, moments, and a modality of its list', async () => {
    const colours = { ElementType: 'MET_UCHAR', ElementNumberOfChannels: '3', DimSize: '2 1 1' }
    const rgb = await read({ ...colours, Modality: 'MET_MOD_MR' }, Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect(rgb.technical.photometric).toBe('RGB')
    expect(rgb.words.modality).toBe('MR')
    expect(rgb.frames[0]?.pixels).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    const { frames, words } = await read({
      NDims: '4',
      DimSize: '1 1 2 2',
      TransformMatrix: '1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1',
      Offset: '0 0 30 0',
      CenterOfRotation: undefined,
      ElementSpacing: '1 1 1 1',
      Modality: 'Erika Mustermann',
    })
    expect(words.modality).toBe('')
    expect(frames.map(({ pixels, temporal, position }) => [pixels[0], temporal, position?.[2]])).toEqual([
      [1, 1, 30],
      [-2, 1, 31],
      [3, 2, 30],
      [-4, 2, 31],
    ])
  })
})

describe('[I81] MetaImage lies where ITK places it, in left, back, up', () => {
  it('each row of its matrix is where an axis points', async () => {
    const { frames } = await read({ TransformMatrix: '0 1 0 0 0 -1 1 0 0' })
    expect(frames[0]).toMatchObject({
      position: [10, -20, 30],
      orientation: { row: [0, 1, 0], column: [0, 0, -1] },
      spacing: { row: 0.75, column: 0.5, at: 'patient' },
    })
    expect(frames[1]?.position).toEqual([12.5, -20, 30])
  })

  it('by the older names of its fields', async () => {
    const old = { TransformMatrix: undefined, Offset: undefined, ElementSpacing: undefined }
    const { frames } = await read({
      ...old,
      Rotation: '0 1 0 -1 0 0 0 0 1',
      Position: '1 2 3',
      ElementSize: '1 2 3',
    })
    expect(frames[0]).toMatchObject({
      position: [1, 2, 3],
      orientation: { row: [0, 1, 0], column: [-1, 0, 0] },
    })
  })

  it('and nowhere where it does not say, or is of two dimensions', async () => {
    expect((await read({ ElementSpacing: undefined })).frames[0]).toMatchObject({
      position: null,
      spacing: null,
    })
    const flat = {
      NDims: '2',
      DimSize: '2 2',
      TransformMatrix: '1 0 0 1',
      Offset: '1 2',
      CenterOfRotation: '0 0',
    }
    const { frames } = await read({ ...flat, ElementSpacing: '0.5 0.75' })
    expect(frames).toHaveLength(1)
    expect(frames[0]).toMatchObject({
      position: null,
      orientation: null,
      spacing: { row: 0.75, column: 0.5 },
    })
  })
})

describe('[I82] a MetaImage that lies or is broken', () => {
  it.each<[string, FieldsSaid]>([
    [
      'Not supported: a MetaImage header whose voxels are in another file (.raw); save the two as one .mha.',
      { ElementDataFile: 'Mustermann.raw' },
    ],
    [
      'Not supported: a MetaImage header whose voxels are in another file (.raw); save the two as one .mha.',
      { ElementDataFile: 'LIST' },
    ],
    ['Not an image: it is another object of MetaIO than an image.', { ObjectType: 'Tube' }],
    ['Not supported: a MetaImage whose voxels do not follow its header.', { HeaderSize: '-1' }],
    ['Not supported: MetaImage with voxels as text.', { BinaryData: 'False' }],
    ['Not supported: MetaImage that is not of two to four dimensions.', { NDims: '2' }],
    ['Not supported: MetaImage with a type of voxels that is not read.', { ElementType: 'MET_STRING' }],
    ['Not supported: MetaImage with several values in a voxel.', { ElementNumberOfChannels: '2' }],
    ['Damaged: its voxels have no size or no place in space.', { ElementSpacing: '0 1 1' }],
    ['Damaged: its axes are of several numbers.', { Offset: '1 2' }],
    ['Damaged: a number in its header is none.', { DimSize: '2 x 2' }],
    ['Damaged: its dimensions are not numbers of voxels.', { DimSize: '2 1.5 2' }],
    ['Damaged: a field stands twice in its header.', { ' NDims': '3' }],
    ['Too large: 99 999 × 99 999 × 9 × 1 voxels.', { DimSize: '99999 99999 9' }],
    ['Truncated: the header promises 8 000 bytes of voxels, the file holds 8.', { DimSize: '2 1000 2' }],
    [
      'Truncated: the header promises 200 000 000 bytes, and 16 compressed bytes cannot hold them.',
      { DimSize: '10000 10000 1', CompressedData: 'True' },
    ],
    [
      'Truncated: the header promises 16 bytes, its compressed part holds 8.',
      { DimSize: '2 2 2', CompressedData: 'True' },
    ],
    [
      'Damaged: its compressed part holds more than its header promises.',
      { DimSize: '1 1 2', CompressedData: 'True' },
    ],
  ])('%s', async (sentence, fields) => expect(await faultOf(read(fields))).toBe(sentence))

  it('whose header does not end, and wherever it is cut', async () => {
    const endless = Buffer.concat([Buffer.from('ObjectType = Image\n'), Buffer.alloc(200_000, '#\n')])
    expect(await faultOf(readAny(endless))).toBe('Damaged: its header does not end.')
    for (const CompressedData of ['True', 'False']) {
      const file = metaBytes({ ...SMALL, CompressedData }, VOXELS)
      for (let length = 13; length < file.length; length++)
        expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Truncated|Damaged).*\.$/)
    }
  })

  it('and nothing that stands in its texts is kept', async () => {
    const texts = { Comment: 'Erika Mustermann', Name: 'Mustermann', AcquisitionDate: '1970-01-01' }
    expect(await read(texts)).toEqual(await read({}))
  })
})
