/** Which series are so large that a copy in less detail is made of them for a first look. */
import { type FrameShape, frameBytes } from '@consilium/imaging/packs'

/** Pixels to the side of the square whose mean is one pixel of the copy. Another factor needs a migration that forgets what was made. */
export const LOWER_FACTOR = 4
/** Of one frame, in either direction. */
const LARGE_SIDE = 2_048
/** Of all values together. */
const LARGE_BYTES = 256 * 2 ** 20

export const isLarge = (series: FrameShape & { readonly frames: number }): boolean =>
  Math.max(series.rows, series.columns) > LARGE_SIDE || frameBytes(series) * series.frames > LARGE_BYTES
