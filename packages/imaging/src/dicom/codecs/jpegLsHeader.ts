/** The segments of a JPEG-LS stream up to its scan, and the coding parameters that follow from them (T.87 Annex C). */
import { ImagingFault } from '../../fault.ts'
import { broken, SOS, segmentsOf, u16 } from './markers.ts'

/** JPEG-LS preset parameters (C.2.4.1). */
const LSE = 0xf8
const DRI = 0xdd

export interface Presets {
  readonly maximum: number
  readonly near: number
  readonly t1: number
  readonly t2: number
  readonly t3: number
  readonly reset: number
  readonly range: number
  /** qbpp */
  readonly bitsPerError: number
  readonly limit: number
  readonly pointTransform: number
  /** Components in this scan, and how they take turns: 0 not at all, 1 by lines, 2 by pixels (C.2.3). */
  readonly components: number
  readonly interleave: number
  /** First byte of coded data. */
  readonly start: number
}

/** @param from behind the scan before; the presets of the first one hold for all */
export function readPresets(coded: Uint8Array, precision: number, from?: number): Presets {
  let stated = { maximum: 0, t1: 0, t2: 0, t3: 0, reset: 0 }
  for (const { marker, body, end } of segmentsOf(coded, from)) {
    if (marker === LSE && body[0] === 1 && body.length >= 11) {
      stated = {
        maximum: u16(body, 1),
        t1: u16(body, 3),
        t2: u16(body, 5),
        t3: u16(body, 7),
        reset: u16(body, 9),
      }
    } else if (marker === LSE || marker === DRI) {
      throw new ImagingFault('unsupported', 'JPEG-LS with mapping tables or restarts')
    }
    if (marker !== SOS) continue
    const components = body[0] as number
    const [near = 0, interleave = 0, shifts = 0] = body.subarray(1 + 2 * components)
    const mapped = Array.from({ length: components }, (_, k) => body[2 + 2 * k]).some((table) => table !== 0)
    if (body.length < 4 + 2 * components || mapped || interleave > 2) break
    if (components < 1 || (components > 1 && interleave === 0)) break
    const presets = derived(stated, precision, near)
    return { ...presets, pointTransform: shifts & 15, components, interleave, start: end }
  }
  return broken()
}

type Stated = Pick<Presets, 'maximum' | 't1' | 't2' | 't3' | 'reset'>

/** Where nothing is stated the defaults of C.2.4.1.1; RANGE, qbpp and LIMIT by A.2.1. */
function derived(
  stated: Stated,
  precision: number,
  near: number,
): Omit<Presets, 'pointTransform' | 'start' | 'components' | 'interleave'> {
  const maximum = stated.maximum || 2 ** precision - 1
  const usual = thresholds(maximum, near)
  const t1 = stated.t1 || usual.t1
  const t2 = stated.t2 || usual.t2
  const t3 = stated.t3 || usual.t3
  const reset = stated.reset || 64
  const good =
    t1 > near && t2 >= t1 && t3 >= t2 && t3 <= maximum && reset >= 3 && near <= Math.min(255, maximum >> 1)
  if (maximum >= 2 ** precision || precision < 2 || !good) {
    throw new ImagingFault('damaged', 'its compressed picture states impossible parameters')
  }
  const range = Math.floor((maximum + 2 * near) / (2 * near + 1)) + 1
  const bits = Math.max(2, Math.ceil(Math.log2(maximum + 1)))
  return {
    maximum,
    near,
    t1,
    t2,
    t3,
    reset,
    range,
    bitsPerError: Math.ceil(Math.log2(range)),
    limit: 2 * (bits + Math.max(8, bits)),
  }
}

/** C.2.4.1.1.1 */
function thresholds(maximum: number, near: number): { t1: number; t2: number; t3: number } {
  const clamp = (value: number, low: number): number => (value > maximum || value < low ? low : value)
  if (maximum >= 128) {
    const factor = (Math.min(maximum, 4095) + 128) >> 8
    const t1 = clamp(factor + 2 + 3 * near, near + 1)
    const t2 = clamp(factor * 4 + 3 + 5 * near, t1)
    return { t1, t2, t3: clamp(factor * 17 + 4 + 7 * near, t2) }
  }
  const factor = Math.floor(256 / (maximum + 1))
  const t1 = clamp(Math.max(2, Math.floor(3 / factor) + 3 * near), near + 1)
  const t2 = clamp(Math.max(3, Math.floor(7 / factor) + 5 * near), t1)
  return { t1, t2, t3: clamp(Math.max(4, Math.floor(21 / factor) + 7 * near), t2) }
}
