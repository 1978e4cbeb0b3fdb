/**
 * A DICOMDIR (PS3.3 F): which files a disc holds. It is no picture; whoever imports a disc can see by it whether files are missing.
 * Names of files can name persons: they are for finding files at hand, never to be kept, logged or shown.
 */
import { ImagingFault } from '../fault.ts'
import { sopClassOf } from './describe.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { parseHeader } from './parse.ts'
import { faulted, plain } from './read.ts'
import { items, word, words } from './values.ts'

export interface Directory {
  /** Records by kind; what is no kind of the standard counts as UNKNOWN. */
  readonly records: Readonly<Record<string, number>>
  /** Each referenced file as its path from the directory's folder; a part is never '..', empty, or with a separator in it. */
  readonly files: readonly (readonly string[])[]
  /** References that no path can be made of. */
  readonly unusable: number
}

const DIRECTORY = '1.2.840.10008.1.3.10'
/** PS3.3 F.5. */
// biome-ignore format: a list
const KINDS = new Set(['PATIENT', 'STUDY', 'SERIES', 'IMAGE', 'RT DOSE', 'RT STRUCTURE SET', 'RT PLAN', 'RT TREAT RECORD', 'PRESENTATION',
  'WAVEFORM', 'SR DOCUMENT', 'KEY OBJECT DOC', 'SPECTROSCOPY', 'RAW DATA', 'REGISTRATION', 'FIDUCIAL', 'HANGING PROTOCOL', 'ENCAP DOC',
  'VALUE MAP', 'STEREOMETRIC', 'PALETTE', 'IMPLANT', 'IMPLANT ASSY', 'IMPLANT GROUP', 'PLAN', 'MEASUREMENT', 'SURFACE', 'SURFACE SCAN',
  'TRACT', 'ASSESSMENT', 'RADIOTHERAPY', 'ANNOTATION', 'INVENTORY', 'PRIVATE'])
const PART = /^(?!\.+$)[A-Za-z0-9_. -]{1,64}$/

export function readDirectory(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Directory> {
  return faulted(async () => {
    const { data, mediaClass } = await parseHeader(plain(file), { ...DEFAULT_LIMITS, ...limits })
    if (sopClassOf(data, mediaClass) !== DIRECTORY)
      throw new ImagingFault('unsupported', 'the file is no directory of other files')
    const records: Record<string, number> = {}
    const files: string[][] = []
    let unusable = 0
    for (const record of items(data, 'x00041220')) {
      const said = word(record, 'x00041430')
      const kind = KINDS.has(said) ? said : 'UNKNOWN'
      records[kind] = (records[kind] ?? 0) + 1
      const path = words(record, 'x00041500')
      if (path.length === 0) continue
      if (path.every((part) => PART.test(part))) files.push(path)
      else unusable += 1
    }
    return { records, files, unusable }
  })
}
