/**
 * Where the elements begin. A file of PS3.10 has a preamble, the mark DICM and a file meta group. Older archives wrote the bare data set;
 * such a file is taken where its first element can be nothing else (group 0008, or the meta group without its preamble).
 */
import { ImagingFault } from '../fault.ts'
import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './syntaxes.ts'

/** `meta`: offset of group 0002; `bare`: the file has none, and its data set is written so. */
export type Start = { readonly meta: number } | { readonly bare: string }

export function startOf(file: Uint8Array): Start {
  if (file.length === 0) throw new ImagingFault('not-dicom', 'it is empty')
  if (ascii(file, 128, 4) === 'DICM') {
    if (file.length <= 132) throw new ImagingFault('truncated', 'the file ends after its preamble')
    return { meta: 132 }
  }
  const known = MAGIC.find(([start]) => ascii(file, 0, start.length) === start)
  if (known) throw new ImagingFault('not-dicom', `it begins as ${known[1]}`)
  const bare = bareStart(file)
  if (bare) return bare
  throw new ImagingFault('not-dicom', 'it lacks the DICM mark after the preamble')
}

/** What people drop on the page by mistake. */
const MAGIC: readonly (readonly [start: string, what: string])[] = [
  ['%PDF', '%PDF, a PDF document'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['<!DOCTYPE', 'a web page'],
  ['<!doctype', 'a web page'],
  ['<html', 'a web page'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
]

/** VRs that an identifying group begins with: group length, character set, image type, dates, UIDs. */
const FIRST_VRS = ['UL', 'CS', 'DA', 'TM', 'UI', 'SH']
/** Elements of group 0008 that can come first, and the longest of their values. */
const FIRST_ELEMENT = 0x0060
const FIRST_LENGTH = 256

/** A data set without preamble and mark, as older archives wrote it. */
export const isBareDataSet = (file: Uint8Array): boolean => bareStart(file) !== null

function bareStart(file: Uint8Array): Start | null {
  if (file.length < 16) return null
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const explicit = FIRST_VRS.includes(ascii(file, 4, 2))
  if (view.getUint16(0, true) === 2 && explicit) return { meta: 0 }
  if (view.getUint16(0) === 8 && view.getUint16(2) <= FIRST_ELEMENT)
    return explicit ? { bare: EXPLICIT_BIG_ENDIAN } : null
  if (view.getUint16(0, true) !== 8 || view.getUint16(2, true) > FIRST_ELEMENT) return null
  if (explicit) return { bare: EXPLICIT_LITTLE_ENDIAN }
  return view.getUint32(4, true) <= FIRST_LENGTH ? { bare: IMPLICIT_LITTLE_ENDIAN } : null
}

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + Math.min(length, 1024)))
}
