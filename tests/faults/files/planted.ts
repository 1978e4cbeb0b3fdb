/** Text as a patient's would stand in a file, and the check that a sentence repeats none of it. */
import type { Element } from '@consilium/imaging/write'

export const PLANTED = [
  'QUENBYVORTLAND^WILHELMINA',
  'ZX-77-PATIENTNUMBER',
  'KVISTGAARD REGIONAL HOSPITAL',
  'SAWS THIS PERSON ON FRIDAY',
] as const
const RUN = 8

export const PLANTED_ELEMENTS: readonly Element[] = [
  { tag: 0x00080080, vr: 'LO', value: PLANTED[2] },
  { tag: 0x00081030, vr: 'LO', value: PLANTED[3] },
  { tag: 0x00100010, vr: 'PN', value: PLANTED[0] },
  { tag: 0x00100020, vr: 'LO', value: PLANTED[1] },
  { tag: 0x00104000, vr: 'LO', value: PLANTED[3] },
]

/** So many letters of it in a row are a quotation. */
const RUNS: readonly string[] = PLANTED.flatMap((text) =>
  Array.from({ length: text.length - RUN + 1 }, (_, at) => text.slice(at, at + RUN)),
)

export const quotes = (sentence: string): boolean => RUNS.some((run) => sentence.includes(run))
