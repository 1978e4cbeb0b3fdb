/** For tests only: small images whose every attribute a test can change, as elements for dicom/write.ts. */
import type { Element } from '../dicom/write.ts'

export interface ImageOptions {
  rows: number
  columns: number
  frames: number
  allocated: 8 | 16
  stored: number
  signed: boolean
  pixels: Uint8Array
  /** Elements that replace those of the same tag, or are added. */
  also: Element[]
  /** Tags left out. */
  without: number[]
}

export function imageElements(options: Partial<ImageOptions> = {}): Element[] {
  const { rows, columns, frames, allocated, stored, signed, also, without } = {
    rows: 4,
    columns: 6,
    frames: 1,
    allocated: 16 as const,
    stored: options.allocated ?? 16,
    signed: true,
    also: [],
    without: [],
    ...options,
  }
  const pixels = options.pixels ?? ramp(rows * columns * frames * (allocated / 8))
  const elements: Element[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: '1.2.3.4.1' },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00100010, vr: 'PN', value: 'Secret^Name' },
    { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
    { tag: 0x0020000d, vr: 'UI', value: '1.2.3.4' },
    { tag: 0x0020000e, vr: 'UI', value: '1.2.3.5' },
    { tag: 0x00200013, vr: 'IS', value: [1] },
    { tag: 0x00200032, vr: 'DS', value: [-10, -20, 30] },
    { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
    { tag: 0x00200052, vr: 'UI', value: '1.2.3.6' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: [frames] },
    { tag: 0x00280010, vr: 'US', value: [rows] },
    { tag: 0x00280011, vr: 'US', value: [columns] },
    { tag: 0x00280030, vr: 'DS', value: [0.5, 0.25] },
    { tag: 0x00280100, vr: 'US', value: [allocated] },
    { tag: 0x00280101, vr: 'US', value: [stored] },
    { tag: 0x00280102, vr: 'US', value: [stored - 1] },
    { tag: 0x00280103, vr: 'US', value: [signed ? 1 : 0] },
    { tag: 0x00281052, vr: 'DS', value: [-1024] },
    { tag: 0x00281053, vr: 'DS', value: [1] },
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ]
  const replaced = new Set([...without, ...also.map((element) => element.tag)])
  return [...elements.filter((element) => !replaced.has(element.tag)), ...also]
}

/** Bytes that are all different from their neighbours. */
export const ramp = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, k) => (k * 37 + (k >> 3)) & 255)
