/**
 * Any file in, one Instance out: the reader is chosen by the content. Archives are not opened here; whoever brings them opens them, under
 * limits of their own, and hands on file by file.
 */
import { type Format, formatOf, markedFormat } from './content.ts'
import type { Instance } from './dicom/instance.ts'
import type { Limits } from './dicom/limits.ts'
import type { FrameMemory } from './dicom/native.ts'
import { plain, readInstance } from './dicom/read.ts'
import { ImagingFault } from './fault.ts'
import { readMetaImage } from './metaimage/read.ts'
import { readNifti } from './nifti/read.ts'
import { readNrrd } from './nrrd/read.ts'
import { peek } from './peek.ts'
import { readJpeg } from './photo/jpeg.ts'
import { readPng } from './photo/png.ts'
import { readTiff } from './photo/tiff.ts'

export type * from './dicom/instance.ts'

type Read = (file: Uint8Array, limits?: Partial<Limits>, memory?: FrameMemory) => Promise<Instance>

const READERS: Record<Format, Read> = {
  dicom: readInstance,
  nifti: readNifti,
  gzip: readGzip,
  nrrd: readNrrd,
  metaimage: readMetaImage,
  jpeg: readJpeg,
  png: readPng,
  tiff: readTiff,
}

/**
 * `views`: for whoever needs the frames no longer than the file, so that they need not be copied.
 * @throws ImagingFault where the file is not one that can be shown; no other error leaves
 */
export async function readAny(
  file: Uint8Array,
  limits: Partial<Limits> = {},
  memory: FrameMemory = 'copies',
): Promise<Instance> {
  const bytes = plain(file)
  return READERS[formatOf(bytes)](bytes, limits, memory)
}

/** As far as any mark lies behind the start of a file. */
const MARK_WITHIN = 512

/** NIfTI is the one format that is handed about as gzip. */
async function readGzip(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  if (markedFormat(await peek(file, MARK_WITHIN)) === 'nifti') return readNifti(file, limits)
  throw new ImagingFault('unsupported', 'a gzip file that holds no NIfTI volume; unpack it first')
}
