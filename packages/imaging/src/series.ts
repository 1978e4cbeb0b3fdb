/**
 * Slices in, series out. Slices belong together by their (mapped) series UID, shape, orientation, spacing and frame of reference, and
 * stand in the order of their positions along the normal of the picture (PS3.3 C.7.6.2.1.1): never by file name or InstanceNumber.
 * Several pictures at each place are moments. Files without usable UIDs are known by their content. Whatever is doubtful becomes a
 * warning, a whole sentence for a physician. stacks.ts and moments.ts do the sorting, doubts.ts the doubting.
 */
import { cross, dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { calibratedIn } from './calibration.ts'
import type { Photometric, Rescale, VoiFunction } from './dicom/instance.ts'
import type { Region } from './dicom/regions.ts'
import type { Suv } from './dicom/suv.ts'
import { gapsOf, unevenAt, warningsOf } from './doubts.ts'
import { type Layer, layersOf } from './moments.ts'
import type { PatientOrientation } from './patientOrientation.ts'
import type { SampleKind } from './samples.ts'
import { type Slice, sha256 } from './slices.ts'
import { samplesIn, stacksOf, withoutDuplicates } from './stacks.ts'
import { uptakeOf } from './uptake.ts'

export type { Region } from './dicom/regions.ts'
export { keptOf } from './kept.ts'
export type { Slice } from './slices.ts'
export { sha256, slicesOf } from './slices.ts'

/** A series in the sense of the contract: slices of one shape in order, ready to be shown as a volume. */
export interface Volume<S extends Slice = Slice> {
  /** Mapped study UID; null where the files have none. */
  readonly study: string | null
  /** Mapped series UID; null where the files have none, then `fingerprint` is its identity. */
  readonly series: string | null
  /** SHA-256 over shape, geometry and all pixels: equal for the same pictures, however often and in whatever order they arrive. */
  readonly fingerprint: string
  readonly modality: string
  readonly bodyPart: string
  readonly rows: number
  readonly columns: number
  /** mm; slice is null for one slice or uneven gaps, then nothing may be computed across slices. */
  readonly spacing: { readonly row: number; readonly column: number; readonly slice: number | null }
  /** Row, column and normal direction: nine cosines, LPS. */
  readonly direction: readonly number[]
  /** Of each place: frame f lies at positions[f % positions.length]. */
  readonly positions: readonly Vec3[]
  readonly frameOfReference: string | null
  /** Where no direction is known: which sides of the patient rows and columns run to. */
  readonly patientOrientation: PatientOrientation | null
  readonly photometric: Photometric | 'RGB'
  readonly samples: SampleKind
  /** Pictures at each place, one after the other in time; frames are all places of the first moment, then of the next. */
  readonly moments: number
  /** Of each moment, ms since the first; null where not known. */
  readonly times: readonly number[] | null
  /** Of each frame, where they are not all the same. */
  readonly rescales: readonly Rescale[] | null
  readonly padding: number | null
  readonly lossy: boolean
  /** mm, as stated. */
  readonly thickness: number | null
  readonly spacingAt: 'patient' | 'detector' | null
  /** Of ultrasound without a spacing of its own: parts in which lengths hold in mm. */
  readonly regions?: readonly Region[]
  readonly voiFunction: VoiFunction
  readonly voiLuts: NonNullable<Slice['voiLuts']>
  /** Of PET: the factor to standardised uptake, or why there is none; null for all others. */
  readonly suv: Suv | null
  readonly bits: { readonly stored: number; readonly signed: boolean }
  readonly rescale: Rescale & { readonly unit: string }
  readonly stored: { readonly min: number; readonly max: number }
  readonly rescaled: { readonly min: number; readonly max: number }
  readonly windows: readonly { readonly center: number; readonly width: number; readonly name: string }[]
  readonly frameSha256: readonly string[]
  readonly warnings: readonly string[]
  /** slices[k] is frame k: in order along the normal, moment after moment. */
  readonly slices: readonly S[]
  /** Left out because an equal slice is in already. */
  readonly duplicates: readonly S[]
}

/** Sorts any number of slices, of any number of studies, into volumes. The result does not depend on the order given. */
export async function arrange<S extends Slice>(slices: readonly S[]): Promise<Volume<S>[]> {
  const volumes: Volume<S>[] = []
  for (const stack of stacksOf(slices)) {
    const { kept, duplicates } = withoutDuplicates(stack)
    const layers = layersOf(kept)
    for (const [k, layer] of layers.entries()) {
      const about =
        layers.length > 1
          ? [`Several pictures lie at the same place; this is set ${k + 1} of ${layers.length}.`]
          : []
      volumes.push(await describe(layer, k === 0 ? duplicates : [], about))
    }
  }
  return volumes
}

async function describe<S extends Slice>(
  { slices, moments, times }: Layer<S>,
  duplicates: readonly S[],
  about: readonly string[],
): Promise<Volume<S>> {
  const first = slices[0] as S
  const { technical } = first
  const row: Vec3 = first.orientation?.row ?? [1, 0, 0]
  const column: Vec3 = first.orientation?.column ?? [0, 1, 0]
  const normal = cross(row, column)
  const positions = slices
    .slice(0, slices.length / moments)
    .map((slice, k): Vec3 => slice.position ?? [0, 0, k])
  const gaps = gapsOf(positions, normal)
  const placed = slices.every((slice) => slice.position !== null)
  const even = placed && gaps.length > 0 && unevenAt(gaps).length === 0
  const last = positions.at(-1) as Vec3
  const spacing = {
    row: first.spacing?.row ?? technical.aspect ?? 1,
    column: first.spacing?.column ?? 1,
    slice: even ? dot(subtract(last, positions[0] as Vec3), normal) / gaps.length : null,
  }
  const scales = slices.map((slice) => slice.rescale)
  const regions = calibratedIn(slices)
  const geometry = { direction: [...row, ...column, ...normal].map(tidy), spacing, positions }
  return {
    study: first.uids.study,
    series: first.uids.series,
    fingerprint: await fingerprintOf(slices, { ...geometry, moments, times }),
    modality: first.modality,
    bodyPart: first.bodyPart,
    rows: technical.rows,
    columns: technical.columns,
    ...geometry,
    frameOfReference: first.uids.frameOfReference,
    patientOrientation: orientationSaid(slices),
    photometric: technical.photometric,
    samples: samplesIn(first),
    moments,
    times,
    rescales: scales.some((scale) => !sameScale(scale, first.rescale)) ? scales : null,
    padding: technical.padding,
    lossy: slices.some((slice) => slice.technical.lossy),
    thickness: technical.sliceThickness,
    spacingAt: first.spacing?.at ?? null,
    ...(regions.length > 0 && { regions }),
    voiFunction: first.voiFunction ?? 'LINEAR',
    voiLuts: slices.find((slice) => slice.voiLuts)?.voiLuts ?? [],
    suv: uptakeOf(slices),
    bits: { stored: technical.bits.stored, signed: technical.bits.signed },
    rescale: { ...first.rescale, unit: first.unit },
    stored: { min: least(slices.map((s) => s.stored.min)), max: most(slices.map((s) => s.stored.max)) },
    rescaled: rescaledRange(slices),
    windows: first.windows.map((window, k) => ({ ...window, name: first.windowNames[k] ?? '' })),
    frameSha256: slices.map((slice) => slice.sha256),
    warnings: [...about, ...warningsOf({ slices, moments, times }, duplicates, gaps, positions, normal)],
    slices,
    duplicates,
  }
}

/**
 * What is hashed grows only where there is something new to say: one moment of grey values of 16 bits is known by what it was always
 * known by, and found again.
 */
function fingerprintOf(
  slices: readonly Slice[],
  {
    direction,
    spacing,
    positions,
    moments,
    times,
  }: Pick<Volume, 'direction' | 'spacing' | 'positions' | 'moments' | 'times'>,
): Promise<string> {
  const { technical, ...first } = slices[0] as Slice
  const samples = samplesIn({ technical, ...first })
  const shape: unknown[] = [
    technical.rows,
    technical.columns,
    technical.bits.signed,
    direction,
    spacing,
    positions,
    slices.map((slice) => slice.rescale),
  ]
  if (samples !== 'int16' && samples !== 'uint16') shape.push({ samples })
  if (moments > 1) shape.push({ moments, times })
  return sha256(new TextEncoder().encode(JSON.stringify([shape, slices.map((slice) => slice.sha256)])))
}

/** What all of them say alike, where they say no more. */
function orientationSaid(slices: readonly Slice[]): PatientOrientation | null {
  const [said = null] = slices.map(({ technical }) => technical.patientOrientation)
  const isAlike = slices.every(
    ({ orientation, technical }) => !orientation && technical.patientOrientation?.join() === said?.join(),
  )
  return isAlike ? said : null
}

/* Arithmetic */

const sameScale = (a: Rescale, b: Rescale): boolean => a.slope === b.slope && a.intercept === b.intercept
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b))
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b))
/** -0 reads badly in JSON and hashes differently. */
const tidy = (value: number): number => (value === 0 ? 0 : value)
/** JSON has no infinity. */
const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))

function rescaledRange(slices: readonly Slice[]): { min: number; max: number } {
  const ends = slices.flatMap(({ stored, rescale: { slope, intercept } }) => [
    finite(stored.min * slope + intercept),
    finite(stored.max * slope + intercept),
  ])
  return { min: least(ends), max: most(ends) }
}
