/** Two small changes in one byte: each from −7 to 7. No such byte is 0, so that 0 can say "written in full". */
export const IN_FULL = 0
const MOST = 7
const ZERO = 8

export const isSmall = (a: number, b: number): boolean => Math.abs(a) <= MOST && Math.abs(b) <= MOST
export const toNibbles = (a: number, b: number): number => (a + ZERO) * 16 + (b + ZERO)
/** Null where a half is 0: nothing is written so. */
export function fromNibbles(byte: number): readonly [number, number] | null {
  const [a, b] = [byte >>> 4, byte & 15]
  return a === 0 || b === 0 ? null : [a - ZERO, b - ZERO]
}
