/** When are two slices the same? Equal pixels at the same place of the same instance; file names and order of arrival never matter. */
import { hash } from 'node:crypto'
import type { Slice } from '@consilium/imaging/series'
import { Breather } from '../breather.ts'

/** A slice never changes, and is asked for its key at every step of sorting. */
const KEYS = new WeakMap<Slice, string>()

/** SHA-256, hex. */
export function keyOf(slice: Slice): string {
  const known = KEYS.get(slice)
  if (known !== undefined) return known
  const key = madeKeyOf(slice)
  KEYS.set(slice, key)
  return key
}

/** Of many, a little at a time: those of a large series take longer than a change may wait. */
export async function keysOf(slices: readonly Slice[]): Promise<string[]> {
  const keys: string[] = []
  const breather = new Breather()
  for (const slice of slices) {
    keys.push(keyOf(slice))
    if (breather.isDue) await breather.take()
  }
  return keys
}

/** Fields are named one by one, because a database does not keep the order of keys. */
function madeKeyOf(slice: Slice): string {
  const { uids, frame, position, orientation, spacing, rescale, sha256, whole } = slice
  const said = [
    [uids.study, uids.series, uids.instance, uids.frameOfReference],
    frame,
    position,
    orientation && [orientation.row, orientation.column],
    spacing && [spacing.row, spacing.column, spacing.at],
    [rescale.slope, rescale.intercept],
    sha256,
    // Frames that look alike, of files without identifiers, are told apart by the rest of their file.
    ...(whole === undefined ? [] : [whole]),
  ]
  return hash('sha256', JSON.stringify(said))
}

/**
 * What a study is known by inside its project: its mapped UID; else the space its pictures lie in (a frame of reference belongs to
 * one examination); else what it shows.
 */
export function studyKeyOf(volume: {
  study: string | null
  frameOfReference: string | null
  fingerprint: string
}): string {
  if (volume.study !== null) return `uid:${volume.study}`
  if (volume.frameOfReference !== null) return `space:${volume.frameOfReference}`
  return `content:${volume.fingerprint}`
}
