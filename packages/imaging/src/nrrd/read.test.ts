/** NRRD files made here: every type, order and encoding of voxels, every way to say where they lie, and every way to lie. */
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { readAny } from '../read.ts'
import { type Cell, cellBytes, type FieldsSaid, nrrdBytes } from '../testing/grids.ts'

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

const SMALL: FieldsSaid = {
  type: 'short',
  dimension: '3',
  space: 'left-posterior-superior',
  sizes: '2 1 2',
  'space directions': '(0.5,0,0) (0,0.75,0) (0,0,2.5)',
  kinds: 'domain domain domain',
  endian: 'little',
  encoding: 'raw',
  'space origin': '(10,-20,30)',
}
const VOXELS = cellBytes('int16', [1, -2, 3, -4])
const read = (fields: FieldsSaid, voxels: Uint8Array = VOXELS) =>
  readAny(nrrdBytes({ ...SMALL, ...fields }, voxels))

describe('[I80] NRRD gives every voxel as it is stored', () => {
  it.each<[Cell, string, number[], string]>([
    ['int8', 'signed char', [-128, 127, 0, 1], 'Int16Array'],
    ['uint8', 'unsigned char', [0, 255, 1, 2], 'Uint16Array'],
    ['int16', 'signed short int', [-32768, 32767, 0, 1], 'Int16Array'],
    ['uint16', 'ushort', [0, 65535, 1, 2], 'Uint16Array'],
    ['int32', 'int32_t', [-70000, 70000, 0, 1], 'Int32Array'],
    ['uint32', 'unsigned int', [0, 4294967295, 1, 2], 'Uint32Array'],
    ['int64', 'long long int', [-5, 5, 0, 1], 'Int16Array'],
    ['uint64', 'ulonglong', [0, 70000, 1, 2], 'Int32Array'],
    ['float32', 'float', [0.5, -1e30, 0, 1], 'Float32Array'],
    ['float64', 'double', [0.1, -1e300, 0, 1], 'Float64Array'],
  ])('%s', async (cell, type, values, array) => {
    for (const encoding of ['raw', 'gzip', 'gz'])
      for (const littleEndian of [true, false]) {
        const endian = littleEndian ? 'little' : 'big'
        const { frames } = await read({ type, encoding, endian }, cellBytes(cell, values, littleEndian))
        expect(frames.map(({ pixels }) => pixels.constructor.name)).toEqual([array, array])
        const stored = cell === 'float32' ? values.map(Math.fround) : values
        expect(frames.flatMap(({ pixels }) => [...pixels])).toEqual(stored)
      }
  })

  it('colours before the axes of space, moments after them', async () => {
    const colours = { type: 'uint8', dimension: '4', sizes: '3 2 1 1', endian: undefined }
    const directions = 'none (1,0,0) (0,1,0) (0,0,1)'
    const said = { ...colours, kinds: 'RGB-color domain domain domain', 'space directions': directions }
    const rgb = await read(said, Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect(rgb.technical.photometric).toBe('RGB')
    expect(rgb.frames[0]?.pixels).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    const film = { dimension: '4', sizes: '1 1 2 2', kinds: 'space space space time' }
    const { frames } = await read({ ...film, 'space directions': '(1,0,0) (0,1,0) (0,0,1) none' })
    expect(frames.map(({ pixels, temporal, position }) => [pixels[0], temporal, position?.[2]])).toEqual([
      [1, 1, 30],
      [-2, 1, 31],
      [3, 2, 30],
      [-4, 2, 31],
    ])
  })
})

describe('[I81] NRRD lies where ITK places it, in left, back, up', () => {
  const turned = '(0,0.5,0) (0,0,-0.75) (2.5,0,0)'
  it.each<[string, FieldsSaid, object]>([
    [
      'left-posterior-superior',
      {},
      { position: [10, -20, 30], orientation: { row: [1, 0, 0], column: [0, 1, 0] } },
    ],
    [
      'RAS',
      { space: 'RAS' },
      { position: [-10, 20, 30], orientation: { row: [-1, 0, 0], column: [0, -1, 0] } },
    ],
    ['right-anterior-superior', { space: 'right-anterior-superior' }, { position: [-10, 20, 30] }],
    [
      'turned',
      { 'space directions': turned },
      {
        orientation: { row: [0, 1, 0], column: [0, 0, -1] },
        spacing: { row: 0.75, column: 0.5, at: 'patient' },
      },
    ],
    [
      'cm',
      { 'space units': '"cm" "cm" "cm"' },
      { position: [100, -200, 300], spacing: { row: 7.5, column: 5, at: 'patient' } },
    ],
    ['no origin', { 'space origin': undefined }, { position: [0, 0, 0] }],
  ])('%s', async (_, fields, place) => {
    const { frames } = await read(fields)
    expect(frames[0]).toMatchObject(place)
  })

  it('and nowhere where it does not say', async () => {
    const nowhere = { space: undefined, 'space directions': undefined, 'space origin': undefined }
    const { frames } = await read({ ...nowhere, spacings: '0.5 0.75 nan' })
    expect(frames[0]).toMatchObject({
      position: null,
      orientation: null,
      spacing: { row: 0.75, column: 0.5 },
    })
    expect((await read(nowhere)).frames[0]).toMatchObject({ position: null, spacing: null })
    const scanner = await read({ space: 'scanner-xyz' })
    expect(scanner.frames[0]).toMatchObject({ position: null, spacing: { row: 0.75, column: 0.5 } })
  })
})

describe('[I82] an NRRD that lies or is broken', () => {
  it.each<[string, FieldsSaid]>([
    [
      'Not supported: an NRRD header whose voxels are in another file; join them into one .nrrd.',
      { 'data file': 'Mustermann.raw' },
    ],
    ['Not supported: NRRD in an encoding other than raw and gzip.', { encoding: 'bzip2' }],
    [
      'Not supported: NRRD in left-anterior-superior space, which readers understand in two ways; save it in LPS or RAS.',
      { space: 'LAS' },
    ],
    ['Not supported: NRRD with a type of voxels that is not read.', { type: 'block' }],
    ['Not supported: an NRRD whose voxels do not follow its header.', { 'byte skip': '-1' }],
    ['Not supported: NRRD in units of space that are not read.', { 'space units': '"mm" "mm" "furlong"' }],
    [
      'Not supported: NRRD with several values in a voxel.',
      {
        dimension: '4',
        sizes: '2 1 2 1',
        'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
        kinds: undefined,
      },
    ],
    [
      'Not supported: NRRD whose axes are not those of a volume, with or without moments.',
      { dimension: '1', sizes: '4', 'space directions': '(1,0,0)', kinds: undefined },
    ],
    [
      'Not supported: slices whose rows and columns are not at right angles.',
      { 'space directions': '(1,0,0) (1,1,0) (0,0,1)' },
    ],
    [
      'Damaged: its voxels have no size or no place in space.',
      { 'space directions': '(0,0,0) (0,1,0) (0,0,1)' },
    ],
    ['Damaged: its header lacks the field “sizes”.', { sizes: undefined }],
    ['Damaged: a number in its header is none.', { sizes: '2 0x1 2' }],
    ['Damaged: its dimensions are not numbers of voxels.', { sizes: '2 -1 2' }],
    ['Damaged: its dimensions are not numbers of voxels.', { dimension: '4' }],
    ['Damaged: its axes are of several numbers.', { kinds: 'domain' }],
    ['Damaged: it does not say its order of bytes.', { endian: 'middle' }],
    ['Damaged: a field stands twice in its header.', { Type: 'short' }],
    ['Too large: 99 999 × 99 999 × 9 × 1 voxels.', { sizes: '99999 99999 9' }],
    ['Truncated: the header promises 8 000 bytes of voxels, the file holds 8.', { sizes: '2 1000 2' }],
    [
      'Truncated: the header promises 200 000 000 bytes, and 28 compressed bytes cannot hold them.',
      { sizes: '10000 10000 1', encoding: 'gzip' },
    ],
    [
      'Truncated: the header promises 16 bytes, its compressed part holds 8.',
      { sizes: '2 2 2', encoding: 'gzip' },
    ],
    [
      'Damaged: its compressed part holds more than its header promises.',
      { sizes: '1 1 2', encoding: 'gzip' },
    ],
  ])('%s', async (sentence, fields) => expect(await faultOf(read(fields))).toBe(sentence))

  it('whose header does not end, and wherever it is cut', async () => {
    const endless = Buffer.concat([Buffer.from('NRRD0004\n'), Buffer.alloc(200_000, '#\n')])
    expect(await faultOf(readAny(endless))).toBe('Damaged: its header does not end.')
    for (const encoding of ['raw', 'gzip']) {
      const file = nrrdBytes({ ...SMALL, encoding }, VOXELS)
      for (let length = 8; length < file.length; length++)
        expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Truncated|Damaged).*\.$/)
    }
  })

  it('and nothing that stands in its texts is kept', async () => {
    const texts = { content: 'Erika Mustermann', 'sample units': 'Mustermann', labels: '"Muster" "Mann" "x"' }
    const instance = await read(texts)
    expect(instance).toEqual(await read({}))
  })
})
