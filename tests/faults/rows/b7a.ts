/** Other volumes and photographs that mean harm, and good ones changed at random. */
import type { Fault } from '../fault.ts'
import { HOSTILE_PICTURES } from '../files/hostilePictures.ts'
import { withstand } from '../files/onslaught.ts'

export const fault: Fault = {
  id: 'B7a',
  fault: `${HOSTILE_PICTURES.length} NRRD and MetaImage volumes and PNG, JPEG and TIFF pictures that lie in their sizes and tables, name other files, or unpack to far more than they are, and good ones changed at random`,
  must: 'each gives a picture or one sentence that quotes nothing of the file; the process goes on, within its limits of memory and time',
  trials: { short: 100, full: 20_000 },
  run: (trials, seed) => withstand({ kind: 'pictures', hostile: HOSTILE_PICTURES }, trials, seed),
}
