/** NIfTI files made here: every type of voxel, both byte orders and versions, every way to be placed, and every way to lie. */
import { gzipSync } from 'node:zlib'
import { decompress, isCompressed, readHeader as theirHeader } from 'nifti-reader-js'
import { describe, expect, it } from 'vitest'
import type { Instance } from '../dicom/instance.ts'
import { ImagingFault } from '../fault.ts'
import { randomFrom } from '../phantom/random.ts'
import { arrange, slicesOf } from '../series.ts'
import { clean } from '../testing/clean.ts'
import { filesOf, HAVE_DATA, readData } from '../testing/manifest.ts'
import { type NiftiOptions, niftiBytes } from '../testing/nifti.ts'
import { readHeader } from './header.ts'
import { readNifti } from './read.ts'

const read = (options: NiftiOptions): Promise<Instance> => readNifti(niftiBytes(options))
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

describe.each([
  ['NIfTI-1', 1 as const, true],
  ['NIfTI-1, big endian', 1 as const, false],
  ['NIfTI-2', 2 as const, true],
  ['NIfTI-2, big endian', 2 as const, false],
])('%s', (_, version, littleEndian) => {
  it.each<[string, number, number[], string]>([
    ['uint8', 2, [0, 255], 'Uint16Array'],
    ['int8', 256, [-128, 127], 'Int16Array'],
    ['int16', 4, [-32768, 32767], 'Int16Array'],
    ['uint16', 512, [0, 65535], 'Uint16Array'],
    ['int32 that fits', 8, [-32768, 5], 'Int16Array'],
    ['int32', 8, [-2147483648, 5], 'Int32Array'],
    ['uint32 that fits', 768, [7, 65535], 'Uint16Array'],
    ['uint32', 768, [0, 4294967295], 'Uint32Array'],
    ['int64', 1024, [-70000, 3], 'Int32Array'],
    ['uint64', 1280, [1, 4000000000], 'Uint32Array'],
    ['float32', 16, [0.5, -1e30], 'Float32Array'],
    ['float64', 64, [1e-300, 0.1], 'Float64Array'],
  ])('[I45] %s', async (_name, datatype, values, type) => {
    const { frames } = await read({ version, littleEndian, datatype, shape: [2, 1, 1], values })
    const pixels = frames[0]?.pixels
    expect(pixels?.constructor.name).toBe(type)
    expect([...(pixels ?? [])]).toEqual(type === 'Float32Array' ? values.map(Math.fround) : values)
  })

  it('[I45] colour, moments, scaling', async () => {
    const rgb = await read({
      version,
      littleEndian,
      datatype: 128,
      shape: [2, 1, 1],
      values: [1, 2, 3, 4, 5, 6],
    })
    expect(rgb.technical.photometric).toBe('RGB')
    expect(rgb.frames[0]?.pixels).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    const film = await read({
      version,
      littleEndian,
      datatype: 2,
      shape: [1, 1, 2, 3],
      values: [1, 2, 3, 4, 5, 6],
      zooms: [1, 1, 1, 2],
      slope: 2,
      intercept: -1,
    })
    expect(film.frames.map(({ pixels, timeMs, temporal }) => [pixels[0], temporal, timeMs])).toEqual([
      [1, 1, 0],
      [2, 1, 0],
      [3, 2, 2000],
      [4, 2, 2000],
      [5, 3, 4000],
      [6, 3, 4000],
    ])
    expect(film.frames[0]?.rescale).toEqual({ slope: 2, intercept: -1 })
  })
})

