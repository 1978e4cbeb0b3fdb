/** How the uptake factor of a PET series was made, or why there is none: sentences for people. Pure. */
import type { Series } from '@consilium/contract/studies'

type Suv = NonNullable<Series['suv']>

const MADE: Readonly<Record<string, string>> = {
  'to-series': 'The dose decayed from its injection to the start of the series.',
  'to-acquisition':
    'The dose decayed from its injection to the first picture: the series was made anew after its pictures were taken.',
  'at-injection': 'Values are corrected to the injection: the whole dose counts.',
  stated: 'The file’s own values are uptake.',
}

const MISSING: Readonly<Record<string, string>> = {
  units: 'its values are not in becquerels per millilitre',
  decay: 'it does not say that decay was corrected, or to when',
  attenuation: 'it was not corrected for attenuation',
  weight: 'the weight is missing',
  dose: 'the injected dose is missing, or not in becquerels',
  'half-life': 'the half-life is missing',
  times: 'the times of injection and scan are missing, or do not follow one another within a day',
  differ: 'its pictures do not agree on it',
}

export const hasUptake = ({ factors }: Suv): boolean => Object.keys(factors).length > 0

/** "No standardised uptake: the weight is missing." */
export const uptakeWords = (suv: Suv): string =>
  hasUptake(suv)
    ? (MADE[suv.how] ?? 'The factor came with the series.')
    : `No standardised uptake: ${MISSING[suv.how] ?? 'something is missing'}.`
