/**
 * Standardised uptake: PET activity over what there would be if the injected activity were spread evenly through the body. The factor is
 * computed while the file is read, and it alone is kept with a word for how it was made: no date, time, weight, height, sex or dose leaves
 * this file. Where something is missing there is no factor but the reason. After PS3.3 C.8.9.1 and QIBA's vendor-neutral computation.
 */
import type { DataSet } from 'dicom-parser'
import { decimal, items, word, words } from './values.ts'

/** Divided by: body weight, lean body mass (James 1976), body surface area (Du Bois 1916). */
export const SUV_KINDS = ['bw', 'lbm', 'bsa'] as const
export type SuvKind = (typeof SUV_KINDS)[number]

/** From when to when the injected activity decayed before it was compared; 'stated': the file's values are uptake already. */
export const SUV_WAYS = ['to-series', 'to-acquisition', 'at-injection', 'stated'] as const

/** What is missing. */
export const SUV_FAULTS = [
  'units',
  'decay',
  'attenuation',
  'weight',
  'dose',
  'half-life',
  'times',
  'differ',
] as const

export type SuvFault = (typeof SUV_FAULTS)[number]

export interface Suv {
  /** How the factors were made, or what is missing. */
  readonly how: (typeof SUV_WAYS)[number] | SuvFault
  /** Uptake = rescaled value x factor; empty where something is missing, without a kind where that kind lacks something. */
  readonly factors: { readonly [kind in SuvKind]?: number }
}

const none = (how: SuvFault): Suv => ({ how, factors: {} })

/** Seconds; times of day are moments of one day, or of two. */
export interface SuvInputs {
  readonly units: string
  readonly suvType: string
  readonly decayCorrection: string
  /** CorrectedImage; empty where nothing is said. */
  readonly corrected: readonly string[]
  readonly weightKg: number | null
  readonly heightM: number | null
  readonly sex: string
  readonly doseBq: number | null
  readonly halfLifeS: number | null
  readonly injectedAt: number | null
  readonly seriesAt: number | null
  readonly acquiredAt: number | null
}

const DAY_S = 86_400
/** Nothing is injected that is measured by less; a number below it is in another unit, and which one is not said. */
const LEAST_DOSE_BQ = 1e5

/** Null: the file is not of a PET series. */
export function suvIn(data: DataSet): Suv | null {
  return word(data, 'x00080060') === 'PT' ? suvOf(inputsOf(data)) : null
}

export function suvOf(inputs: SuvInputs): Suv {
  const { units, decayCorrection, corrected, weightKg, doseBq, halfLifeS } = inputs
  const stated = statedOf(inputs)
  if (stated) return { how: 'stated', factors: { [stated]: 1 } }
  if (units !== 'BQML') return none('units')
  if (corrected.length > 0 && !corrected.includes('ATTN')) return none('attenuation')
  if (decayCorrection !== 'START' && decayCorrection !== 'ADMIN') return none('decay')
  if (weightKg === null || weightKg <= 0) return none('weight')
  if (doseBq === null || doseBq < LEAST_DOSE_BQ) return none('dose')
  // Corrected back to the injection, all of the dose is there to be compared with.
  if (decayCorrection === 'ADMIN')
    return { how: 'at-injection', factors: factorsOf(inputs, weightKg, doseBq) }
  if (halfLifeS === null || halfLifeS <= 0) return none('half-life')
  const span = decayedFor(inputs)
  if (span === null) return none('times')
  const left = doseBq * 2 ** (-span.seconds / halfLifeS)
  return { how: span.how, factors: factorsOf(inputs, weightKg, left) }
}

/** C.8.9.1.1.3: grams per millilitre are uptake by weight unless SUVType says by what else; square centimetres by surface. */
function statedOf({ units, suvType }: SuvInputs): SuvKind | null {
  if (units === 'CM2ML') return 'bsa'
  if (units !== 'GML') return null
  const kinds: Readonly<Record<string, SuvKind>> = { '': 'bw', BW: 'bw', LBMJAMES128: 'lbm', LBM: 'lbm' }
  return kinds[suvType] ?? null
}