describe('[I46] the place in the patient, left, back, up', () => {
  const shape = [3, 5, 7]
  const zooms = [2, 3, 4]

  it('by the sform before the qform', async () => {
    const sform = [0, -3, 0, 10, 2, 0, 0, 20, 0, 0, 4, 30]
    const { frames } = await read({ shape, zooms, sform, sformCode: 1, qformCode: 1 })
    expect(frames[0]).toMatchObject({
      position: [-10, -20, 30],
      orientation: { row: [0, -1, 0], column: [1, 0, 0] },
      spacing: { row: 3, column: 2, at: 'patient' },
    })
    expect(frames[1]?.position).toEqual([-10, -20, 34])
  })

  // Half a turn about z; handedness -1 turns the slices round.
  it('by the qform where there is no sform', async () => {
    const { frames } = await read({
      shape,
      zooms,
      qformCode: 1,
      quaternion: [0, 0, 1],
      offset: [1, 2, 3],
      handedness: -1,
    })
    expect(frames[0]).toMatchObject({
      position: [-1, -2, 3],
      orientation: { row: [1, 0, 0], column: [0, 1, 0] },
    })
    expect(frames[1]?.position?.[2]).toBeCloseTo(-1, 6)
  })

  it('by the sizes alone: centred, x to the left', async () => {
    const { frames } = await read({ shape, zooms })
    expect(frames[0]).toMatchObject({
      position: [-2, 6, -12],
      orientation: { row: [1, 0, 0], column: [0, -1, 0] },
    })
  })

  it('in metres and in micrometres is turned into mm', async () => {
    for (const [units, factor] of [
      [1, 1e-3],
      [3, 1e3],
    ] as const) {
      const { frames } = await read({ shape, zooms: zooms.map((mm) => mm * factor), units })
      expect(frames[0]?.spacing?.column).toBeCloseTo(2, 4)
    }
  })

  it('makes the same volume as DICOM slices would: upwards along the normal, evenly spaced', async () => {
    const instance = await read({ datatype: 4, shape: [2, 2, 3], zooms, values: [...Array(12).keys()] })
    const [volume, ...rest] = await arrange(await slicesOf(clean(instance)))
    expect(rest).toEqual([])
    expect(volume?.spacing).toEqual({ row: 3, column: 2, slice: 4 })
    // The normal points down here, so the last slice of the file comes first.
    expect(volume?.direction.slice(6)).toEqual([0, 0, -1])
    expect(volume?.positions.map((at) => at[2])).toEqual([4, 0, -4])
  })
})

