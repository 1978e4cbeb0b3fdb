/**
 * Checked reading of single attributes from a parsed header. A value of the wrong kind is a fault where the picture depends on it and
 * null where it does not; text never leaves this file unless the caller asked for that very attribute.
 */
import type { DataSet, Element } from 'dicom-parser'
import { ImagingFault } from '../fault.ts'

/** An unsigned 16-bit attribute, or null where missing or empty. A UL in its place has led others past their buffers; it is a fault. */
export function ushort(data: DataSet, tag: string, name: string): number | null {
  const element = data.elements[tag]
  if (!element || element.length === 0) return null
  if ((element.vr !== undefined && element.vr !== 'US' && element.vr !== 'SS') || element.length !== 2) {
    throw new ImagingFault('damaged', `${name} is not one 16-bit number`)
  }
  return data.uint16(tag) ?? null
}

/** An unsigned 32-bit attribute, or null where missing, empty or of another kind. */
export function ulong(data: DataSet | undefined, tag: string): number | null {
  return data?.elements[tag]?.length === 4 ? (data.uint32(tag) ?? null) : null
}

/** A 64-bit IEEE number (FD), or null where missing, of another kind or no number. */
export function double(data: DataSet | undefined, tag: string): number | null {
  const value = data?.elements[tag]?.length === 8 ? data.double(tag) : undefined
  return value !== undefined && Number.isFinite(value) ? value : null
}

/** Decimal strings (DS, IS) of an attribute; null where missing, empty or not all numbers. */
export function decimals(data: DataSet, tag: string): number[] | null {
  const text = words(data, tag)
  if (text.length === 0 || text.some((word) => word === '')) return null
  const values = text.map(Number)
  return values.every(Number.isFinite) ? values : null
}

export const decimal = (data: DataSet, tag: string): number | null => decimals(data, tag)?.[0] ?? null

export function integer(data: DataSet, tag: string): number | null {
  const value = decimal(data, tag)
  return value !== null && Number.isSafeInteger(value) ? value : null
}

/** Backslash-separated parts, trimmed; [] where missing or empty. At most 1 024 characters are looked at. */
export function words(data: DataSet, tag: string): string[] {
  const element = data.elements[tag]
  if (!element || element.length === 0 || element.items) return []
  const end = Math.min(element.dataOffset + element.length, element.dataOffset + 1024, data.byteArray.length)
  const text = String.fromCharCode(...data.byteArray.subarray(element.dataOffset, end)).replace(/[\0 ]+$/, '')
  return text.trim() === '' ? [] : text.split('\\').map((word) => word.trim())
}

export const word = (data: DataSet, tag: string): string => words(data, tag)[0] ?? ''

/** A UID, or null where missing, empty or not one (PS3.5 9.1). */
export function uid(data: DataSet, tag: string): string | null {
  const text = word(data, tag)
  return /^[0-9.]{1,64}$/.test(text) ? text : null
}

/** Items of a sequence; [] where missing. */
export function items(data: DataSet | undefined, tag: string): DataSet[] {
  const element: Element | undefined = data?.elements[tag]
  return (element?.items ?? []).flatMap((item) => (item.dataSet ? [item.dataSet] : []))
}
