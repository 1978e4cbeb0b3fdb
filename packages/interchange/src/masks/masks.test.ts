/** Masks out and in again, on grids of every kind; what cannot be taken over, and the sentence that says why. */
import { gunzipSync } from 'node:zlib'
import type { Runs } from '@consilium/geometry/raster/shape'
import { describe, expect, it } from 'vitest'
import { ExchangeFault } from '../fault.ts'
import type { Lattice } from '../lattice.ts'
import { labelFile, lattice, type Placing, seriesFor, voxels } from '../testing/files.ts'
import { type MaskOptions, readMask } from './read.ts'
import { type MaskFile, type Segment, writeMasks } from './write.ts'

const NODULE: Segment = { name: 'Nodule 3', colour: '#cc3311', runs: voxels([0, 0, 0], [3, 1, 0], [4, 3, 2]) }
const VESSEL: Segment = { name: 'Vaisseau droit', colour: '#0077bb', runs: voxels([1, 0, 0], [3, 1, 1]) }

const OBLIQUE: Placing = {
  row: [0.8, 0.6, 0],
  column: [0, 0, -1],
  step: [-0.6, 0.8, 0],
  origin: [812.25, -400.125, 33.5],
}
const SHEARED: Placing = { step: [0, -0.26, Math.sqrt(1 - 0.26 ** 2)] }

const nifti = ([file]: readonly MaskFile[]): Uint8Array => (file as MaskFile).bytes
const sentence = async (file: Uint8Array, placing: Placing = {}, options?: MaskOptions): Promise<string> => {
  const fault = await readMask(file, seriesFor(placing), options).catch((thrown: unknown) => thrown)
  if (fault instanceof ExchangeFault) return fault.message
  throw fault instanceof Error ? fault : new Error('it was taken over')
}

describe('[M82] out and in again gives the same voxels', () => {
  it.each<[string, Placing]>([
    ['axial', {}],
    ['oblique', OBLIQUE],
    ['of a tilted gantry', SHEARED],
    ['of one slice', { size: [5, 4, 1] }],
  ])('%s', async (_, placing) => {
    const inside = (runs: Runs): Runs => ({
      shape: 'runs',
      rows: runs.rows.filter((_, k, rows) => (rows[k - (k % 4)] as number) < (placing.size?.[2] ?? 3)),
    })
    const segments = [NODULE, VESSEL].map((one) => ({ ...one, runs: inside(one.runs) }))
    const { files, notes } = await writeMasks(seriesFor(placing), segments, 'Case 12')
    expect(notes).toEqual([])
    const labels = await readMask(nifti(files), seriesFor(placing))
    expect(labels).toEqual(
      segments.map(({ runs }, k) => ({ value: k + 1, voxels: runs.rows.length / 4, runs })),
    )
  })

  it('with more labels than a byte holds', async () => {
    const placing: Placing = { size: [256, 1, 1] }
    const segments = Array.from({ length: 256 }, (_, x) => ({ ...NODULE, runs: voxels([x, 0, 0]) }))
    const { files } = await writeMasks(seriesFor(placing), segments, 'many')
    expect(gunzipSync(nifti(files))).toHaveLength(352 + 512)
    const labels = await readMask(nifti(files), seriesFor(placing))
    expect(labels.map(({ value, runs }) => [value, runs.rows[2]])).toEqual(segments.map((_, x) => [x + 1, x]))
  })

  it('of a photograph, which has no place', async () => {
    const photo = { ...seriesFor({ size: [5, 4, 1] }), positions: [[0, 0, 0]], frameOfReference: null }
    const { files } = await writeMasks(photo, [{ ...NODULE, runs: voxels([3, 1, 0]) }], 'photo')
    // Coordinates that fit a picture, not those of a scanner.
    expect(gunzipSync(nifti(files)).readInt16LE(254)).toBe(2)
    expect(await readMask(nifti(files), photo)).toMatchObject([{ value: 1, voxels: 1 }])
    const anonymous = { ...seriesFor({ origin: [0, 0, 0] }), frameOfReference: null }
    const placed = await writeMasks(anonymous, [NODULE], 'anonymous')
    expect(gunzipSync(nifti(placed.files)).readInt16LE(254)).toBe(1)
    const bare = labelFile(lattice({ size: [5, 4, 1] }), new Uint8Array(20))
    expect(await readMask(bare, seriesFor({ size: [5, 4, 1] }))).toEqual([])
  })
})

