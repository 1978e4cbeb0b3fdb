/** For tests only: what was read against what independent tools say of the same file (testing/manifest.ts). */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { Frame, Instance, Pixels } from '../dicom/instance.ts'
import { arrange, slicesOf } from '../series.ts'
import { clean } from './clean.ts'
import type { Expected, ExpectedNifti, ExpectedPixels } from './manifest.ts'

const PROJECTIONS = new Set(['CR', 'DX', 'RG'])

/** SHA-256 of the values in the type that the tools gave them. */
export function hashOf(frames: readonly Pixels[], dtype: string): string {
  const hash = createHash('sha256')
  for (const values of frames) {
    const typed = dtype === 'uint8' ? Uint8Array.from(values) : values
    hash.update(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength))
  }
  return hash.digest('hex')
}

export function expectTechnical({ technical, words, frames }: Instance, expected: Expected): void {
  expect([technical.rows, technical.columns]).toEqual([expected.rows, expected.columns])
  expect(frames.length).toBe(expected.frames ?? 1)
  expect(technical.transferSyntax).toBe(expected.transfer_syntax)
  expect(words.modality).toBe(expected.modality)
  expect(technical.photometric).toBe(expected.photometric.startsWith('MONO') ? expected.photometric : 'RGB')
  if (expected.bits_stored !== undefined) expect(technical.bits.stored).toBe(expected.bits_stored)
  if (expected.pixel_representation !== undefined)
    expect(technical.bits.signed).toBe(expected.pixel_representation === 1)
  if (expected.pixel_aspect_ratio) {
    const [vertical, horizontal] = expected.pixel_aspect_ratio.map(Number) as [number, number]
    expect(technical.aspect).toBeCloseTo(vertical / horizontal, 9)
  }
}

/** Rescaled range of every value of every frame. */
export function expectRescaled(frames: readonly Frame[], pixels: ExpectedPixels): void {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const { pixels: values, rescale } of frames) {
    for (const value of values) {
      const rescaled = value * rescale.slope + rescale.intercept
      if (rescaled < min) min = rescaled
      if (rescaled > max) max = rescaled
    }
  }
  near(min, pixels.rescaled_min)
  near(max, pixels.rescaled_max)
}

/** JSON writes null for it. */
const unsayable = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value)

/** Every frame is in a series, in values that series have, and everything that is said of it can be said in JSON. */
export async function expectKept(instance: Instance): Promise<void> {
  const volumes = await arrange(await slicesOf(clean(instance)))
  expect(volumes.reduce((sum, { slices }) => sum + slices.length, 0)).toBe(instance.frames.length)
  for (const volume of volumes) {
    expect(volume.slices.length).toBe(volume.positions.length * volume.moments)
    expect(JSON.stringify(volume, (_, value) => (unsayable(value) ? 'unsayable' : value))).not.toMatch(
      /unsayable/,
    )
  }
}

export function expectPlace({ frames }: Instance, expected: Expected): void {
  const first = frames[0] as Frame
  const ends = [first.position, frames.at(-1)?.position]
  if (expected.image_position) expect(first.position).toEqual(expected.image_position)
  if (expected.frame_positions_first_last) expect(ends).toEqual(expected.frame_positions_first_last)
  const orientation = expected.image_orientation ?? expected.shared_orientation
  if (orientation) {
    const { row, column } = first.orientation ?? { row: [], column: [] }
    ;[...row, ...column].forEach((cosine, k) => expect(cosine).toBeCloseTo(orientation[k] as number, 5))
  }
  const spacing = expected.pixel_spacing_row_col_mm ?? expected.shared_pixel_spacing
  const { row, column, at } = first.spacing ?? {}
  // None of the projections among the files says that its spacing was corrected (rule I61).
  const where = PROJECTIONS.has(expected.modality) ? 'detector' : 'patient'
  if (spacing) expect([row, column, at]).toEqual([...spacing, where])
  else if (expected.imager_pixel_spacing)
    expect([row, column, at]).toEqual([...expected.imager_pixel_spacing, 'detector'])
  if (expected.rescale_slope !== undefined) expect(first.rescale.slope).toBe(expected.rescale_slope)
  if (expected.rescale_intercept !== undefined)
    expect(first.rescale.intercept).toBe(expected.rescale_intercept)
  if (expected.window_center !== undefined) {
    const [centers, widths] = [expected.window_center, expected.window_width].map((n) => [n].flat())
    expect(first.windows.map(({ center, width }) => [center, width])).toEqual(
      centers?.map((center, k) => [center, widths?.[k]]),
    )
  }
}

