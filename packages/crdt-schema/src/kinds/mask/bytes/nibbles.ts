/** Two small changes in one byte: each from −7 to 7. No such byte is 0, so that 0 can say "written in full". */
export const IN_FULL = 0
const MOST = 7
const ZERO = 8

export const isSmall = (a: number, b: number): boolean => Math.abs(a) <= MOST && Math.abs(b) <= MOST
export const toNibbles = (a: number, b: number): number => (a + ZERO) * 16 + (b + ZERO)

/** Whether both halves are numbers: nothing is written as a half of 0. */
export const isTwo = (byte: number): boolean => byte >>> 4 !== 0 && (byte & 15) !== 0
export const firstOf = (byte: number): number => (byte >>> 4) - ZERO
export const secondOf = (byte: number): number => (byte & 15) - ZERO
