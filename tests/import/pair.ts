/**
 * A CT and two PET series of one made patient: the first PET lies in the CT's frame of reference, coarser and elsewhere in its grid, the other
 * in one of its own. At `HOT` there is uptake, and nowhere else.
 */
import { EXPLICIT_LITTLE_ENDIAN, writePart10 } from '@consilium/imaging/write'
import type { SentFile } from './door.ts'
import { bytesOf } from './made.ts'

export const PAIR_SLICES = 24
/** Patient, mm. */
export const HOT = [30, -20, 40] as const
/** Counts in the middle of the uptake. */
export const HOTTEST = 1000
const HOT_MM = 14
/** Of the body in the CT, and around it. */
export const TISSUE = 40
const AIR = -1000

interface Grid {
  readonly size: number
  readonly spacing: number
  readonly slices: number
  readonly gap: number
  readonly first: readonly [number, number, number]
}

const CT: Grid = { size: 64, spacing: 4, slices: PAIR_SLICES, gap: 5, first: [-126, -126, -20] }
const PET: Grid = { size: 32, spacing: 7, slices: 18, gap: 7, first: [-108, -110, -26] }

/** Of the CT, which slice goes through the uptake, and how wide its picture is. */
export const HOT_SLICE = (HOT[2] - CT.first[2]) / CT.gap
export const PAIR_MM = CT.size * CT.spacing

const UID = '1.2.826.0.1.3680043.99.4712'

function series(
  modality: 'CT' | 'PT',
  number: number,
  space: number,
  grid: Grid,
  slope: number,
): Promise<SentFile[]> {
  const { size, spacing, slices, gap, first } = grid
  const sop = modality === 'CT' ? '1.2.840.10008.5.1.4.1.1.2' : '1.2.840.10008.5.1.4.1.1.128'
  return Promise.all(
    Array.from({ length: slices }, async (_, slice) => {
      const z = first[2] + gap * slice
      const pixels = Int16Array.from({ length: size * size }, (_, i) => {
        const [x, y] = [first[0] + spacing * (i % size), first[1] + spacing * Math.floor(i / size)]
        return Math.round((modality === 'CT' ? density(x, y) : uptake(x, y, z)) / slope)
      })
      const bytes = await writePart10(
        [
          { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY'] },
          { tag: 0x00080016, vr: 'UI', value: sop },
          { tag: 0x00080018, vr: 'UI', value: `${UID}.${number}.${100 + slice}` },
          { tag: 0x00080060, vr: 'CS', value: [modality] },
          { tag: 0x00100020, vr: 'LO', value: 'MADE-PAIR' },
          { tag: 0x0020000d, vr: 'UI', value: `${UID}.1` },
          { tag: 0x0020000e, vr: 'UI', value: `${UID}.${number}` },
          { tag: 0x00200011, vr: 'IS', value: [number] },
          { tag: 0x00200013, vr: 'IS', value: [slice + 1] },
          { tag: 0x00200032, vr: 'DS', value: [first[0], first[1], z] },
          { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
          { tag: 0x00200052, vr: 'UI', value: `${UID}.9.${space}` },
          { tag: 0x00280002, vr: 'US', value: [1] },
          { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
          { tag: 0x00280010, vr: 'US', value: [size] },
          { tag: 0x00280011, vr: 'US', value: [size] },
          { tag: 0x00280030, vr: 'DS', value: [spacing, spacing] },
          { tag: 0x00280100, vr: 'US', value: [16] },
          { tag: 0x00280101, vr: 'US', value: [16] },
          { tag: 0x00280102, vr: 'US', value: [15] },
          { tag: 0x00280103, vr: 'US', value: [1] },
          { tag: 0x00281052, vr: 'DS', value: [0] },
          { tag: 0x00281053, vr: 'DS', value: [slope] },
          { tag: 0x00541001, vr: 'CS', value: ['CNTS'] },
          { tag: 0x7fe00010, vr: 'OW', value: bytesOf(pixels) },
        ],
        EXPLICIT_LITTLE_ENDIAN,
      )
      return { name: `${modality}${number}/${slice}.dcm`, bytes }
    }),
  )
}

/** A body that is round in each slice. */
const density = (x: number, y: number): number => (Math.hypot(x, y) < 100 ? TISSUE : AIR)
const uptake = (x: number, y: number, z: number): number =>
  HOTTEST * Math.exp(-((Math.hypot(x - HOT[0], y - HOT[1], z - HOT[2]) / HOT_MM) ** 2))

export const madePair = async (): Promise<SentFile[]> => [
  ...(await series('CT', 2, 1, CT, 1)),
  ...(await series('PT', 3, 1, PET, 0.5)),
  // Other values: the same pictures would be the same series.
  ...(await series('PT', 4, 2, PET, 0.25)),
]
