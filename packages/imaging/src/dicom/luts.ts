/** Tables of values (PS3.3 C.11.1, C.11.2): the Modality LUT and the VOI LUTs, kept as data; nothing is looked up here. */
import type { DataSet, Element } from 'dicom-parser'
import type { Lut } from './instance.ts'
import { items } from './values.ts'

export interface Descriptor {
  readonly entries: number
  readonly first: number
  readonly bits: number
}

/** Entries, first value mapped, bits per entry; null where missing or impossible. The first two have the sign of the pixels. */
export function descriptorOf(data: DataSet, tag: string, signed: boolean): Descriptor | null {
  if (data.elements[tag]?.length !== 6) return null
  const entries = data.uint16(tag, 0) || 65536 // 0 stands for 65536 (C.11.1.1.1)
  const first = (signed ? data.int16(tag, 1) : data.uint16(tag, 1)) ?? 0
  const bits = data.uint16(tag, 2) ?? 0
  return bits >= 8 && bits <= 16 ? { entries, first, bits } : null
}

/** The words of a table, whatever VR the file names (US, SS or OW). */
export function wordsAt(data: DataSet, element: Element, bigEndian: boolean): Uint16Array {
  const { byteArray } = data
  const view = new DataView(byteArray.buffer, byteArray.byteOffset + element.dataOffset, element.length)
  return Uint16Array.from({ length: Math.floor(element.length / 2) }, (_, k) =>
    view.getUint16(2 * k, !bigEndian),
  )
}

export function modalityLutOf(data: DataSet, signed: boolean, bigEndian: boolean): Lut | null {
  const item = items(data, 'x00283000')[0]
  return item ? lutOf(item, signed, bigEndian) : null
}

/** A VOI LUT follows the Modality LUT; its input is then what that gave, and never negative. */
export const voiLutsOf = (data: DataSet, signed: boolean, bigEndian: boolean): Lut[] =>
  items(data, 'x00283010').flatMap((item) => lutOf(item, signed, bigEndian) ?? [])

function lutOf(item: DataSet, signed: boolean, bigEndian: boolean): Lut | null {
  const about = descriptorOf(item, 'x00283002', signed)
  const element = item.elements.x00283006
  if (!about || !element || element.length < about.entries * 2) return null
  return {
    first: about.first,
    bits: about.bits,
    values: wordsAt(item, element, bigEndian).slice(0, about.entries),
  }
}

/** C.11.1.1.1: what lies before or behind the table has its first or last value. */
export function looked(value: number, { first, values }: Lut): number {
  return values[Math.min(values.length - 1, Math.max(0, value - first))] as number
}