/** Colour as seen, of the first frame: every named point, and the mean. Readers round the conversion from luminance apart by one. */
export function expectSeen(rgb: Pixels, columns: number, seen: NonNullable<Expected['display_rgb']>): void {
  for (const [row = 0, column = 0, ...colour] of seen.points_row_col_rgb) {
    const at = (row * columns + column) * 3
    colour.forEach((value, k) => expect(Math.abs((rgb[at + k] as number) - value)).toBeLessThanOrEqual(1))
  }
  meanOf(rgb).forEach((mean, k) =>
    expect(Math.abs(mean - (seen.mean_rgb[k] as number))).toBeLessThanOrEqual(1),
  )
}

export function expectVolume({ frames, technical }: Instance, expected: ExpectedNifti): void {
  const [columns = 1, rows = 1, slices = 1, moments = 1] = expected.shape
  expect([technical.columns, technical.rows, frames.length]).toEqual([columns, rows, slices * moments])
  expectAffine(frames, slices, expected.affine)
  const step = expected.zooms[3]
  if (moments > 1 && step) expect(frames[slices]?.timeMs).toBeCloseTo(step * 1000, 3)
  if (expected.rgb_mean) {
    const sums = [0, 0, 0]
    for (const { pixels } of frames) meanOf(pixels).forEach((mean, k) => void ((sums[k] as number) += mean))
    sums.forEach((sum, k) => expect(sum / frames.length).toBeCloseTo(expected.rgb_mean?.[k] as number, 3))
    return
  }
  const counts: Record<string, number> = {}
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const { pixels, rescale } of frames) {
    for (const stored of pixels) {
      const value = stored * rescale.slope + rescale.intercept
      min = Math.min(min, value)
      max = Math.max(max, value)
      sum += value
      if (expected.label_voxel_counts) counts[value] = (counts[value] ?? 0) + 1
    }
  }
  near(min, expected.min as number)
  near(max, expected.max as number)
  expect(Math.abs(sum / (columns * rows * slices * moments) - (expected.mean as number))).toBeLessThan(1e-5)
  if (expected.label_voxel_counts) expect(counts).toEqual(expected.label_voxel_counts)
  const [i = 0, j = 0, k = 0, t = 0] = expected.centre_index ?? []
  const { pixels, rescale } = frames[t * slices + k] as Frame
  near(
    (pixels[j * columns + i] as number) * rescale.slope + rescale.intercept,
    expected.centre_value as number,
  )
}

/** The columns of the affine, turned from right, front, up to left, back, up. */
function expectAffine(frames: readonly Frame[], slices: number, affine: number[][]): void {
  const [first, second] = frames
  const lps = (column: number) =>
    affine.slice(0, 3).map((row, k) => (k < 2 ? -1 : 1) * (row[column] as number))
  const close = (found: readonly number[], wanted: readonly number[]) =>
    found.forEach((value, k) => expect(value).toBeCloseTo(wanted[k] as number, 5))
  const { orientation, spacing, position } = first as Frame
  if (!orientation || !spacing || !position) throw new Error('a NIfTI frame without a place')
  close(
    orientation.row.map((cosine) => cosine * spacing.column),
    lps(0),
  )
  close(
    orientation.column.map((cosine) => cosine * spacing.row),
    lps(1),
  )
  if (slices > 1)
    close(
      (second?.position ?? []).map((mm, k) => mm - (position[k] as number)),
      lps(2),
    )
  close(position, lps(3))
}

function meanOf(rgb: Pixels): number[] {
  const sums = [0, 0, 0]
  for (let i = 0; i < rgb.length; i++) (sums[i % 3] as number) += rgb[i] as number
  return sums.map((sum) => sum / (rgb.length / 3))
}

/** Equal within the rounding of the sixteen digits that the tools printed. */
const near = (found: number, wanted: number): void =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
