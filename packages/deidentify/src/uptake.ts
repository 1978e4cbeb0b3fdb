/** What of a PET file is part of its uptake factor: attributes that were not used are left out, and the account says so. */
import type { Suv } from '@consilium/imaging/suv'

const ALWAYS = ['00541102', '00280051', '00101030', '00540016', '00181074']
const TIMES = ['00080021', '00080022', '00080031', '00080032', '00181072', '00181075', '00181078']
const STATED = ['00541006']
const HEIGHT = ['00101020']
const SEX = ['00100040']

/** Tags of which nothing is in the factor. */
export function unusedForUptake(suv: Suv | undefined): readonly string[] {
  const { how, factors } = suv ?? { how: 'weight', factors: {} }
  if (Object.keys(factors).length === 0) return [...ALWAYS, ...TIMES, ...STATED, ...HEIGHT, ...SEX]
  if (how === 'stated') return [...ALWAYS, ...TIMES, ...HEIGHT, ...SEX]
  return [
    ...STATED,
    ...(how === 'at-injection' ? TIMES : []),
    ...(factors.bsa === undefined ? HEIGHT : []),
    ...(factors.lbm === undefined ? SEX : []),
  ]
}
