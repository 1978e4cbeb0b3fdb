/** Palette colour (PS3.3 C.7.6.3.1.5, C.7.9): three tables, plain or in segments, from one stored value to red, green and blue. */
import type { DataSet } from 'dicom-parser'
import { ImagingFault } from '../fault.ts'
import type { WholePixels } from './instance.ts'
import { type Descriptor, descriptorOf, wordsAt } from './luts.ts'

export interface Palette {
  readonly first: number
  /** Eight bits, red, green and blue beside one another. */
  readonly colours: Uint8Array
}

export function paletteOf(data: DataSet, signed: boolean, bigEndian: boolean): Palette {
  const parts = ['01', '02', '03'].map((which) => {
    const about = descriptorOf(data, `x002811${which}`, signed)
    if (!about) throw new ImagingFault('damaged', 'its colours stand in a palette that is not there')
    return { about, values: valuesOf(data, which, about, bigEndian) }
  })
  const { first, entries } = (parts[0] as (typeof parts)[number]).about
  const alike = parts.every(({ about }) => about.first === first && about.entries === entries)
  if (!alike) throw new ImagingFault('damaged', 'the three tables of its palette do not fit together')
  const colours = new Uint8Array(entries * 3)
  parts.forEach(({ about, values }, sample) => {
    // Tables of 16-bit numbers that stay below 256 are 8-bit tables, whatever the descriptor says; such files exist.
    const shift = about.bits === 16 && values.some((value) => value > 255) ? 8 : 0
    values.forEach((value, k) => {
      colours[3 * k + sample] = value >> shift
    })
  })
  return { first, colours }
}

export function coloured(values: WholePixels, { first, colours }: Palette): Uint8Array {
  const out = new Uint8Array(values.length * 3)
  const last = colours.length / 3 - 1
  for (let i = 0, to = 0; i < values.length; i++, to += 3) {
    const at = 3 * Math.min(last, Math.max(0, (values[i] as number) - first))
    out[to] = colours[at] as number
    out[to + 1] = colours[at + 1] as number
    out[to + 2] = colours[at + 2] as number
  }
  return out
}

function valuesOf(data: DataSet, which: string, about: Descriptor, bigEndian: boolean): Uint16Array {
  const plain = data.elements[`x002812${which}`]
  if (plain && plain.length > 0) {
    // Eight bits may lie two to a word.
    const packed = plain.length < about.entries * 2
    if (packed && (about.bits !== 8 || plain.length < about.entries)) short()
    if (packed)
      return Uint16Array.from(data.byteArray.subarray(plain.dataOffset, plain.dataOffset + about.entries))
    return wordsAt(data, plain, bigEndian).slice(0, about.entries)
  }
  const segmented = data.elements[`x0028122${which.slice(1)}`]
  if (!segmented || segmented.length < 2) return short()
  return unfolded(wordsAt(data, segmented, bigEndian), about.entries)
}

/** PS3.3 C.7.9.2: discrete (0), linear (1) and indirect (2) segments; never more values than the descriptor promises. */
function unfolded(words: Uint16Array, entries: number): Uint16Array {
  const out = new Uint16Array(entries)
  let to = 0
  const put = (value: number): void => {
    if (to >= entries) short()
    out[to++] = value
  }
  const run = (from: number, count: number, nested: boolean): number => {
    let at = from
    for (let k = 0; k < count && at < words.length; k++) {
      const code = words[at] as number
      const length = words[at + 1] ?? 0
      if (code === 0) {
        if (at + 2 + length > words.length) short()
        for (let i = 0; i < length; i++) put(words[at + 2 + i] as number)
        at += 2 + length
      } else if (code === 1) {
        const end = words[at + 2]
        if (end === undefined || to === 0) return short()
        const start = out[to - 1] as number
        for (let i = 1; i <= length; i++) put(Math.round(start + ((end - start) * i) / length))
        at += 3
      } else if (code === 2 && !nested) {
        const place = (words[at + 2] ?? 0) + (words[at + 3] ?? 0) * 65536
        run(place, length, true)
        at += 4
      } else return short()
    }
    return at
  }
  run(0, words.length, false)
  if (to < entries) short()
  return out
}

function short(): never {
  throw new ImagingFault('damaged', 'its palette does not hold the colours that it promises')
}
