/**
 * Real masks and outlines, in and out again, counted by other programs before and after: nibabel wrote down what it saw in each file, and
 * reads again what is written here, where a Python with nibabel is installed (`apt-get install python3-nibabel`). Without the files, or
 * without nibabel, what needs them is skipped and says so.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { latticeOf } from '../lattice.ts'
import { expectedOf, HAVE_DATA, NIBABEL, namesIn, python, readData, seriesIn } from '../testing/data.ts'
import { type Label, readMask } from './read.ts'
import { type MaskFile, writeMasks } from './write.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masks-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** [series, its mask]: an oblique, one whose axes run front, down, left, one of DICOM slices with a mask that dcm2niix turned over. */
const PAIRS = [
  [['nifti/FLAIR.nii.gz'], 'nifti/lesion.nii.gz'],
  [['nifti/AIL.nii.gz'], 'nifti/draw.nii.gz'],
  [['nifti/example_ct.nii.gz'], 'nifti/example_seg_fast_force_split.nii.gz'],
  [['series/ct-siemens-totalseg-j2k/'], 'series/ct-siemens-totalseg-seg.nii.gz'],
] as const

const filesOf = (names: readonly string[]): Uint8Array[] =>
  names.flatMap((name) =>
    name.endsWith('/') ? namesIn(name).map((file) => readData(name + file)) : [readData(name)],
  )

/** Shape, sizes, both placings, and of every label its voxels and the middle of them in the world. */
const LOOK = `
import json, sys
import nibabel, numpy
image = nibabel.load(sys.argv[1])
data = numpy.asarray(image.dataobj)
labels = {}
painted, values = numpy.argwhere(data), data[data != 0]
for value in numpy.unique(values):
    at = painted[values == value]
    labels[str(int(value))] = [len(at), *nibabel.affines.apply_affine(image.affine, at.mean(axis=0)).tolist()]
header = image.header
print(json.dumps({
    'shape': image.shape, 'zooms': [float(z) for z in header.get_zooms()], 'type': str(header.get_data_dtype()),
    'sform': image.get_sform().tolist(), 'sformCode': int(header['sform_code']),
    'qform': image.get_qform().tolist(), 'qformCode': int(header['qform_code']),
    'units': header.get_xyzt_units(), 'labels': labels}))
`
interface Seen {
  readonly shape: number[]
  readonly zooms: number[]
  readonly type: string
  readonly sform: number[][]
  readonly sformCode: number
  readonly qform: number[][]
  readonly qformCode: number
  readonly units: string[]
  readonly labels: Record<string, number[]>
}

const counts = (labels: readonly Label[]): Record<string, number> =>
  Object.fromEntries(labels.map(({ value, voxels }) => [String(value), voxels]))

describe.skipIf(!HAVE_DATA)('real masks (with the shared test files)', () => {
  it.each(PAIRS)(
    '[M86] %s with %s',
    async (pictures, mask) => {
      const series = await seriesIn(filesOf(pictures))
      const labels = await readMask(readData(mask), series)
      const { label_voxel_counts: said } = expectedOf<{ label_voxel_counts: Record<string, number> }>(mask)
      const { 0: _, ...expected } = said
      expect(counts(labels)).toEqual(expected)

      const segments = labels.map(({ value, runs }) => ({ name: `Label ${value}`, colour: '#888888', runs }))
      const { files, notes } = await writeMasks(series, segments, 'again')
      expect(notes).toEqual([])
      const file = files[0] as MaskFile
      const back = await readMask(file.bytes, series)
      expect(back.map(({ runs }) => runs)).toEqual(labels.map(({ runs }) => runs))

      if (NIBABEL === null) return
      writeFileSync(join(folder, 'ours.nii.gz'), file.bytes)
      writeFileSync(join(folder, 'theirs.nii.gz'), readData(mask))
      const ours = python<Seen>(LOOK, join(folder, 'ours.nii.gz'))
      const theirs = python<Seen>(LOOK, join(folder, 'theirs.nii.gz'))
      // Each label lies in the world where it lay, whichever way the axes run now.
      for (const [k, { value }] of labels.entries()) {
        const [voxels, ...middle] = ours.labels[String(k + 1)] as number[]
        const [before, ...was] = theirs.labels[String(value)] as number[]
        expect(voxels).toBe(before)
        for (const axis of [0, 1, 2]) expect(middle[axis]).toBeCloseTo(was[axis] as number, 3)
      }
    },
    120_000,
  )

  it('[M84] a mask of another series is refused', async () => {
    const series = await seriesIn([readData('nifti/FLAIR.nii.gz')])
    await expect(readMask(readData('nifti/draw.nii.gz'), series)).rejects.toThrow(
      'The mask has 64 × 79 × 67 voxels, the series 124 × 160 × 140. Masks are not resampled',
    )
  })

  it('[M86] outlines of cells, drawn black by several people, survive as masks of their photograph', async () => {
    const cell = 'multi-reader/BU-BIL_Dataset1/B01'
    const photo = await seriesIn([readData(`${cell}/image.png`)])
    const { B01: said } = expectedOf<Record<'B01', Outlines>>('multi-reader/BU-BIL_Dataset1/')
    const objects = Object.entries({ ...said.object_pixels, gold: said.gold_object_pixels })
    expect(objects).toHaveLength(11)
    for (const [name, pixels] of objects) {
      // Nothing is background here: black, 0, is the cell, and white all the rest.
      const labels = await readMask(readData(`${cell}/${name}.png`), photo, { background: Number.NaN })
      const [outline, rest] = labels as [Label, Label]
      expect([name, labels.length, outline.value, outline.voxels]).toEqual([name, 2, 0, pixels])
      expect(outline.voxels + rest.voxels).toBe(photo.rows * photo.columns)
      const { runs } = outline
      const { files } = await writeMasks(photo, [{ name, colour: '#888888', runs }], name)
      const back = await readMask((files[0] as MaskFile).bytes, photo)
      expect(back).toEqual([{ value: 1, voxels: pixels, runs }])
    }
  }, 120_000)
})

