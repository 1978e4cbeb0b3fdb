/**
 * The one error a file can cause. Its message is a whole sentence for the person who brought the file; it names the fault and never
 * quotes text of the file (a name could stand there). Everything else that is thrown in this package is a mistake of ours.
 */

/** What kind of fault; the sentence says which one exactly. */
export type FaultCode =
  | 'not-dicom'
  | 'not-nifti'
  | 'not-an-image'
  | 'truncated'
  | 'damaged'
  | 'unsupported'
  | 'too-large'

const OPENINGS = {
  'not-dicom': 'Not a DICOM file',
  'not-nifti': 'Not a NIfTI file',
  'not-an-image': 'Not an image',
  truncated: 'Truncated',
  damaged: 'Damaged',
  unsupported: 'Not supported',
  'too-large': 'Too large',
} as const satisfies Record<FaultCode, string>

export class ImagingFault extends Error {
  readonly code: FaultCode

  /** @param detail the rest of the sentence after the opening, without the full stop */
  constructor(code: FaultCode, detail: string, cause?: unknown) {
    super(`${OPENINGS[code]}: ${detail}.`, cause === undefined ? undefined : { cause })
    this.name = 'ImagingFault'
    this.code = code
  }
}

/** 524288 -> "524 288" (thin groups, as in the product's texts). */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ' ')
