/** Real series for developers who have them: CONSILIUM_TEST_DATA, or `shared/data` beside the checkout. Tests skip them where absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SentFile } from './door.ts'

export const TEST_DATA = process.env.CONSILIUM_TEST_DATA ?? join(import.meta.dirname, '../../../shared/data')
export const hasTestData = existsSync(join(TEST_DATA, 'manifest.json'))

export interface ExpectedSeries {
  readonly slices: number
  readonly rows: number
  readonly columns: number
  readonly pixel_spacing_row_col_mm: readonly [number, number]
  readonly slice_normal: readonly number[]
  readonly image_orientation: readonly number[]
  readonly first_position: readonly number[]
  readonly last_position: readonly number[]
  readonly slice_gap_min_max_mm: readonly [number, number]
  readonly rescaled_min: number
  readonly rescaled_max: number
  readonly pixel_sha256_per_slice_in_that_order: readonly string[]
  readonly bits: readonly [number, number, number]
}

/** What independent readers found in it. */
export function expectedOf(folder: string): ExpectedSeries {
  const { entries } = JSON.parse(readFileSync(join(TEST_DATA, 'manifest.json'), 'utf8')) as {
    entries: { file: string; expected: ExpectedSeries }[]
  }
  const entry = entries.find((one) => one.file === `${folder}/`)
  if (!entry) throw new Error(`${folder} is not in the manifest`)
  return entry.expected
}

export function filesIn(folder: string): SentFile[] {
  return readdirSync(join(TEST_DATA, folder), { withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => ({ name: one.name, bytes: readFileSync(join(TEST_DATA, folder, one.name)) }))
}

/** Text of the first element with this tag in an explicit little endian file; '' where there is none. Good enough for a test. */
export function textOf(file: Uint8Array, tag: number, vr: string): string {
  const bytes = Buffer.from(file)
  const mark = Buffer.from([(tag >>> 16) & 255, tag >>> 24, tag & 255, (tag >>> 8) & 255, ...Buffer.from(vr)])
  const at = bytes.indexOf(mark)
  if (at < 0) return ''
  const length = bytes.readUInt16LE(at + 6)
  return bytes.toString('latin1', at + 8, at + 8 + length).replace(/[\0 ]+$/, '')
}