describe('[M83] files of labels', () => {
  it('segments that overlap have a file each, and the report says so', async () => {
    const over = { ...VESSEL, runs: voxels([3, 1, 0]) }
    const { files, notes } = await writeMasks(seriesFor(), [NODULE, over], 'Fall Ä/../12')
    expect(files.map(({ name }) => name)).toEqual([
      'fall-a-12_1-nodule-3.nii.gz',
      'fall-a-12_2-vaisseau-droit.nii.gz',
      'fall-a-12.tsv',
    ])
    expect(notes).toEqual([
      'Segments overlap, which one file of labels cannot say, so each has a file of its own.',
    ])
    for (const [k, { runs }] of [NODULE, over].entries())
      expect(await readMask((files[k] as MaskFile).bytes, seriesFor())).toMatchObject([{ value: 1, runs }])
  })

  it('a table says which number is which; no name breaks it, and none is a formula', async () => {
    const sly = { ...VESSEL, name: '=1+1\tand\nmore' }
    const { files } = await writeMasks(seriesFor(), [NODULE, sly], '???')
    const [labels, table] = files as [MaskFile, MaskFile]
    expect([labels.name, table.name]).toEqual(['mask.nii.gz', 'mask.tsv'])
    expect(labels.labels.map(({ value, voxels }) => [value, voxels])).toEqual([
      [1, 3],
      [2, 2],
    ])
    expect(new TextDecoder().decode(table.bytes)).toBe(
      "index\tname\tcolor\n1\tNodule 3\t#cc3311\n2\t'=1+1 and more\t#0077bb\n",
    )
  })

  it('nothing of the people or the pictures is in the header, and no time: the same segments give the same bytes', async () => {
    const once = nifti((await writeMasks(seriesFor(), [NODULE], 'a')).files)
    const again = nifti((await writeMasks(seriesFor(), [{ ...NODULE, name: 'Doe^Jane' }], 'b')).files)
    expect(again).toEqual(once)
    const text = new TextDecoder('latin1').decode(gunzipSync(once))
    expect(text.match(/[A-Za-z+]{2,}\d?/g)).toEqual(['Consilium', 'n+1'])
  })

  it('whoever waits is told how far it is, and may give it up', async () => {
    const shares: number[] = []
    await writeMasks(seriesFor(), [NODULE], 'a', { progress: (share) => void shares.push(share) })
    expect(shares).toEqual([0, 1 / 3, 2 / 3])
    const signal = AbortSignal.abort(new Error('given up'))
    await expect(writeMasks(seriesFor(), [NODULE], 'a', { signal })).rejects.toThrow('given up')
    const file = labelFile(lattice(), new Uint8Array(60))
    await expect(readMask(file, seriesFor(), { signal })).rejects.toThrow('given up')
  })

  it('of no segment, or of slices that are not evenly spaced, none is written', async () => {
    await expect(writeMasks(seriesFor(), [], 'a')).rejects.toThrow('There is no segment to write.')
    const uneven = { ...seriesFor(), spacing: { column: 1, row: 1, slice: null } }
    await expect(writeMasks(uneven, [NODULE], 'a')).rejects.toThrow(
      'The slices of this series are not evenly spaced, and a mask file cannot say where such slices lie.',
    )
  })
})

