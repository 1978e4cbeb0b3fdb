/**
 * The same slices for all: DICOM files for the product and for dwv, raw frames with DICOM JSON for Cornerstone3D, one NIfTI file for niivue.
 * Pixels are those of the import benchmark.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { baseSlices, COLUMNS, ROWS, writeSeries } from '../ingest/files.ts'

const FRAME_BYTES = ROWS * COLUMNS * 2
const SPACING = 0.703125
const CORNER = -180
const RESCALE = { intercept: -1024, slope: 1 }

/** Writes each length into a folder of its name. */
export async function writeAll(folder: string, lengths: readonly number[]): Promise<void> {
  const base = await baseSlices()
  for (const slices of lengths) {
    const own = join(folder, String(slices))
    // Moved on so little that a body is in the middle of every plane.
    await writeSeries(join(own, 'files'), base, slices, 0)
    writeRaw(own, slices)
  }
}

function writeRaw(folder: string, slices: number): void {
  mkdirSync(join(folder, 'frames'), { recursive: true })
  const names = readdirSync(join(folder, 'files')).sort()
  // Pixel data is the last element of the files, and not packed.
  const frames = names.map((name) => readFileSync(join(folder, 'files', name)).subarray(-FRAME_BYTES))
  for (const [k, frame] of frames.entries())
    writeFileSync(join(folder, 'frames', `${String(k).padStart(4, '0')}.raw`), frame)
  writeFileSync(
    join(folder, 'metadata.json'),
    JSON.stringify(Array.from({ length: slices }, (_, k) => dicomJson(k, slices))),
  )
  writeFileSync(join(folder, 'series.nii'), Buffer.concat([niftiHeader(slices), ...frames]))
}

const is = (vr: string, ...Value: (string | number)[]) => ({ vr, Value })

const dicomJson = (k: number, slices: number) => ({
  '00080016': is('UI', '1.2.840.10008.5.1.4.1.1.2'),
  '00080018': is('UI', `2.25.${slices}.1.${k}`),
  '00080060': is('CS', 'CT'),
  '0020000D': is('UI', `2.25.${slices}.2`),
  '0020000E': is('UI', `2.25.${slices}.3`),
  '00200013': is('IS', k + 1),
  '00200032': is('DS', CORNER, CORNER, k),
  '00200037': is('DS', 1, 0, 0, 0, 1, 0),
  '00200052': is('UI', `2.25.${slices}.4`),
  '00280002': is('US', 1),
  '00280004': is('CS', 'MONOCHROME2'),
  '00280010': is('US', ROWS),
  '00280011': is('US', COLUMNS),
  '00280030': is('DS', SPACING, SPACING),
  '00280100': is('US', 16),
  '00280101': is('US', 16),
  '00280102': is('US', 15),
  '00280103': is('US', 1),
  '00281050': is('DS', 40),
  '00281051': is('DS', 400),
  '00281052': is('DS', RESCALE.intercept),
  '00281053': is('DS', RESCALE.slope),
})

/** NIfTI-1, signed 16 bits, one file; x and y point the other way than in DICOM. */
function niftiHeader(slices: number): Buffer {
  const header = Buffer.alloc(352)
  header.writeInt32LE(348, 0)
  for (const [n, size] of [3, COLUMNS, ROWS, slices, 1, 1, 1, 1].entries())
    header.writeInt16LE(size, 40 + 2 * n)
  header.writeInt16LE(4, 70) // datatype
  header.writeInt16LE(16, 72) // bitpix
  for (const [n, step] of [1, SPACING, SPACING, 1].entries()) header.writeFloatLE(step, 76 + 4 * n)
  header.writeFloatLE(352, 108) // vox_offset
  header.writeFloatLE(RESCALE.slope, 112)
  header.writeFloatLE(RESCALE.intercept, 116)
  header.writeInt16LE(1, 254) // sform_code
  const rows = [
    [-SPACING, 0, 0, -CORNER],
    [0, -SPACING, 0, -CORNER],
    [0, 0, 1, 0],
  ]
  for (const [n, value] of rows.flat().entries()) header.writeFloatLE(value, 280 + 4 * n)
  header.write('n+1\0', 344, 'latin1')
  return header
}
