/** A small CT-like series made by code, full of things that must not be kept: names, ids, dates, private elements, comments, nested ones. */
import { createHash } from 'node:crypto'
import {
  type Element,
  EXPLICIT_LITTLE_ENDIAN,
  type WritableSyntax,
  writePart10,
} from '@consilium/imaging/write'
import type { SentFile } from './door.ts'

/** Planted into every file; none of these may be found anywhere afterwards. */
export const CANARIES = [
  'CANARYFAMILY',
  'CANARYGIVEN',
  'CANARY-MRN-40711',
  'CANARYREFERRER',
  'CANARYHOSPITAL',
  'CANARY-ACCESSION-9',
  'CANARYCOMMENT',
  'CANARYPRIVATE',
  'CANARYNESTED',
  'CANARYPROTOCOL',
  'CANARYMODALITY',
  '19471103',
  '20190217',
  '1.2.826.0.1.3680043.99.4711',
] as const

export const ROWS = 24
export const COLUMNS = 32
export const SPACING = { row: 0.75, column: 0.5, slice: 2.5 } as const
/** Oblique on purpose, so that an order by z alone, or by file name, is wrong. */
export const ROW = [0.8, 0.6, 0] as const
export const COLUMN = [0, 0, -1] as const
export const NORMAL = [-0.6, 0.8, 0] as const
const ORIGIN = [10, -20, 30]

export interface Made extends SentFile {
  /** Along the normal, from 0. */
  readonly place: number
  readonly sha256: string
}

interface Wanted {
  readonly slices?: number
  readonly syntax?: WritableSyntax
  /** Tells one study, series and set of pixels from another. */
  readonly variant?: number
  readonly withUids?: boolean
  readonly beside?: Beside
}

/** Another series of the same study. */
export interface Beside {
  /** From 1. */
  readonly series: number
  /** Of the study's own frame of reference, else of one of its own. */
  readonly sameSpace: boolean
  /** So far along the normal, mm. */
  readonly shiftMm?: number
}

export async function madeSeries({
  slices = 20,
  syntax = EXPLICIT_LITTLE_ENDIAN,
  variant = 1,
  withUids = true,
  beside,
}: Wanted = {}): Promise<Made[]> {
  const files: Made[] = []
  for (let place = 0; place < slices; place++) {
    const pixels = pixelsAt(place, variant + (beside?.series ?? 0))
    const own = elements(place, slices, pixels, variant, withUids)
    const bytes = await writePart10(beside ? besides(own, place, variant, beside) : own, syntax)
    files.push({
      place,
      // Names and numbers run against the order of the slices.
      name: `CANARYFAMILY^CANARYGIVEN/${String((place * 7) % slices).padStart(3, '0')}.dcm`,
      bytes,
      sha256: createHash('sha256').update(bytesOf(pixels)).digest('hex'),
    })
  }
  return files
}

function besides(elements: readonly Element[], place: number, variant: number, beside: Beside): Element[] {
  const { series, sameSpace, shiftMm = 0 } = beside
  const uid = (what: number) => `1.2.826.0.1.3680043.99.4711.${variant}.${what}`
  const position = positionAt(place).map((mm, axis) => mm + NORMAL[axis]! * shiftMm)
  const others = new Map<number, Element>(
    [
      { tag: 0x00080018, vr: 'UI', value: uid(100_000 * series + place) },
      { tag: 0x0020000e, vr: 'UI', value: uid(100 + series) },
      { tag: 0x00200032, vr: 'DS', value: position },
      ...(sameSpace ? [] : [{ tag: 0x00200052, vr: 'UI', value: uid(200 + series) }]),
    ].map((element) => [element.tag, element as Element]),
  )
  return elements.map((element) => others.get(element.tag) ?? element)
}

export const positionAt = (place: number): number[] =>
  ORIGIN.map((mm, axis) => mm + NORMAL[axis]! * SPACING.slice * place)

export const bytesOf = (pixels: Int16Array): Uint8Array =>
  new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)

export const pixelsAt = (place: number, variant = 1): Int16Array =>
  Int16Array.from({ length: ROWS * COLUMNS }, (_, i) => ((i * 37 + place * 101 + variant * 13) % 4000) - 1000)

function elements(
  place: number,
  slices: number,
  pixels: Int16Array,
  variant: number,
  withUids: boolean,
): Element[] {
  const uid = (what: number) => (withUids ? `1.2.826.0.1.3680043.99.4711.${variant}.${what}` : '')
  return [
    { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY'] },
    { tag: 0x00080016, vr: 'UI', value: withUids ? '1.2.840.10008.5.1.4.1.1.2' : '' },
    { tag: 0x00080018, vr: 'UI', value: withUids ? uid(1000 + place) : '' },
    { tag: 0x00080020, vr: 'DA', value: '20190217' },
    { tag: 0x00080023, vr: 'DA', value: '20190217' },
    { tag: 0x00080030, vr: 'TM', value: '101112' },
    { tag: 0x00080050, vr: 'SH', value: 'CANARY-ACCESSION-9' },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00080080, vr: 'LO', value: 'CANARYHOSPITAL' },
    { tag: 0x00080090, vr: 'PN', value: 'CANARYREFERRER^X' },
    { tag: 0x00100010, vr: 'PN', value: 'CANARYFAMILY^CANARYGIVEN' },
    { tag: 0x00100020, vr: 'LO', value: 'CANARY-MRN-40711' },
    { tag: 0x00100030, vr: 'DA', value: '19471103' },
    { tag: 0x00104000, vr: 'LO', value: 'CANARYCOMMENT' },
    { tag: 0x00110010, vr: 'LO', value: 'CANARYPRIVATE CREATOR' },
    { tag: 0x00111001, vr: 'LO', value: 'CANARYPRIVATE' },
    { tag: 0x00180015, vr: 'CS', value: 'CANARYMODALITY' },
    { tag: 0x00181030, vr: 'LO', value: 'CANARYPROTOCOL' },
    { tag: 0x0020000d, vr: 'UI', value: uid(1) },
    { tag: 0x0020000e, vr: 'UI', value: uid(2) },
    { tag: 0x00200013, vr: 'IS', value: [slices - place] },
    { tag: 0x00200032, vr: 'DS', value: positionAt(place) },
    { tag: 0x00200037, vr: 'DS', value: [...ROW, ...COLUMN] },
    { tag: 0x00200052, vr: 'UI', value: uid(3) },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [ROWS] },
    { tag: 0x00280011, vr: 'US', value: [COLUMNS] },
    { tag: 0x00280030, vr: 'DS', value: [SPACING.row, SPACING.column] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [1] },
    { tag: 0x00281050, vr: 'DS', value: [40] },
    { tag: 0x00281051, vr: 'DS', value: [400] },
    { tag: 0x00281052, vr: 'DS', value: [-24] },
    { tag: 0x00281053, vr: 'DS', value: [1] },
    { tag: 0x00400275, vr: 'SQ', value: [[{ tag: 0x00321060, vr: 'LO', value: 'CANARYNESTED' }]] },
    { tag: 0x7fe00010, vr: 'OW', value: bytesOf(pixels) },
  ]
}