/** From the injection to the start of the scan: of the series, unless that was made anew after its pictures were taken. */
function decayedFor({ injectedAt, seriesAt, acquiredAt }: SuvInputs) {
  const isAnew = seriesAt !== null && acquiredAt !== null && seriesAt > acquiredAt
  const scannedAt = isAnew ? acquiredAt : seriesAt
  if (injectedAt === null || scannedAt === null) return null
  // Without a date of its own an injection later than the scan was the evening before.
  const seconds = scannedAt - injectedAt + (scannedAt < injectedAt ? DAY_S : 0)
  return seconds >= 0 && seconds < DAY_S
    ? ({ seconds, how: isAnew ? 'to-acquisition' : 'to-series' } as const)
    : null
}

/** `activityBq`: of all of the body at the moment the pictures are corrected to. */
function factorsOf({ heightM, sex }: SuvInputs, weightKg: number, activityBq: number) {
  const cm = heightM !== null && heightM > 0.3 && heightM < 2.8 ? heightM * 100 : null
  const lean = cm && leanKg(weightKg, cm, sex)
  return {
    bw: (weightKg * 1000) / activityBq,
    ...(lean && { lbm: (lean * 1000) / activityBq }),
    ...(cm && { bsa: (surfaceM2(weightKg, cm) * 10_000) / activityBq }),
  }
}

/** James 1976, as DICOM names it (LBMJAMES128); null where sex is not said, or the formula turns down for those of great weight. */
function leanKg(kg: number, cm: number, sex: string): number | null {
  const lean =
    sex === 'M' ? 1.1 * kg - 128 * (kg / cm) ** 2 : sex === 'F' ? 1.07 * kg - 148 * (kg / cm) ** 2 : 0
  return lean > 0 ? lean : null
}

const surfaceM2 = (kg: number, cm: number): number => 0.007184 * kg ** 0.425 * cm ** 0.725

function inputsOf(data: DataSet): SuvInputs {
  const [tracer] = items(data, 'x00540016')
  const seriesDay = dayOf(word(data, 'x00080021'))
  const day = dayOf(word(data, 'x00080022')) ?? seriesDay
  const at = (date: number | null, time: string): number | null => {
    const seconds = secondsOf(time)
    return seconds === null ? null : seconds + (date ?? day ?? 0) * DAY_S
  }
  const injected = tracer ? word(tracer, 'x00181078') : ''
  return {
    units: word(data, 'x00541001'),
    suvType: word(data, 'x00541006'),
    decayCorrection: word(data, 'x00541102'),
    corrected: words(data, 'x00280051'),
    weightKg: decimal(data, 'x00101030'),
    heightM: decimal(data, 'x00101020'),
    sex: word(data, 'x00100040'),
    doseBq: tracer ? decimal(tracer, 'x00181074') : null,
    halfLifeS: tracer ? decimal(tracer, 'x00181075') : null,
    injectedAt:
      (injected === '' ? null : at(dayOf(injected.slice(0, 8)), injected.slice(8))) ??
      (tracer ? at(null, word(tracer, 'x00181072')) : null),
    seriesAt: at(seriesDay, word(data, 'x00080031')),
    acquiredAt: at(day, word(data, 'x00080032')),
  }
}

/** PS3.5 6.2, DA: whole days since 1970. */
function dayOf(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number)
  return parts ? Date.UTC(parts[0] ?? 0, (parts[1] ?? 1) - 1, parts[2]) / (DAY_S * 1000) : null
}

/** TM: seconds since midnight. What is left out at the end is zero; an offset from UTC is the same for all times of a scanner. */
function secondsOf(text: string): number | null {
  const parts = /^(\d\d)(\d\d)?(\d\d(?:\.\d{1,6})?)?(?:[+-]\d{4})?$/.exec(text)?.slice(1)
  if (!parts) return null
  const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  return hours < 24 && minutes < 60 && seconds < 61 ? hours * 3600 + minutes * 60 + seconds : null
}
