/** How much one file may ask for. Every size in a header is held against these and against the bytes present before anything is made. */

export interface Limits {
  /** Rows x columns x frames of one file. Stored values take two bytes each: as much as the largest file that the server takes. */
  readonly pixels: number
  /** Bytes after inflating a deflated file. */
  readonly inflatedBytes: number
  /** Inflated bytes per compressed byte, once past `inflateFloor`. */
  readonly inflateRatio: number
  /** Below this many bytes the ratio is not asked. */
  readonly inflateFloor: number
  /** Sequences inside sequences. */
  readonly nesting: number
  /** Tags read in the whole header. */
  readonly tags: number
  /** Elements in one data set or item. */
  readonly elementsPerLevel: number
}

export const DEFAULT_LIMITS: Limits = {
  pixels: 2 ** 29,
  inflatedBytes: 2 ** 30,
  inflateRatio: 16,
  inflateFloor: 16 * 2 ** 20,
  nesting: 16,
  tags: 500_000,
  elementsPerLevel: 50_000,
}
