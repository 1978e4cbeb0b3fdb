/** Whether two series lie in one space: only then a millimetre in one is the same millimetre in the other. Pure. */
import type { Series } from '@consilium/contract/studies'

export type Placed = Pick<Series, 'id' | 'frameOfReference'>

export const sameSpace = (a: Placed, b: Placed): boolean =>
  a.id === b.id || (a.frameOfReference !== null && a.frameOfReference === b.frameOfReference)
