/**
 * The series that both servers get: CT slices of 512 × 512, 16 bits, uncompressed. Their pixels are the real CT of the test files where
 * those are there, else the chest phantom's; a longer series goes round the same slices, each time with their rows further on, so that
 * no two slices are equal and none compresses better than the first ones.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInstance } from '@consilium/imaging/dicom'
import { chestPhantom } from '@consilium/imaging/phantom'
import { bytesOf } from '@consilium/imaging/samples'
import { type Element, writePart10 } from '@consilium/imaging/write'
import { filesIn, hasTestData } from '../../import/realSeries.ts'

export const ROWS = 512
export const COLUMNS = 512
const BASE = 60
/** Rows that each further round is moved by. */
const STEP = 17

export const SOURCE = hasTestData ? 'a real CT (GE), with a made header' : 'the chest phantom'

/** Stored values of the first slices; HU less 1024, signed. */
export async function baseSlices(count = BASE): Promise<Int16Array[]> {
  if (!hasTestData)
    return [...chestPhantom({ slices: BASE }).render()].slice(0, count).map((one) => one.pixels)
  const files = filesIn('series/ct-ge-cmbcrc').slice(0, count)
  return Promise.all(
    files.map(async ({ bytes }) => Int16Array.from((await readInstance(bytes)).frames[0]?.pixels ?? [])),
  )
}

/** Writes `count` files; `variant` tells one study from another. */
export async function writeSeries(
  folder: string,
  base: readonly Int16Array[],
  count: number,
  variant: number,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const uid = (what: string): string =>
    `2.25.${BigInt(`0x${sha(`${variant} ${count} ${what}`).slice(0, 30)}`)}`
  for (let k = 0; k < count; k++) {
    const pixels = movedOn(base[k % base.length] as Int16Array, variant + STEP * Math.floor(k / base.length))
    const bytes = await writePart10(elements(k, pixels, uid))
    writeFileSync(join(folder, `${String(k).padStart(4, '0')}.dcm`), bytes)
  }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

function movedOn(pixels: Int16Array, rows: number): Int16Array {
  const cut = (rows % ROWS) * COLUMNS
  const out = new Int16Array(pixels.length)
  out.set(pixels.subarray(cut))
  out.set(pixels.subarray(0, cut), pixels.length - cut)
  return out
}

const elements = (k: number, pixels: Int16Array, uid: (what: string) => string): Element[] => [
  { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
  { tag: 0x00080018, vr: 'UI', value: uid(`instance ${k}`) },
  { tag: 0x00080020, vr: 'DA', value: '20200101' },
  { tag: 0x00080030, vr: 'TM', value: '120000' },
  { tag: 0x00080050, vr: 'SH', value: 'A1' },
  { tag: 0x00080060, vr: 'CS', value: 'CT' },
  { tag: 0x00080070, vr: 'LO', value: 'Consilium benchmark' },
  { tag: 0x00080090, vr: 'PN', value: '' },
  { tag: 0x0008103e, vr: 'LO', value: 'Synthetic chest' },
  { tag: 0x00100010, vr: 'PN', value: 'Phantom^Benchmark' },
  { tag: 0x00100020, vr: 'LO', value: uid('patient').slice(0, 32) },
  { tag: 0x00100040, vr: 'CS', value: 'O' },
  { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
  { tag: 0x00180050, vr: 'DS', value: [1] },
  { tag: 0x00180060, vr: 'DS', value: [120] },
  { tag: 0x00185100, vr: 'CS', value: 'HFS' },
  { tag: 0x0020000d, vr: 'UI', value: uid('study') },
  { tag: 0x0020000e, vr: 'UI', value: uid('series') },
  { tag: 0x00200011, vr: 'IS', value: [1] },
  { tag: 0x00200013, vr: 'IS', value: [k + 1] },
  { tag: 0x00200032, vr: 'DS', value: [-180, -180, k] },
  { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
  { tag: 0x00200052, vr: 'UI', value: uid('space') },
  { tag: 0x00280002, vr: 'US', value: [1] },
  { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
  { tag: 0x00280010, vr: 'US', value: [ROWS] },
  { tag: 0x00280011, vr: 'US', value: [COLUMNS] },
  { tag: 0x00280030, vr: 'DS', value: [0.703125, 0.703125] },
  { tag: 0x00280100, vr: 'US', value: [16] },
  { tag: 0x00280101, vr: 'US', value: [16] },
  { tag: 0x00280102, vr: 'US', value: [15] },
  { tag: 0x00280103, vr: 'US', value: [1] },
  { tag: 0x00281050, vr: 'DS', value: [40] },
  { tag: 0x00281051, vr: 'DS', value: [400] },
  { tag: 0x00281052, vr: 'DS', value: [-1024] },
  { tag: 0x00281053, vr: 'DS', value: [1] },
  { tag: 0x00281054, vr: 'LO', value: 'HU' },
  { tag: 0x7fe00010, vr: 'OW', value: bytesOf(pixels) },
]
