/** Transfer syntaxes (PS3.5 §10, PS3.6 A): how the header is written and how the pixels are coded. */

export type Coding = 'native' | 'items' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k'

export interface Syntax {
  readonly name: string
  /** null: the name is known so that it can be said, but the pixels cannot be read. */
  readonly coding: Coding | null
  readonly lossy?: boolean
  readonly implicit?: boolean
  readonly bigEndian?: boolean
  readonly deflated?: boolean
}

const PREFIX = '1.2.840.10008.1.2' as const

const SYNTAXES: Record<string, Syntax> = {
  '': { name: 'implicit VR little endian', coding: 'native', implicit: true },
  '.1': { name: 'explicit VR little endian', coding: 'native' },
  '.1.99': { name: 'deflated', coding: 'native', deflated: true },
  '.1.98': { name: 'uncompressed in items', coding: 'items' },
  '.2': { name: 'explicit VR big endian', coding: 'native', bigEndian: true },
  '.5': { name: 'RLE', coding: 'rle' },
  '.4.50': { name: 'JPEG baseline', coding: 'jpeg', lossy: true },
  '.4.51': { name: 'JPEG extended', coding: 'jpeg', lossy: true },
  '.4.52': { name: 'JPEG extended, arithmetic', coding: null, lossy: true },
  '.4.53': { name: 'JPEG spectral selection', coding: null, lossy: true },
  '.4.54': { name: 'JPEG spectral selection, arithmetic', coding: null, lossy: true },
  '.4.55': { name: 'JPEG full progression', coding: null, lossy: true },
  '.4.56': { name: 'JPEG full progression, arithmetic', coding: null, lossy: true },
  '.4.57': { name: 'JPEG lossless', coding: 'jpeg-lossless' },
  '.4.58': { name: 'JPEG lossless, arithmetic', coding: null },
  '.4.70': { name: 'JPEG lossless SV1', coding: 'jpeg-lossless' },
  '.4.80': { name: 'JPEG-LS lossless', coding: 'jpeg-ls' },
  '.4.81': { name: 'JPEG-LS near lossless', coding: 'jpeg-ls', lossy: true },
  '.4.90': { name: 'JPEG 2000 lossless', coding: 'jpeg-2000' },
  '.4.91': { name: 'JPEG 2000', coding: 'jpeg-2000' },
  '.4.92': { name: 'JPEG 2000 multi-component lossless', coding: null },
  '.4.93': { name: 'JPEG 2000 multi-component', coding: null },
  '.4.94': { name: 'JPIP referenced', coding: null },
  '.4.95': { name: 'JPIP referenced, deflated', coding: null },
  '.4.100': { name: 'MPEG-2', coding: null },
  '.4.101': { name: 'MPEG-2 high level', coding: null },
  '.4.102': { name: 'MPEG-4', coding: null },
  '.4.103': { name: 'MPEG-4 BD', coding: null },
  '.4.107': { name: 'HEVC', coding: null },
  '.4.108': { name: 'HEVC main 10', coding: null },
  '.4.110': { name: 'JPEG XL lossless', coding: null },
  '.4.111': { name: 'JPEG XL from JPEG', coding: null },
  '.4.112': { name: 'JPEG XL', coding: null },
  '.4.201': { name: 'HTJ2K lossless', coding: 'htj2k' },
  '.4.202': { name: 'HTJ2K lossless RPCL', coding: 'htj2k' },
  '.4.203': { name: 'HTJ2K', coding: 'htj2k' },
  '.8.1': { name: 'deflated frames', coding: null },
}

export const EXPLICIT_LITTLE_ENDIAN = `${PREFIX}.1` as const
export const IMPLICIT_LITTLE_ENDIAN = PREFIX
export const EXPLICIT_BIG_ENDIAN = `${PREFIX}.2` as const
export const DEFLATED = `${PREFIX}.1.99` as const
export const RLE_LOSSLESS = `${PREFIX}.5` as const

export function syntaxOf(uid: string): Syntax | null {
  return uid.startsWith(PREFIX) ? (SYNTAXES[uid.slice(PREFIX.length)] ?? null) : null
}

/** Of the standard, and too short for anybody's number or date of birth. */
const STANDARD = /^1\.2\.840\.10008\.1\.2(\.\d{1,3}){0,3}$/

/** "1.2.840.10008.1.2.4.100 (MPEG-2)"; a UID that is not the standard's is text of the file, and is not repeated. */
export function syntaxTitle(uid: string): string {
  if (!STANDARD.test(uid)) return 'a transfer syntax that is not in the standard'
  const name = syntaxOf(uid)?.name
  return `transfer syntax ${uid}${name ? ` (${name})` : ''}`
}
