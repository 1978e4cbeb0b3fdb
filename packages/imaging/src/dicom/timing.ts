/**
 * When frames were taken, always relative to one another: no date and no time of day leaves this file. A film has a vector of increments
 * or a steady frame time (PS3.3 C.7.6.5); several moments at one place have an index, a delay after the beat of the heart, or moments of
 * reference whose differences count (C.7.6.16.2.2, C.7.6.18.1).
 */
import type { DataSet } from 'dicom-parser'
import { decimal, decimals, double, integer, items, ulong, word } from './values.ts'

/** Which of several moments at one place it is. */
export const temporalOf = (frame: DataSet | undefined, data: DataSet): number | null =>
  frame === undefined ? integer(data, 'x00200100') : ulong(items(frame, 'x00209111')[0], 'x00209128')

/** ms, of each frame; null where the file does not say. */
export function timesOf(data: DataSet, perFrame: readonly DataSet[], frames: number): number[] | null {
  return delays(data, perFrame, frames) ?? references(perFrame) ?? (frames > 1 ? film(data, frames) : null)
}

/** After the beat of the heart: TriggerTime, NominalCardiacTriggerDelayTime. Of many frames only where they tell these apart. */
function delays(data: DataSet, perFrame: readonly DataSet[], frames: number): number[] | null {
  if (perFrame.length === 0) {
    const trigger = frames === 1 ? decimal(data, 'x00181060') : null
    return trigger === null ? null : [trigger]
  }
  return telling(perFrame.map((frame) => double(items(frame, 'x00189118')[0], 'x00209153')))
}

/** Differences of FrameReferenceDateTime. */
function references(perFrame: readonly DataSet[]): number[] | null {
  const at = telling(
    perFrame.map((frame) => instantOf(word(items(frame, 'x00209111')[0] ?? frame, 'x00189151'))),
  )
  return at && at.map((ms) => ms - at.reduce((a, b) => Math.min(a, b)))
}

/** PS3.5 6.2, DT: YYYYMMDDHHMMSS.FFFFFF; an offset from UTC is the same for all frames of a file. */
function instantOf(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,6})?([+-]\d{4})?$/.exec(text)
  if (!parts) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) + Number(parts[7] ?? 0) * 1000
}

/** All of them, where all are known and not all the same. */
function telling(values: readonly (number | null)[]): number[] | null {
  const known = values.filter((value) => value !== null)
  return known.length === values.length && known.some((value) => value !== known[0]) ? known : null
}

function film(data: DataSet, frames: number): number[] | null {
  const steps = decimals(data, 'x00181065')
  if (steps?.length === frames && steps.every((step) => step >= 0)) {
    let now = 0
    return steps.map((step, k) => (k === 0 ? 0 : (now += step)))
  }
  const rate = decimal(data, 'x00082144') ?? decimal(data, 'x00180040')
  const step = decimal(data, 'x00181063') ?? (rate !== null && rate > 0 ? 1000 / rate : null)
  return step !== null && step > 0 ? Array.from({ length: frames }, (_, k) => k * step) : null
}
