/** For tests only: zip archives in which every field can be made to lie (APPNOTE 4.3). */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  bytes: Uint8Array
  /** Stored unless asked otherwise. */
  deflate?: boolean
  /** What the list says instead of the truth. */
  says?: Partial<{
    size: number
    packed: number
    crc: number
    method: number
    flags: number
    /** Local header of this entry. */
    offset: number
  }>
  /** st_mode of a Unix. */
  mode?: number
}

export interface ZipLies {
  /** Number of entries that the end of the archive gives. */
  entries?: number
}

const UTF8 = 0x0800

export function zipBytes(entries: readonly ZipEntry[], lies: ZipLies = {}): Buffer {
  const locals: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, bytes, deflate = false, says = {}, mode } of entries) {
    const packed = deflate ? deflateRawSync(bytes, { level: 9 }) : Buffer.from(bytes)
    const text = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(says.flags ?? UTF8, 2)
    common.writeUInt16LE(says.method ?? (deflate ? 8 : 0), 4)
    common.writeUInt32LE(says.crc ?? crc32(bytes), 10)
    common.writeUInt32LE(says.packed ?? packed.length, 14)
    common.writeUInt32LE(says.size ?? bytes.length, 18)
    common.writeUInt16LE(text.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, text, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 6)
    tail.writeUInt32LE(says.offset ?? at, 10)
    const madeBy = Buffer.from([20, mode === undefined ? 0 : 3])
    list.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, common, tail, text]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(18)
  const count = lies.entries ?? entries.length
  end.writeUInt16LE(count & 0xffff, 4)
  end.writeUInt16LE(count & 0xffff, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([
    ...locals,
    directory,
    ...zip64(count, directory.length, at),
    Buffer.from('PK\x05\x06'),
    end,
  ])
}

/** The larger end of an archive that says it has more entries than 16 bits hold (APPNOTE 4.3.14, 4.3.15). */
function zip64(count: number, listBytes: number, listAt: number): Buffer[] {
  if (count <= 0xffff) return []
  const end = Buffer.alloc(56)
  end.write('PK\x06\x06', 'latin1')
  end.writeBigUInt64LE(44n, 4)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(listBytes), 40)
  end.writeBigUInt64LE(BigInt(listAt), 48)
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07', 'latin1')
  locator.writeBigUInt64LE(BigInt(listAt + listBytes), 8)
  locator.writeUInt32LE(1, 16)
  return [end, locator]
}
