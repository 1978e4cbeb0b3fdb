/**
 * What a file is, by its first bytes and never by its name. DICOM comes first: its preamble may hold anything, also the mark of another
 * format (PS3.10 7.1 allows TIFF there), and only the mark DICM after it counts.
 */
import { ascii, isBareDataSet } from './dicom/start.ts'
import { type FaultCode, ImagingFault } from './fault.ts'

export type Format = 'dicom' | 'nifti' | 'gzip' | 'png' | 'jpeg' | 'tiff' | 'nrrd' | 'metaimage'

const MARKS: readonly (readonly [at: number, mark: string, format: Format])[] = [
  [128, 'DICM', 'dicom'],
  [0, '\x1f\x8b', 'gzip'],
  // The length of a NIfTI-1 or -2 header in either byte order; what else begins so (Analyze) is told apart by its reader.
  [0, '\x5c\x01\0\0', 'nifti'],
  [0, '\0\0\x01\x5c', 'nifti'],
  [0, '\x1c\x02\0\0', 'nifti'],
  [0, '\0\0\x02\x1c', 'nifti'],
  [0, 'NRRD000', 'nrrd'],
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  // BigTIFF, for its sentence.
  [0, 'II+\0', 'tiff'],
  [0, 'MM\0+', 'tiff'],
  // FreeSurfer's MGH, for its sentence.
  [0, '\0\0\0\x01\0\0', 'nifti'],
]

/** What people bring along or by mistake. */
const FOREIGN: readonly (readonly [at: number, mark: string, code: FaultCode, what: string])[] = [
  [0, 'PK\x03\x04', 'not-an-image', 'it is a zip archive; it is opened where it is brought in'],
  [0, 'PK\x05\x06', 'not-an-image', 'it is an empty zip archive'],
  [0, '7z\xbc\xaf\x27\x1c', 'unsupported', 'a 7-Zip archive; bring a zip archive or the files themselves'],
  [0, 'Rar!', 'unsupported', 'a RAR archive; bring a zip archive or the files themselves'],
  [257, 'ustar', 'unsupported', 'a tar archive; bring a zip archive or the files themselves'],
  [0, 'BZh', 'unsupported', 'a bzip2 file; unpack it first'],
  [0, '\xfd7zXZ', 'unsupported', 'an xz file; unpack it first'],
  [0, '\x28\xb5\x2f\xfd', 'unsupported', 'a zstd file; unpack it first'],
  [0, '%PDF', 'not-an-image', 'it is a PDF document'],
  [0, '\xd0\xcf\x11\xe0', 'not-an-image', 'it is an Office document'],
  [0, '{\\rtf', 'not-an-image', 'it is a text document'],
  [0, 'MZ', 'not-an-image', 'it is a program for Windows'],
  [0, '\x7fELF', 'not-an-image', 'it is a program'],
  [0, '\xcf\xfa\xed\xfe', 'not-an-image', 'it is a program'],
  [0, '#!', 'not-an-image', 'it is a program'],
  [0, 'GIF8', 'unsupported', 'a GIF picture'],
  [0, 'BM', 'unsupported', 'a Windows bitmap'],
  [8, 'WEBP', 'unsupported', 'a WebP picture'],
  [4, 'ftypheic', 'unsupported', 'a HEIC picture; save it as JPEG or PNG'],
  [4, 'ftypmif1', 'unsupported', 'a HEIC picture; save it as JPEG or PNG'],
  [4, 'ftypavif', 'unsupported', 'an AVIF picture'],
  [4, 'ftyp', 'unsupported', 'a video'],
  [4, 'jP  ', 'unsupported', 'a JPEG 2000 picture outside of DICOM'],
  [0, '8BPS', 'unsupported', 'a Photoshop document'],
  [0, '\x89HDF', 'unsupported', 'an HDF5 file (MINC and others)'],
  [0, 'CDF', 'unsupported', 'a NetCDF file (MINC and others)'],
]

/** A text file: any of its first fields, with blanks as they come. */
const METAIMAGE = /^(ObjectType|ObjectSubType|NDims|Comment|Name|ID|BinaryData)\s*=\s/

const WEB_PAGE = /^(\u00ef\u00bb\u00bf)?\s*<(!doctype html|html|head|body)/i
const MARKUP = /^(\u00ef\u00bb\u00bf)?\s*<(\?xml|svg|!--)/i
/** Nothing but characters in whatever encoding of eight bits. */
const TEXT = /^[\t\n\f\r\x20-\x7e\x80-\xff]+$/

const begins = (bytes: Uint8Array, at: number, mark: string): boolean =>
  ascii(bytes, at, mark.length) === mark

/** By its mark alone; null for whatever bears none, also for a bare data set. */
export const markedFormat = (bytes: Uint8Array): Format | null =>
  MARKS.find(([at, mark]) => begins(bytes, at, mark))?.[2] ?? null

/** @throws ImagingFault where the content is none that is read, with the sentence that says what it is */
export function formatOf(bytes: Uint8Array): Format {
  if (bytes.length === 0) throw new ImagingFault('damaged', 'it is empty')
  const known = markedFormat(bytes)
  if (known) return known
  const foreign = FOREIGN.find(([at, mark]) => begins(bytes, at, mark))
  if (foreign) throw new ImagingFault(foreign[2], foreign[3])
  if (isBareDataSet(bytes)) return 'dicom'
  const start = ascii(bytes, 0, 256)
  if (METAIMAGE.test(start)) return 'metaimage'
  if (WEB_PAGE.test(start)) throw new ImagingFault('not-an-image', 'it is a web page')
  if (MARKUP.test(start)) throw new ImagingFault('not-an-image', 'it is an XML document')
  if (TEXT.test(start)) throw new ImagingFault('not-an-image', 'it is a text')
  throw new ImagingFault('unsupported', 'its content is none of the formats that are read')
}