describe('[M84] a file whose axes run another way', () => {
  /** The same voxels in another order: axis k of the file runs along axis `axes[k]` of the series, backwards where said. */
  const turned = (axes: readonly number[], isBackwards: readonly boolean[]) => {
    const ours = lattice()
    const size = axes.map((axis) => ours.size[axis] as number) as unknown as Lattice['size']
    const way = (axis: number): number[] =>
      (ours.steps[axes[axis] as number] as readonly number[]).map((mm) => (isBackwards[axis] ? -mm : mm))
    const origin = [0, 1, 2].reduce<number[]>(
      (sum, axis) =>
        isBackwards[axis]
          ? sum.map((mm, k) => mm - (way(axis)[k] as number) * ((size[axis] as number) - 1))
          : sum,
      [...ours.origin],
    )
    const values: number[] = []
    for (let c = 0; c < size[2]; c++)
      for (let b = 0; b < size[1]; b++)
        for (let a = 0; a < size[0]; a++) {
          const at = [0, 0, 0]
          for (const [k, index] of [a, b, c].entries())
            at[axes[k] as number] = isBackwards[k] ? (size[k] as number) - 1 - index : index
          values.push(1 + (at[0] as number) + 5 * (at[1] as number) + 20 * (at[2] as number))
        }
    const steps = [way(0), way(1), way(2)] as unknown as Lattice['steps']
    return labelFile({ size, steps, origin: origin as unknown as Lattice['origin'], isPlaced: true }, values)
  }

  it('in any of the 48 ways, is read voxel for voxel', async () => {
    for (const axes of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      for (let mirror = 0; mirror < 8; mirror++) {
        const file = turned(axes, [(mirror & 1) > 0, (mirror & 2) > 0, (mirror & 4) > 0])
        const labels = await readMask(file, seriesFor())
        expect(labels).toHaveLength(60)
        for (const { value, runs } of labels) {
          const [x, y, z] = [(value - 1) % 5, Math.floor((value - 1) / 5) % 4, Math.floor((value - 1) / 20)]
          expect([axes, mirror, ...runs.rows]).toEqual([axes, mirror, z, y, x, x + 1])
        }
      }
  })
})

describe('[M84] a file on another grid is refused in a sentence that names what differs', () => {
  const blank = (placing: Placing): Uint8Array => {
    const where = lattice(placing)
    return labelFile(where, new Uint8Array(where.size.reduce((a, b) => a * b)))
  }
  const REST = ' Masks are not resampled: each voxel of the file has to be one of the series.'

  it.each<[string, Placing, string]>([
    ['voxels', { size: [5, 4, 4] }, 'The mask has 5 × 4 × 4 voxels, the series 5 × 4 × 3.'],
    [
      'voxel size',
      { spacing: [0.8, 0.7, 2.51] },
      'Voxels of the mask measure 0.8 × 0.7 × 2.51 mm, those of the series 0.8 × 0.7 × 2.5 mm.',
    ],
    [
      'voxel size, and place a little',
      { spacing: [0.8, 0.7, 2.6], origin: [-30, 12.5, 101.01] },
      'Voxels of the mask measure 0.8 × 0.7 × 2.6 mm, those of the series 0.8 × 0.7 × 2.5 mm.',
    ],
    ['place', { origin: [-30, 14, 99] }, 'The mask lies 2.5 mm beside the series.'],
    [
      'direction',
      { row: [Math.cos(0.1), Math.sin(0.1), 0], column: [-Math.sin(0.1), Math.cos(0.1), 0] },
      'The mask is turned by 5.7° against the series.',
    ],
    ['tilt', { step: SHEARED.step! }, 'The mask is turned by 15° against the series.'],
  ])('%s', async (_, placing, what) => {
    expect(await sentence(blank(placing))).toBe(what + REST)
  })

  it('a thousandth of a voxel is rounding, more is not', async () => {
    const series = seriesFor({ origin: [0, 0, 0] })
    const at = (mm: number) => readMask(blank({ origin: [mm, 0, 0] }), series)
    expect(await at(0.00079)).toEqual([])
    await expect(at(0.00081)).rejects.toThrow('beside the series')
    const stretched = (mm: number) => readMask(blank({ origin: [0, 0, 0], spacing: [mm, 0.7, 2.5] }), series)
    expect(await stretched(0.80019)).toEqual([])
    await expect(stretched(0.80021)).rejects.toThrow('Voxels of the mask measure 0.80021')
  })
})

describe('[M85] what is no mask is refused in a sentence', () => {
  const VALUES = Array.from({ length: 60 }, (_, k) => k % 3)
  const file = (change?: (view: DataView) => void, values: readonly number[] = VALUES): Uint8Array =>
    labelFile(lattice(), values, change)

  it('scaled numbers are labels where they come out whole', async () => {
    const twice = file((view) => void view.setFloat32(112, 2, true))
    expect((await readMask(twice, seriesFor())).map(({ value }) => value)).toEqual([2, 4])
    const half = file((view) => void view.setFloat32(112, 0.5, true))
    expect(await sentence(half)).toBe(
      'The file holds numbers that are not whole: it is a picture and no mask.',
    )
    const below = file((view) => {
      view.setFloat32(112, 1, true)
      view.setFloat32(116, -1, true)
    })
    expect(await sentence(below)).toBe('The file holds numbers below 0: it is a picture and no mask.')
  })

  it('colours that are no greys, several volumes, too many labels', async () => {
    const colour = file((view) => void view.setInt16(70, 128, true), Array(180).fill(1))
    expect(await readMask(colour, seriesFor())).toMatchObject([{ value: 1, voxels: 60 }])
    const green = file((view) => void view.setInt16(70, 128, true), [...Array(179).fill(1), 2])
    expect(await sentence(green)).toBe('The file is in colour; a mask has one number for each voxel.')
    const film = file((view) => {
      view.setInt16(40, 4, true)
      view.setInt16(48, 2, true)
    }, Array(120).fill(0))
    expect(await sentence(film)).toBe(
      'The file holds several volumes, one after the other in time; a mask is one.',
    )
    const placing: Placing = { size: [600, 1, 1] }
    const where = lattice({ ...placing })
    const many = labelFile(where, new Uint8Array(1200), (view) => {
      view.setInt16(70, 512, true)
      for (let k = 0; k < 600; k++) view.setUint16(352 + 2 * k, k, true)
    })
    expect(await sentence(many, placing)).toBe(
      'The file holds more than 512 labels: it is a picture and no mask.',
    )
  })

  it('labels as ragged as noise', async () => {
    const placing: Placing = { size: [2048, 2048, 2] }
    const ragged = labelFile(
      lattice(placing),
      new Uint8Array(2 ** 23).map((_, k) => 1 + (k & 1)),
    )
    expect(await sentence(ragged, placing)).toBe(
      'The labels of the file change at more than 4 000 000 places: it is a picture and no mask.',
    )
  })

  it('what is broken is named by its reader', async () => {
    await expect(readMask(file().subarray(0, 380), seriesFor())).rejects.toThrow(
      'Truncated: the header promises 60 bytes of voxels, the file holds 28.',
    )
    await expect(readMask(new TextEncoder().encode('not a mask'), seriesFor())).rejects.toThrow(
      'Not an image: it is a text.',
    )
  })

  it('another number than 0 may stand for nothing', async () => {
    const labels = await readMask(file(), seriesFor(), { background: 2 })
    expect(labels.map(({ value, voxels }) => [value, voxels])).toEqual([
      [0, 20],
      [1, 20],
    ])
  })
})
