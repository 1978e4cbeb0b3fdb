/** For tests only: the public test files and what independent tools read in them. Absent on most machines; then tests on them are skipped. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = process.env.CONSILIUM_TEST_DATA ?? join(import.meta.dirname, '../../../../../shared/data')

export const HAVE_DATA = existsSync(join(ROOT, 'manifest.json'))

export interface Expected {
  readonly rows: number
  readonly columns: number
  readonly transfer_syntax: string
  readonly frames?: number
  readonly tolerance?: string
  readonly bits_stored: number
  readonly pixel_representation: number
  readonly photometric: string
  readonly image_position?: number[]
  readonly image_orientation?: number[]
  readonly pixel_spacing_row_col_mm?: number[]
  readonly rescale_slope?: number
  readonly rescale_intercept?: number
  readonly frame_positions_first_last?: number[][]
  readonly must?: string
  readonly pixels?: {
    readonly pixel_sha256_le: string
    readonly pixel_dtype: string
    readonly stored_min: number
    readonly stored_max: number
    readonly stored_mean: number
    readonly shape: number[]
  }
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

export interface Entry<E = Expected> {
  readonly file: string
  readonly category: string
  readonly expected: E
}

const entries: Entry<unknown>[] = HAVE_DATA
  ? JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')).entries
  : []

export const filesOf = (...categories: string[]): Entry[] =>
  (entries as Entry[]).filter(({ file, category }) => categories.includes(category) && !file.endsWith('/'))

export const seriesEntry = (name: string): Entry<ExpectedSeries> => {
  const found = entries.find(({ file }) => file === `series/${name}/`)
  if (!found) throw new Error(`no series ${name} in the manifest`)
  return found as Entry<ExpectedSeries>
}

export const readData = (file: string): Uint8Array => readFileSync(join(ROOT, file))
export const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).sort()
