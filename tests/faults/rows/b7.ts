/** NIfTI files that mean harm, and good ones changed at random, packed and not. */
import type { Fault } from '../fault.ts'
import { HOSTILE_NIFTI } from '../files/hostileNifti.ts'
import { withstand } from '../files/onslaught.ts'

export const fault: Fault = {
  id: 'B7',
  fault: `${HOSTILE_NIFTI.length} NIfTI files that lie in their sizes, places and affines or unpack to far more than they are, and good ones of both versions and byte orders changed at random, packed and not`,
  must: 'each gives a volume or one sentence that quotes nothing of the file; the process goes on, within its limits of memory and time',
  trials: { short: 100, full: 20_000 },
  run: (trials, seed) => withstand({ kind: 'nifti', hostile: HOSTILE_NIFTI }, trials, seed),
}
