/** When the frames of a film follow one another (PS3.3 C.7.6.5): the vector of increments where there is one, else the steady frame time. */
import type { DataSet } from 'dicom-parser'
import { decimal, decimals } from './values.ts'

/** ms since the first frame, or null where the file is no film. */
export function timesOf(data: DataSet, frames: number): number[] | null {
  if (frames === 1) return null
  const steps = decimals(data, 'x00181065')
  if (steps?.length === frames && steps.every((step) => step >= 0)) {
    let now = 0
    return steps.map((step, k) => (k === 0 ? 0 : (now += step)))
  }
  const rate = decimal(data, 'x00082144') ?? decimal(data, 'x00180040')
  const step = decimal(data, 'x00181063') ?? (rate !== null && rate > 0 ? 1000 / rate : null)
  return step !== null && step > 0 ? Array.from({ length: frames }, (_, k) => k * step) : null
}
