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

/** What is asked to know whether places are known. */
export interface Placed {
  readonly direction: readonly number[]
  readonly positions: readonly (readonly number[])[]
}

const PICTURE_AXES = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/**
 * Whether the file says where the picture lies in the patient. Where it does not, its places are made up as 0, 1, 2, … above each other
 * along axes of the picture: then no side of the patient may be named, and no position given.
 */
export const isPlaced = ({ direction, positions }: Placed): boolean =>
  direction.some((cosine, i) => cosine !== PICTURE_AXES[i]) ||
  positions.some(([x, y, z], place) => x !== 0 || y !== 0 || z !== place)
