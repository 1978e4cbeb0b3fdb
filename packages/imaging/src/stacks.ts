/**
 * Which slices belong together, and in what order they stand: by what they say of themselves and their place, never by the order in
 * which they came. Nothing is said here of what is doubtful; series.ts describes what comes out.
 */
import { cross, dot, type Vec3 } from '@consilium/geometry/vec3'
import type { SampleKind } from './samples.ts'
import type { Slice } from './slices.ts'

/** Slices nearer than this are at the same place, mm. */
export const SAME_PLACE_MM = 0.005

/**
 * Slices that could be one volume, each stack in the order of byContent. A film is a stack by itself: several frames of one file that
 * does not say where they lie. So is a file of several frames without identifiers, because nothing says what else belongs to it.
 */
export function stacksOf<S extends Slice>(slices: readonly S[]): S[][] {
  const groups = Map.groupBy(slices.toSorted(byContent), (s) =>
    JSON.stringify([
      s.uids.study,
      s.uids.series,
      s.uids.frameOfReference,
      s.modality,
      s.uids.series === null ? s.whole : null,
    ]),
  )
  return [...groups.values()].flatMap(alike).flatMap(apartFromFilms)
}

function alike<S extends Slice>(members: readonly S[]): S[][] {
  const stacks: S[][] = []
  for (const slice of members) {
    const home = stacks.find((stack) => sameStack(stack[0] as S, slice))
    if (home) home.push(slice)
    else stacks.push([slice])
  }
  return stacks
}

function sameStack(a: Slice, b: Slice): boolean {
  const { technical: x } = a
  const { technical: y } = b
  if (x.rows !== y.rows || x.columns !== y.columns || x.photometric !== y.photometric) return false
  if (x.bits.stored !== y.bits.stored || x.bits.signed !== y.bits.signed || x.mapped !== y.mapped)
    return false
  if (samplesIn(a) !== samplesIn(b)) return false
  if ((a.position === null) !== (b.position === null)) return false
  return sameSpacing(a.spacing, b.spacing) && sameOrientation(a.orientation, b.orientation)
}

/** Slices that were kept before there were other kinds do not say theirs. */
export const samplesIn = ({ samples, technical }: Slice): SampleKind =>
  (samples as SampleKind | undefined) ?? (technical.bits.signed ? 'int16' : 'uint16')

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

/* Films */

function apartFromFilms<S extends Slice>(stack: readonly S[]): S[][] {
  if (stack[0]?.position !== null) return [[...stack]]
  const files = [...Map.groupBy(stack, fileOf).values()]
  const single = files.filter((frames) => !isFilm(frames)).flat()
  return [...files.filter(isFilm), ...(single.length > 0 ? [single] : [])]
}

const fileOf = ({ uids, whole }: Slice): string | null => uids.instance ?? whole ?? null

/** Several frames of one file, none with a place. */
export const isFilm = (slices: readonly Slice[]): boolean => {
  const [first] = slices
  return (
    first !== undefined &&
    first.position === null &&
    fileOf(first) !== null &&
    slices.some((slice) => slice.frame !== first.frame)
  )
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
export function ordered<S extends Slice>(slices: readonly S[]): S[] {
  const normal = normalOf(slices[0] as S)
  const height = (s: S): number => (s.position === null ? 0 : dot(s.position, normal))
  return slices.toSorted((a, b) => {
    const apart = height(a) - height(b)
    return Math.abs(apart) < SAME_PLACE_MM ? byContent(a, b) : apart
  })
}

export const normalOf = (slice: Slice): Vec3 =>
  slice.orientation === null ? [0, 0, 1] : cross(slice.orientation.row, slice.orientation.column)

/** Two equal slices of one instance (or of files that name none) are one. */
export function withoutDuplicates<S extends Slice>(slices: readonly S[]): { kept: S[]; duplicates: S[] } {
  const seen = new Set<string>()
  const kept: S[] = []
  const duplicates: S[] = []
  for (const slice of slices) {
    const { uids, frame, position, rescale, sha256 } = slice
    const key = JSON.stringify([uids.instance, frame, position, rescale.slope, rescale.intercept, sha256])
    if (seen.has(key)) duplicates.push(slice)
    else kept.push(slice)
    seen.add(key)
  }
  return { kept, duplicates }
}
