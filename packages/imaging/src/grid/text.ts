/** Headers that are lines of text before the voxels, as NRRD and MetaImage have: bounded, byte for byte, nothing of them ever quoted. */
import { ascii } from '../dicom/start.ts'
import { ImagingFault } from '../fault.ts'

/** Far beyond what any header needs; what lies behind is not searched for its end. */
const HEADER_MOST = 64 * 1024

export interface Text {
  readonly lines: readonly string[]
  /** Behind the line that ends the header. */
  readonly end: number
}

/** @param isLast the line that ends the header; it is one of the lines */
export function headerText(bytes: Uint8Array, isLast: (line: string) => boolean): Text {
  const lines: string[] = []
  for (let at = 0; at < HEADER_MOST; ) {
    const newline = bytes.subarray(0, HEADER_MOST).indexOf(0x0a, at)
    if (newline < 0) break
    const line = lineOf(bytes, at, newline)
    lines.push(line)
    at = newline + 1
    if (isLast(line)) return { lines, end: at }
  }
  throw new ImagingFault(bytes.length > HEADER_MOST ? 'damaged' : 'truncated', 'its header does not end')
}

/** In Latin 1, without the carriage return of other systems. */
function lineOf(bytes: Uint8Array, from: number, to: number): string {
  let line = ''
  for (let at = from; at < to; at += 1024) line += ascii(bytes, at, Math.min(1024, to - at))
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** Numbers between blanks; anything else among them is a fault. */
export function numbersOf(text: string): number[] {
  const words = text.trim().split(/\s+/)
  if (!words.every((word) => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word)))
    throw new ImagingFault('damaged', 'a number in its header is none')
  return words.map(Number)
}