describe('[I47] lies', () => {
  const small: NiftiOptions = { shape: [2, 2, 2] }

  it.each<[string, NiftiOptions, string | RegExp]>([
    [
      'more voxels than bytes',
      { ...small, says: [2, 2, 3] },
      /^Truncated: the header promises 12 bytes of voxels, the file holds 8\.$/,
    ],
    [
      'a size that is negative',
      { ...small, says: [2, -2, 2] },
      'Damaged: its dimensions are not numbers of voxels.',
    ],
    [
      'dimensions that overflow',
      { ...small, says: [32767, 32767, 32767] },
      'Too large: 32 767 × 32 767 × 32 767 × 1 voxels.',
    ],
    [
      'five dimensions',
      { ...small, says: [2, 2, 1, 1, 2] },
      'Not supported: NIfTI with more than four dimensions.',
    ],
    [
      'voxels inside of the header',
      { ...small, voxelsAt: 100 },
      'Damaged: its voxels would begin inside of its header.',
    ],
    [
      'voxels at no number',
      { ...small, voxelsAt: Number.NaN },
      'Damaged: its voxels would begin inside of its header.',
    ],
    ['complex numbers', { ...small, datatype: 32 }, 'Not supported: NIfTI with complex numbers.'],
    [
      'an unknown type',
      { ...small, datatype: 77 },
      'Not supported: NIfTI with a type of voxels that is not in the standard.',
    ],
    [
      'whole numbers too wide',
      { datatype: 1024, shape: [2, 1, 1], values: [-1, 4294967296] },
      'Not supported: whole numbers of more than 32 bits.',
    ],
    [
      'a place that is no number',
      { ...small, sformCode: 1, sform: Array(12).fill(Number.NaN) },
      'Damaged: its voxels have no size or no place in space.',
    ],
    [
      'flat voxels',
      { ...small, sformCode: 1, sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] },
      'Damaged: its voxels have no size or no place in space.',
    ],
    [
      'a rotation that is none',
      { ...small, qformCode: 1, quaternion: [1, 1, 0] },
      'Damaged: its orientation is no rotation.',
    ],
    [
      'rows askew of columns',
      { ...small, sformCode: 1, sform: [1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
      'Not supported: slices whose rows and columns are not at right angles.',
    ],
    [
      'scaling by no number',
      { ...small, slope: 1, intercept: Number.NaN },
      'Damaged: its values are scaled by something that is no number.',
    ],
    [
      'the header of a pair',
      { ...small, magic: 'ni1' },
      'Not supported: a NIfTI header whose voxels are in another file (.img); send the two joined into one .nii.',
    ],
    [
      'Analyze',
      { ...small, magic: '\0\0\0' },
      'Not supported: Analyze 7.5, which does not say right from left.',
    ],
  ])('%s', async (_, options, sentence) => {
    for (const bytes of [niftiBytes(options), gzipSync(niftiBytes(options))]) {
      const message = await faultOf(readNifti(bytes))
      if (typeof sentence === 'string') expect(message).toBe(sentence)
      else expect(message).toMatch(sentence)
    }
  })

  it('a bomb is stopped by its header, by what gzip can hold, and by the limits', async () => {
    const bomb = gzipSync(
      new Uint8Array([...niftiBytes({ shape: [1, 1, 1] }), ...new Uint8Array(30_000_000)]),
    )
    expect((await readNifti(bomb)).frames).toHaveLength(1) // what comes behind the one voxel is not read
    const lie = gzipSync(niftiBytes({ ...small, says: [500, 500, 500] }))
    expect(await faultOf(readNifti(lie))).toMatch(
      /^Truncated: the header promises 125 000 352 bytes, and \d+ compressed/,
    )
    expect(await faultOf(readNifti(lie, { inflatedBytes: 1e6 }))).toBe(
      'Too large: 500 × 500 × 500 × 1 voxels.',
    )
  })

  it('cut anywhere, plain and packed, is a fault', async () => {
    const plain = niftiBytes({ shape: [3, 2, 2], datatype: 4 })
    for (let length = 0; length < plain.length; length += 3)
      expect(await faultOf(readNifti(plain.slice(0, length)))).toMatch(/\.$/)
    const packed = gzipSync(plain)
    for (let length = 0; length < packed.length - 8; length += 3)
      expect(await faultOf(readNifti(packed.subarray(0, length)))).toMatch(/\.$/)
  })

  it('changed bytes give as many voxels as the header says, or a fault', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
    const random = randomFrom(seed)
    const pick = (n: number): number => Math.floor(random() * n)
    const sources = ([1, 2] as const).map((version) => niftiBytes({ version, shape: [3, 2, 2], datatype: 4 }))
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from(sources[round % 2] as Uint8Array)
      for (let k = pick(5) + 1; k > 0; k--) bytes[pick(bytes.length)] = pick(256)
      const file = round % 5 === 0 ? gzipSync(bytes) : bytes
      const outcome = await readNifti(file, { pixels: 2 ** 20 }).catch((fault: unknown) => fault)
      const about = `SEED=${seed} round ${round}`
      if (outcome instanceof Error) {
        expect(outcome, about).toBeInstanceOf(ImagingFault)
        expect(outcome.message, `${about} ${outcome.cause}`).not.toMatch(/cannot be read/)
      } else {
        const { technical, frames } = outcome as Instance
        for (const { pixels } of frames) expect(pixels.length, about).toBe(technical.rows * technical.columns)
      }
    }
  })
})

describe.skipIf(!HAVE_DATA)('[I45] headers as another reader reads them', () => {
  const files = filesOf('nifti').filter(({ file }) => /\.nii(\.gz)?$/.test(file))
  it.each(files)('$file', ({ file }) => {
    const bytes = Uint8Array.from(readData(file)).buffer as ArrayBuffer
    const plain = isCompressed(bytes) ? decompress(bytes) : bytes
    const theirs = theirHeader(plain as ArrayBuffer)
    const ours = readHeader(new Uint8Array(plain))
    if (!theirs) throw new Error('the other reader reads nothing')
    expect(ours.shape).toEqual([1, 2, 3, 4].map((k) => Math.max(1, theirs.dims[k] as number)))
    expect([ours.datatype, ours.offset, ours.littleEndian]).toEqual([
      theirs.datatypeCode,
      theirs.vox_offset,
      theirs.littleEndian,
    ])
    expect([ours.qformCode, ours.sformCode]).toEqual([theirs.qform_code, theirs.sform_code])
    expect(ours.zooms).toEqual([1, 2, 3].map((k) => theirs.pixDims[k]))
    if (ours.sformCode > 0) expect(ours.sform).toEqual(theirs.affine.slice(0, 3).flat())
  })
})
