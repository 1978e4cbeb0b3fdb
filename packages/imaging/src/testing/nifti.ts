/** For tests only: small NIfTI files in which every field can be made to lie. */

export interface NiftiOptions {
  version?: 1 | 2
  littleEndian?: boolean
  datatype?: number
  shape: number[]
  /** The shape in the header, where it differs. */
  says?: number[]
  values?: number[]
  zooms?: number[]
  handedness?: number
  units?: number
  slope?: number
  intercept?: number
  voxelsAt?: number
  qformCode?: number
  quaternion?: number[]
  offset?: number[]
  sformCode?: number
  sform?: number[]
  magic?: string
}

type Write = (view: DataView, at: number, value: number, littleEndian: boolean) => void

const WIDTHS: Record<number, [bytes: number, write: Write]> = {
  2: [1, (view, at, value) => view.setUint8(at, value)],
  4: [2, (view, at, value, le) => view.setInt16(at, value, le)],
  8: [4, (view, at, value, le) => view.setInt32(at, value, le)],
  16: [4, (view, at, value, le) => view.setFloat32(at, value, le)],
  64: [8, (view, at, value, le) => view.setFloat64(at, value, le)],
  128: [1, (view, at, value) => view.setUint8(at, value)],
  256: [1, (view, at, value) => view.setInt8(at, value)],
  512: [2, (view, at, value, le) => view.setUint16(at, value, le)],
  768: [4, (view, at, value, le) => view.setUint32(at, value, le)],
  1024: [8, (view, at, value, le) => view.setBigInt64(at, BigInt(value), le)],
  1280: [8, (view, at, value, le) => view.setBigUint64(at, BigInt(value), le)],
}

export function niftiBytes(options: NiftiOptions): Uint8Array {
  const { version = 1, littleEndian: le = true, datatype = 2, shape, zooms = [1, 1, 1] } = options
  const head = version === 1 ? 352 : 544
  const [width, write] = WIDTHS[datatype] ?? [1, (WIDTHS[2] as [number, Write])[1]]
  const count = shape.reduce((a, b) => a * b, 1) * (datatype === 128 ? 3 : 1)
  const values = options.values ?? Array.from({ length: count }, (_, k) => k % 100)
  const bytes = new Uint8Array(head + values.length * width)
  const view = new DataView(bytes.buffer)
  const says = options.says ?? shape
  const dims = [says.length, ...says, ...Array(7 - says.length).fill(1)] as number[]
  const pixdim = [options.handedness ?? 1, ...zooms, ...Array(7 - zooms.length).fill(0)] as number[]
  const real = (at: number, step: number, list: readonly number[]) => {
    list.forEach((value, k) => {
      if (version === 1) view.setFloat32(at + k * step, value, le)
      else view.setFloat64(at + k * step, value, le)
    })
  }
  const magic = options.magic ?? (version === 1 ? 'n+1' : 'n+2')
  const text = Uint8Array.from(magic, (letter) => letter.charCodeAt(0))
  const voxelsAt = options.voxelsAt ?? head
  const step = version === 1 ? 4 : 8
  view.setInt32(0, version === 1 ? 348 : 540, le)
  bytes.set(text, version === 1 ? 344 : 4)
  view.setInt16(version === 1 ? 70 : 12, datatype, le)
  if (version === 1) dims.forEach((dim, k) => void view.setInt16(40 + 2 * k, dim, le))
  else dims.forEach((dim, k) => void view.setBigInt64(16 + 8 * k, BigInt(dim), le))
  real(version === 1 ? 76 : 104, step, pixdim)
  if (version === 1) view.setFloat32(108, voxelsAt, le)
  else view.setBigInt64(168, BigInt(voxelsAt), le)
  real(version === 1 ? 112 : 176, step, [options.slope ?? 0, options.intercept ?? 0])
  if (version === 1) bytes[123] = options.units ?? 10
  else view.setInt32(500, options.units ?? 10, le)
  const codes = [options.qformCode ?? 0, options.sformCode ?? 0]
  codes.forEach((code, k) => {
    if (version === 1) view.setInt16(252 + 2 * k, code, le)
    else view.setInt32(344 + 4 * k, code, le)
  })
  const quaternion = [...(options.quaternion ?? [0, 0, 0]), ...(options.offset ?? [0, 0, 0])]
  real(version === 1 ? 256 : 352, step, [...quaternion, ...(options.sform ?? Array(12).fill(0))])
  values.forEach((value, k) => void write(view, head + k * width, value, le))
  return bytes
}
