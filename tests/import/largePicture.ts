/** One picture of somewhat more than two parts, of which every pixel is the same. */
import { PART_BYTES } from '@consilium/contract/travel'
import { writePart10 } from '@consilium/imaging/write'
import type { SentFile } from './door.ts'

/** Pixels in a row, and in a column. */
export const LARGE_SIDE = Math.ceil(Math.sqrt((2.2 * PART_BYTES) / 2))

/** @param variant tells one study from another */
export async function largePicture(variant: number): Promise<SentFile> {
  const uid = (part: number) => `1.2.826.0.1.3680043.99.${variant}.${part}`
  const bytes = await writePart10([
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: uid(1) },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x0020000d, vr: 'UI', value: uid(2) },
    { tag: 0x0020000e, vr: 'UI', value: uid(3) },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [LARGE_SIDE] },
    { tag: 0x00280011, vr: 'US', value: [LARGE_SIDE] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(LARGE_SIDE * LARGE_SIDE * 2).fill(variant) },
  ])
  return { name: 'large.dcm', bytes }
}
