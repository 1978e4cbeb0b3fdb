/** The uptake factor of a series, from those of its slices: all must say the same, or there is none and a word says why. */
import type { Suv } from './dicom/suv.ts'
import type { Slice } from './slices.ts'

/** Slope and dose are written with so many digits; what differs by less is the same. */
const SAME_SHARE = 1e-4

/** Null where none of them is of PET. */
export function uptakeOf(slices: readonly Pick<Slice, 'suv'>[]): Suv | null {
  const said = slices.flatMap(({ suv }) => suv ?? [])
  const [first] = said
  if (!first) return null
  const missing = said.find(({ factors }) => Object.keys(factors).length === 0)
  if (missing) return missing
  if (said.length < slices.length || said.some(({ how }) => how !== first.how)) return DIFFER
  if (first.how !== 'to-acquisition') return said.every((one) => isSame(one, first)) ? first : DIFFER
  // All are corrected to the moment when the first of them was taken: by then the least had decayed, so that its factor is the smallest.
  return said.reduce((least, one) => (bodyOf(one) < bodyOf(least) ? one : least))
}

const DIFFER: Suv = { how: 'differ', factors: {} }

const bodyOf = ({ factors }: Suv): number => factors.bw ?? 0

function isSame(a: Suv, b: Suv): boolean {
  return (['bw', 'lbm', 'bsa'] as const).every((kind) => {
    const [one, other] = [a.factors[kind], b.factors[kind]]
    if (one === undefined || other === undefined) return one === other
    return Math.abs(one - other) <= SAME_SHARE * other
  })
}
