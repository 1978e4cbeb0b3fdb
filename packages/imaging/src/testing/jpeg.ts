/** For tests only: JPEG files by mozjpeg's encoder, with whatever stands beside a picture. */
import { readFileSync } from 'node:fs'
import factory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'

export interface JpegOptions {
  columns: number
  rows: number
  /** Red, green and blue of a pixel. */
  pixel: (x: number, y: number) => readonly [number, number, number]
  progressive?: boolean
  grey?: boolean
  /** Chrominance at half the resolution. */
  halved?: boolean
}

/** mozjpeg's numbers of colour spaces. */
const GREY = 1
const YCBCR = 3

export async function jpegBytes(options: JpegOptions): Promise<Uint8Array> {
  const { columns, rows, pixel, progressive = false, grey = false, halved = false } = options
  const rgba = new Uint8ClampedArray(columns * rows * 4)
  for (let y = 0, at = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, at += 4) rgba.set([...pixel(x, y), 255], at)
  const encoder = await factory({ noInitialRun: true, instantiateWasm } as never)
  const coded = encoder.encode(rgba as never, columns, rows, {
    quality: 95,
    baseline: !progressive,
    arithmetic: false,
    progressive,
    optimize_coding: true,
    smoothing: 0,
    color_space: grey ? GREY : YCBCR,
    quant_table: 3,
    trellis_multipass: false,
    trellis_opt_zero: false,
    trellis_opt_table: false,
    trellis_loops: 1,
    auto_subsample: false,
    chroma_subsample: halved ? 2 : 1,
    separate_chroma_quality: false,
    chroma_quality: 95,
  })
  return new Uint8Array(coded as unknown as ArrayBuffer)
}

function instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
  const path = new URL(import.meta.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), imports)
  done(instance)
  return instance.exports
}

/** A segment behind the start of the file. */
export function withSegment(jpeg: Uint8Array, marker: number, body: Uint8Array): Uint8Array {
  const head = Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

/** EXIF that says which way is up, and where somebody was. */
export function exifBytes(orientation: number, littleEndian = true): Uint8Array {
  const place = Buffer.from('Erika Mustermann, 52.5 N 13.4 E\0')
  const out = Buffer.alloc(8 + 2 + 24 + 4 + place.length)
  const u16 = (value: number, at: number) =>
    littleEndian ? out.writeUInt16LE(value, at) : out.writeUInt16BE(value, at)
  const u32 = (value: number, at: number) =>
    littleEndian ? out.writeUInt32LE(value, at) : out.writeUInt32BE(value, at)
  out.write(littleEndian ? 'II' : 'MM')
  u16(42, 2)
  u32(8, 4)
  u16(2, 8)
  u16(0x010e, 10) // ImageDescription
  u16(2, 12)
  u32(place.length, 14)
  u32(38, 18)
  u16(0x0112, 22) // Orientation
  u16(3, 24)
  u32(1, 26)
  u16(orientation, 30)
  place.copy(out, 38)
  return out
}
