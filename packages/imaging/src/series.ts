/**
 * Slices in, series out. Slices belong together by their (mapped) series UID, shape, orientation, spacing and frame of reference, and
 * stand in the order of their positions along the normal of the picture (PS3.3 C.7.6.2.1.1): never by file name or InstanceNumber.
 * Files without usable UIDs are known by their content. Whatever is doubtful becomes a warning, a whole sentence for a physician.
 */
import { cross, dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Photometric, Rescale, VoiFunction } from './dicom/instance.ts'
import { gapsOf, unevenAt, warningsOf } from './doubts.ts'
import type { SampleKind } from './samples.ts'
import { type Slice, sha256 } from './slices.ts'

export type { Slice } from './slices.ts'
export { keptOf, sha256, slicesOf } from './slices.ts'

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
  readonly positions: readonly Vec3[]
  readonly frameOfReference: string | null
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
  readonly voiFunction: VoiFunction
  readonly voiLuts: NonNullable<Slice['voiLuts']>
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

/** Slices nearer than this are at the same place, mm. */
const SAME_PLACE_MM = 0.005
/** Sorts any number of slices, of any number of studies, into volumes. The result does not depend on the order given. */
export async function arrange<S extends Slice>(slices: readonly S[]): Promise<Volume<S>[]> {
  const volumes: Volume<S>[] = []
  for (const stack of stacksOf([...slices].sort(byContent))) {
    const { kept, duplicates } = withoutDuplicates(stack)
    const layers = layersOf(ordered(kept))
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

async function describe<S extends Slice>(slices: S[], duplicates: S[], about: string[]): Promise<Volume<S>> {
  const first = slices[0] as S
  const { technical } = first
  const row: Vec3 = first.orientation?.row ?? [1, 0, 0]
  const column: Vec3 = first.orientation?.column ?? [0, 1, 0]
  const normal = cross(row, column)
  const positions = slices.map((slice, k): Vec3 => slice.position ?? [0, 0, k])
  const gaps = gapsOf(positions, normal)
  const placed = slices.every((slice) => slice.position !== null)
  const even = placed && gaps.length > 0 && unevenAt(gaps).length === 0
  const last = positions.at(-1) as Vec3
  const direction = [...row, ...column, ...normal].map(tidy)
  const spacing = {
    row: first.spacing?.row ?? technical.aspect ?? 1,
    column: first.spacing?.column ?? 1,
    slice: even ? dot(subtract(last, positions[0] as Vec3), normal) / gaps.length : null,
  }
  const frameSha256 = slices.map((slice) => slice.sha256)
  const shape = [
    technical.rows,
    technical.columns,
    technical.bits.signed,
    direction,
    spacing,
    positions,
    slices.map((s) => s.rescale),
  ]
  return {
    study: first.uids.study,
    series: first.uids.series,
    fingerprint: await sha256(new TextEncoder().encode(JSON.stringify([shape, frameSha256]))),
    modality: first.modality,
    bodyPart: first.bodyPart,
    rows: technical.rows,
    columns: technical.columns,
    spacing,
    direction,
    positions,
    frameOfReference: first.uids.frameOfReference,
    photometric: technical.photometric,
    samples: first.samples,
    moments: 1,
    times: null,
    rescales: null,
    padding: technical.padding,
    lossy: slices.some((slice) => slice.technical.lossy),
    thickness: technical.sliceThickness,
    spacingAt: first.spacing?.at ?? null,
    voiFunction: first.voiFunction ?? 'LINEAR',
    voiLuts: first.voiLuts ?? [],
    bits: { stored: technical.bits.stored, signed: technical.bits.signed },
    rescale: { ...first.rescale, unit: first.unit },
    stored: { min: least(slices.map((s) => s.stored.min)), max: most(slices.map((s) => s.stored.max)) },
    rescaled: rescaledRange(slices),
    windows: first.windows.map((window, k) => ({ ...window, name: first.windowNames[k] ?? '' })),
    frameSha256,
    warnings: [...about, ...warningsOf(slices, duplicates, gaps, positions, normal)],
    slices,
    duplicates,
  }
}

/* Belonging together */

function stacksOf<S extends Slice>(slices: readonly S[]): S[][] {
  const stacks: S[][] = []
  const bySeries = Map.groupBy(slices, (s) =>
    JSON.stringify([s.uids.study, s.uids.series, s.uids.frameOfReference, s.modality]),
  )
  for (const members of bySeries.values()) {
    const alike: S[][] = []
    for (const slice of members) {
      const home = alike.find((stack) => sameStack(stack[0] as S, slice))
      if (home) home.push(slice)
      else alike.push([slice])
    }
    stacks.push(...alike)
  }
  return stacks
}

function sameStack(a: Slice, b: Slice): boolean {
  const { technical: x } = a
  const { technical: y } = b
  if (x.rows !== y.rows || x.columns !== y.columns || x.photometric !== y.photometric) return false
  if (x.bits.stored !== y.bits.stored || x.bits.signed !== y.bits.signed) return false
  if ((a.position === null) !== (b.position === null)) return false
  return sameSpacing(a.spacing, b.spacing) && sameOrientation(a.orientation, b.orientation)
}

function sameSpacing(a: Slice['spacing'], b: Slice['spacing']): boolean {
  if (a === null || b === null) return a === b
  return (
    a.at === b.at && Math.abs(a.row - b.row) < 1e-3 * a.row && Math.abs(a.column - b.column) < 1e-3 * a.column
  )
}

function sameOrientation(a: Slice['orientation'], b: Slice['orientation']): boolean {
  if (a === null || b === null) return a === b
  return dot(a.row, b.row) > 1 - 1e-6 && dot(a.column, b.column) > 1 - 1e-6
}

/* Order */

/** An order that depends on nothing but the slices themselves; also what breaks ties at one place. */
const byContent = (a: Slice, b: Slice): number =>
  (a.technical.acquisitionNumber ?? 0) - (b.technical.acquisitionNumber ?? 0) ||
  (a.technical.instanceNumber ?? 0) - (b.technical.instanceNumber ?? 0) ||
  (a.temporal ?? 0) - (b.temporal ?? 0) ||
  a.frame - b.frame ||
  compare(a.sha256, b.sha256) ||
  compare(JSON.stringify([a.position, a.uids]), JSON.stringify([b.position, b.uids]))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Along the normal; slices without a place keep the order of byContent (their numbers, for want of anything better). */
function ordered<S extends Slice>(slices: S[]): S[] {
  const normal = normalOf(slices[0] as S)
  const height = (s: S): number => (s.position === null ? 0 : dot(s.position, normal))
  return slices.toSorted((a, b) => {
    const apart = height(a) - height(b)
    return Math.abs(apart) < SAME_PLACE_MM ? byContent(a, b) : apart
  })
}

/** Two equal slices of one instance (or of files that name none) are one. */
function withoutDuplicates<S extends Slice>(slices: S[]): { kept: S[]; duplicates: S[] } {
  const seen = new Set<string>()
  const kept: S[] = []
  const duplicates: S[] = []
  for (const slice of slices) {
    const key = JSON.stringify([slice.uids.instance, slice.frame, slice.position, slice.sha256])
    if (seen.has(key)) duplicates.push(slice)
    else kept.push(slice)
    seen.add(key)
  }
  return { kept, duplicates }
}

/** The first picture of every place, then the second of every place, … */
function layersOf<S extends Slice>(slices: S[]): S[][] {
  const normal = normalOf(slices[0] as S)
  const layers: S[][] = []
  let place = Number.NEGATIVE_INFINITY
  let depth = 0
  for (const slice of slices) {
    const height = slice.position === null ? place + 1 : dot(slice.position, normal)
    depth = height - place < SAME_PLACE_MM ? depth + 1 : 0
    if (depth === 0) place = height
    const layer = layers[depth]
    if (layer) layer.push(slice)
    else layers.push([slice])
  }
  return layers
}

const normalOf = (slice: Slice): Vec3 =>
  slice.orientation === null ? [0, 0, 1] : cross(slice.orientation.row, slice.orientation.column)

/* Arithmetic */

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b))
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b))
/** -0 reads badly in JSON and hashes differently. */
const tidy = (value: number): number => (value === 0 ? 0 : value)

function rescaledRange(slices: readonly Slice[]): { min: number; max: number } {
  const ends = slices.flatMap(({ stored, rescale: { slope, intercept } }) => [
    stored.min * slope + intercept,
    stored.max * slope + intercept,
  ])
  return { min: least(ends), max: most(ends) }
}
