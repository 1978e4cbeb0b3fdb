/** What stands below the line, and where it gives way to a handle. Pure; places along the line are CSS pixels. */
import type { Chronicle } from '../../../session/film/chronicle.ts'
import { revisionAt, type Scale } from './lanes.ts'

/**
 * The time at this part of the width, ms since 1970: by activity when the revision there was made, by the clock the hour itself, whether
 * anything happened then or not. Null while the rows that say so are not here.
 */
export function timeAt(chronicle: Chronicle, scale: Scale, part: number): number | null {
  if (scale === 'activity') return chronicle.row(revisionAt(chronicle, scale, part))?.at ?? null
  const [first, last] = [chronicle.row(1), chronicle.row(chronicle.head)]
  return first && last ? first.at + part * (last.at - first.at) : null
}

export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Between two that are no one's neighbours. */
const AIR = 4

export const isCovered = ({ from, to }: Stretch, by: readonly Stretch[]): boolean =>
  by.some((other) => from < other.to + AIR && other.from < to + AIR)
