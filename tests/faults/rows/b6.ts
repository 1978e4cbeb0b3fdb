/** DICOM files that mean harm, and good ones changed at random. */
import type { Fault } from '../fault.ts'
import { HOSTILE_DICOM } from '../files/hostileDicom.ts'
import { withstand } from '../files/onslaught.ts'

export const fault: Fault = {
  id: 'B6',
  fault: `${HOSTILE_DICOM.length} DICOM files that lie in their lengths, sizes, tables and codings or unpack to far more than they are, and good files of every coding changed at random`,
  must: 'each gives a picture or one sentence that quotes nothing of the file; the process goes on, within its limits of memory and time',
  trials: { short: 100, full: 80_000 },
  run: (trials, seed) => withstand({ kind: 'dicom', hostile: HOSTILE_DICOM }, trials, seed),
}
