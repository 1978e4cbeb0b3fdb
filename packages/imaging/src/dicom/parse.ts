/**
 * Bytes -> header. dicom-parser reads the elements, through a stream of ours that bounds every step: no length may point past the end,
 * and the number of tags is counted while they are read. It stops before the pixels; those are fragments.ts' and pixels.ts' work.
 * Whatever dicom-parser throws (strings, numbers, RangeErrors) leaves here as an ImagingFault.
 */
import dicomParser, { type DataSet } from 'dicom-parser'
import { grouped, ImagingFault } from '../fault.ts'
import { inflateRaw } from './inflate.ts'
import type { Limits } from './limits.ts'
import { ascii, startOf } from './start.ts'
import { type Syntax, syntaxOf, syntaxTitle } from './syntaxes.ts'

export interface Header {
  /** dicom-parser's data set up to and with the pixel data element, whose bytes are not touched. */
  readonly data: DataSet
  /** The file's bytes, inflated where they were deflated; offsets in `data` point here. */
  readonly bytes: Uint8Array
  readonly syntax: Syntax
  readonly transferSyntax: string
  /** MediaStorageSOPClassUID, as it stands in the file meta. */
  readonly mediaClass: string
  /** Every tag at any depth, `ggggeeee`. */
  readonly present: readonly string[]
}

const PIXEL_DATA = 'x7fe00010'

export async function parseHeader(file: Uint8Array, limits: Limits): Promise<Header> {
  const begin = startOf(file)
  const meta =
    'bare' in begin
      ? { mediaClass: '', transferSyntax: begin.bare, position: 0 }
      : guarded(() => readMeta(file, begin.meta, limits))
  const { mediaClass, transferSyntax, position } = meta
  if (transferSyntax === '') throw new ImagingFault('damaged', 'the file does not name its transfer syntax')
  const syntax = syntaxOf(transferSyntax)
  if (!syntax) throw new ImagingFault('unsupported', syntaxTitle(transferSyntax))
  if (position >= file.length) throw new ImagingFault('truncated', 'the file ends after its preamble')
  const bytes = syntax.deflated ? await inflateRaw(file.subarray(position), limits) : file
  const start = syntax.deflated ? 0 : position
  if (start >= bytes.length) throw new ImagingFault('truncated', 'the file ends after its preamble')
  return guarded(() => {
    const data = readBody(bytes, start, syntax, limits)
    return { data, bytes, syntax, transferSyntax, mediaClass, present: inspect(data, limits) }
  })
}

function readMeta(
  file: Uint8Array,
  from: number,
  limits: Limits,
): { mediaClass: string; transferSyntax: string; position: number } {
  const stream = new BoundedStream(dicomParser.littleEndianByteArrayParser, file, from, limits)
  let mediaClass = ''
  let transferSyntax = ''
  // PS3.10 7.1: group 0002 is always explicit little endian.
  while (stream.position + 8 <= file.length) {
    const start = stream.position
    if ((file[start] as number) !== 2 || (file[start + 1] as number) !== 0) break
    const element = dicomParser.readDicomElementExplicit(stream, [])
    const text = (): string => ascii(file, element.dataOffset, element.length).replace(/[\0 ]+$/, '')
    if (element.tag === 'x00020002') mediaClass = text()
    if (element.tag === 'x00020010') transferSyntax = text()
  }
  return { mediaClass, transferSyntax, position: stream.position }
}

function readBody(bytes: Uint8Array, start: number, syntax: Syntax, limits: Limits): DataSet {
  const parser = syntax.bigEndian
    ? dicomParser.bigEndianByteArrayParser
    : dicomParser.littleEndianByteArrayParser
  const stream = new BoundedStream(parser, bytes, start, limits)
  const data = new Class.DataSet(parser, bytes, {})
  const read = syntax.implicit ? dicomParser.parseDicomDataSetImplicit : dicomParser.parseDicomDataSetExplicit
  read(data, stream, bytes.length, { untilTag: PIXEL_DATA })
  return data
}

/** dicom-parser's typings lack the constructor of DataSet. */
const Class = dicomParser as unknown as {
  DataSet: new (parser: unknown, bytes: Uint8Array, elements: Record<string, unknown>) => DataSet
}

/** dicom-parser asks the stream for everything, so the stream is where limits hold. */
class BoundedStream extends dicomParser.ByteStream {
  private left: number

  constructor(parser: dicomParser.ByteArrayParser, bytes: Uint8Array, position: number, limits: Limits) {
    super(parser, bytes, position)
    this.left = limits.tags * 2
    const end = bytes.length
    this.seek = (offset) => {
      const to = this.position + offset
      if (!(to >= 0 && to <= end)) {
        throw new ImagingFault(
          'truncated',
          `an element of ${grouped(offset)} bytes reaches past the end of the file`,
        )
      }
      this.position = to
    }
    const readUint16 = this.readUint16.bind(this)
    this.readUint16 = () => {
      if (this.left-- <= 0)
        throw new ImagingFault('too-large', `its header holds more than ${grouped(limits.tags)} elements`)
      return readUint16()
    }
    const readFixedString = this.readFixedString.bind(this)
    this.readFixedString = (length) => {
      const text = readFixedString(length)
      // The 64-bit VRs came after dicom-parser; UN is laid out alike (PS3.5 7.1.2).
      return length === 2 && (text === 'OV' || text === 'SV' || text === 'UV') ? 'UN' : text
    }
  }
}

/** Depth and breadth after reading, and the list of tags. */
function inspect(root: DataSet, limits: Limits): string[] {
  const tags = new Set<string>()
  const visit = (data: DataSet, depth: number): void => {
    if (depth > limits.nesting)
      throw new ImagingFault('too-large', `its sequences are nested deeper than ${limits.nesting}`)
    const elements = Object.values(data.elements)
    if (elements.length > limits.elementsPerLevel) {
      throw new ImagingFault(
        'too-large',
        `one of its parts holds more than ${grouped(limits.elementsPerLevel)} elements`,
      )
    }
    for (const element of elements) {
      tags.add(element.tag.slice(1))
      for (const item of element.items ?? []) if (item.dataSet) visit(item.dataSet, depth + 1)
    }
  }
  visit(root, 0)
  return [...tags]
}

function guarded<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof ImagingFault) throw cause
    if (cause instanceof RangeError)
      throw new ImagingFault('too-large', 'its sequences are nested too deep', cause)
    if (typeof cause === 'string' && /past end of buffer|overread|overrun/.test(cause)) {
      throw new ImagingFault('truncated', 'the file ends in the middle of its header', cause)
    }
    throw new ImagingFault('damaged', 'its header cannot be read', cause)
  }
}