interface Outlines {
  readonly object_pixels: Record<string, number>
  readonly gold_object_pixels: number
}

describe.skipIf(NIBABEL === null)('what nibabel reads (with python3-nibabel)', () => {
  it.skipIf(!HAVE_DATA).each(['series/ct-ge-cmbcrc/', 'series/mr-siemens-cptac-jpegls/'])(
    '[M87] %s: shape, sizes and both placings are those of the DICOM files, and so is a voxel’s place',
    async (name) => {
      const series = await seriesIn(filesOf([name]))
      const { size } = latticeOf(series)
      const corner = Int32Array.of(size[2] - 1, 2, 3, 5)
      const { files } = await writeMasks(
        series,
        [{ name: 'corner', colour: '#888888', runs: { shape: 'runs', rows: corner } }],
        'corner',
      )
      const path = join(folder, 'corner.nii.gz')
      writeFileSync(path, (files[0] as MaskFile).bytes)
      const seen = python<Seen>(LOOK, path)
      // From what pydicom said of the files, by PS3.3 C.7.6.2: right, front, up.
      const said = expectedOf<Record<string, number[]>>(name)
      const [first, last] = [said['first_position'] as number[], said['last_position'] as number[]]
      const [row, column] = said['pixel_spacing_row_col_mm'] as [number, number]
      const cosines = said['image_orientation'] as number[]
      const turn = [-1, -1, 1]
      const affine = [0, 1, 2].map((axis) =>
        [
          (cosines[axis] as number) * column,
          (cosines[3 + axis] as number) * row,
          ((last[axis] as number) - (first[axis] as number)) / (size[2] - 1),
          first[axis] as number,
        ].map((mm) => mm * (turn[axis] as number)),
      )
      expect(seen.shape).toEqual([...size])
      expect(seen.type).toBe('uint8')
      expect([seen.sformCode, seen.qformCode, seen.units[0]]).toEqual([1, 1, 'mm'])
      for (const [r, line] of affine.entries())
        for (const [c, mm] of line.entries()) {
          expect(seen.sform[r]?.[c]).toBeCloseTo(mm, 4)
          expect(seen.qform[r]?.[c]).toBeCloseTo(mm, 3)
        }
      const [voxels, ...middle] = seen.labels['1'] as number[]
      expect(voxels).toBe(2)
      for (const axis of [0, 1, 2]) {
        const [x, y, z, from] = affine[axis] as [number, number, number, number]
        expect(middle[axis]).toBeCloseTo(3.5 * x + 2 * y + (size[2] - 1) * z + from, 3)
      }
    },
    120_000,
  )

  it.skipIf(!HAVE_DATA)(
    '[M87] a sheared series has its matrix alone, for a rotation cannot say it',
    async () => {
      const series = await seriesIn([readData('nifti/shear.nii.gz')])
      const { files } = await writeMasks(
        series,
        [{ name: 'a', colour: '#888888', runs: { shape: 'runs', rows: Int32Array.of(0, 0, 0, 1) } }],
        'shear',
      )
      const path = join(folder, 'shear.nii.gz')
      writeFileSync(path, (files[0] as MaskFile).bytes)
      const seen = python<Seen>(LOOK, path)
      const { affine } = expectedOf<{ affine: number[][] }>('nifti/shear.nii.gz')
      expect([seen.sformCode, seen.qformCode]).toEqual([1, 0])
      for (const [r, line] of seen.sform.entries())
        for (const [c, mm] of line.entries()) expect(mm).toBeCloseTo(affine[r]?.[c] as number, 4)
    },
    120_000,
  )
})
