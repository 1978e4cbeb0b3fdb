/** Overlay planes (PS3.3 C.9.2), groups 6000 to 601E. They often spell names, so an Instance shows them and nothing further keeps them. */
import type { DataSet } from 'dicom-parser'
import type { Overlay } from './instance.ts'
import { integer } from './values.ts'

/**
 * What lies in bits of the pixels themselves (retired) is cut off with them. A plane whose bytes are not all there is left out: it says
 * nothing about the picture under it.
 */
export function overlaysOf(data: DataSet): Overlay[] {
  const found: Overlay[] = []
  for (let k = 0; k < 16; k++) {
    const tag = (element: string): string => `x60${(2 * k).toString(16).padStart(2, '0')}${element}`
    const bytes = data.elements[tag('3000')]
    const rows = number(data, tag('0010')) ?? 0
    const columns = number(data, tag('0011')) ?? 0
    if (!bytes || rows === 0 || columns === 0) continue
    const frames = Math.max(1, integer(data, tag('0015')) ?? 1)
    const size = Math.ceil((rows * columns * frames) / 8)
    if (bytes.length < size) continue
    const corner = data.elements[tag('0050')]?.length === 4
    found.push({
      rows,
      columns,
      // It may begin outside of the picture: signed, from 1.
      origin: corner ? [data.int16(tag('0050'), 0) ?? 1, data.int16(tag('0050'), 1) ?? 1] : [1, 1],
      firstFrame: Math.max(0, (number(data, tag('0051')) ?? 1) - 1),
      frames,
      bits: data.byteArray.slice(bytes.dataOffset, bytes.dataOffset + size),
    })
  }
  return found
}

const number = (data: DataSet, tag: string): number | undefined =>
  data.elements[tag]?.length === 2 ? data.uint16(tag) : undefined
