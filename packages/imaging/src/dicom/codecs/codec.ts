/** What every pixel decoder is: coded bytes of one frame in, one cell per value out (sample beside sample), sizes already checked against the codestream. */
import type { Cells } from '../stored.ts'

export interface FrameSize {
  readonly rows: number
  readonly columns: number
  readonly allocated: number
  /** Values per pixel. */
  readonly samples: 1 | 3
}

export type Decode = (coded: Uint8Array, size: FrameSize) => Cells | Promise<Cells>

export interface Codec {
  readonly decode: Decode
  /**
   * The most pixels one coded byte can stand for, from the coding itself. A header that promises more is a lie, and is refused before
   * anything is allocated.
   */
  readonly pixelsPerByte: number
}
