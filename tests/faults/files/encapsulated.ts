/** A DICOM file around coded frames that are there already: what write.ts cannot code itself (PS3.5 A.4). */
import { type Element, EXPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS, writePart10 } from '@consilium/imaging/write'

const PIXEL_DATA = [0xe0, 0x7f, 0x10, 0x00]
const ITEM = [0xfe, 0xff, 0x00, 0xe0]
const DELIMITER = [0xfe, 0xff, 0xdd, 0xe0]

const u32 = (n: number): number[] => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24]

const item = (bytes: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([...ITEM, ...u32(bytes.length + (bytes.length % 2))]),
    bytes,
    Buffer.alloc(bytes.length % 2),
  ])

/** @param table of the offsets, as it stands in the file; `frames`: one item each */
export async function encapsulated(
  elements: readonly Element[],
  syntax: string,
  frames: readonly Uint8Array[],
  table: Uint8Array = new Uint8Array(0),
): Promise<Uint8Array> {
  const bare = elements.filter(({ tag }) => tag !== 0x7fe00010)
  // write.ts codes RLE itself; the two names are equally long.
  const rle = syntax === RLE_LOSSLESS
  const header = Buffer.from(await writePart10(bare, (rle ? EXPLICIT_LITTLE_ENDIAN : syntax) as never))
  if (rle) header.write(RLE_LOSSLESS, header.indexOf(EXPLICIT_LITTLE_ENDIAN), 'latin1')
  return new Uint8Array(
    Buffer.concat([
      header,
      Buffer.from([...PIXEL_DATA, 0x4f, 0x42, 0, 0, 255, 255, 255, 255]),
      item(table),
      ...frames.map(item),
      Buffer.from([...DELIMITER, 0, 0, 0, 0]),
    ]),
  )
}
