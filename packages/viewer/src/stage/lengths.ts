/**
 * In what lengths may be told. Where the file states no pixel spacing a pixel counts as 1 mm inside, and is called a pixel; spacing at the
 * detector of a projection (ImagerPixelSpacing, PS3.3 10.7.1.3) is longer than what lies in the patient, so it is named with the figure.
 */

export type SpacingAt = 'patient' | 'detector' | null

/** What is said behind a length. */
export type LengthUnit = 'mm' | 'px' | 'mm at the detector'

export const lengthUnit = (at: SpacingAt): LengthUnit =>
  at === 'patient' ? 'mm' : at === 'detector' ? 'mm at the detector' : 'px'

export const areaUnit = (at: SpacingAt): string =>
  at === 'patient' ? 'mm²' : at === 'detector' ? 'mm² at the detector' : 'px²'
