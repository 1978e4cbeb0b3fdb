/**
 * A PET phantom made by code: a bottle of water in which all of the injected activity is spread evenly, with a sphere four times as warm.
 * By what uptake means the water has 1 and the sphere 4, whatever was injected, and however each slice scales its values.
 */
import { type Element, writePart10 } from '@consilium/imaging/write'
import type { SentFile } from './door.ts'

export const PET_SIZE = 32
export const PET_SLICES = 8
const WEIGHT_KG = 62.5
const DOSE_BQ = 250e6
const HALF_LIFE_S = 6586.2
/** From 23:20 of the day before to 00:35. */
const WAITED_S = 75 * 60
/** Of water, when the scan began. */
const BQ_PER_ML = (DOSE_BQ * 0.5 ** (WAITED_S / HALF_LIFE_S)) / (WEIGHT_KG * 1000)
const MIDDLE = (PET_SIZE - 1) / 2

const uptakeAt = (x: number, y: number): number =>
  Math.hypot(x - MIDDLE, y - MIDDLE) < 5 ? 4 : Math.hypot(x - MIDDLE, y - MIDDLE) < 14 ? 1 : 0

/** `without`: tags left out. */
export async function petSeries(without: readonly number[] = [], variant = 1): Promise<SentFile[]> {
  return Promise.all(
    Array.from({ length: PET_SLICES }, async (_, place) => ({
      name: `pet-${place}.dcm`,
      bytes: await writePart10(elements(place, variant).filter(({ tag }) => !without.includes(tag))),
    })),
  )
}

function elements(place: number, variant: number): Element[] {
  const uid = (what: number) => `1.2.826.0.1.3680043.99.8812.${variant}.${what}`
  // PET scanners scale each slice by its own largest value.
  const slope = 0.25 * (place + 1)
  const stored = Uint16Array.from({ length: PET_SIZE ** 2 }, (_, i) =>
    Math.round((uptakeAt(i % PET_SIZE, Math.floor(i / PET_SIZE)) * BQ_PER_ML) / slope),
  )
  return [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.128' },
    { tag: 0x00080018, vr: 'UI', value: uid(100 + place) },
    { tag: 0x00080021, vr: 'DA', value: '20260315' },
    { tag: 0x00080022, vr: 'DA', value: '20260315' },
    { tag: 0x00080031, vr: 'TM', value: '003500.00' },
    { tag: 0x00080032, vr: 'TM', value: '003502.50' },
    { tag: 0x00080060, vr: 'CS', value: 'PT' },
    { tag: 0x00101030, vr: 'DS', value: [WEIGHT_KG] },
    { tag: 0x0020000d, vr: 'UI', value: uid(1) },
    { tag: 0x0020000e, vr: 'UI', value: uid(2) },
    { tag: 0x00200013, vr: 'IS', value: [place + 1] },
    { tag: 0x00200032, vr: 'DS', value: [-60, -60, 4 * place] },
    { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
    { tag: 0x00200052, vr: 'UI', value: uid(3) },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [PET_SIZE] },
    { tag: 0x00280011, vr: 'US', value: [PET_SIZE] },
    { tag: 0x00280030, vr: 'DS', value: [4, 4] },
    { tag: 0x00280051, vr: 'CS', value: ['NORM', 'DECY', 'ATTN', 'SCAT'] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x00281052, vr: 'DS', value: [0] },
    { tag: 0x00281053, vr: 'DS', value: [slope] },
    {
      tag: 0x00540016,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00181072, vr: 'TM', value: '232000' },
          { tag: 0x00181074, vr: 'DS', value: [DOSE_BQ] },
          { tag: 0x00181075, vr: 'DS', value: [HALF_LIFE_S] },
        ],
      ],
    },
    { tag: 0x00541001, vr: 'CS', value: 'BQML' },
    { tag: 0x00541102, vr: 'CS', value: 'START' },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(stored.buffer) },
  ]
}
