/** For tests only: a slice as it comes out of de-identification, every one with a UID and pixels of its own. */
import type { Technical } from '../dicom/instance.ts'
import type { Slice } from '../slices.ts'

let made = 0

export interface SliceOptions extends Partial<Omit<Slice, 'technical'>> {
  /** InstanceNumber and AcquisitionNumber. */
  readonly number?: number
  readonly acquisition?: number
  readonly technical?: Partial<Technical>
}

export function slice({ number, acquisition, technical, ...own }: SliceOptions = {}): Slice {
  made += 1
  return {
    uids: { study: 's', series: 'r', instance: `i${made}`, frameOfReference: 'f' },
    modality: 'CT',
    bodyPart: '',
    unit: 'HU',
    windowNames: [],
    samples: 'int16',
    frame: 0,
    position: [0, 0, 0],
    orientation: { row: [1, 0, 0], column: [0, 1, 0] },
    spacing: { row: 1, column: 1, at: 'patient' },
    rescale: { slope: 1, intercept: 0 },
    windows: [],
    sha256: `hash-${made}`,
    stored: { min: 0, max: 100 },
    ...own,
    technical: {
      sopClass: '',
      transferSyntax: '1.2.840.10008.1.2.1',
      rows: 2,
      columns: 2,
      photometric: 'MONOCHROME2',
      bits: { allocated: 16, stored: 16, signed: true },
      padding: null,
      instanceNumber: number ?? null,
      acquisitionNumber: acquisition ?? null,
      sliceThickness: null,
      lossy: false,
      ...technical,
    },
  }
}
