/** The sentences that real files are refused with, and what a library once lost. All other values are held in manifest.test.ts. */
import { describe, expect, it } from 'vitest'
import { HAVE_DATA, readData } from '../testing/manifest.ts'
import { readInstance } from './read.ts'

describe.skipIf(!HAVE_DATA)('files read by independent tools', () => {
  it('[S1] keeps one last pixel that a library lost', async () => {
    const lossless = await readInstance(readData('transfer-syntax/CTImage_JPEGProcess14SV1.dcm'))
    expect(lossless.frames[0]?.pixels.at(-1)).toBe(-2000)
  })

  it.each([
    ['xray/dx_image.dcm', ['L', 'F']],
    ['xray/CR-ModalitySequenceLUT.dcm', undefined],
  ])('[V154] the sides of %s', async (file, sides) => {
    expect((await readInstance(readData(file))).technical.patientOrientation).toEqual(sides)
  })

  it.each([
    ['sr/sr_document.dcm', 'Not an image: it is a structured report.'],
    ['rt/rtdose.dcm', 'Not an image: it is a radiotherapy dose.'],
    ['seg/liver.dcm', 'Not an image: it is a segmentation.'],
    ['dicomdir/DICOMDIR', 'Not an image: it is a directory of other files (DICOMDIR).'],
    [
      'transfer-syntax/CTImage_JPEGProcess10_10_12.dcm',
      'Not supported: transfer syntax 1.2.840.10008.1.2.4.55 (JPEG full progression).',
    ],
  ])('[S2] %s says %s', async (file, sentence) => {
    await expect(readInstance(readData(file))).rejects.toThrow(sentence)
  })
})
