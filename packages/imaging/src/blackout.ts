/**
 * Blacking out: regions of a picture get the value that shows as black, and what was in them is nowhere in the result.
 * Black is the dark end of what the pictures and their windows span, so that the region is dark in every window of the file and the
 * range of values grows no more than it must.
 */
import { extremes } from './extremes.ts'
import { bytesOf, type SampleKind, type Samples, samplesOver } from './samples.ts'
import { type Slice, sha256 } from './slices.ts'

/** Pixels, from the upper left; what lies outside of the picture is left out. */
export interface Region {
  readonly column: number
  readonly row: number
  readonly columns: number
  readonly rows: number
}

/** Least and greatest value of the whole numbers. */
const LIMITS: Partial<Record<SampleKind, readonly [number, number]>> = {
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
}

type Shown = Pick<Slice, 'samples' | 'rescale' | 'windows' | 'stored'> & {
  readonly technical: Pick<Slice['technical'], 'photometric' | 'bits'>
}

/** Of each slice of a set: the stored value that shows as black. Zero in colour, where it is each of the three. */
export function blackOf(slices: readonly Shown[]): number[] {
  const darkest = new Map(
    [false, true].map((inverted) => {
      const alike = slices.filter((slice) => isInverted(slice) === inverted)
      return [inverted, darkEnd(alike, inverted)]
    }),
  )
  return slices.map((slice) => storedFor(slice, darkest.get(isInverted(slice)) as number))
}

/** A slice without what the regions show: its pixels, and what is known of it now. */
export async function blackened(
  slice: Slice,
  pixels: Samples,
  regions: readonly Region[],
  black: number,
): Promise<{ pixels: Samples; slice: Slice }> {
  const { rows, columns } = slice.technical
  const kept = blackOut(pixels, { rows, columns, samples: slice.samples }, regions, black)
  return {
    pixels: kept,
    slice: { ...slice, sha256: await sha256(bytesOf(kept)), stored: extremes(kept) },
  }
}

/** A copy with the regions in black. */
export function blackOut(
  pixels: Samples,
  {
    rows,
    columns,
    samples,
  }: { readonly rows: number; readonly columns: number; readonly samples: SampleKind },
  regions: readonly Region[],
  black: number,
): Samples {
  const copy = samplesOver(samples, new ArrayBuffer(pixels.byteLength))
  copy.set(pixels)
  const perPixel = pixels.length / (rows * columns)
  for (const region of regions) {
    const left = Math.min(columns, Math.max(0, region.column))
    const right = Math.min(columns, region.column + region.columns)
    const bottom = Math.min(rows, region.row + region.rows)
    for (let row = Math.max(0, region.row); row < bottom; row++)
      copy.fill(black, (row * columns + left) * perPixel, (row * columns + Math.max(left, right)) * perPixel)
  }
  return copy
}

/** MONOCHROME1 shows its greatest values as black. */
const isInverted = ({ technical }: Shown): boolean => technical.photometric === 'MONOCHROME1'

/** In rescaled values. */
function darkEnd(slices: readonly Shown[], inverted: boolean): number {
  const ends = slices.flatMap(({ stored, rescale, windows }) => [
    stored.min * rescale.slope + rescale.intercept,
    stored.max * rescale.slope + rescale.intercept,
    ...windows.map(({ center, width }) => center + (inverted ? width / 2 : -width / 2)),
  ])
  const known = ends.filter(Number.isFinite)
  return known.reduce((a, b) => (inverted ? Math.max(a, b) : Math.min(a, b)), known[0] ?? 0)
}

function storedFor(slice: Shown, rescaled: number): number {
  const { samples, rescale, technical } = slice
  if (samples === 'uint8x3') return 0
  if (rescale.slope === 0) return 0
  const value = (rescaled - rescale.intercept) / rescale.slope
  if (samples === 'float32' || samples === 'float64') return value
  const [least, greatest] = limitsOf(samples, technical.bits)
  const darker = isInverted(slice) === rescale.slope > 0 ? Math.ceil(value) : Math.floor(value)
  return Math.min(greatest, Math.max(least, darker))
}

/** Whole numbers keep to the bits that the file says it uses. */
function limitsOf(
  samples: SampleKind,
  { stored, signed }: Slice['technical']['bits'],
): readonly [number, number] {
  const [least, greatest] = LIMITS[samples] as readonly [number, number]
  return signed
    ? [Math.max(least, -(2 ** (stored - 1))), Math.min(greatest, 2 ** (stored - 1) - 1)]
    : [Math.max(least, 0), Math.min(greatest, 2 ** stored - 1)]
}
