/** For tests only: the public test files and what independent tools read in them. Absent on most machines; then tests on them are skipped. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = process.env.CONSILIUM_TEST_DATA ?? join(import.meta.dirname, '../../../../../shared/data')

export const HAVE_DATA = existsSync(join(ROOT, 'manifest.json'))

/** What a reader must report of one DICOM file; what the tools could not say is absent. */
export interface Expected {
  readonly rows: number
  readonly columns: number
  readonly transfer_syntax: string
  readonly transfer_syntax_name: string
  readonly modality: string
  readonly frames?: number
  readonly tolerance?: string
  readonly bits_stored?: number
  readonly pixel_representation?: number
  readonly photometric: string
  readonly has_pixel_data: boolean
  readonly image_position?: number[]
  readonly image_orientation?: number[]
  readonly pixel_spacing_row_col_mm?: number[]
  readonly imager_pixel_spacing?: number[]
  readonly pixel_aspect_ratio?: (number | string)[]
  readonly shared_pixel_spacing?: number[]
  readonly shared_orientation?: number[]
  readonly rescale_slope?: number
  readonly rescale_intercept?: number
  readonly window_center?: number | number[]
  readonly window_width?: number | number[]
  readonly frame_positions_first_last?: number[][]
  readonly must?: string
  readonly pixels?: ExpectedPixels
  readonly display_rgb?: {
    readonly mean_rgb: number[]
    readonly points_row_col_rgb: number[][]
  }
  readonly dicomdir?: { readonly record_counts: Record<string, number>; readonly n_files_referenced: number }
}

export interface ExpectedPixels {
  readonly pixel_sha256_le: string
  readonly pixel_dtype: string
  readonly stored_min: number
  readonly stored_max: number
  readonly stored_mean: number
  readonly rescaled_min: number
  readonly rescaled_max: number
  readonly shape: number[]
}

/** Of a NIfTI file, as nibabel reads it: voxels in world millimetres, axes right, front, up. */
export interface ExpectedNifti {
  readonly shape: number[]
  readonly dtype: string
  readonly affine: number[][]
  readonly zooms: number[]
  readonly min?: number
  readonly max?: number
  readonly mean?: number
  readonly centre_index?: number[]
  readonly centre_value?: number
  readonly centre_world_mm?: number[]
  readonly label_voxel_counts?: Record<string, number>
  readonly rgb_mean?: number[]
  readonly must?: string
}

export interface ExpectedSeries {
  readonly slices: number
  readonly rows: number
  readonly columns: number
  readonly pixel_spacing_row_col_mm: number[]
  readonly slice_normal: number[]
  readonly image_orientation: number[]
  readonly first_position: number[]
  readonly last_position: number[]
  readonly slice_gap_min_max_mm: number[]
  readonly rescaled_min: number
  readonly rescaled_max: number
  readonly order_by_position: string[]
  readonly pixel_sha256_per_slice_in_that_order: string[]
  readonly modality: string
}

/** Of a folder of outlines, by numpy: the object is black. */
export type ExpectedOutlines = Record<
  string,
  {
    readonly size_h_w: number[]
    readonly object_pixels: Record<string, number>
    readonly gold_object_pixels: number
  }
>

export interface Entry<E = Expected> {
  readonly file: string
  readonly category: string
  readonly description: string
  readonly expected: E
}

const entries: Entry<unknown>[] = HAVE_DATA
  ? JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')).entries
  : []

export const allEntries = (): readonly Entry<unknown>[] => entries

export const filesOf = (...categories: string[]): Entry[] =>
  (entries as Entry[]).filter(({ file, category }) => categories.includes(category) && !file.endsWith('/'))

export const seriesEntry = (name: string): Entry<ExpectedSeries> => {
  const found = entries.find(({ file }) => file === `series/${name}/`)
  if (!found) throw new Error(`no series ${name} in the manifest`)
  return found as Entry<ExpectedSeries>
}

export const readData = (file: string): Uint8Array => readFileSync(join(ROOT, file))
export const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).sort()
