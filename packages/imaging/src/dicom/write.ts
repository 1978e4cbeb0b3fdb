/**
 * Elements -> a DICOM Part 10 file (PS3.10 §7, PS3.5 §7): explicit or implicit little endian, deflated, or RLE coded pixels.
 * For synthetic data and tests; it writes what it is given and checks only that it fits its VR. Reading is read.ts' work.
 */
import { concatenated } from '../concatenated.ts'
import { encodeRle } from './codecs/rleEncode.ts'
import { DEFLATED, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS } from './syntaxes.ts'

export { DEFLATED, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS } from './syntaxes.ts'

export type Value =
  | string
  | readonly number[]
  | readonly string[]
  | Uint8Array
  | readonly (readonly Element[])[]

export interface Element {
  /** 0xggggeeee */
  readonly tag: number
  readonly vr:
    | 'AE'
    | 'CS'
    | 'DA'
    | 'DS'
    | 'FD'
    | 'IS'
    | 'LO'
    | 'OB'
    | 'OW'
    | 'PN'
    | 'SH'
    | 'SQ'
    | 'SS'
    | 'ST'
    | 'TM'
    | 'UI'
    | 'UL'
    | 'UN'
    | 'US'
  /** Numbers for DS, FD, IS, SS, UL, US; text (or several) for the others; items for SQ. */
  readonly value: Value
}

export type WritableSyntax =
  | typeof EXPLICIT_LITTLE_ENDIAN
  | typeof IMPLICIT_LITTLE_ENDIAN
  | typeof DEFLATED
  | typeof RLE_LOSSLESS

const IMPLEMENTATION = '2.25.228416012954862139764163170943086122481'

/** @param elements the data set in any order, SOPClassUID and SOPInstanceUID among them; pixels uncompressed little endian */
export async function writePart10(
  elements: readonly Element[],
  syntax: WritableSyntax = EXPLICIT_LITTLE_ENDIAN,
): Promise<Uint8Array> {
  const sorted = elements.toSorted((a, b) => a.tag - b.tag)
  const meta = writeElements(metaOf(sorted, syntax), false)
  const head = concatenated([
    new Uint8Array(128),
    latin1('DICM'),
    element(0x00020000, 'UL', u32(meta.length), false),
    meta,
  ])
  return concatenated([head, await body(sorted, syntax)])
}

async function body(sorted: readonly Element[], syntax: WritableSyntax): Promise<Uint8Array> {
  if (syntax === RLE_LOSSLESS) {
    const header = sorted.filter((e) => e.tag !== PIXEL_DATA)
    return concatenated([writeElements(header, false), encapsulated(rleFrames(sorted))])
  }
  const bytes = writeElements(sorted, syntax === IMPLICIT_LITTLE_ENDIAN)
  if (syntax !== DEFLATED) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return even(new Uint8Array(await new Response(stream).arrayBuffer()), 0)
}

const PIXEL_DATA = 0x7fe00010
const UNDEFINED_LENGTH = 0xffffffff

function metaOf(elements: readonly Element[], syntax: string): Element[] {
  return [
    { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: 'UI', value: textOf(elements, 0x00080016) },
    { tag: 0x00020003, vr: 'UI', value: textOf(elements, 0x00080018) },
    { tag: 0x00020010, vr: 'UI', value: syntax },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION },
    { tag: 0x00020013, vr: 'SH', value: 'CONSILIUM' },
  ]
}

const valueOf = (elements: readonly Element[], tag: number): Value | undefined =>
  elements.find((e) => e.tag === tag)?.value
const textOf = (elements: readonly Element[], tag: number): string => String(valueOf(elements, tag) ?? '')
const numberOf = (elements: readonly Element[], tag: number): number =>
  Number((valueOf(elements, tag) as number[])[0])

function writeElements(elements: readonly Element[], implicit: boolean): Uint8Array<ArrayBuffer> {
  return concatenated(
    elements.map(({ tag, vr, value }) => element(tag, vr, encode(vr, value, implicit), implicit)),
  )
}

const LONG = new Set(['OB', 'OW', 'SQ', 'UN'])

function element(tag: number, vr: string, bytes: Uint8Array, implicit: boolean): Uint8Array<ArrayBuffer> {
  const head = tagBytes(tag)
  if (implicit) return concatenated([head, u32(bytes.length), bytes])
  if (LONG.has(vr)) return concatenated([head, latin1(vr), Uint8Array.of(0, 0), u32(bytes.length), bytes])
  if (bytes.length > 0xfffe) throw new Error(`writePart10: ${vr} of ${bytes.length} bytes`)
  return concatenated([head, latin1(vr), Uint8Array.of(bytes.length & 255, bytes.length >> 8), bytes])
}

function encode(vr: Element['vr'], value: Value, implicit: boolean): Uint8Array {
  if (value instanceof Uint8Array) return even(value, 0)
  if (vr === 'SQ') {
    const items = value as readonly (readonly Element[])[]
    return concatenated(items.map((item) => element(0xfffee000, 'SQ', writeElements(item, implicit), true)))
  }
  if (vr === 'US' || vr === 'SS' || vr === 'UL')
    return binary(value as readonly number[], vr === 'UL' ? 4 : 2)
  if (vr === 'FD') return doubles(value as readonly number[])
  const parts = typeof value === 'string' ? [value] : (value as readonly (string | number)[])
  const text = parts.map((part) => (typeof part === 'number' ? decimalString(part) : part)).join('\\')
  return even(latin1(text), vr === 'UI' ? 0 : 32)
}

function doubles(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  values.forEach((value, k) => view.setFloat64(8 * k, value, true))
  return new Uint8Array(view.buffer)
}

/** At most 16 characters (PS3.5 6.2, DS), with as many digits as fit. */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  throw new Error(`decimalString: ${value} has no form of 16 characters`)
}

function rleFrames(elements: readonly Element[]): Uint8Array[] {
  const pixels = valueOf(elements, PIXEL_DATA) as Uint8Array
  const width = numberOf(elements, 0x00280100) / 8
  const columns = numberOf(elements, 0x00280011)
  const size = numberOf(elements, 0x00280010) * columns * width
  return Array.from({ length: pixels.length / size }, (_, k) =>
    encodeRle(pixels.subarray(k * size, (k + 1) * size), width, columns),
  )
}

/** PS3.5 A.4, with an empty basic offset table and one fragment per frame. */
function encapsulated(frames: readonly Uint8Array[]): Uint8Array {
  const items = frames.map((frame) => element(0xfffee000, 'OB', even(frame, 0), true))
  return concatenated([
    tagBytes(PIXEL_DATA),
    latin1('OB'),
    Uint8Array.of(0, 0),
    u32(UNDEFINED_LENGTH),
    element(0xfffee000, 'OB', new Uint8Array(0), true),
    ...items,
    element(0xfffee0dd, 'OB', new Uint8Array(0), true),
  ])
}

/* Bytes */

const tagBytes = (tag: number): Uint8Array =>
  Uint8Array.of((tag >>> 16) & 255, tag >>> 24, tag & 255, (tag >>> 8) & 255)

const u32 = (n: number): Uint8Array => Uint8Array.of(n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24)

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const binary = (values: readonly number[], width: 2 | 4): Uint8Array =>
  Uint8Array.from(values.flatMap((n) => [...u32(n >>> 0).subarray(0, width)]))

function even(bytes: Uint8Array, pad: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concatenated([bytes, Uint8Array.of(pad)])
}
