/** Memory that the series of a case share: how much each may take, and which comes next while nothing else is to do. Pure. */

const GIB = 2 ** 30
/** Where the browser does not say how much memory there is. */
const USUAL_GIB = 4

/** A quarter of what the machine has, as far as the browser tells; never less than half a GiB. */
export const memoryBudget = (
  gib = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? USUAL_GIB,
): number => Math.max(0.5, gib / 4) * GIB

/** Who needs less than an equal part leaves the rest to the others. */
export function sharesOf(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0)
  let left = room
  const rising = needs.map((need, index) => ({ need, index })).toSorted((a, b) => a.need - b.need)
  rising.forEach(({ need, index }, done) => {
    const share = Math.min(need, left / (rising.length - done))
    shares[index] = share
    left -= share
  })
  return shares
}

export interface Standing {
  readonly id: string
  readonly bytes: number
  readonly isOpen: boolean
  /** Shown by somebody. */
  readonly isHeld: boolean
  /** All of it is here. */
  readonly isHere: boolean
}

/**
 * The series to fetch though nobody shows it: once all that is open is here, the first after the one shown that fits beside it; null where
 * there is none.
 */
export function nextToFetch(list: readonly Standing[], budget: number): string | null {
  const open = list.filter(({ isOpen }) => isOpen)
  const from = list.findIndex(({ isHeld }) => isHeld)
  if (from < 0 || open.some(({ isHere }) => !isHere)) return null
  const taken = open.reduce((sum, { bytes }) => sum + bytes, 0)
  const others = [...list.slice(from), ...list.slice(0, from)].filter(({ isOpen }) => !isOpen)
  return others.find(({ bytes }) => taken + bytes <= budget)?.id ?? null
}
